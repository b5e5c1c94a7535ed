import { sum } from '../../foundation/money.ts'

/** What is claimed besides the principal, after the law has had its say. */
export interface ClaimedFigures {
  fee_amount: number
  interest_amount: number
  lump_sum_amount: number
}

/** What the notices of one level in one currency came to; level 0 are reminders before the due date. */
export interface LevelTally extends ClaimedFigures {
  level: number
  currency: string
  notice_count: number
  item_count: number
  customer_count: number
  amount: number
  /** Notices after which as many days are known as the question asks for. */
  observed_notice_count: number
  /** Those of them whose items were paid in full within these days. */
  paid_soon_notice_count: number
  paid_soon_amount: number
}

/** What is charged in one currency, by notices and when principals are settled. */
export interface ChargeTally extends ClaimedFigures {
  currency: string
  /** Of fees and lump sums that the policy asks for. */
  refused_amount: number
  waived_interest_amount: number
}

/** What is owed of items that stand at a level at the end. */
export interface StandingTally {
  level: number
  currency: string
  item_count: number
  amount: number
}

/** What one policy came to, over any number of customers: tallies add up. */
export interface Tally {
  levels: LevelTally[]
  charges: ChargeTally[]
  standing: StandingTally[]
  contacted_customer_count: number
  contact_count: number
  max_contacts: number
  customers_1_count: number
  customers_2_count: number
  customers_3_count: number
  customers_over_3_count: number
  /** Customers whose every observed notice was followed by full payment in time. */
  paid_anyway_customer_count: number
}

export const emptyTally: Tally = {
  levels: [],
  charges: [],
  standing: [],
  contacted_customer_count: 0,
  contact_count: 0,
  max_contacts: 0,
  customers_1_count: 0,
  customers_2_count: 0,
  customers_3_count: 0,
  customers_over_3_count: 0,
  paid_anyway_customer_count: 0,
}

/** The tally of several sets of customers together; no customer is in two of them. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const total = (pick: (one: Tally) => number) => sum(tallies.map(pick))
  return {
    levels: addRows(tallies.flatMap(({ levels }) => levels)),
    charges: addRows(tallies.flatMap(({ charges }) => charges)),
    standing: addRows(tallies.flatMap(({ standing }) => standing)),
    contacted_customer_count: total((one) => one.contacted_customer_count),
    contact_count: total((one) => one.contact_count),
    max_contacts: Math.max(0, ...tallies.map((one) => one.max_contacts)),
    customers_1_count: total((one) => one.customers_1_count),
    customers_2_count: total((one) => one.customers_2_count),
    customers_3_count: total((one) => one.customers_3_count),
    customers_over_3_count: total((one) => one.customers_over_3_count),
    paid_anyway_customer_count: total((one) => one.paid_anyway_customer_count),
  }
}

/** A row of figures about one currency and, maybe, one level. */
interface Row {
  level?: number
  currency: string
}

/** Adds rows of the same level and currency, figure by figure, and sorts them. */
function addRows<T extends Row>(rows: readonly T[]): T[] {
  const added = new Map<string, T>()
  for (const row of rows) {
    const key = `${row.level} ${row.currency}`
    const known = added.get(key)
    added.set(key, known === undefined ? row : addFigures(known, row))
  }
  return [...added.values()].sort(
    (a, b) =>
      (a.level ?? 0) - (b.level ?? 0) ||
      (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : 0),
  )
}

const addFigures = <T extends Row>(one: T, other: T): T =>
  Object.fromEntries(
    Object.entries(one).map(([figure, value]) =>
      figure === 'level' || typeof value !== 'number'
        ? [figure, value]
        : [figure, sum([value, Number(other[figure as keyof T])])],
    ),
  ) as T

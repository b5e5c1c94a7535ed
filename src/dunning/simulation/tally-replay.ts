import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import { sum } from '../../foundation/money.ts'
import type { ForeseenItem, ForeseenNotice } from '../foreseen-notices.ts'
import { levelOf, type PolicyDefinition } from '../policy.ts'
import { agreedInterest } from './agreed-interest.ts'
import type { CustomerHistory, HistoricItem } from './history.ts'
import type { Replay } from './replay.ts'
import { addTallies, emptyTally, type LevelTally, type Tally } from './tally.ts'

/** What of a replay counts, and what is asked about it. */
export interface Question {
  /** Notices before it only tell where items stand. */
  fromDate: CalendarDate
  /** A customer that pays within so many days after a notice would have paid anyway. */
  paidWithinDays: number
  /** The last day of which payments are known. */
  knownUntil: CalendarDate
}

/** A notice with what the tally asks about it. */
interface JudgedNotice {
  notice: ForeseenNotice
  interestAmount: number
  /** Whether all of it was paid in time; null where that is not known yet. */
  paidSoon: boolean | null
}

/** Counts what a policy would have done to one customer. */
export function tallyReplay(
  { days, standing }: Replay,
  history: CustomerHistory,
  policy: PolicyDefinition,
  question: Question,
): Tally {
  const items = new Map(history.items.map((item) => [item.id, item]))
  const claimed = new Map<string, number>()
  const judged = days.flatMap(({ date, notices }) =>
    notices.map((notice) => {
      const interestAmount = claimInterest(notice.items, items, claimed, policy, date)
      return { date, notice, interestAmount, paidSoon: wasPaidSoon(notice, items, date, question) }
    }),
  )
  const counting = judged.filter(({ date }) => date >= question.fromDate)
  const contacts = new Set(counting.map(({ date }) => date)).size
  const demands = counting.filter(({ notice, paidSoon }) => notice.level > 0 && paidSoon !== null)
  return addTallies([
    {
      ...emptyTally,
      levels: levelsOf(counting),
      standing: standing.map(({ level, openAmount, id }) => ({
        level,
        currency: (items.get(id) as HistoricItem).currency,
        item_count: 1,
        amount: openAmount,
      })),
      contacted_customer_count: contacts > 0 ? 1 : 0,
      contact_count: contacts,
      max_contacts: contacts,
      customers_1_count: contacts === 1 ? 1 : 0,
      customers_2_count: contacts === 2 ? 1 : 0,
      customers_3_count: contacts === 3 ? 1 : 0,
      customers_over_3_count: contacts > 3 ? 1 : 0,
      paid_anyway_customer_count:
        demands.length > 0 && demands.every(({ paidSoon }) => paidSoon) ? 1 : 0,
    },
  ])
}

const levelsOf = (notices: readonly JudgedNotice[]): LevelTally[] =>
  [...groupBy(notices, ({ notice }) => `${notice.level} ${notice.currency}`).values()].map(
    (group) => {
      const [{ notice }] = group as [JudgedNotice]
      const soon = group.filter(({ paidSoon }) => paidSoon === true)
      return {
        level: notice.level,
        currency: notice.currency,
        notice_count: group.length,
        item_count: sum(group.map((one) => one.notice.items.length)),
        customer_count: 1,
        amount: sum(group.map((one) => one.notice.amount)),
        fee_amount: sum(group.map((one) => one.notice.feeAmount)),
        interest_amount: sum(group.map(({ interestAmount }) => interestAmount)),
        observed_notice_count: group.filter(({ paidSoon }) => paidSoon !== null).length,
        paid_soon_notice_count: soon.length,
        paid_soon_amount: sum(soon.map((one) => one.notice.amount)),
      }
    },
  )

/** The interest that a notice claims for what it lifts: what has accrued, less what earlier notices have claimed. */
function claimInterest(
  lifted: readonly ForeseenItem[],
  items: ReadonlyMap<string, HistoricItem>,
  claimed: Map<string, number>,
  policy: PolicyDefinition,
  date: CalendarDate,
): number {
  const amounts = lifted.map(({ id, level }) => {
    const interest = levelOf(policy, level)?.interest
    if (interest?.kind !== 'contract' || interest.percent === undefined) return 0
    const accrued = agreedInterest(items.get(id) as HistoricItem, date, interest.percent)
    const before = claimed.get(id) ?? 0
    claimed.set(id, Math.max(before, accrued))
    return Math.max(0, accrued - before)
  })
  return sum(amounts)
}

/** Whether money that no run had seen at the notice settled all that it was about within the days. */
function wasPaidSoon(
  { items: told }: ForeseenNotice,
  items: ReadonlyMap<string, HistoricItem>,
  date: CalendarDate,
  { paidWithinDays, knownUntil }: Question,
): boolean | null {
  const last = addDays(date, paidWithinDays)
  if (last > knownUntil) return null
  return told.every(({ id, openAmount }) => {
    const { money } = items.get(id) as HistoricItem
    const came = money.filter((one) => one.seenDate > date && one.date <= last)
    return sum(came.map(({ amount }) => amount)) >= openAmount
  })
}

import { planAllocation } from '../../src/cash/allocation.ts'
import type { Claim } from '../../src/cash/claim.ts'
import { automaticRules, defaultSettings } from '../../src/cash/settings.ts'
import { lateInterest } from '../../src/dunning/law/late-interest.ts'
import { addDays } from '../../src/foundation/calendar.ts'
import { interestPlainly, type PlainClaim, type PlainRule, planPlainly } from './money-model.ts'
import type { Chance } from './random.ts'

const START = '2026-03-01'
const CLAIMS_MAX = 8
const PLAIN_RULES: readonly PlainRule[] = [
  'exact_amount',
  'exact_balance',
  'exact_overdue',
  'imputation',
  'oldest_first',
]
const KINDS = { principal: null, costs: 'fee', interest: 'interest' } as const

/** How often each thing happened, and each thing that could come of it. */
export type Counts = Record<string, number>

/**
 * A customer's claims and money, without a database: money comes, is spread by the service's rules and by those of the
 * model, and both have to say the same; with discounts and tolerances, which the model does not know, nothing may be lost
 * or made. Throws where something does not hold.
 */
export function moneyHistory(chance: Chance, steps: number, counts: Counts): void {
  const claims: PlainClaim[] = []
  let [claimed, settled] = [0, 0]
  for (let step = 0; step < steps; step += 1) {
    const what = chance.weighted({ claim: 4, money: 8, back: 2, cleared: 1, interest: 0.02 })
    counts[what] = (counts[what] ?? 0) + 1
    if (what === 'claim') claimed += claim(step)
    else if (what === 'money') settled += money()
    else if (what === 'back') settled -= giveBack()
    else if (what === 'cleared') clearingLosesNothing(chance, claims)
    else interestIsThat(chance)
    const open = claims.reduce((sum, one) => sum + one.open, 0)
    if (open !== claimed - settled)
      throw new Error(`step ${step}: ${open} are open, not ${claimed - settled}`)
  }

  /** Claims something, and forgets the oldest claim where there are many; answers by how much more is claimed now. */
  function claim(step: number): number {
    const [forgotten] = claims.length === CLAIMS_MAX ? claims.splice(0, 1) : []
    settled -= (forgotten?.total ?? 0) - (forgotten?.open ?? 0)
    const total = chance.pick([1, 2, 100, 250, 400, 650, 1_000])
    const part = chance.pick(['principal', 'principal', 'principal', 'costs', 'interest'] as const)
    claims.push({
      id: `claim ${step}`,
      due: addDays(START, chance.between(0, 20)),
      total,
      open: total,
      part,
    })
    claims.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
    return total - (forgotten?.total ?? 0)
  }

  function money(): number {
    const open = claims.reduce((sum, one) => sum + one.open, 0)
    const amount =
      chance.happens(0.2) && open > 0 ? open : chance.pick([1, 100, 250, 350, 500, 1_400])
    const date = addDays(START, chance.between(0, 20))
    const rules = PLAIN_RULES.filter(() => chance.happens(0.6))
    const over = chance.pick([0, 0, 5, 100])
    const plan = planAllocation(moneyOf(amount, date), claims.map(asClaim), {
      ...defaultSettings,
      rules: [...rules],
      jurisdiction: 'DE',
      tolerances: [{ currency: 'EUR', short_amount: 0, over_amount: over }],
    })
    const expected = planPlainly(amount, date, claims, rules, over)
    const isSame =
      plan.left === expected.left &&
      plan.overAmount === expected.over &&
      plan.shares.length === expected.shares.length &&
      plan.shares.every(
        (share, n) =>
          share.itemId === expected.shares[n]?.[0] && share.amount === expected.shares[n]?.[1],
      )
    if (!isSame)
      throw new Error(
        `${amount} by ${rules}: ${JSON.stringify(plan)}, not ${JSON.stringify(expected)}`,
      )
    for (const { rule } of plan.shares) counts[rule] = (counts[rule] ?? 0) + 1
    if (plan.overAmount > 0) counts.over = (counts.over ?? 0) + 1
    for (const [id, share] of expected.shares)
      (claims.find((one) => one.id === id) as PlainClaim).open -= share
    return expected.shares.reduce((sum, [, share]) => sum + share, 0)
  }

  function giveBack(): number {
    const paid = claims.filter((one) => one.open < one.total)
    if (paid.length === 0) return 0
    const one = chance.pick(paid)
    const amount = chance.between(1, one.total - one.open)
    one.open += amount
    return amount
  }
}

/** With every rule, discounts and tolerances: no cent is lost or made, and nothing is taken that is not there. */
function clearingLosesNothing(chance: Chance, claims: readonly PlainClaim[]): void {
  const amount = chance.pick([1, 97, 98, 245, 343, 485, 980])
  const discounted = claims.map((one) => ({
    ...asClaim(one),
    early_payment_discounts: [{ days: 10, percent: '2', until_date: addDays(one.due, 5) }],
  }))
  const { shares, overAmount, left } = planAllocation(
    moneyOf(amount, addDays(START, chance.between(0, 20))),
    discounted,
    {
      ...defaultSettings,
      rules: automaticRules.filter(() => chance.happens(0.7)),
      tolerances: [{ currency: 'EUR', short_amount: 3, over_amount: 3 }],
    },
  )
  const given = shares.reduce((sum, share) => sum + share.amount, 0)
  if (given + overAmount + left !== amount || overAmount > 3 || left < 0)
    throw new Error(`${amount} became ${given}, ${overAmount} too much and ${left} left`)
  for (const { id, open } of claims) {
    const own = shares.filter(({ itemId }) => itemId === id)
    const cleared = own.flatMap(({ deductions }) => deductions.map((one) => one.amount))
    const taken = [...own.map((one) => one.amount), ...cleared].reduce((sum, one) => sum + one, 0)
    if (taken > open) throw new Error(`${taken} was taken of ${open}`)
  }
}

/** Interest by stretches of days is the interest of its days. */
function interestIsThat(chance: Chance): void {
  const from = addDays('2023-02-10', chance.between(0, 300))
  const until = addDays(from, chance.between(0, 700))
  const principal = chance.between(1, 5_000_000)
  const reductions = [0, 1].map(() => ({
    date: addDays(from, chance.between(-5, 400)),
    amount: chance.between(0, Math.floor(principal / 2)),
  }))
  const halfYears = [2023, 2024, 2025, 2026].flatMap((year) => [`${year}-01-01`, `${year}-07-01`])
  const rates = new Map(halfYears.map((day) => [day, chance.between(50_000, 130_000)]))
  const byCalendar = chance.happens(0.5)
  const { amount } = lateInterest({
    principal,
    reductions,
    interestPayments: [],
    from,
    until,
    series: {
      series: 'test',
      rates: [...rates].map(([valid_from_date, ppm]) => ({
        series: 'test',
        valid_from_date,
        ppm: ppm - 50_000,
        source: 'test',
        verified: true,
      })),
    },
    terms: {
      reference: { series: 'test', read: 'first_of_half_year' },
      margin: 50_000,
      roundedUpTo: null,
      mode: 'floating',
      compounding: 'none',
      dayCount: byCalendar ? 'actual_actual' : 'actual_365',
    },
    carryForward: false,
  })
  const expected = interestPlainly({ principal, reductions, from, until, rates, byCalendar })
  if (amount !== expected)
    throw new Error(
      `interest from ${from} until ${until} on ${principal} is ${amount}, not ${expected}`,
    )
}

const moneyOf = (amount: number, date: string) => ({
  amount,
  currency: 'EUR',
  date,
  reference: null,
  endToEndId: null,
})

const asClaim = ({ id, due, total, open, part }: PlainClaim): Claim => ({
  id,
  customer_id: 'customer',
  currency: 'EUR',
  invoice_id: id,
  kind: part === 'principal' ? 'invoice' : 'charge',
  charge_kind: KINDS[part],
  due_date: due,
  open_amount: open,
  discounted_amount: 0,
  discountable_amount: total,
  number: id,
  creditor_reference: null,
  early_payment_discounts: [],
  invoice_tax_amount: 0,
  invoice_total_amount: total,
})

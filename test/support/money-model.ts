import { addDays, type CalendarDate } from '../../src/foundation/calendar.ts'

/** A claim of one customer, as plain as can be. */
export interface PlainClaim {
  id: string
  due: CalendarDate
  total: number
  open: number
  part: 'principal' | 'costs' | 'interest'
}

export type PlainRule =
  | 'exact_amount'
  | 'exact_balance'
  | 'exact_overdue'
  | 'imputation'
  | 'oldest_first'

/** What becomes of money: which claim gets how much, in that order, and what is left or cleared as too much. */
export interface PlainPlan {
  shares: [string, number][]
  over: number
  left: number
}

/** The rules for money nobody designated, told once more: whole sums first where they fit, then one by one. */
export function planPlainly(
  amount: number,
  date: CalendarDate,
  claims: readonly PlainClaim[],
  rules: readonly PlainRule[],
  over: number,
): PlainPlan {
  const rest = new Map(claims.map((claim) => [claim, claim.open]))
  const plan: PlainPlan = { shares: [], over: 0, left: amount }
  const open = () => claims.filter((claim) => (rest.get(claim) ?? 0) > 0)
  const settle = (claim: PlainClaim) => {
    const share = Math.min(rest.get(claim) ?? 0, plan.left)
    if (share === 0) return
    rest.set(claim, (rest.get(claim) ?? 0) - share)
    plan.left -= share
    plan.shares.push([claim.id, share])
  }
  const settleIfExact = (some: PlainClaim[]) => {
    const total = some.reduce((sum, claim) => sum + (rest.get(claim) ?? 0), 0)
    if (total === plan.left) some.forEach(settle)
  }
  for (const rule of rules) {
    if (rule === 'exact_amount')
      settleIfExact(
        open()
          .filter((claim) => rest.get(claim) === plan.left)
          .slice(0, 1),
      )
    else if (rule === 'exact_balance') settleIfExact(open())
    else if (rule === 'exact_overdue') settleIfExact(open().filter(({ due }) => due < date))
    else if (rule === 'oldest_first') open().forEach(settle)
    else {
      const due = open().filter((claim) => claim.due <= date)
      for (const part of ['costs', 'interest', 'principal'])
        due.filter((claim) => claim.part === part).forEach(settle)
      open().forEach(settle)
    }
  }
  if (plan.shares.length > 0 && plan.left <= over) {
    plan.over = plan.left
    plan.left = 0
  }
  return plan
}

/** Money that is borrowed, what of it was given back when, and a rate for each half-year it may be borrowed in. */
export interface Borrowed {
  principal: number
  reductions: readonly { date: CalendarDate; amount: number }[]
  from: CalendarDate
  until: CalendarDate
  /** Parts per million a year, by the first day of the half-year. */
  rates: ReadonlyMap<CalendarDate, number>
  /** Whether a year has as many days as its calendar, or always 365. */
  byCalendar: boolean
}

/** Simple interest, one day after the other, as a person with much time would reckon it; rounded once, half up. */
export function interestPlainly(borrowed: Borrowed): number {
  const { principal, reductions, from, until, rates, byCalendar } = borrowed
  const denominator = 1_000_000n * 365n * 366n
  let numerator = 0n
  for (let day = from; day <= until; day = addDays(day, 1)) {
    const back = reductions.filter(({ date }) => date < day)
    const left = principal - back.reduce((sum, { amount }) => sum + amount, 0)
    const year = Number(day.slice(0, 4))
    const rate = rates.get(`${year}-${day.slice(5) < '07-01' ? '01' : '07'}-01`) as number
    const isLong = byCalendar && year % 4 === 0
    numerator += BigInt(left) * BigInt(rate) * (isLong ? 365n : 366n)
  }
  return Number((numerator * 2n + denominator) / (denominator * 2n))
}

import type { CalendarDate } from '../foundation/calendar.ts'
import { sum } from '../foundation/money.ts'
import type { Decision, Situation } from './evaluate.ts'
import { feeAmount, feeIn } from './fee.ts'
import { levelReached, noticeLevels } from './follow.ts'
import { isAskedFor } from './notices/asked-for.ts'

/** An item that a notice tells of. */
interface ToldItem {
  id: string
  openAmount: number
}

/** What a notice lifts, or reminds of. */
interface ForeseenItem extends ToldItem {
  /** The level it reaches; 0 for a reminder before the due date. */
  level: number
}

/** A notice as it follows from decisions about one customer in one currency, before anything is written. */
export interface ForeseenNotice {
  /** 0 for a reminder before the due date. */
  level: number
  currency: string
  items: ForeseenItem[]
  /** What is open of those items. */
  amount: number
  /** The principals that it asks for as overdue; none in a reminder. */
  overdue: ToldItem[]
  /** What the policy asks for it, before the law has its say. */
  feeAmount: number
}

/**
 * The notices that decisions bring: a demand for all that escalates, apart from it what a law asks for, and a courtesy
 * for all that is reminded of.
 */
export function foreseenNotices(
  { items, currency }: Situation,
  decisions: readonly Decision[],
  today: CalendarDate,
): ForeseenNotice[] {
  const all = items.map((item, index) => {
    const decision = decisions[index] as Decision
    return { item, decision, statutory: levelReached(item, decision)?.statutory_notice }
  })
  const noticeOf = (level: number, told: typeof all) => ({
    level,
    currency,
    items: told.map(({ item: { id, openAmount }, decision: { toLevel } }) => ({
      id,
      openAmount,
      level: toLevel,
    })),
    amount: sum(told.map(({ item }) => item.openAmount)),
  })
  const demands = [...noticeLevels(items, decisions)].map(([kind, { level, fees }]) => {
    const overdue = all
      .filter(
        ({ item, statutory = null }) =>
          item.principal && statutory === kind && item.dueDate < today && isAskedFor(item, today),
      )
      .map(({ item: { id, openAmount } }) => ({ id, openAmount }))
    const told = all.filter(({ statutory }) => statutory === kind)
    const fee = feeIn(fees, currency)
    const base = sum(overdue.map(({ openAmount }) => openAmount))
    return {
      ...noticeOf(level, told),
      overdue,
      feeAmount: fee === undefined ? 0 : feeAmount(fee, base),
    }
  })
  const reminded = all.filter(({ decision }) => decision.outcome === 'remind')
  if (reminded.length === 0) return demands
  return [...demands, { ...noticeOf(0, reminded), overdue: [], feeAmount: 0 }]
}

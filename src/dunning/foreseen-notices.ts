import type { CalendarDate } from '../foundation/calendar.ts'
import { percentOf, sum } from '../foundation/money.ts'
import type { Decision, Situation } from './evaluate.ts'
import { noticeLevel } from './follow.ts'
import type { Fee } from './policy.ts'

/** What a notice lifts, or reminds of. */
export interface ForeseenItem {
  id: string
  openAmount: number
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
  /** What the policy asks for it, before the law has its say. */
  feeAmount: number
}

/** The notices that decisions bring: a demand for all that escalates, a courtesy for all that is reminded of. */
export function foreseenNotices(
  situation: Situation,
  decisions: readonly Decision[],
  today: CalendarDate,
): ForeseenNotice[] {
  const { items, currency } = situation
  const having = (wanted: Decision['outcome']): ForeseenItem[] =>
    items.flatMap(({ id, openAmount }, index) => {
      const { outcome, toLevel } = decisions[index] as Decision
      return outcome === wanted ? [{ id, openAmount, level: toLevel }] : []
    })
  const noticeOf = (level: number, told: ForeseenItem[], feeAmount: number): ForeseenNotice => ({
    level,
    currency,
    items: told,
    amount: sum(told.map(({ openAmount }) => openAmount)),
    feeAmount,
  })
  const notices: ForeseenNotice[] = []
  const demand = noticeLevel(items, decisions)
  if (demand !== null) {
    const overdue = items.filter(({ dueDate }) => dueDate < today)
    const base = sum(overdue.map(({ openAmount }) => openAmount))
    const { level, fees } = demand.level
    notices.push(noticeOf(level, having('escalate'), askedFee(fees, currency, base)))
  }
  const reminded = having('remind')
  if (reminded.length > 0) notices.push(noticeOf(0, reminded, 0))
  return notices
}

/** What a level asks for a notice: an amount, a percentage of what is overdue, or the last step that it reaches. */
function askedFee(fees: readonly Fee[], currency: string, overdueAmount: number): number {
  const fee = fees.find((one) => one.currency === currency)
  if (fee === undefined) return 0
  if (fee.percent !== undefined) return percentOf(overdueAmount, fee.percent)
  const step = fee.steps?.findLast(({ from_amount }) => from_amount <= overdueAmount)
  return fee.amount ?? step?.amount ?? 0
}

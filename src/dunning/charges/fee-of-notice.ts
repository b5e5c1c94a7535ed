import type { CalendarDate } from '../../foundation/calendar.ts'
import { percentOf, sum } from '../../foundation/money.ts'
import { chargeRefusal } from '../law/charge-refusal.ts'
import type { Fee } from '../policy.ts'
import { type Charged, type ChargingNotice, judged, proposal, type Stamp } from './charge-row.ts'
import type { ChargeRow } from './table.ts'

/** The fee of a notice belongs to all it lifts: it is judged by what of that is in default, together. */
export function feeOfNotice(
  stamp: Stamp,
  notice: ChargingNotice,
  charged: readonly Charged[],
  ofItems: readonly ChargeRow[],
): ChargeRow[] {
  const fee = notice.level.fees.find(({ currency }) => currency === notice.currency)
  const asked = fee === undefined ? 0 : amountOf(fee, notice.overdueAmount)
  const judge = charged.find(({ accrual }) => accrual.inDefault) ?? charged[0]
  if (fee === undefined || asked === 0 || judge === undefined) return []
  const late = charged.filter(({ accrual }) => accrual.inDefault)
  const earlier = new Map(
    late.flatMap(({ before }) => before.fees.map((one) => [one.notice_id, one.amount])),
  )
  const lumpSums = ofItems.filter(({ kind, status }) => kind === 'lump_sum' && status === 'claimed')
  const refusal = chargeRefusal(judge.accrual.law, {
    ...proposal(judge, notice),
    kind: 'fee',
    amount: asked,
    principal: sum(late.map(({ item }) => item.open_amount)),
    isPercentage: fee.percent !== undefined,
    statutoryNoticeTermHasRun: late.some((one) => termHasRun(one, stamp.today)),
    feesBefore: sum(earlier.values()),
    lumpSum:
      sum(late.map(({ before }) => before.lumpSum)) + sum(lumpSums.map(({ amount }) => amount)),
  })
  const explanation = { asked_amount: asked, base_amount: notice.overdueAmount }
  return [judged(stamp, notice, { kind: 'fee', explanation }, asked, refusal)]
}

/** What a fee comes to: an amount, a percentage of what is overdue, or the last step that it reaches. */
const amountOf = ({ amount, percent, steps }: Fee, overdue: number): number =>
  amount ??
  (percent === undefined
    ? (steps?.findLast(({ from_amount }) => from_amount <= overdue)?.amount ?? 0)
    : percentOf(overdue, percent))

/** Whether the notice that the law wants first was given in this cycle, and its deadline has passed. */
const termHasRun = ({ accrual, before }: Charged, today: CalendarDate): boolean =>
  before.statutoryNotices.some(
    ({ kind, deadline_date }) =>
      kind === accrual.law.fees?.terms.afterNotice &&
      deadline_date !== null &&
      deadline_date < today,
  )

import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import { percentOf, sum } from '../../foundation/money.ts'
import type { Accrual } from '../law/accrue.ts'
import { type ChargeRefusal, chargeRefusal } from '../law/charge-refusal.ts'
import type { Fee, Level } from '../policy.ts'
import type { ReleasedStep } from '../released-step.ts'
import type { ChargeFacts } from './charge-facts.ts'
import type { ChargedBefore } from './charged-before.ts'
import { explainInterest } from './explain-interest.ts'
import type { ChargeRow } from './table.ts'

/** A notice in the making, as its charges depend on it. */
export interface ChargingNotice {
  id: string
  customerId: string
  currency: string
  /** The level it speaks at, which sets its fee. */
  level: Level
  /** What it says is overdue. */
  overdueAmount: number
  /** The items it lifts, each with the level that it reaches. */
  steps: readonly Pick<ReleasedStep, 'item' | 'level'>[]
}

/** Where and when: what of a reader goes into a row. */
type Stamp = Pick<Reader, 'tenant' | 'now' | 'today'>

/** An item with everything that decides about its charges. */
interface Charged extends Pick<ReleasedStep, 'item' | 'level'> {
  accrual: Accrual
  before: ChargedBefore
}

/**
 * The charges a notice claims, ready to be written, and those the law refuses, with the reason: a lump sum and the
 * interest since the last claim for each item whose level says so, then one fee at the level of the notice. Pure.
 */
export function chargesOfNotice(
  stamp: Stamp,
  notice: ChargingNotice,
  { accruals, before }: ChargeFacts,
): ChargeRow[] {
  const charged = notice.steps.flatMap((step): Charged[] => {
    const accrual = accruals.get(step.item.id)
    const sofar = before.get(step.item.id)
    return accrual && sofar ? [{ ...step, accrual, before: sofar }] : []
  })
  const ofItems = charged.flatMap((one) => [
    ...lumpSumOf(stamp, notice, one),
    ...interestOf(stamp, notice, one),
  ])
  return [...ofItems, ...feeOf(stamp, notice, charged, ofItems)]
}

function lumpSumOf(stamp: Stamp, notice: ChargingNotice, charged: Charged): ChargeRow[] {
  const { level, accrual, before } = charged
  if (!level.lump_sum || before.lumpSum > 0) return []
  const amount = accrual.lumpSumAmount
  const proposed = { ...proposal(charged, notice), kind: 'lump_sum', amount } as const
  const refusal = chargeRefusal(accrual.law, proposed)
  const base = accrual.claim.principal
  const explanation = { asked_amount: amount, base_amount: base, ...defaultOf(accrual) }
  return [judged(stamp, notice, { kind: 'lump_sum', explanation, charged }, amount, refusal)]
}

function interestOf(stamp: Stamp, notice: ChargingNotice, charged: Charged): ChargeRow[] {
  const { level, accrual, before } = charged
  const { interest, interestRefusal } = accrual
  if (level.interest.kind === 'none') return []
  const draft = { kind: 'interest', charged } as const
  const explanation = { ...explainInterest(interest, before.interest), ...defaultOf(accrual) }
  if (interest === null) {
    const row = blank(stamp, notice, { ...draft, explanation })
    return [{ ...row, status: 'refused', reason: interestRefusal }]
  }
  const percent = level.interest.percent ?? null
  const tomorrow = addDays(stamp.today, 1)
  const running: ChargeRow = {
    ...blank(stamp, notice, { ...draft, explanation: { asked_amount: 0 } }),
    status: 'accrued',
    percent,
    from_date: tomorrow,
    next_look_date: tomorrow,
  }
  const amount = interest.amount - before.interest
  if (amount <= 0) return [running]
  const claimed = judged(stamp, notice, { ...draft, explanation }, amount, null)
  const from_date = accrual.default?.date ?? null
  return [{ ...claimed, percent, from_date, until_date: stamp.today }, running]
}

/** The fee of a notice belongs to all it lifts: it is judged by what of that is in default, together. */
function feeOf(
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

/** What the law asks about any charge for an item. */
const proposal = ({ accrual, before }: Charged, { currency }: ChargingNotice) => ({
  currency,
  principal: accrual.openAmount,
  isPercentage: false,
  inDefault: accrual.inDefault,
  statutoryNoticeTermHasRun: false,
  feesBefore: sum(before.fees.map(({ amount }) => amount)),
  lumpSum: before.lumpSum,
})

/** Whether the notice that the law wants first was given in this cycle, and its deadline has passed. */
const termHasRun = ({ accrual, before }: Charged, today: CalendarDate): boolean =>
  before.statutoryNotices.some(
    ({ kind, deadline_date }) =>
      kind === accrual.law.fees?.terms.afterNotice &&
      deadline_date !== null &&
      deadline_date < today,
  )

const defaultOf = ({ default: begun }: Accrual) => ({
  default_from_date: begun?.date ?? null,
  default_cause: begun?.cause ?? null,
})

interface Draft extends Pick<ChargeRow, 'kind' | 'explanation'> {
  /** The principal; none for the fee of a notice. */
  charged?: Charged
}

/** A charge after the law has had its say: claimed in what it allows, refused where that is nothing. */
function judged(
  stamp: Stamp,
  notice: ChargingNotice,
  draft: Draft,
  asked: number,
  refusal: ChargeRefusal | null,
): ChargeRow {
  const amount = refusal?.allowedAmount ?? asked
  const none = amount === 0
  return {
    ...blank(stamp, notice, draft),
    status: none ? 'refused' : 'claimed',
    amount,
    reason: refusal?.code ?? (none ? 'no_lump_sum' : null),
    rule: refusal?.rule ?? null,
    claim_item_id: none ? null : newId(),
  }
}

const blank = (
  { tenant, now }: Stamp,
  notice: ChargingNotice,
  { kind, explanation, charged }: Draft,
): ChargeRow => ({
  tenant_id: tenant.id,
  id: newId(),
  customer_id: notice.customerId,
  item_id: charged?.item.id ?? null,
  invoice_id: charged?.item.invoice_id ?? null,
  notice_id: notice.id,
  cycle: charged?.item.cycle ?? null,
  level: charged?.level.level ?? notice.level.level,
  kind,
  status: 'refused',
  currency: notice.currency,
  amount: 0,
  reason: null,
  rule: null,
  percent: null,
  from_date: null,
  until_date: null,
  claim_item_id: null,
  reversed_date: null,
  next_look_date: null,
  explanation,
  created_at: now,
  updated_at: now,
})

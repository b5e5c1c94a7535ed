import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import type { DunnedItem } from '../dunned-items.ts'
import type { Assessment } from '../law/assess-claim.ts'
import type { ChargeRefusal } from '../law/charge-refusal.ts'
import type { Level } from '../policy.ts'
import type { ChargedBefore } from './charged-before.ts'
import { feesOn } from './earlier-fees.ts'
import type { ChargeRow } from './table.ts'

/** An item that a notice lifts to a level, as its charges depend on it. */
export interface ChargingStep {
  item: Pick<DunnedItem, 'id' | 'invoice_id' | 'cycle' | 'open_amount'>
  level: Level
}

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
  steps: readonly ChargingStep[]
}

/** Where and when: what of a reader goes into a row. */
export interface Stamp extends Pick<Reader, 'now' | 'today'> {
  tenant: Pick<Reader['tenant'], 'id'>
}

/** An item with everything that decides about its charges. */
export interface Charged extends ChargingStep {
  accrual: Assessment
  before: ChargedBefore
}

/** What the law asks about any charge for an item. */
export const proposal = (charged: Charged, { currency }: ChargingNotice) => ({
  currency,
  principal: charged.accrual.openAmount,
  isPercentage: false,
  inDefault: charged.accrual.inDefault,
  statutoryTerm: 'missing' as const,
  feesBefore: feesOn([charged]),
  lumpSum: charged.before.lumpSum,
  lumpSumCovers: charged.before.lumpSumCovers,
})

/** Since when the principal is in default, and why. */
export const defaultOf = ({ default: begun }: Assessment) => ({
  default_from_date: begun?.date ?? null,
  default_cause: begun?.cause ?? null,
})

/** What a charge is for, and how it came about. */
export interface Draft extends Pick<ChargeRow, 'kind' | 'explanation'> {
  /** The principal; none for the fee of a notice. */
  charged?: Charged
}

/** A charge after the law has had its say: claimed in what it allows, refused where that is nothing. */
export function judged(
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

/** A charge that claims nothing yet. */
export const blank = (
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

/** What of the interest claimed for an item is more than there is, where it runs on; 0 for nothing. */
export const overClaimed = ({
  explanation: { asked_amount, settled_before_amount = 0 },
}: ChargeRow): number => Math.max(0, settled_before_amount - asked_amount)

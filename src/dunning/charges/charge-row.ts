import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import type { Accrual } from '../law/accrue.ts'
import type { ChargeRefusal } from '../law/charge-refusal.ts'
import type { Level } from '../policy.ts'
import type { ReleasedStep } from '../released-step.ts'
import type { ChargedBefore } from './charged-before.ts'
import { feesOn } from './earlier-fees.ts'
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
export type Stamp = Pick<Reader, 'tenant' | 'now' | 'today'>

/** An item with everything that decides about its charges. */
export interface Charged extends Pick<ReleasedStep, 'item' | 'level'> {
  accrual: Accrual
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
export const defaultOf = ({ default: begun }: Accrual) => ({
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

import type { Static } from '@sinclair/typebox'
import type { Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { Segment } from '../law/calculation-schema.ts'
import type { CreditedFee } from './earlier-fees.ts'

export const chargeKinds = ['fee', 'interest', 'lump_sum'] as const

/** How a charge came about: what decided, and the sum line by line. */
export interface ChargeExplanation {
  /** What the policy asks for, before the law. */
  asked_amount: number
  /** What a fee or lump sum was reckoned from. */
  base_amount?: number
  /** The fees of earlier notices that have cut a lump sum, as far as they have. */
  credited_fees?: CreditedFee[]
  default_from_date?: CalendarDate | null
  default_cause?: string | null
  /** What of claimed interest was waived because the principal turned out to have been paid earlier. */
  over_claimed_amount?: number
  /** What of the interest since default had been claimed before. */
  settled_before_amount?: number
  /** The interest since default, stretch by stretch. */
  segments?: Static<typeof Segment>[]
}

export interface ChargeTables {
  dunning_charge: {
    tenant_id: string
    id: string
    customer_id: string
    /** The principal; null for the fee of a notice. */
    item_id: string | null
    invoice_id: string | null
    notice_id: string | null
    cycle: number | null
    /** The level that brought it; 0 for what is claimed or given up because the principal is paid. */
    level: number
    kind: (typeof chargeKinds)[number]
    status: 'accrued' | 'claimed' | 'waived' | 'refused'
    currency: string
    /** What was claimed or given up; 0 while it accrues and where it was refused. */
    amount: number
    /** Why it was refused, cut or given up. */
    reason: string | null
    /** The rule of the law that refused or cut it. */
    rule: string | null
    /** The agreed rate of interest; null for the statutory one. */
    percent: string | null
    from_date: CalendarDate | null
    until_date: CalendarDate | null
    /** The open item it became. */
    claim_item_id: string | null
    /** When its notice was taken back: it is as if it had never been. */
    reversed_date: CalendarDate | null
    /** While it accrues: from when the principal's payment settles it. */
    next_look_date: CalendarDate | null
    explanation: Json<ChargeExplanation>
    created_at: Instant
    updated_at: Instant
  }
}

export type ChargeRow = Selectable<ChargeTables['dunning_charge']>

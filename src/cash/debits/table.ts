import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json, JsonDefault } from '../../foundation/database/columns.ts'
import type {
  MandateSequence,
  MandateStatus,
  PresentedMandate,
  Scheme,
  SequenceType,
} from './mandate.ts'
import type { Creditor, PainFormat } from './pain008.ts'

/** How often, and after how many days, a debit that came back for a reason is collected again. */
export interface RetryRule {
  reason_code: string
  times_max: number
  after_days: number
}

export const debitStatuses = [
  'scheduled',
  'submitted',
  'collected',
  'cancelled',
  'rejected',
  'returned',
] as const
export type DebitStatus = (typeof debitStatuses)[number]

export const batchStatuses = [
  'open',
  'closed',
  'accepted',
  'partly_rejected',
  'rejected',
  'cancelled',
] as const
export type BatchStatus = (typeof batchStatuses)[number]

export interface DebitTables {
  direct_debit_settings: {
    tenant_id: string
    id: string
    creditor_id: string
    creditor_name: string
    iban: string
    bic: string | null
    format: PainFormat
    prenotification_days: number
    lead_days: number
    return_fee_amount: number | null
    retries: Json<RetryRule[]>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  mandate: {
    tenant_id: string
    id: string
    customer_id: string
    reference: string
    scheme: Scheme
    sequence: MandateSequence
    status: MandateStatus
    debtor_name: string
    iban: string
    bic: string | null
    signature_date: CalendarDate
    last_used_date: CalendarDate | null
    lapses_after_date: CalendarDate
    block_reason_code: string | null
    revoked_date: CalendarDate | null
    presented: Json<PresentedMandate> | null
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  debit_batch: {
    tenant_id: string
    id: string
    status: BatchStatus
    format: PainFormat
    collection_date: CalendarDate
    creditor: Json<Creditor> | null
    debit_count: Generated<number>
    total_amount: Generated<number>
    closed_at: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  direct_debit: {
    tenant_id: string
    id: string
    customer_id: string
    mandate_id: string
    batch_id: string | null
    payment_id: string
    retry_of_id: string | null
    status: DebitStatus
    scheme: Scheme
    sequence_type: SequenceType | null
    final: boolean
    amount: number
    collection_date: CalendarDate
    end_to_end_id: string
    remittance: string
    attempt: number
    group_number: number | null
    presented: Json<PresentedMandate>
    presented_before: Json<PresentedMandate> | null
    reason_code: string | null
    reason_text: string | null
    ended_date: CalendarDate | null
    retry_date: CalendarDate | null
    bank_line_id: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  direct_debit_item: {
    tenant_id: string
    direct_debit_id: string
    item_id: string
    amount: number
  }
}

export type SettingsRow = Selectable<DebitTables['direct_debit_settings']>
export type MandateRow = Selectable<DebitTables['mandate']>
export type BatchRow = Selectable<DebitTables['debit_batch']>
export type DebitRow = Selectable<DebitTables['direct_debit']>
export type DebitItemRow = Selectable<DebitTables['direct_debit_item']>

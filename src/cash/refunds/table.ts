import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface RefundTables {
  refund: {
    tenant_id: string
    id: string
    customer_id: string
    payment_id: string | null
    credit_note_id: string | null
    status: 'approved' | 'paid' | 'cancelled'
    currency: string
    amount: number
    method: string
    reference: string | null
    reason: string
    approval_date: CalendarDate
    approval_entry_id: string
    paid_date: CalendarDate | null
    paid_entry_id: string | null
    cancellation_date: CalendarDate | null
    cancellation_reason: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type RefundRow = Selectable<RefundTables['refund']>

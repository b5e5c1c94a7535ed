import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface WriteOffTables {
  write_off: {
    tenant_id: string
    id: string
    customer_id: string
    item_id: string
    invoice_id: string | null
    status: 'requested' | 'recorded' | 'rejected' | 'withdrawn' | 'undone'
    /** What it waits or waited for; null where one principal could decide it. */
    approval_id: string | null
    currency: string
    amount: number
    reason: string
    write_off_date: CalendarDate
    /** Null as long as nothing is booked. */
    entry_id: string | null
    relieved_amount: Generated<number>
    relief_date: CalendarDate | null
    relief_entry_id: string | null
    recovered_amount: Generated<number>
    undo_date: CalendarDate | null
    undo_reason: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  recovery: {
    tenant_id: string
    id: string
    write_off_id: string
    payment_id: string
    currency: string
    amount: number
    tax_amount: number
    recovery_date: CalendarDate
    entry_id: string
    tax_entry_id: string | null
    undo_date: CalendarDate | null
    created_at: Instant
  }
}

export type WriteOffRow = Selectable<WriteOffTables['write_off']>
export type RecoveryRow = Selectable<WriteOffTables['recovery']>

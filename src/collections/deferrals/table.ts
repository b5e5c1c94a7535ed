import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface DeferralTables {
  deferral: {
    tenant_id: string
    id: string
    customer_id: string
    item_id: string
    invoice_id: string
    status: 'agreed' | 'revoked'
    currency: string
    amount: number
    previous_due_date: CalendarDate
    due_date: CalendarDate
    agreed_date: CalendarDate
    acknowledged: boolean
    accrued_interest: 'claim' | 'waive'
    reason: string
    revoke_date: CalendarDate | null
    revoke_reason: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type DeferralRow = Selectable<DeferralTables['deferral']>

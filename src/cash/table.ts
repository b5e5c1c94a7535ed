import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { JsonDefault } from '../foundation/database/columns.ts'
import type { AllocationRule } from './allocation.ts'

export interface CashTables {
  payment: {
    tenant_id: string
    id: string
    customer_id: string
    external_id: string | null
    status: 'received' | 'reversed'
    currency: string
    amount: number
    allocated_amount: Generated<number>
    unallocated_amount: number
    refunded_amount: Generated<number>
    reversed_amount: Generated<number>
    recovered_amount: Generated<number>
    received_date: CalendarDate
    method: string
    reference: string | null
    reversal_date: CalendarDate | null
    reversal_reason: string | null
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  allocation: {
    tenant_id: string
    id: string
    payment_id: string | null
    credit_note_id: string | null
    item_id: string
    invoice_id: string | null
    customer_id: string
    currency: string
    amount: number
    rule: AllocationRule
    effective_date: CalendarDate
    entry_id: string
    undone_date: CalendarDate | null
    created_at: Instant
  }
}

export type PaymentRow = Selectable<CashTables['payment']>
export type AllocationRow = Selectable<CashTables['allocation']>

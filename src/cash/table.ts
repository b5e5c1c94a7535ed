import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Json, JsonDefault } from '../foundation/database/columns.ts'
import type { DeductionKind } from './deduction.ts'
import type { Reason } from './reason.ts'
import type { AllocationRule, AllocationSettings } from './settings.ts'

export interface CashTables {
  payment: {
    tenant_id: string
    id: string
    customer_id: string
    external_id: string | null
    status: 'pending' | 'received' | 'reversed'
    account: Generated<'cash' | 'clearing'>
    currency: string
    amount: number
    allocated_amount: Generated<number>
    unallocated_amount: number
    refunded_amount: Generated<number>
    transferred_amount: Generated<number>
    difference_amount: Generated<number>
    reversed_amount: Generated<number>
    transferred_from_id: string | null
    recovered_amount: Generated<number>
    received_date: CalendarDate
    provisional_until_date: CalendarDate | null
    method: string
    reference: string | null
    end_to_end_id: string | null
    bank_line_id: string | null
    payer_name: string | null
    payer_iban: string | null
    reversal_date: CalendarDate | null
    reversal_reason: string | null
    reversal_reason_code: string | null
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
    reason: Json<Reason>
    effective_date: CalendarDate
    entry_id: string
    undone_date: CalendarDate | null
    created_at: Instant
  }
  deduction: {
    tenant_id: string
    id: string
    allocation_id: string
    item_id: string
    kind: DeductionKind
    amount: number
    tax_amount: number
    entry_id: string
    tax_entry_id: string | null
    effective_date: CalendarDate
    undone_date: CalendarDate | null
    created_at: Instant
  }
  allocation_settings: {
    tenant_id: string
    id: string
    /** Whose they are; null for the tenant's own. */
    customer_id: string | null
    /** What is said; what is not comes from the tenant, or is the default. */
    settings: Json<Partial<AllocationSettings>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type PaymentRow = Selectable<CashTables['payment']>
export type AllocationRow = Selectable<CashTables['allocation']>
export type DeductionRow = Selectable<CashTables['deduction']>
export type AllocationSettingsRow = Selectable<CashTables['allocation_settings']>

/** An allocation, and what was cleared with it. */
export type AllocationWithDeductions = AllocationRow & { deductions: DeductionRow[] }

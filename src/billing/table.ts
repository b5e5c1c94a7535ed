import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Json, JsonDefault } from '../foundation/database/columns.ts'
import type { TaxedDeduction } from './deposits.ts'
import type { EarlyPaymentDiscount } from './early-payment-discount.ts'
import type { DueDateBasis } from './invoice.ts'

/** One part of an invoice with a due date of its own. */
export interface Instalment {
  due_date: CalendarDate
  amount: number
}

/** An invoice line, kept as given. */
export interface Line {
  external_id?: string
  description: string
  quantity?: string
  unit_price?: string
  net_amount: number
  tax_amount?: number
}

export interface BillingTables {
  invoice: {
    tenant_id: string
    id: string
    customer_id: string
    external_id: string | null
    number: string | null
    kind: Generated<'standard' | 'deposit' | 'opening'>
    status: 'draft' | 'issued' | 'paid' | 'void' | 'written_off'
    currency: string
    issue_date: CalendarDate
    due_date: CalendarDate
    due_date_basis: Generated<DueDateBasis>
    /** When the customer received it; null where nobody knows. */
    received_date: CalendarDate | null
    /** Whether it told a consumer that default follows 30 days after due date and receipt. */
    consumer_notice_given: Generated<boolean>
    total_amount: number
    tax_amount: number | null
    open_amount: number
    paid_amount: Generated<number>
    credited_amount: Generated<number>
    /** What deposits have settled of it. */
    deposit_amount: Generated<number>
    /** Of a deposit: what final invoices have deducted. */
    deposit_used_amount: Generated<number>
    deposit_deductions: JsonDefault<TaxedDeduction[]>
    discounted_amount: Generated<number>
    deducted_amount: Generated<number>
    written_off_amount: Generated<number>
    earliest_open_due_date: CalendarDate | null
    overdue_announced_for: CalendarDate | null
    instalments: Json<Instalment[]>
    creditor_reference: string | null
    /** The order it bills, by the reference that order, reservation and invoice share. */
    order_reference: string | null
    early_payment_discounts: JsonDefault<EarlyPaymentDiscount[]>
    lines: JsonDefault<Line[]>
    origin: Generated<'pushed' | 'own'>
    dunning_policy_id: string | null
    no_dunning: Generated<boolean>
    /** Of an opening item: the day of the move, from which it counts, and what the document was once about. */
    taken_over_date: CalendarDate | null
    original_amount: number | null
    void_number: string | null
    void_date: CalendarDate | null
    void_reason: string | null
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  invoice_reference: {
    tenant_id: string
    key: string
    invoice_id: string
  }
  credit_note: {
    tenant_id: string
    id: string
    customer_id: string
    invoice_id: string | null
    external_id: string | null
    number: string
    currency: string
    issue_date: CalendarDate
    total_amount: number
    tax_amount: number | null
    allocated_amount: Generated<number>
    unallocated_amount: number
    refunded_amount: Generated<number>
    reason: string | null
    lines: JsonDefault<Line[]>
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type InvoiceRow = Selectable<BillingTables['invoice']>
export type CreditNoteRow = Selectable<BillingTables['credit_note']>

import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { JsonDefault } from '../foundation/database/columns.ts'
import type { Account } from './accounts.ts'

/** What an entry came from: a document, a movement of money, or (`charge`) an open item of its own. */
export type SourceKind =
  | 'invoice'
  | 'credit_note'
  | 'payment'
  | 'charge'
  | 'refund'
  | 'write_off'
  | 'bank_line'
  | 'transfer'
  | 'deferral'

/** The tenant's own codes for our accounts, as far as it has given them. */
export type AccountCodes = Partial<Record<Account, string>>

export interface LedgerTables {
  open_item: {
    tenant_id: string
    id: string
    customer_id: string
    kind: 'invoice' | 'charge'
    invoice_id: string | null
    charge_kind: 'fee' | 'interest' | 'lump_sum' | 'returned_payment' | null
    notice_id: string | null
    sequence: number
    currency: string
    due_date: CalendarDate
    claim_date: CalendarDate
    total_amount: number
    open_amount: number
    paid_amount: Generated<number>
    credited_amount: Generated<number>
    voided_amount: Generated<number>
    written_off_amount: Generated<number>
    deposit_amount: Generated<number>
    waived_amount: Generated<number>
    discounted_amount: Generated<number>
    deducted_amount: Generated<number>
    created_at: Instant
  }
  item_watch: {
    tenant_id: string
    item_id: string
    customer_id: string
    next_look_date: CalendarDate | null
  }
  ledger_entry: {
    tenant_id: string
    id: string
    happening: string
    effective_date: CalendarDate
    recorded_at: Instant
    currency: string
    amount: number
    debit_account: Account
    debit_customer_id: string | null
    credit_account: Account
    credit_customer_id: string | null
    item_id: string | null
    due_date: CalendarDate | null
    source_kind: SourceKind
    source_id: string
    origin: 'pushed' | 'own'
    undoes_id: string | null
    posting_date: CalendarDate
  }
  ledger_settings: {
    tenant_id: string
    id: string
    account_codes: JsonDefault<AccountCodes>
    closed_until_date: CalendarDate | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  unidentified_money: {
    tenant_id: string
    bank_line_id: string
    account: 'cash' | 'clearing'
    currency: string
    amount: number
    open_amount: number
    effective_date: CalendarDate
    created_at: Instant
  }
  customer_balance: {
    tenant_id: string
    customer_id: string
    currency: string
    open_amount: Generated<number>
    unallocated_amount: Generated<number>
  }
}

export type OpenItemRow = Selectable<LedgerTables['open_item']>
export type LedgerEntryRow = Selectable<LedgerTables['ledger_entry']>
export type UnidentifiedMoneyRow = Selectable<LedgerTables['unidentified_money']>
export type LedgerSettingsRow = Selectable<LedgerTables['ledger_settings']>

import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import type { Account } from './accounts.ts'
import type { SourceKind } from './table.ts'

/** A movement between two accounts that neither owes a customer's item nor holds a customer's money. */
export interface Posting {
  happening: string
  debit: Exclude<Account, 'receivable' | 'unallocated'>
  credit: Exclude<Account, 'receivable' | 'unallocated'>
  /** Whose business it is; both sides name the customer. */
  customerId: string
  currency: string
  amount: number
  effectiveDate: CalendarDate
  source: { kind: SourceKind; id: string }
  origin: 'pushed' | 'own'
}

/** Enters movements that change no open item and no balance: money that gets from clearing to the bank, a bank's fee. */
export async function postEntries(tx: Tx, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return
  const rows = postings.map((posting) => ({
    id: newId(),
    happening: posting.happening,
    effective_date: posting.effectiveDate,
    currency: posting.currency,
    amount: posting.amount,
    debit_account: posting.debit,
    credit_account: posting.credit,
    customer_id: posting.customerId,
    source_kind: posting.source.kind,
    source_id: posting.source.id,
    origin: posting.origin,
  }))
  await sql`
    insert into ledger_entry (tenant_id, id, happening, effective_date, recorded_at, currency, amount,
      debit_account, debit_customer_id, credit_account, credit_customer_id, source_kind, source_id, origin)
    select ${tx.tenant.id}, id, happening, effective_date, ${tx.now}, currency, amount,
      debit_account, customer_id, credit_account, customer_id, source_kind, source_id, origin
    from json_to_recordset(${JSON.stringify(rows)}) as posting(
      id uuid, happening text, effective_date date, currency text, amount bigint,
      debit_account text, credit_account text, customer_id uuid, source_kind text, source_id uuid, origin text)
  `.execute(tx.db)
}

import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Account } from './accounts.ts'
import { postingDate } from './posting-date.ts'
import type { SourceKind } from './table.ts'

/** What moves neither an open item nor a customer's unallocated money; those have statements of their own. */
type OtherAccount = Exclude<Account, 'receivable' | 'unallocated'>

/** A movement that leaves what customers owe and have with us as it is. */
export interface Posting {
  entryId: string
  happening: string
  effectiveDate: CalendarDate
  currency: string
  amount: number
  debitAccount: OtherAccount
  creditAccount: OtherAccount
  /** The customer concerned; null while nobody knows who it is. */
  customerId: string | null
  source: { kind: SourceKind; id: string }
  /** The entry that this one takes back, with its sides swapped. */
  undoesId: string | null
}

/** Enters movements of the service's own making into the ledger, in one statement for any number. */
export async function postEntries(tx: Tx, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return
  await sql`
    insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount,
      debit_account, debit_customer_id, credit_account, credit_customer_id, source_kind, source_id, origin, undoes_id)
    select ${tx.tenant.id}, entry_id, happening, effective_date, ${postingDate(tx, sql`effective_date`)}, ${tx.now}, currency, amount,
      debit_account, customer_id, credit_account, customer_id, source_kind, source_id, 'own', undoes_id
    from json_to_recordset(${JSON.stringify(postings.map(toRow))}) as posting(
      entry_id uuid, happening text, effective_date date, currency text, amount bigint, debit_account text, credit_account text,
      customer_id uuid, source_kind text, source_id uuid, undoes_id uuid)
  `.execute(tx.db)
}

const toRow = (posting: Posting) => ({
  entry_id: posting.entryId,
  happening: posting.happening,
  effective_date: posting.effectiveDate,
  currency: posting.currency,
  amount: posting.amount,
  debit_account: posting.debitAccount,
  credit_account: posting.creditAccount,
  customer_id: posting.customerId,
  source_kind: posting.source.kind,
  source_id: posting.source.id,
  undoes_id: posting.undoesId,
})

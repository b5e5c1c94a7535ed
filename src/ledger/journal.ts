import { sql } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { findSettings } from './queries.ts'
import type { AccountCodes, LedgerEntryRow } from './table.ts'

/** A ledger entry as the general ledger wants it: with codes, and the names other systems know things by. */
export interface JournalLine extends LedgerEntryRow {
  debit_code: string | null
  credit_code: string | null
  debit_customer_external_id: string | null
  credit_customer_external_id: string | null
  /** The number of the document behind it; for a payment the caller's id of it. */
  document_number: string | null
  /** The number of the invoice whose item it moves. */
  invoice_number: string | null
}

/** Which part of the journal is asked for. */
export interface JournalFilters extends Page {
  from_date?: CalendarDate
  to_date?: CalendarDate
  known_at?: Instant
  origin?: 'own' | 'all'
}

const byPosting: Order = { column: 'posting_date', direction: 'asc', type: 'date' }

/**
 * One page of the posting journal, in the order of posting. Unless all is asked for, only what the service itself made
 * happen: what the ERP has pushed is in its books already.
 */
export async function listJournal(reader: Reader, by: JournalFilters): Promise<Paged<JournalLine>> {
  const { db, tenant } = reader
  let select = db.selectFrom('ledger_entry').selectAll().where('tenant_id', '=', tenant.id)
  if (by.from_date !== undefined) select = select.where('posting_date', '>=', by.from_date)
  if (by.to_date !== undefined) select = select.where('posting_date', '<=', by.to_date)
  if (by.known_at !== undefined) select = select.where('recorded_at', '<=', by.known_at)
  if (by.origin !== 'all') select = select.where('origin', '=', 'own')
  const page = await pageOf<LedgerEntryRow>(select, by, byPosting)
  return { rows: await withNames(reader, page.rows), nextCursor: page.nextCursor }
}

type Names = Pick<
  JournalLine,
  | 'id'
  | 'debit_customer_external_id'
  | 'credit_customer_external_id'
  | 'document_number'
  | 'invoice_number'
>

/** Puts beside each entry what other systems call its accounts, customers and documents. */
async function withNames(
  reader: Reader,
  entries: readonly LedgerEntryRow[],
): Promise<JournalLine[]> {
  const codes: AccountCodes = (await findSettings(reader))?.account_codes ?? {}
  const { rows } = await sql<Names>`
    select entry.id, debtor.external_id as debit_customer_external_id, creditor.external_id as credit_customer_external_id,
      coalesce(invoice.number, note.number, payment.external_id, refund.reference) as document_number, of_item.number as invoice_number
    from ledger_entry as entry
    left join customer as debtor on debtor.tenant_id = entry.tenant_id and debtor.id = entry.debit_customer_id
    left join customer as creditor on creditor.tenant_id = entry.tenant_id and creditor.id = entry.credit_customer_id
    left join invoice on invoice.tenant_id = entry.tenant_id and invoice.id = entry.source_id
    left join credit_note as note on note.tenant_id = entry.tenant_id and note.id = entry.source_id
    left join payment on payment.tenant_id = entry.tenant_id and payment.id = entry.source_id
    left join refund on refund.tenant_id = entry.tenant_id and refund.id = entry.source_id
    left join open_item as item on item.tenant_id = entry.tenant_id and item.id = entry.item_id
    left join invoice as of_item on of_item.tenant_id = item.tenant_id and of_item.id = item.invoice_id
    where entry.tenant_id = ${reader.tenant.id} and entry.id = any(${entries.map(({ id }) => id)})
  `.execute(reader.db)
  const names = new Map(rows.map((row) => [row.id, row]))
  return entries.map((entry) => ({
    ...entry,
    ...(names.get(entry.id) as Names),
    debit_code: codes[entry.debit_account] ?? null,
    credit_code: codes[entry.credit_account] ?? null,
  }))
}

import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { referenceKeys } from './reference-key.ts'
import type { InvoiceRow } from './table.ts'

/** Keeps the keys under which payers may name invoices, so that bank lines find them without reading all of them. */
export async function keepReferences(tx: Tx, invoices: readonly InvoiceRow[]): Promise<void> {
  const references = invoices.flatMap((invoice) =>
    referenceKeys(invoice).map((key) => ({ tenant_id: tx.tenant.id, key, invoice_id: invoice.id })),
  )
  if (references.length === 0) return
  await sql`
    insert into invoice_reference
    select * from json_populate_recordset(null::invoice_reference, ${JSON.stringify(references)})
  `.execute(tx.db)
}

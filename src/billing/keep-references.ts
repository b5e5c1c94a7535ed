import type { Tx } from '../foundation/database/commit.ts'
import { numberKey } from './number-key.ts'
import type { InvoiceRow } from './table.ts'

/** Keeps the keys under which payers may name invoices, so that bank lines find them without reading all of them. */
export async function keepReferences(tx: Tx, invoices: readonly InvoiceRow[]): Promise<void> {
  const references = invoices
    .map(({ id, number }) => ({ invoice_id: id, key: numberKey(number ?? '') }))
    .filter(({ key }) => key !== '')
  if (references.length === 0) return
  await tx.db
    .insertInto('invoice_reference')
    .values(references.map((reference) => ({ tenant_id: tx.tenant.id, ...reference })))
    .execute()
}

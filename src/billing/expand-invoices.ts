import type { LoadExpanded } from '../foundation/http/expand.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { findInvoices, withItems } from './queries.ts'
import { invoiceToJson } from './schema.ts'

/** Invoices without their lines by their public ids, for `expand=invoice`. */
export const loadInvoicesById: LoadExpanded = async (reader, ids) => {
  const invoices = await findInvoices(reader, ids.map(uuidOf))
  return new Map(
    (await withItems(reader, [...invoices.values()])).map(({ invoice, items }) => [
      publicId('invoice', invoice.id),
      invoiceToJson(invoice, items, reader, { withLines: false }),
    ]),
  )
}

import { createInvoices, type NewInvoice } from '../billing/create-invoices.ts'
import type { InvoiceWithItems } from '../billing/queries.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { Problem } from '../foundation/problem.ts'
import { allocationSettings } from './allocation-settings.ts'
import { useUnallocated } from './use-unallocated.ts'

/**
 * Creates invoices and lets those that are issued at once be paid by what their customers have left, where settings say
 * so. Answers for each input, in order, the invoice as it then stands or the problem that refused it.
 */
export async function createAndSettle(
  tx: Tx,
  inputs: readonly NewInvoice[],
): Promise<(InvoiceWithItems | Problem)[]> {
  const customerIds = [...new Set(inputs.map(({ customerId }) => customerId))]
  const [created, settings] = await together([
    createInvoices(tx, inputs),
    allocationSettings(tx, customerIds),
  ])
  const invoices = created.filter((one): one is InvoiceWithItems => !(one instanceof Problem))
  const settled = await useUnallocated(tx, invoices, settings)
  const byId = new Map(settled.map((one) => [one.invoice.id, one]))
  return created.map((one) =>
    one instanceof Problem ? one : (byId.get(one.invoice.id) as InvoiceWithItems),
  )
}

import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import { createInvoices, type NewInvoice } from './create-invoices.ts'
import { discountTiers } from './early-payment-discount.ts'
import { instalmentsOf } from './invoice.ts'
import { issueInvoice } from './issue-invoice.ts'
import type { InvoiceWithItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'
import { updateInvoice } from './update-invoice.ts'

export interface Upserted {
  created: boolean
  /** Whether it was issued just now. */
  issued: boolean
  result: InvoiceWithItems
}

const findByExternalId = (tx: Tx, externalId: string): Promise<InvoiceRow | undefined> =>
  tx.db
    .selectFrom('invoice')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', externalId)
    .executeTakeFirst()

/**
 * Creates the invoice with this external id, or brings the draft that has it up to date. An issued invoice that says
 * the same is answered as it stands, but for the dunning policy, where one is named; one that says something else is
 * refused (`invoice_not_editable`). Of two that race to create it one does, and the other finds what the first has
 * created.
 */
export async function upsertInvoice(
  tx: Tx,
  input: NewInvoice & { externalId: string },
  ifMatch: number | undefined,
): Promise<Upserted> {
  const known = await findByExternalId(tx, input.externalId)
  if (known === undefined && ifMatch === undefined) {
    const [result] = (await createInvoices(tx, [input])) as [InvoiceWithItems | Problem]
    if (!(result instanceof Problem)) return { created: true, issued: input.issue, result }
    if (result.code !== 'external_id_taken') throw result
  }
  const existing = known ?? (await findByExternalId(tx, input.externalId))
  if (existing === undefined)
    throw new Problem('version_mismatch', { detail: 'There is no such invoice yet.' })
  requireVersion(existing.version, ifMatch)
  if (existing.status !== 'draft') {
    if (!saysTheSame(existing, input))
      throw new Problem('invoice_not_editable', { current_status: existing.status })
    const changes = { ...input.policyChoice }
    const result = await updateInvoice(tx, { id: existing.id, changes, ifMatch })
    return { created: false, issued: false, result }
  }
  const stays =
    existing.customer_id === input.customerId &&
    existing.currency === input.currency &&
    existing.kind === input.kind
  if (!stays) {
    throw new Problem('invoice_not_editable', {
      detail: 'Customer, currency and kind of a draft stay; delete it and create another.',
    })
  }
  const updated = await updateInvoice(tx, {
    id: existing.id,
    ifMatch: ifMatch ?? existing.version,
    changes: {
      number: input.number,
      issue_date: input.issueDate,
      due_date_basis: input.dueDateBasis,
      received_date: input.receivedDate,
      consumer_notice_given: input.consumerNoticeGiven,
      total_amount: input.totalAmount,
      tax_amount: input.taxAmount,
      creditor_reference: input.creditorReference,
      order_reference: input.orderReference,
      early_payment_discounts: input.earlyPaymentDiscounts,
      lines: input.lines,
      deposit_deductions: input.depositDeductions,
      ...input.policyChoice,
      metadata: input.metadata,
      ...(input.instalments ? { instalments: input.instalments } : {}),
      ...(input.dueDate ? { due_date: input.dueDate } : {}),
      ...(input.netDays === null ? {} : { net_days: input.netDays }),
    },
  })
  const issued = input.issue
    ? await issueInvoice(tx, { id: existing.id, ifMatch: undefined })
    : updated
  return { created: false, issued: input.issue, result: issued }
}

/** True when a push repeats what was issued; metadata and lines of a repeat are not compared to the letter. */
export function saysTheSame(invoice: InvoiceRow, input: NewInvoice): boolean {
  const plan = instalmentsOf(
    {
      issue_date: input.issueDate,
      total_amount: input.totalAmount,
      due_date: input.dueDate,
      net_days: input.netDays,
      instalments: input.instalments,
    },
    null,
  )
  return (
    invoice.customer_id === input.customerId &&
    invoice.currency === input.currency &&
    invoice.kind === input.kind &&
    isDeepStrictEqual(
      invoice.deposit_deductions.map(({ invoice_id, amount }) => ({ invoice_id, amount })),
      input.depositDeductions,
    ) &&
    invoice.issue_date === input.issueDate &&
    invoice.due_date_basis === input.dueDateBasis &&
    (input.receivedDate === null || invoice.received_date === input.receivedDate) &&
    invoice.consumer_notice_given === input.consumerNoticeGiven &&
    invoice.total_amount === input.totalAmount &&
    invoice.tax_amount === input.taxAmount &&
    (input.number === null || invoice.number === input.number) &&
    (input.creditorReference === null || invoice.creditor_reference === input.creditorReference) &&
    (input.orderReference === null || invoice.order_reference === input.orderReference) &&
    isDeepStrictEqual(
      discountTiers(input.earlyPaymentDiscounts, input.issueDate),
      invoice.early_payment_discounts,
    ) &&
    (plan === undefined || isDeepStrictEqual(plan, invoice.instalments))
  )
}

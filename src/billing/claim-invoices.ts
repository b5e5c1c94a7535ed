import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { split } from '../foundation/money.ts'
import { claimItems, type NewItem } from '../ledger/claim-items.ts'
import type { ItemWithLevel } from '../ledger/queries.ts'
import { keepReferences } from './keep-references.ts'
import type { InvoiceWithItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'

/**
 * Makes the open items of invoices that have just been issued: one per instalment, its tax share booked against output
 * tax and the rest against sales; and keeps what payers may call them. Drafts claim nothing. Answers the invoices with their items.
 */
export async function claimInvoices(
  tx: Tx,
  invoices: readonly InvoiceRow[],
): Promise<InvoiceWithItems[]> {
  const claimed = invoices.map((invoice) => ({
    invoice,
    items: invoice.status === 'draft' ? [] : itemsOf(invoice),
  }))
  await claimItems(
    tx,
    claimed.flatMap(({ items }) => items),
  )
  await keepReferences(
    tx,
    invoices.filter(({ status }) => status !== 'draft'),
  )
  return claimed.map(({ invoice, items }) => ({
    invoice,
    items: items.map((item) => asClaimed(tx, item)),
  }))
}

function itemsOf(invoice: InvoiceRow): NewItem[] {
  const amounts = invoice.instalments.map(({ amount }) => amount)
  const taxes = split(invoice.tax_amount ?? 0, amounts)
  return invoice.instalments.map(({ due_date, amount }, index) => {
    const tax = taxes[index] ?? 0
    return {
      id: newId(),
      customerId: invoice.customer_id,
      kind: 'invoice',
      invoiceId: invoice.id,
      chargeKind: null,
      noticeId: null,
      sequence: index + 1,
      currency: invoice.currency,
      dueDate: due_date,
      claimDate: invoice.issue_date,
      credits: [
        { account: 'sales' as const, amount: amount - tax },
        { account: 'output_tax' as const, amount: tax },
      ].filter((credit) => credit.amount > 0),
      happening: 'invoice_issued',
      source: { kind: 'invoice', id: invoice.id },
      origin: invoice.origin,
    }
  })
}

/** A new item as its row reads, without reading it. */
function asClaimed(tx: Tx, item: NewItem): ItemWithLevel {
  const amount = item.credits.reduce((total, credit) => total + credit.amount, 0)
  return {
    tenant_id: tx.tenant.id,
    id: item.id,
    customer_id: item.customerId,
    kind: item.kind,
    invoice_id: item.invoiceId,
    charge_kind: item.chargeKind,
    notice_id: item.noticeId,
    sequence: item.sequence,
    currency: item.currency,
    due_date: item.dueDate,
    claim_date: item.claimDate,
    total_amount: amount,
    open_amount: amount,
    paid_amount: 0,
    credited_amount: 0,
    voided_amount: 0,
    written_off_amount: 0,
    discounted_amount: 0,
    deducted_amount: 0,
    created_at: tx.now,
    level: 0,
  }
}

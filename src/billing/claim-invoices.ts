import { invoiceOrders } from '../credit/orders/invoice-orders.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import { split } from '../foundation/money.ts'
import { claimItems, type NewItem } from '../ledger/claim-items.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { keepReferences } from './keep-references.ts'
import { besideInvoices, type InvoiceWithItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'

/**
 * Makes the open items of invoices that have just been issued: one per instalment, its tax share booked against output
 * tax and the rest against sales; a deposit's rest against deposits; what was open in the system before, tax and all,
 * against the opening balance. Keeps what payers may call them. What they bill is no order and no
 * reserved credit any more. Drafts claim nothing. The customers are locked first, as wherever money moves: what they have
 * left may be used for the invoices next. Answers the invoices with their items.
 */
export async function claimInvoices(
  tx: Tx,
  invoices: readonly InvoiceRow[],
): Promise<InvoiceWithItems[]> {
  const issued = invoices.filter(({ status }) => status !== 'draft')
  const newItems = issued.flatMap(itemsOf)
  const [, , items] = await together([
    lockCustomers(tx, [...new Set(issued.map(({ customer_id }) => customer_id))]),
    invoiceOrders(tx, issued),
    claimItems(tx, newItems),
    keepReferences(tx, issued),
  ])
  return besideInvoices(invoices, items)
}

/** What was open in the system before counts from the day of the move on, whenever it was issued there. */
export const claimDateOf = ({
  issue_date,
  taken_over_date,
}: Pick<InvoiceRow, 'issue_date' | 'taken_over_date'>): CalendarDate =>
  taken_over_date ?? issue_date

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
      claimDate: claimDateOf(invoice),
      credits:
        invoice.kind === 'opening'
          ? [{ account: 'opening_balance', amount }]
          : [
              { account: revenueAccount[invoice.kind], amount: amount - tax },
              { account: 'output_tax' as const, amount: tax },
            ].filter((credit) => credit.amount > 0),
      happening: invoice.kind === 'opening' ? 'opening_item' : 'invoice_issued',
      source: { kind: 'invoice', id: invoice.id },
      origin: invoice.origin,
    }
  })
}

/** What is claimed without tax, by kind of invoice. */
const revenueAccount = { standard: 'sales', deposit: 'deposits' } as const

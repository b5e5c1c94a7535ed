import { sql } from 'kysely'
import { findInvoices, type InvoiceWithItems, withItems } from '../billing/queries.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { allocatePayments } from './allocate-payments.ts'
import type { Share } from './allocation.ts'
import { allocationSettings } from './allocation-settings.ts'
import type { Claim } from './claim.ts'
import { claimsOfCustomers, usableFrom } from './queries.ts'
import type { AllocationSettings } from './settings.ts'
import type { PaymentRow } from './table.ts'
import { useCreditNote } from './use-credit-note.ts'

/**
 * Uses unallocated money and credit of customers for invoices that have just been issued, where their settings say so:
 * the oldest money first, then credit. Issuing has locked the customers. Who has read the settings, be it before the
 * lock, passes them on. Answers the invoices as they stand then.
 */
export async function useUnallocated(
  tx: Tx,
  invoices: readonly InvoiceWithItems[],
  settings?: ReadonlyMap<string, AllocationSettings>,
): Promise<InvoiceWithItems[]> {
  const issued = invoices.map(({ invoice }) => invoice).filter(({ status }) => status === 'issued')
  const issuedTo = [...new Set(issued.map(({ customer_id }) => customer_id))]
  if (issuedTo.length === 0) return [...invoices]
  const known = settings ?? (await allocationSettings(tx, issuedTo))
  const customerIds = issuedTo.filter((id) => known.get(id)?.use_unallocated)
  if (customerIds.length === 0) return [...invoices]

  const issuedIds = new Set(issued.map(({ id }) => id))
  const claims = (await claimsOfCustomers(tx, customerIds)).filter(
    ({ invoice_id }) => invoice_id !== null && issuedIds.has(invoice_id),
  )
  for (const payment of await unallocatedPayments(tx, customerIds)) {
    const shares = sharesOf(payment, payment.unallocated_amount, claims)
    if (shares.length === 0) continue
    const date = await usableFrom(tx, payment.id, payment.received_date)
    await allocatePayments(tx, [{ payment, plan: { shares, overAmount: 0, left: 0 }, date }])
  }
  for (const note of await unallocatedCreditNotes(tx, customerIds)) {
    const shares = sharesOf(note, note.unallocated_amount, claims)
    await useCreditNote(tx, note, shares, await usableFrom(tx, note.id, note.issue_date))
  }
  const now = await findInvoices(tx, [...issuedIds])
  return withItems(
    tx,
    invoices.map(({ invoice }) => now.get(invoice.id) ?? invoice),
  )
}

/** What some money pays of the claims of its customer and currency; they shrink by it. */
function sharesOf(
  { customer_id, currency }: Pick<PaymentRow, 'customer_id' | 'currency'>,
  unallocatedAmount: number,
  claims: readonly Claim[],
): Share[] {
  let left = unallocatedAmount
  const shares: Share[] = []
  for (const claim of claims) {
    const amount = Math.min(left, claim.open_amount)
    if (amount === 0 || claim.customer_id !== customer_id || claim.currency !== currency) continue
    left -= amount
    claim.open_amount -= amount
    const reason = { code: 'unallocated' } as const
    shares.push({ itemId: claim.id, amount, rule: 'unallocated', reason, deductions: [] })
  }
  return shares
}

const unallocatedPayments = (
  { db, tenant }: Tx,
  customerIds: readonly string[],
): Promise<PaymentRow[]> =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('unallocated_amount', '>', 0)
    .orderBy('received_date')
    .orderBy('id')
    .execute()

const unallocatedCreditNotes = (
  { db, tenant }: Tx,
  customerIds: readonly string[],
): Promise<CreditNoteRow[]> =>
  db
    .selectFrom('credit_note')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('unallocated_amount', '>', 0)
    .orderBy('issue_date')
    .orderBy('id')
    .execute()

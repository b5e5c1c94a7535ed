import { refreshInvoices } from '../billing/refresh-invoices.ts'
import { type CalendarDate, laterOf } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { type MovedItem, moveItems } from '../ledger/move-items.ts'
import type { OpenItemRow } from '../ledger/table.ts'
import type { Share } from './allocation.ts'
import type { AllocationRow } from './table.ts'

/** Money, or a credit note, and the items it settles. */
export interface Settlement {
  source: { kind: 'payment' | 'credit_note'; id: string }
  /** The day the money or the credit counts. */
  date: CalendarDate
  shares: readonly Share[]
}

/**
 * Settles open items: moves them, writes the allocations, and brings their invoices in line, for any number of
 * sources. An allocation takes effect on the later of the money's and the item's day, whenever it is recorded: our
 * late matching costs the customer nothing. An item that was opened again has a new day. The caller has locked the customers and moves the sources' own amounts.
 */
export async function settle(tx: Tx, settlements: readonly Settlement[]): Promise<AllocationRow[]> {
  const planned = settlements.flatMap(({ source, date, shares }) =>
    shares.map((share) => ({ source, date, ...share, id: newId(), entryId: newId() })),
  )
  if (planned.length === 0) return []
  const moved = await moveItems(
    tx,
    planned.map(({ source, date, itemId, amount, entryId }) => ({
      entryId,
      itemId,
      amount,
      part: source.kind === 'payment' ? ('paid' as const) : ('credited' as const),
      happening: 'allocation',
      counterAccount: 'unallocated' as const,
      effectiveDate: date,
      source,
      origin: 'own' as const,
      undoesId: null,
    })),
  )
  const items = new Map(moved.map((item) => [item.id, item]))
  const rows = planned.map((plan): AllocationRow => {
    const item = items.get(plan.itemId) as MovedItem
    return {
      tenant_id: tx.tenant.id,
      id: plan.id,
      payment_id: plan.source.kind === 'payment' ? plan.source.id : null,
      credit_note_id: plan.source.kind === 'credit_note' ? plan.source.id : null,
      item_id: item.id,
      invoice_id: item.invoice_id,
      customer_id: item.customer_id,
      currency: item.currency,
      amount: plan.amount,
      rule: plan.rule,
      effective_date: laterOf(plan.date, item.settled_from_date),
      entry_id: plan.entryId,
      undone_date: null,
      created_at: tx.now,
    }
  })
  await tx.db.insertInto('allocation').values(rows).execute()
  await refreshInvoices(tx, invoicesOf(moved))
  return rows
}

/** The invoices that items belong to; charges belong to none. */
export const invoicesOf = (items: readonly OpenItemRow[]): string[] =>
  items.flatMap(({ invoice_id }) => (invoice_id === null ? [] : [invoice_id]))

import { refreshInvoices } from '../billing/refresh-invoices.ts'
import { type CalendarDate, laterOf } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { insertRows } from '../foundation/database/insert-rows.ts'
import { newId } from '../foundation/id.ts'
import { type ItemMovement, type MovedItem, moveItems } from '../ledger/move-items.ts'
import type { OpenItemRow } from '../ledger/table.ts'
import type { Deduction, Share } from './allocation.ts'
import { deductionPostings } from './deduction.ts'
import type { AllocationWithDeductions, DeductionRow } from './table.ts'

/** Money, or a credit note, and the items it settles. */
export interface Settlement {
  source: { kind: 'payment' | 'credit_note'; id: string }
  /** The day the money or the credit counts. */
  date: CalendarDate
  shares: readonly Share[]
}

interface Planned extends Share {
  source: Settlement['source']
  date: CalendarDate
  id: string
  entryId: string
  cleared: (Deduction & { id: string; entryId: string; taxEntryId: string | null })[]
}

/**
 * Settles open items: moves them, writes the allocations with what is deducted, and brings their invoices in line, for
 * any number of sources. An allocation takes effect on the later of the money's and the item's day, whenever it is
 * recorded: our late matching costs the customer nothing. An item that was opened again has a new day. The caller has
 * locked the customers and moves the sources' own amounts.
 */
export async function settle(
  tx: Tx,
  settlements: readonly Settlement[],
): Promise<AllocationWithDeductions[]> {
  const planned = settlements.flatMap(({ source, date, shares }) =>
    shares.map((share): Planned => ({ ...share, source, date, ...newEntries(share) })),
  )
  if (planned.length === 0) return []
  const moved = await moveItems(tx, planned.flatMap(movementsOf))
  const items = new Map(moved.map((item) => [item.id, item]))
  const allocations = planned.map((plan) => allocationOf(tx, plan, items))
  await together([insert(tx, allocations), refreshInvoices(tx, invoicesOf(moved))])
  return allocations
}

async function insert(tx: Tx, allocations: readonly AllocationWithDeductions[]): Promise<void> {
  await insertRows(
    tx,
    'allocation',
    allocations.map(({ deductions: _, ...row }) => row),
  )
  await insertRows(
    tx,
    'deduction',
    allocations.flatMap(({ deductions }) => deductions),
  )
}

const newEntries = ({ deductions }: Share) => ({
  id: newId(),
  entryId: newId(),
  cleared: deductions.map((deduction) => ({
    ...deduction,
    id: newId(),
    entryId: newId(),
    taxEntryId: deduction.taxAmount > 0 ? newId() : null,
  })),
})

/** How a share moves its item: by the money, and by each deduction with its tax share apart. */
function movementsOf({ source, date, itemId, amount, entryId, cleared }: Planned): ItemMovement[] {
  const shared = { effectiveDate: date, source, origin: 'own', undoesId: null } as const
  const allocation: ItemMovement = {
    ...shared,
    entryId,
    itemId,
    amount,
    part: source.kind === 'payment' ? 'paid' : 'credited',
    happening: 'allocation',
    counterAccount: 'unallocated',
  }
  const deducted = cleared.flatMap((deduction): ItemMovement[] => {
    const { happening, account, part } = deductionPostings[deduction.kind]
    const movement = { ...shared, itemId: deduction.itemId, part, happening }
    const net: ItemMovement = {
      ...movement,
      entryId: deduction.entryId,
      amount: deduction.amount - deduction.taxAmount,
      counterAccount: account,
    }
    return deduction.taxEntryId === null
      ? [net]
      : [
          net,
          {
            ...movement,
            entryId: deduction.taxEntryId,
            amount: deduction.taxAmount,
            counterAccount: 'output_tax',
          },
        ]
  })
  return [allocation, ...deducted]
}

function allocationOf(
  tx: Tx,
  plan: Planned,
  items: Map<string, MovedItem>,
): AllocationWithDeductions {
  const item = items.get(plan.itemId) as MovedItem
  const { source } = plan
  return {
    tenant_id: tx.tenant.id,
    id: plan.id,
    payment_id: source.kind === 'payment' ? source.id : null,
    credit_note_id: source.kind === 'credit_note' ? source.id : null,
    item_id: item.id,
    invoice_id: item.invoice_id,
    customer_id: item.customer_id,
    currency: item.currency,
    amount: plan.amount,
    rule: plan.rule,
    reason: plan.reason,
    effective_date: laterOf(plan.date, item.settled_from_date),
    entry_id: plan.entryId,
    undone_date: null,
    created_at: tx.now,
    deductions: plan.cleared.map((deduction): DeductionRow => {
      const { settled_from_date } = items.get(deduction.itemId) as MovedItem
      return {
        tenant_id: tx.tenant.id,
        id: deduction.id,
        allocation_id: plan.id,
        item_id: deduction.itemId,
        kind: deduction.kind,
        amount: deduction.amount,
        tax_amount: deduction.taxAmount,
        entry_id: deduction.entryId,
        tax_entry_id: deduction.taxEntryId,
        effective_date: laterOf(plan.date, settled_from_date),
        undone_date: null,
        created_at: tx.now,
      }
    }),
  }
}

/** The invoices that items belong to; charges belong to none. */
export const invoicesOf = (items: readonly OpenItemRow[]): string[] =>
  items.flatMap(({ invoice_id }) => (invoice_id === null ? [] : [invoice_id]))

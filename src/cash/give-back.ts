import { requireCreditNote } from '../billing/queries.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { allocatePayments } from './allocate-payments.ts'
import type { Share } from './allocation.ts'
import { requirePayment, usableFrom, withDeductions } from './queries.ts'
import type { AllocationWithDeductions } from './table.ts'
import { undoAllocation } from './undo-allocation.ts'
import { useCreditNote } from './use-credit-note.ts'

export interface GiveBack {
  itemId: string
  /** No more than money and credit have settled of the item. */
  amount: number
}

/**
 * Gives back some of the money or credit that has settled an item: the last allocation is undone first, and what was
 * deducted with it. One that is given back in part is made anew for the rest, with its deductions, as it was decided
 * before. What is given back is unallocated again. The customer is locked.
 */
export async function giveBack(tx: Tx, { itemId, amount }: GiveBack): Promise<void> {
  let left = amount
  for (const allocation of await standingOf(tx, itemId)) {
    if (left === 0) return
    const given = Math.min(left, allocation.amount)
    await undoAllocation(tx, { id: allocation.id, date: null })
    if (given < allocation.amount) await allocateAnew(tx, allocation, allocation.amount - given)
    left -= given
  }
}

/** The allocations to an item that stand, the last first. */
async function standingOf(tx: Tx, itemId: string): Promise<AllocationWithDeductions[]> {
  const rows = await tx.db
    .selectFrom('allocation')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('item_id', '=', itemId)
    .where('undone_date', 'is', null)
    .orderBy('effective_date', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return withDeductions(tx, rows)
}

async function allocateAnew(
  tx: Tx,
  { payment_id, credit_note_id, item_id, rule, reason, deductions }: AllocationWithDeductions,
  amount: number,
): Promise<void> {
  const share: Share = {
    itemId: item_id,
    amount,
    rule,
    reason,
    deductions: deductions.map((deduction) => ({
      itemId: deduction.item_id,
      kind: deduction.kind,
      amount: deduction.amount,
      taxAmount: deduction.tax_amount,
    })),
  }
  if (payment_id === null) {
    const note = await requireCreditNote(tx, credit_note_id as string)
    await useCreditNote(tx, note, [share], await usableFrom(tx, note.id, note.issue_date))
    return
  }
  const payment = await requirePayment(tx, payment_id)
  const date = await usableFrom(tx, payment.id, payment.received_date)
  const plan = { shares: [share], overAmount: 0, left: 0 }
  await allocatePayments(tx, [{ payment, plan, date }])
}

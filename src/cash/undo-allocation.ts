import { creditNoteFact } from '../billing/events.ts'
import { refreshInvoices } from '../billing/refresh-invoices.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { requireAllocation, requirePayment } from './queries.ts'
import { releasePayment } from './release-payment.ts'
import { invoicesOf } from './settle.ts'
import type { AllocationWithDeductions } from './table.ts'
import { undoAllocations } from './undo-allocations.ts'
import { undoDate } from './undo-date.ts'
import { moveCreditNote } from './use-credit-note.ts'

export interface UndoAllocation {
  id: string
  /** The day it is undone on; today unless given. */
  date: CalendarDate | null
}

/**
 * Undoes one allocation with what was deducted with it: its item is open again on its old due date, and what it had
 * taken is unallocated again.
 */
export async function undoAllocation(
  tx: Tx,
  { id, date }: UndoAllocation,
): Promise<AllocationWithDeductions> {
  const { customer_id } = await requireAllocation(tx, id)
  await lockCustomers(tx, [customer_id])
  const allocation = await requireAllocation(tx, id)
  if (allocation.undone_date !== null)
    throw new Problem('allocation_already_undone', { undone_date: allocation.undone_date })

  const items = await undoAllocations(tx, [allocation], undoDate(date, [allocation], tx.today))
  const { payment_id, credit_note_id } = allocation
  if (payment_id !== null)
    await releasePayment(tx, await requirePayment(tx, payment_id), [allocation])
  if (credit_note_id !== null) {
    const note = await moveCreditNote(tx, credit_note_id, -allocation.amount)
    announce(tx, creditNoteFact('credit_note.allocation_undone', note, tx))
  }
  await refreshInvoices(tx, invoicesOf(items))
  return requireAllocation(tx, id)
}

import { deferInvoice } from '../../billing/defer-invoice.ts'
import { beginCycle } from '../../dunning/begin-cycle.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { type DueDateHappening, moveOpenAmount } from '../../ledger/move-due-date.ts'
import type { DeferralRow } from './table.ts'

/**
 * Brings everything in line with another due date of an item: the ledger, its invoice, and its dunning. The customer is
 * locked.
 */
export async function moveDueDate(
  tx: Tx,
  { id, item_id, invoice_id }: DeferralRow,
  dueDate: CalendarDate,
  happening: DueDateHappening,
): Promise<void> {
  await moveOpenAmount(tx, { itemId: item_id, dueDate, happening, deferralId: id })
  await beginCycle(tx, item_id, happening)
  await deferInvoice(tx, invoice_id)
}

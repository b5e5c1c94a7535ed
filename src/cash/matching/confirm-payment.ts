import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import type { BankLineRow } from '../bank/table.ts'
import { confirmClearing } from '../confirm-clearing.ts'
import { receiveDebits } from '../debits/collect-debits.ts'
import { debitOfPayment } from '../debits/queries.ts'
import { requirePayment } from '../queries.ts'
import { receivePending } from '../receive-pending.ts'

/**
 * The bank has booked money that was announced: what is pending is received, a direct debit as that, and money in
 * clearing becomes cash.
 */
export async function confirmPayment(
  tx: Tx,
  id: string,
  { id: bankLineId }: BankLineRow,
  date: CalendarDate,
): Promise<void> {
  const { status } = await requirePayment(tx, id)
  if (status === 'pending') await receive(tx, { id, bankLineId, receivedDate: date })
  const { account, received_date } = await requirePayment(tx, id)
  if (account === 'clearing')
    await confirmClearing(tx, { id, date: laterOf(date, received_date), bankLineId })
}

async function receive(
  tx: Tx,
  payment: { id: string; bankLineId: string; receivedDate: CalendarDate },
): Promise<void> {
  const debit = await debitOfPayment(tx, payment.id)
  if (debit !== undefined) return receiveDebits(tx, [debit.id])
  const [received] = await receivePending(tx, [{ ...payment, allocations: null, allocate: 'auto' }])
  if (received instanceof Problem) throw received
}

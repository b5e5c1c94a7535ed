import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import type { BankLineRow } from '../bank/table.ts'
import { confirmClearing } from '../confirm-clearing.ts'
import { requirePayment } from '../queries.ts'
import { receivePending } from '../receive-pending.ts'

/** The bank has booked money that was announced: a pending debit is received, money in clearing becomes cash. */
export async function confirmPayment(tx: Tx, line: BankLineRow, paymentId: string): Promise<void> {
  const { status } = await requirePayment(tx, paymentId)
  if (status !== 'pending') {
    await confirmClearing(tx, { id: paymentId, date: line.booking_date })
    return
  }
  const [received] = await receivePending(tx, [
    { id: paymentId, receivedDate: line.booking_date, allocations: null, allocate: 'auto' },
  ])
  if (received instanceof Problem) throw received
}

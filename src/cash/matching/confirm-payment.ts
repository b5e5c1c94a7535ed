import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import type { BankLineRow } from '../bank/table.ts'
import { confirmClearing } from '../confirm-clearing.ts'
import { requirePayment } from '../queries.ts'
import { receivePending } from '../receive-pending.ts'

/** The bank has booked money that was announced: a pending debit is received, money in clearing becomes cash. */
export async function confirmPayment(
  tx: Tx,
  id: string,
  { id: bankLineId }: BankLineRow,
  date: CalendarDate,
): Promise<void> {
  const { status, account } = await requirePayment(tx, id)
  if (status === 'pending') {
    const [received] = await receivePending(tx, [
      { id, receivedDate: date, bankLineId, allocations: null, allocate: 'auto' },
    ])
    if (received instanceof Problem) throw received
  }
  if (account === 'clearing') await confirmClearing(tx, { id, date, bankLineId })
}

import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { postMoney } from '../ledger/post-money.ts'
import type { PaymentRow } from './table.ts'

/** Takes back what was cleared of a payment as too much: it is unallocated again. The caller moves the payment. */
export async function unclearExcess(
  tx: Tx,
  { id, customer_id, currency }: PaymentRow,
  amount: number,
  date: CalendarDate,
): Promise<void> {
  if (amount === 0) return
  await postMoney(tx, [
    {
      entryId: newId(),
      customerId: customer_id,
      currency,
      amount,
      happening: 'difference_cleared_undone',
      counterAccount: 'payment_difference',
      effectiveDate: date,
      source: { kind: 'payment', id },
      undoesId: null,
      origin: 'own',
    },
  ])
}

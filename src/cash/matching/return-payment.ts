import { laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { BankLineRow } from '../bank/table.ts'
import { requirePayment } from '../queries.ts'
import { reversePayment } from '../reverse-payment.ts'

/** The bank has taken money back: its payment is reversed on the day of the line, with the bank’s reason and charges. */
export async function returnPayment(tx: Tx, line: BankLineRow, paymentId: string): Promise<void> {
  const { received_date } = await requirePayment(tx, paymentId)
  await reversePayment(tx, {
    id: paymentId,
    reversalDate: laterOf(line.booking_date, received_date),
    reason: line.return_reason_text ?? 'Returned by the bank',
    reasonCode: line.return_reason_code,
    bankCharges: line.charges_amount ?? 0,
    ifMatch: undefined,
  })
}

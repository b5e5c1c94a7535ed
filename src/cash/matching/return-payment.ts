import { laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { BankLineRow } from '../bank/table.ts'
import { returnDebitOf } from '../debits/return-debit.ts'
import { requirePayment } from '../queries.ts'
import { reversePayment } from '../reverse-payment.ts'

/**
 * The bank has taken money back: its payment is reversed on the day of the line, with the bank's reason and charges. A
 * direct debit of ours comes back as that: its fee, its mandate and another attempt are decided too.
 */
export async function returnPayment(tx: Tx, line: BankLineRow, paymentId: string): Promise<void> {
  const { received_date } = await requirePayment(tx, paymentId)
  const date = laterOf(line.booking_date, received_date)
  const bankCharges = line.charges_amount ?? 0
  const { return_reason_code: reasonCode, return_reason_text: reasonText } = line
  const back = { date, bankCharges, reasonCode, reasonText, bankLineId: line.id }
  if (await returnDebitOf(tx, paymentId, back)) return
  await reversePayment(tx, {
    id: paymentId,
    reversalDate: date,
    reason: reasonText ?? 'Returned by the bank',
    reasonCode,
    bankCharges,
    ifMatch: undefined,
  })
}

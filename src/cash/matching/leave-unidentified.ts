import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { postUnidentified } from '../../ledger/unidentified-money.ts'
import type { BankLineRow } from '../bank/table.ts'
import { isIncoming } from './lines.ts'

/** What came back from the payments that a line was, and the last day on which it did. */
export interface ReturnedMoney {
  amount: number
  date: CalendarDate
}

/**
 * The money that came in on unmatched lines until today is nobody's: from the day it was booked, or from the day on which
 * it was nobody's again. The caller holds the lines.
 */
export const leaveUnidentified = (
  tx: Tx,
  lines: readonly BankLineRow[],
  returned?: ReturnedMoney,
): Promise<void> =>
  postUnidentified(
    tx,
    lines
      .filter((line) => isIncoming(line) && line.booking_date <= tx.today)
      .map(({ id, currency, amount, booking_date }) => ({
        bankLineId: id,
        currency,
        amount,
        returnedAmount: returned?.amount ?? 0,
        effectiveDate: laterOf(booking_date, returned?.date ?? booking_date),
      })),
  )

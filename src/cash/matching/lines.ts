import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { BankLineRow } from '../bank/table.ts'
import type { LineToMatch } from './match.ts'

/** A line as matching reads it, by its id. */
export type IdentifiedLine = LineToMatch & { id: string }

/** What the bank says is only read where the payer says nothing. */
export const toMatch = (line: BankLineRow): IdentifiedLine => ({
  id: line.id,
  currency: line.currency,
  amount: line.amount,
  date: line.booking_date,
  text: line.remittance ?? line.bank_text ?? '',
  structuredReference: line.structured_reference,
  endToEndId: line.end_to_end_id,
  payerName: line.counterparty_name,
  payerIban: line.counterparty_iban,
})

/** True for money that came in; a credit that is itself a return is money of ours that came back. */
export const isIncoming = (line: BankLineRow): boolean =>
  line.direction === 'credit' && !isReturned(line)

/** True for money that went back because a bank or a payer took it back. */
export const isReturn = (line: BankLineRow): boolean =>
  line.direction === 'debit' && isReturned(line)

const isReturned = (line: BankLineRow): boolean =>
  line.is_reversal || line.return_reason_code !== null

/** The lines that `isIncoming` or `isReturn` speaks of. */
const concernsCustomers = sql<boolean>`
  (direction = 'debit') = (is_reversal or return_reason_code is not null)`

/** Where a walk through the unmatched lines has come to. */
export type Place = Pick<BankLineRow, 'booking_date' | 'id'>

/** The next lines to match, the oldest first: money that came in or went back, booked until today. */
export async function unmatchedLines(
  { db, tenant, today }: Reader,
  after: Place | null,
  limit: number,
): Promise<BankLineRow[]> {
  let select = db
    .selectFrom('bank_line')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('status', '=', 'unmatched')
    .where('booking_date', '<=', today)
    .where(concernsCustomers)
  if (after !== null)
    select = select.where(sql<boolean>`(booking_date, id) > (${after.booking_date}, ${after.id})`)
  return select.orderBy('booking_date').orderBy('id').limit(limit).execute()
}

import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { dateInFuture, invalidFields, Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { type DebitWithItems, debitOfPayment, requireDebit, withItems } from './queries.ts'
import { type TakenBack, takeBackDebits } from './take-back-debits.ts'

export interface ReturnDebit {
  id: string
  reasonCode: string
  /** Today where null. */
  date: CalendarDate | null
  ifMatch: number | undefined
}

/** Takes back one debit of which somebody says that it came back. */
export async function returnDebit(
  tx: Tx,
  { id, reasonCode, date, ifMatch }: ReturnDebit,
): Promise<DebitWithItems> {
  await lockCustomers(tx, [(await requireDebit(tx, id)).customer_id])
  const debit = await requireDebit(tx, id)
  if (ifMatch !== undefined && ifMatch !== debit.version)
    throw new Problem('version_mismatch', { current_version: debit.version })
  const returnDate = date ?? tx.today
  if (returnDate > tx.today) throw dateInFuture('return_date', returnDate, tx.today)
  if (debit.status === 'collected' && returnDate < debit.collection_date)
    throw invalidFields({
      pointer: '#/return_date',
      code: 'before_collection_date',
      detail: 'must not be before collection_date',
      params: { collection_date: debit.collection_date },
    })
  if (debit.status !== 'submitted' && debit.status !== 'collected')
    throw new Problem('invalid_state', { current_status: debit.status, allowed_actions: [] })
  await takeBackDebits(tx, [
    { debit, reasonCode, reasonText: null, date: returnDate, bankLineId: null },
  ])
  const [returned] = (await withItems(tx, [await requireDebit(tx, id)])) as [DebitWithItems]
  return returned
}

/** What the bank says of a payment that came back; of which debit it was is still to be found. */
export type BankReturn = Omit<TakenBack, 'debit' | 'reasonCode'> & {
  /** Null where the bank names none; treated as if it had said just that. */
  reasonCode: string | null
}

/** The code for a return of which the bank gives no reason (ISO 20022 external code MS03). */
const NO_REASON_GIVEN = 'MS03'

/**
 * Takes back the debit that a payment belongs to, on the bank's word. False when it belongs to none that was sent; one
 * that came back before is left alone. The caller has locked the customer.
 */
export async function returnDebitOf(
  tx: Tx,
  paymentId: string,
  { reasonCode, ...back }: BankReturn,
): Promise<boolean> {
  const debit = await debitOfPayment(tx, paymentId)
  if (debit === undefined) return false
  if (debit.status === 'submitted' || debit.status === 'collected')
    await takeBackDebits(tx, [{ ...back, debit, reasonCode: reasonCode ?? NO_REASON_GIVEN }])
  return debit.status !== 'scheduled' && debit.status !== 'cancelled'
}

import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { insertRows } from '../foundation/database/insert-rows.ts'
import { newId } from '../foundation/id.ts'
import { invalidFields } from '../foundation/problem.ts'
import { transferMoney } from '../ledger/transfer-money.ts'
import { requireCustomer } from '../parties/queries.ts'
import { paymentFact } from './events.ts'
import { lockPayment, requireReceived, requireUnallocated } from './lock-payment.ts'
import { type PaymentWithAllocations, withAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'

export interface TransferPayment {
  id: string
  /** Whose the money is from now on. */
  customerId: string
  amount: number
  ifMatch: number | undefined
}

/**
 * Moves unallocated money to another customer of the tenant: paid for them, or recorded for the wrong one. It counts
 * there from today, as a payment of its own that names where it came from. Answers that payment.
 */
export async function transferPayment(
  tx: Tx,
  { id, customerId, amount, ifMatch }: TransferPayment,
): Promise<PaymentWithAllocations> {
  await requireCustomer(tx, customerId)
  const payment = await lockPayment(tx, id, ifMatch, [customerId])
  requireReceived(payment)
  requireUnallocated(payment.unallocated_amount, amount)
  if (payment.customer_id === customerId) {
    throw invalidFields({
      pointer: '#/customer_id',
      code: 'same_customer',
      detail: 'must be another customer',
    })
  }

  const there = movedPayment(tx, payment, customerId, amount)
  await insertRows(tx, 'payment', [there])
  await transferMoney(tx, {
    entryId: newId(),
    fromCustomerId: payment.customer_id,
    toCustomerId: customerId,
    currency: payment.currency,
    amount,
    effectiveDate: tx.today,
    paymentId: there.id,
  })
  const here = await tx.db
    .updateTable('payment')
    .set({
      unallocated_amount: sql<number>`unallocated_amount - ${amount}`,
      transferred_amount: sql<number>`transferred_amount + ${amount}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const [standing] = (await withAllocations(tx, [here])) as [PaymentWithAllocations]
  const result = { payment: there, allocations: [] }
  announce(
    tx,
    paymentFact('payment.transferred', standing, tx),
    paymentFact('payment.received', result, tx),
  )
  return result
}

/**
 * The money as it stands with its new customer. What the bank says of it from now on, it says of the payment that
 * came in.
 */
const movedPayment = (
  tx: Tx,
  payment: PaymentRow,
  customerId: string,
  amount: number,
): PaymentRow => ({
  ...payment,
  id: newId(),
  customer_id: customerId,
  external_id: null,
  amount,
  allocated_amount: 0,
  unallocated_amount: amount,
  refunded_amount: 0,
  recovered_amount: 0,
  transferred_amount: 0,
  difference_amount: 0,
  transferred_from_id: payment.id,
  account: 'cash',
  end_to_end_id: null,
  bank_line_id: null,
  payer_iban: null,
  received_date: tx.today,
  metadata: {},
  version: 1,
  created_at: tx.now,
  updated_at: tx.now,
})

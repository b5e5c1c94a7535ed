import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { postMoney } from '../ledger/post-money.ts'
import { allocatePayments } from './allocate-payments.ts'
import type { Plan } from './allocation.ts'
import { paymentFact } from './events.ts'
import { ownPayments } from './own-payments.ts'
import type { PaymentWithAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'

/** Enters money that has come in, announces its receipt, and allocates it as planned, for any number of payments. */
export async function takeIn(
  tx: Tx,
  plans: readonly { payment: PaymentRow; plan: Plan }[],
): Promise<PaymentWithAllocations[]> {
  const own = await ownPayments(
    tx,
    plans.map(({ payment }) => payment),
  )
  await postMoney(
    tx,
    plans.map(({ payment }) => ({
      entryId: newId(),
      customerId: payment.customer_id,
      currency: payment.currency,
      amount: payment.amount,
      happening: payment.account === 'opening_balance' ? 'opening_money' : 'payment_received',
      counterAccount: payment.account,
      effectiveDate: payment.received_date,
      source: { kind: 'payment', id: payment.id },
      undoesId: null,
      origin: own.has(payment.id) ? 'own' : 'pushed',
    })),
  )
  announce(
    tx,
    ...plans.map(({ payment }) =>
      paymentFact('payment.received', { payment, allocations: [] }, tx),
    ),
  )
  return allocatePayments(
    tx,
    plans.map(({ payment, plan }) => ({ payment, plan, date: payment.received_date })),
  )
}

import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import { type MoneyPosting, postMoney } from '../ledger/post-money.ts'
import { takeUnidentified } from '../ledger/unidentified-money.ts'
import { allocatePayments } from './allocate-payments.ts'
import type { Plan } from './allocation.ts'
import { paymentFact } from './events.ts'
import { isOwn } from './own-payments.ts'
import type { PaymentWithAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'

/**
 * Enters money that has come in, announces its receipt, and allocates it as planned, for any number of payments. Money
 * that has stood as unidentified since its bank line came is identified instead of entered again. `collected` are the
 * ids of those that a direct debit has fetched.
 */
export async function takeIn(
  tx: Tx,
  plans: readonly { payment: PaymentRow; plan: Plan }[],
  collected: ReadonlySet<string>,
): Promise<PaymentWithAllocations[]> {
  const unidentified = await takeUnidentified(
    tx,
    plans.flatMap(({ payment: { account, amount, bank_line_id: bankLineId } }) =>
      account === 'cash' && bankLineId !== null ? [{ bankLineId, amount }] : [],
    ),
  )
  announce(
    tx,
    ...plans.map(({ payment }) =>
      paymentFact('payment.received', { payment, allocations: [] }, tx),
    ),
  )
  const posted = postMoney(
    tx,
    plans.map(({ payment }) => ({
      entryId: newId(),
      customerId: payment.customer_id,
      currency: payment.currency,
      amount: payment.amount,
      ...receiptOf(payment, unidentified),
      effectiveDate: payment.received_date,
      source: { kind: 'payment', id: payment.id },
      undoesId: null,
      origin: isOwn(payment, collected) ? 'own' : 'pushed',
    })),
  )
  const allocated = allocatePayments(
    tx,
    plans.map(({ payment, plan }) => ({ payment, plan, date: payment.received_date })),
  )
  const [, payments] = await together([posted, allocated])
  return payments
}

/** What the receipt of a payment is called, and where its money comes from. */
function receiptOf(
  { account, bank_line_id }: PaymentRow,
  unidentified: ReadonlySet<string>,
): Pick<MoneyPosting, 'happening' | 'counterAccount'> {
  if (account === 'cash' && bank_line_id !== null && unidentified.has(bank_line_id))
    return { happening: 'money_identified', counterAccount: 'unidentified' }
  const happening = account === 'opening_balance' ? 'opening_money' : 'payment_received'
  return { happening, counterAccount: account }
}

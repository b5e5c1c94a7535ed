import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { dateInFuture, Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import type { Plan } from './allocation.ts'
import type { Designation } from './designation.ts'
import { collectedPayments } from './own-payments.ts'
import { type MoneyToPlan, planMoney, standingFor } from './plan-money.ts'
import { findPayments, type PaymentWithAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'
import { takeIn } from './take-in.ts'

export interface ReceivePending {
  id: string
  receivedDate: CalendarDate
  /** Until when the payer can take it back without a reason; left as it is unless given. */
  provisionalUntilDate?: CalendarDate | null
  /** The bank line that says so. */
  bankLineId?: string
  allocations: Designation[] | null
  allocate: 'auto' | 'none'
  ifMatch?: number | undefined
}

/**
 * Turns pending payments into received ones: the money is entered, announced and allocated, set-based. Answers for each
 * input, in order, the payment or the problem that refused it.
 */
export async function receivePending(
  tx: Tx,
  inputs: readonly ReceivePending[],
): Promise<(PaymentWithAllocations | Problem)[]> {
  if (inputs.length === 0) return []
  const ids = inputs.map(({ id }) => id)
  const owners = [...(await findPayments(tx, ids)).values()]
  await lockCustomers(
    tx,
    owners.map(({ customer_id }) => customer_id),
  )
  const payments = await findPayments(tx, ids)
  const moneys = inputs.flatMap((input) => {
    const payment = payments.get(input.id)
    return payment === undefined ? [] : [moneyOf(payment, input)]
  })
  const standing = await standingFor(tx, moneys)

  const accepted: { payment: PaymentRow; plan: Plan }[] = []
  const outcomes = inputs.map((input): string | Problem => {
    const payment = payments.get(input.id)
    if (payment === undefined) return new Problem('payment_not_found')
    requireVersion(payment.version, input.ifMatch)
    if (payment.status !== 'pending')
      return new Problem('invalid_state', { current_status: payment.status, allowed_actions: [] })
    if (input.receivedDate > tx.today)
      return dateInFuture('received_date', input.receivedDate, tx.today)
    const plan = planMoney(standing, moneyOf(payment, input))
    if (plan instanceof Problem) return plan
    const received = receivedRow(tx, payment, input)
    payments.set(payment.id, received)
    accepted.push({ payment: received, plan })
    return payment.id
  })

  const nowReceived = accepted.map(({ payment }) => payment)
  const [, collected] = await together([
    markReceived(tx, nowReceived),
    collectedPayments(tx, nowReceived),
  ])
  const taken = await takeIn(tx, accepted, collected)
  const byId = new Map(taken.map((one) => [one.payment.id, one]))
  return outcomes.map((outcome) =>
    outcome instanceof Problem ? outcome : (byId.get(outcome) as PaymentWithAllocations),
  )
}

const moneyOf = (payment: PaymentRow, input: ReceivePending): MoneyToPlan => ({
  customerId: payment.customer_id,
  amount: payment.amount,
  currency: payment.currency,
  date: input.receivedDate,
  reference: payment.reference,
  endToEndId: payment.end_to_end_id,
  designations: input.allocations,
  allocate: input.allocate,
})

const receivedRow = (tx: Tx, payment: PaymentRow, input: ReceivePending): PaymentRow => ({
  ...payment,
  status: 'received',
  unallocated_amount: payment.amount,
  received_date: input.receivedDate,
  provisional_until_date:
    input.provisionalUntilDate === undefined
      ? payment.provisional_until_date
      : input.provisionalUntilDate,
  bank_line_id: input.bankLineId ?? payment.bank_line_id,
  version: payment.version + 1,
  updated_at: tx.now,
})

const markReceived = (tx: Tx, rows: readonly PaymentRow[]) =>
  sql`
    update payment
    set status = 'received',
      unallocated_amount = payment.amount,
      received_date = received.received_date,
      provisional_until_date = received.provisional_until_date,
      bank_line_id = received.bank_line_id,
      version = payment.version + 1,
      updated_at = ${tx.now}
    from json_populate_recordset(null::payment, ${JSON.stringify(rows)}) as received
    where payment.tenant_id = ${tx.tenant.id} and payment.id = received.id and payment.status = 'pending'
  `.execute(tx.db)

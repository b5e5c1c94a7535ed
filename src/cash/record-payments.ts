import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { insertRows } from '../foundation/database/insert-rows.ts'
import { newId, publicId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { findCustomers } from '../parties/queries.ts'
import type { Plan } from './allocation.ts'
import type { Designation } from './designation.ts'
import { paymentFact } from './events.ts'
import { type MoneyToPlan, planMoney, standingFor } from './plan-money.ts'
import type { PaymentWithAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'
import { takeIn } from './take-in.ts'

/** Money somebody says has come in, or is about to. */
export interface NewPayment {
  customerId: string
  externalId: string | null
  /** `pending` for a direct debit that is on its way: nothing of it is entered or usable until it is received. */
  status: 'pending' | 'received'
  /** Where the money is: at the bank, or on its way there. */
  account: PaymentRow['account']
  currency: string
  amount: number
  /** When it came; of a pending one, when it is expected. */
  receivedDate: CalendarDate
  /** Until when the payer can take it back without a reason; null when they cannot. */
  provisionalUntilDate: CalendarDate | null
  method: string
  reference: string | null
  endToEndId: string | null
  /** The line of the bank statement it stands on. */
  bankLineId: string | null
  payer: { name: string | null; iban: string | null } | null
  /** What the payer, or the ERP, has decided; whatever they leave stays unallocated. */
  allocations: Designation[] | null
  /** Whether the rules may allocate what nobody decided. */
  allocate: 'auto' | 'none'
  metadata: Record<string, string>
}

/**
 * Records payments and allocates those that are received, set-based. Payments of one customer are taken in their order,
 * each seeing what the ones before have left open. Answers for each input, in order, the payment or the problem that
 * refused it; a designation that cannot be met in full refuses the whole payment.
 */
export async function recordPayments(
  tx: Tx,
  inputs: readonly NewPayment[],
): Promise<(PaymentWithAllocations | Problem)[]> {
  const customerIds = [...new Set(inputs.map(({ customerId }) => customerId))]
  const [, customers, standing, takenBy] = await together([
    lockCustomers(tx, customerIds),
    findCustomers(tx, customerIds),
    standingFor(tx, inputs.map(moneyOf)),
    externalIdHolders(tx, inputs),
  ])

  const accepted: { payment: PaymentRow; plan: Plan | null }[] = []
  const outcomes = inputs.map((input): PaymentRow | Problem => {
    const holder = input.externalId === null ? undefined : takenBy.get(input.externalId)
    if (holder !== undefined)
      return new Problem('external_id_taken', { conflicting_id: publicId('payment', holder) })
    if (!customers.has(input.customerId)) return new Problem('customer_not_found')
    const refusal = refusalOf(tx, input)
    if (refusal !== undefined) return refusal
    const plan = input.status === 'pending' ? null : planMoney(standing, moneyOf(input))
    if (plan instanceof Problem) return plan
    const payment = rowOf(tx, input)
    if (input.externalId !== null) takenBy.set(input.externalId, payment.id)
    accepted.push({ payment, plan })
    return payment
  })

  const pending = accepted
    .filter(({ plan }) => plan === null)
    .map(({ payment }) => ({ payment, allocations: [] }))
  announce(tx, ...pending.map((one) => paymentFact('payment.pending', one, tx)))
  const [, received] = await together([
    insertRows(
      tx,
      'payment',
      accepted.map(({ payment }) => payment),
    ),
    takeIn(
      tx,
      accepted.flatMap(({ payment, plan }) => (plan === null ? [] : [{ payment, plan }])),
      NONE_COLLECTED,
    ),
  ])
  const byId = new Map([...pending, ...received].map((one) => [one.payment.id, one]))
  return outcomes.map((outcome) =>
    outcome instanceof Problem ? outcome : (byId.get(outcome.id) as PaymentWithAllocations),
  )
}

/** What nobody has known until now, no direct debit has collected. */
const NONE_COLLECTED: ReadonlySet<string> = new Set()

const moneyOf = (input: NewPayment): MoneyToPlan => ({
  customerId: input.customerId,
  amount: input.amount,
  currency: input.currency,
  date: input.receivedDate,
  reference: input.reference,
  endToEndId: input.endToEndId,
  designations: input.allocations,
  allocate: input.allocate,
})

/** What is wrong with a payment before anything is tried. */
function refusalOf(tx: Tx, input: NewPayment): Problem | undefined {
  if (input.status === 'received') {
    return input.receivedDate > tx.today
      ? dateInFuture('received_date', input.receivedDate, tx.today)
      : undefined
  }
  if (input.allocations !== null) {
    return invalidFields({
      pointer: '#/allocations',
      code: 'pending',
      detail: 'is not for a pending payment; allocate it once it is received',
    })
  }
  return input.account === 'opening_balance'
    ? invalidFields({
        pointer: '#/account',
        code: 'pending',
        detail: 'is not for a pending payment; what is taken over was received',
      })
    : undefined
}

const rowOf = (tx: Tx, input: NewPayment): PaymentRow => ({
  tenant_id: tx.tenant.id,
  id: newId(),
  customer_id: input.customerId,
  external_id: input.externalId,
  status: input.status,
  account: input.account,
  currency: input.currency,
  amount: input.amount,
  allocated_amount: 0,
  unallocated_amount: input.status === 'pending' ? 0 : input.amount,
  refunded_amount: 0,
  transferred_amount: 0,
  difference_amount: 0,
  reversed_amount: 0,
  transferred_from_id: null,
  recovered_amount: 0,
  received_date: input.receivedDate,
  provisional_until_date: input.provisionalUntilDate,
  method: input.method,
  reference: input.reference,
  end_to_end_id: input.endToEndId,
  bank_line_id: input.bankLineId,
  payer_name: input.payer?.name ?? null,
  payer_iban: input.payer?.iban ?? null,
  reversal_date: null,
  reversal_reason: null,
  reversal_reason_code: null,
  metadata: input.metadata,
  version: 1,
  created_at: tx.now,
  updated_at: tx.now,
})

/** Who already holds the external ids of these payments. A race across customers is refused by the unique key. */
async function externalIdHolders(
  tx: Tx,
  inputs: readonly NewPayment[],
): Promise<Map<string, string>> {
  const wanted = inputs.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]))
  if (wanted.length === 0) return new Map()
  const holders = await tx.db
    .selectFrom('payment')
    .select(['id', 'external_id'])
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', sql<string>`any(${wanted})`)
    .execute()
  return new Map(holders.map(({ id, external_id }) => [external_id as string, id]))
}

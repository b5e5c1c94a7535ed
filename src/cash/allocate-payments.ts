import assert from 'node:assert'
import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import { sum } from '../foundation/money.ts'
import { postMoney } from '../ledger/post-money.ts'
import type { Plan } from './allocation.ts'
import { paymentFact } from './events.ts'
import type { PaymentWithAllocations } from './queries.ts'
import { settle } from './settle.ts'
import type { PaymentRow } from './table.ts'

/** What a payment is to be used for, and the day from which its money can be used. */
export interface PaymentPlan {
  payment: PaymentRow
  plan: Plan
  date: CalendarDate
}

/**
 * Uses payments for the items their plans name, clears what is over within tolerance, and announces each payment that
 * settled something. A payment cannot be overdrawn: its CHECKs refuse it. Answers the payments as they stand, with what
 * was allocated just now.
 */
export async function allocatePayments(
  tx: Tx,
  plans: readonly PaymentPlan[],
): Promise<PaymentWithAllocations[]> {
  const drawing = plans.filter(({ plan }) => plan.shares.length > 0)
  if (drawing.length === 0) return plans.map(({ payment }) => ({ payment, allocations: [] }))
  const settlements = drawing.map(({ payment, plan: { shares }, date }) => ({
    source: { kind: 'payment' as const, id: payment.id },
    date,
    shares,
  }))
  const [allocations, , drawn] = await together([
    settle(tx, settlements),
    clearOverPayments(tx, drawing),
    draw(tx, drawing),
  ])
  const results = plans.map(({ payment }) => ({
    payment: drawn.get(payment.id) ?? payment,
    allocations: allocations.filter(({ payment_id }) => payment_id === payment.id),
  }))
  announce(
    tx,
    ...results
      .filter(({ payment }) => drawn.has(payment.id))
      .map((one) => paymentFact('payment.allocated', one, tx)),
  )
  return results
}

/** Books what came in too much, within tolerance, as a difference. */
const clearOverPayments = (tx: Tx, plans: readonly PaymentPlan[]): Promise<void> =>
  postMoney(
    tx,
    plans
      .filter(({ plan }) => plan.overAmount > 0)
      .map(({ payment, plan, date }) => ({
        entryId: newId(),
        customerId: payment.customer_id,
        currency: payment.currency,
        amount: -plan.overAmount,
        happening: 'difference_cleared',
        counterAccount: 'payment_difference',
        effectiveDate: date,
        source: { kind: 'payment', id: payment.id },
        undoesId: null,
        origin: 'own',
      })),
  )

/** Moves the payments' own amounts by what their plans use. */
async function draw(tx: Tx, plans: readonly PaymentPlan[]): Promise<Map<string, PaymentRow>> {
  const uses = plans.map(({ payment, plan }) => ({
    payment_id: payment.id,
    allocated: sum(plan.shares.map(({ amount }) => amount)),
    cleared: plan.overAmount,
  }))
  const { rows } = await sql<PaymentRow>`
    update payment
    set allocated_amount = allocated_amount + used.allocated,
      difference_amount = difference_amount + used.cleared,
      unallocated_amount = unallocated_amount - used.allocated - used.cleared,
      version = version + 1,
      updated_at = ${tx.now}
    from json_to_recordset(${JSON.stringify(uses)}) as used(payment_id uuid, allocated bigint, cleared bigint)
    where payment.tenant_id = ${tx.tenant.id} and payment.id = used.payment_id and payment.status = 'received'
    returning payment.*
  `.execute(tx.db)
  assert(rows.length === plans.length, 'only money that is there settles items')
  return new Map(rows.map((row) => [row.id, row]))
}

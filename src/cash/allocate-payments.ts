import assert from 'node:assert'
import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Share } from './allocation.ts'
import { paymentFact } from './events.ts'
import type { PaymentWithAllocations } from './queries.ts'
import { settle } from './settle.ts'
import type { PaymentRow } from './table.ts'

/**
 * Uses payments for the items their shares name, and announces each payment that settled something. A payment cannot
 * be overdrawn: its CHECKs refuse it. Answers the payments as they stand, with what was allocated just now.
 */
export async function allocatePayments(
  tx: Tx,
  plans: readonly { payment: PaymentRow; shares: readonly Share[] }[],
): Promise<PaymentWithAllocations[]> {
  const allocations = await settle(
    tx,
    plans.map(({ payment, shares }) => ({
      source: { kind: 'payment', id: payment.id },
      date: payment.received_date,
      shares,
    })),
  )
  if (allocations.length === 0) return plans.map(({ payment }) => ({ payment, allocations: [] }))

  const { rows } = await sql<PaymentRow>`
    update payment
    set allocated_amount = allocated_amount + used.amount,
      unallocated_amount = unallocated_amount - used.amount,
      version = version + 1,
      updated_at = ${tx.now}
    from (
      select payment_id, sum(amount) as amount
      from json_to_recordset(${JSON.stringify(allocations)}) as allocation(payment_id uuid, amount bigint)
      group by payment_id
    ) as used
    where payment.tenant_id = ${tx.tenant.id} and payment.id = used.payment_id and payment.status = 'received'
    returning payment.*
  `.execute(tx.db)
  const drawing = plans.filter(({ shares }) => shares.length > 0)
  assert(rows.length === drawing.length, 'only money that is there settles items')
  const used = new Map(rows.map((row) => [row.id, row]))
  const results = plans.map(({ payment }) => ({
    payment: used.get(payment.id) ?? payment,
    allocations: allocations.filter(({ payment_id }) => payment_id === payment.id),
  }))
  announce(
    tx,
    ...results
      .filter(({ allocations }) => allocations.length > 0)
      .map((one) => paymentFact('payment.allocated', one, tx)),
  )
  return results
}

import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { sum } from '../foundation/money.ts'
import { paymentFact } from './events.ts'
import { type PaymentWithAllocations, usableFrom, withAllocations } from './queries.ts'
import type { AllocationRow, PaymentRow } from './table.ts'
import { unclearExcess } from './unclear-excess.ts'

/**
 * What undone allocations had taken of a payment is unallocated again; with the last of them, what was cleared as too
 * much is too. The payment says so, with what still stands.
 */
export async function releasePayment(
  tx: Tx,
  payment: PaymentRow,
  undone: readonly AllocationRow[],
): Promise<PaymentRow> {
  if (undone.length === 0) return payment
  const amount = sum(undone.map((allocation) => allocation.amount))
  const excess = amount === payment.allocated_amount ? payment.difference_amount : 0
  await unclearExcess(tx, payment, excess, await usableFrom(tx, payment.id, payment.received_date))
  const released = await tx.db
    .updateTable('payment')
    .set({
      allocated_amount: sql<number>`allocated_amount - ${amount}`,
      difference_amount: sql<number>`difference_amount - ${excess}`,
      unallocated_amount: sql<number>`unallocated_amount + ${amount + excess}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', payment.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const [standing] = (await withAllocations(tx, [released])) as [PaymentWithAllocations]
  announce(tx, {
    ...paymentFact('payment.allocation_undone', standing, tx),
    previous: {
      allocated_amount: payment.allocated_amount,
      unallocated_amount: payment.unallocated_amount,
      difference_amount: payment.difference_amount,
    },
  })
  return released
}

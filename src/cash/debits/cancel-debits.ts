import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { setNextLooks } from '../../ledger/watch-items.ts'
import { cancelPending } from './cancel-pending.ts'
import { batchFact, debitFact } from './events.ts'
import { type DebitWithItems, requireDebit, withItems } from './queries.ts'
import type { BatchRow, DebitRow } from './table.ts'

/** Takes one debit back before its file is made. */
export async function cancelDebit(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<DebitWithItems> {
  await lockCustomers(tx, [(await requireDebit(tx, id)).customer_id])
  const before = await requireDebit(tx, id)
  requireVersion(before.version, ifMatch)
  const [cancelled] = await cancelDebits(tx, [id], 'It was cancelled on request.')
  if (cancelled === undefined)
    throw new Problem('invalid_state', { current_status: before.status, allowed_actions: [] })
  return cancelled
}

/**
 * Takes debits back that are scheduled still, with their pending payments; dunning looks at their items again. Answers
 * those it took back. The caller has locked the customers.
 */
export async function cancelDebits(
  tx: Tx,
  ids: readonly string[],
  reason: string,
): Promise<DebitWithItems[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<DebitRow>`
    update direct_debit
    set status = 'cancelled', ended_date = ${tx.today}, reason_text = ${reason}, version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = any(${ids}) and status = 'scheduled'
    returning *
  `.execute(tx.db)
  const cancelled = await withItems(tx, rows)
  announce(tx, ...cancelled.map((one) => debitFact('direct_debit.cancelled', one, tx)))
  await cancelPending(
    tx,
    rows.map(({ payment_id }) => payment_id),
    reason,
  )
  await lookAtItemsOf(tx, cancelled)
  await takeOutOfBatches(tx, rows)
  return cancelled
}

/** The open batches that some debits were in count them no more. */
async function takeOutOfBatches(tx: Tx, debits: readonly DebitRow[]): Promise<void> {
  const { rows: batches } = await sql<BatchRow>`
    update debit_batch
    set debit_count = debit_count - gone.count, total_amount = total_amount - gone.amount, version = version + 1,
      updated_at = ${tx.now}
    from (
      select batch_id, count(*)::int as count, sum(amount)::bigint as amount from direct_debit
      where tenant_id = ${tx.tenant.id} and id = any(${debits.map(({ id }) => id)}) group by batch_id
    ) as gone
    where debit_batch.tenant_id = ${tx.tenant.id} and debit_batch.id = gone.batch_id and debit_batch.status = 'open'
    returning debit_batch.*
  `.execute(tx.db)
  announce(tx, ...batches.map((batch) => batchFact('debit_batch.updated', batch, tx)))
}

/** Takes back what is scheduled under mandates that have ended. */
export async function cancelUnder(
  tx: Tx,
  mandateIds: readonly string[],
  reason: string,
): Promise<void> {
  const scheduled = await tx.db
    .selectFrom('direct_debit')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('mandate_id', '=', sql<string>`any(${mandateIds})`)
    .where('status', '=', 'scheduled')
    .execute()
  await cancelDebits(
    tx,
    scheduled.map(({ id }) => id),
    reason,
  )
}

/** Has dunning look today at what debits no longer settle. */
export const lookAtItemsOf = (tx: Tx, debits: readonly DebitWithItems[]): Promise<void> =>
  setNextLooks(
    tx,
    debits.flatMap(({ items }) =>
      items.map(({ item_id }) => ({ itemId: item_id, nextLookDate: tx.today })),
    ),
  )

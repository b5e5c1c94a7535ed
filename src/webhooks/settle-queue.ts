import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'

const AT_ONCE = 10_000

/**
 * Ends what waits for an endpoint that is no longer sent to: `skipped` when it was disabled, `cancelled` when it was
 * deleted. Bounded per transaction; what is left is ended when a worker comes across it. Answers how many ended.
 */
export async function settleQueue(
  tx: Tx,
  endpointId: string,
  status: 'skipped' | 'cancelled',
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with waiting as (
      select delivery_id from webhook_queue
      where tenant_id = ${tx.tenant.id} and endpoint_id = ${endpointId}
      order by entity_id, position
      limit ${AT_ONCE}
      for update
    ), taken as (
      delete from webhook_queue
      using waiting
      where webhook_queue.tenant_id = ${tx.tenant.id} and webhook_queue.delivery_id = waiting.delivery_id
      returning webhook_queue.delivery_id
    ), settled as (
      update webhook_delivery
      set status = ${status}, next_attempt_at = null, version = version + 1, updated_at = now()
      from taken
      where webhook_delivery.tenant_id = ${tx.tenant.id} and webhook_delivery.id = taken.delivery_id
      returning webhook_delivery.id
    )
    select count(*)::int as count from settled
  `.execute(tx.db)
  return rows[0]?.count ?? 0
}

import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'
import { findDelivery, requireEnabledEndpoint, requireEndpoint } from './queries.ts'
import type { DeliveryRow } from './table.ts'

/**
 * Sends a finished delivery once more: the same bytes under the same `webhook-id`, at once and, should it fail, on a
 * schedule of its own. It overtakes what waits, since the receiver has asked for it.
 */
export async function resendDelivery(
  tx: Tx,
  { endpointId, id }: { endpointId: string; id: string },
): Promise<DeliveryRow> {
  const { rows } = await sql<DeliveryRow>`
    with resent as (
      update webhook_delivery
      set status = 'pending', next_attempt_at = now(), version = version + 1, updated_at = now()
      where tenant_id = ${tx.tenant.id} and id = ${id} and endpoint_id = ${endpointId} and status <> 'pending'
        and exists (
          select from webhook_endpoint
          where tenant_id = ${tx.tenant.id} and id = ${endpointId} and status = 'enabled'
        )
      returning *
    ), queued as (
      insert into webhook_queue (tenant_id, delivery_id, endpoint_id, event_id, entity_id, position, due_at)
      select resent.tenant_id, resent.id, resent.endpoint_id, resent.event_id, event.entity_id, resent.position, now()
      from resent
      join event on event.tenant_id = resent.tenant_id and event.id = resent.event_id
    )
    select * from resent
  `.execute(tx.db)
  const resent = rows[0]
  if (resent === undefined) throw await whyNot(tx, endpointId, id)
  tx.wakes.add('deliveries')
  return resent
}

async function whyNot(tx: Tx, endpointId: string, id: string): Promise<Problem> {
  await requireEndpoint(tx, endpointId)
  const delivery = await findDelivery(tx, endpointId, id)
  if (delivery === undefined) return new Problem('webhook_delivery_not_found')
  await requireEnabledEndpoint(tx, endpointId)
  return new Problem('delivery_not_resendable', { current_status: delivery.status })
}

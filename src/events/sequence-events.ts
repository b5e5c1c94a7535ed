import { sql } from 'kysely'
import { byTheService, commit, queue, type Tx } from '../foundation/database/commit.ts'
import { unlessResetting } from '../foundation/database/unless-resetting.ts'
import type { Context } from '../foundation/http/context.ts'

const BATCH = 5_000
const TENANTS_PER_LOOK = 200
/**
 * Gives committed events their positions in the feed. One sequencer at a time per tenant holds the feed's head, so
 * a reader who has seen position n has seen everything before it; a late committer simply comes later. Answers how
 * many events got a position.
 */
export async function sequenceTenant(context: Context, tenantId: string): Promise<number> {
  let total = 0
  for (;;) {
    const count = await commit(context.workers, { tenantId, cause: byTheService }, sequenceBatch)
    total += count
    if (count < BATCH) break
  }
  if (total > 0) {
    context.metrics.eventsSequenced.inc(total)
    context.wake('feed')
    context.wake('fan_out')
    context.wake('credit')
  }
  return total
}

async function sequenceBatch(tx: Tx): Promise<number> {
  await sql`select 1 from feed_head where tenant_id = ${tx.tenant.id} for update`.execute(tx.db)
  const { rows } = await sql<{ count: number }>`
    with oldest as (
      select outbox_id from event_outbox where tenant_id = ${tx.tenant.id} order by outbox_id limit ${BATCH}
    ), taken as (
      delete from event_outbox
      using oldest
      where event_outbox.tenant_id = ${tx.tenant.id} and event_outbox.outbox_id = oldest.outbox_id
      returning event_outbox.outbox_id, event_outbox.event_id
    ), placed as (
      insert into feed (tenant_id, position, event_id, type, entity_kind, entity_id, customer_id)
      select ${tx.tenant.id}, feed_head.last_position + row_number() over (order by taken.outbox_id),
        event.id, event.type, event.entity_kind, event.entity_id, event.customer_id
      from taken
      join feed_head on feed_head.tenant_id = ${tx.tenant.id}
      join event on event.tenant_id = ${tx.tenant.id} and event.id = taken.event_id
      returning position
    )
    update feed_head
    set last_position = last_position + (select count(*) from placed)
    where tenant_id = ${tx.tenant.id}
    returning (select count(*) from placed)::int as count
  `.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** Sequences every tenant that has something to sequence. */
export async function sequenceEvents(context: Context): Promise<number> {
  const tenants = await queue(context.workers, async (db) => {
    const { rows } = await sql<{ tenant_id: string }>`
      select distinct tenant_id from event_outbox limit ${TENANTS_PER_LOOK}
    `.execute(db)
    return rows
  })
  let total = 0
  for (const { tenant_id } of tenants)
    total += await unlessResetting(sequenceTenant(context, tenant_id), 0)
  return total
}

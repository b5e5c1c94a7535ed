import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { itemDeferredFact } from './events.ts'
import { cancelIdleNotices } from './notices/cancel-settled-notices.ts'
import type { LevelReason } from './notices/dunned-item-schema.ts'
import type { ChangedItem } from './notices/take-back-notices.ts'

/**
 * Begins another course of an item's escalation, because it is due on another day: it stands at no level again, and has
 * had no reminder. What was done in earlier cycles stays in its history; what of it has not arrived is cancelled. The
 * customer is locked.
 */
export async function beginCycle(
  tx: Tx,
  itemId: string,
  reason: Extract<LevelReason, 'item_deferred' | 'deferral_revoked'>,
): Promise<void> {
  const notices = await sql<{ id: string }>`
    select notice_id as id from dunning_step where tenant_id = ${tx.tenant.id} and item_id = ${itemId}
    union select notice_id from dunning_courtesy where tenant_id = ${tx.tenant.id} and item_id = ${itemId}
  `.execute(tx.db)
  const { rows } = await sql<ChangedItem>`
    with forgotten as (
      delete from dunning_courtesy where tenant_id = ${tx.tenant.id} and item_id = ${itemId}
    ), before as (
      select item_id, level from dunning_state
      where tenant_id = ${tx.tenant.id} and item_id = ${itemId} and level > 0
    ), begun as (
      update dunning_state
      set level = 0, level_date = null, deadline_date = null, cycle = cycle + 1, version = version + 1
      from before
      where dunning_state.tenant_id = ${tx.tenant.id} and dunning_state.item_id = before.item_id
      returning dunning_state.item_id, before.level as from_level, dunning_state.level as to_level,
        dunning_state.policy_id, dunning_state.policy_version, dunning_state.cycle, dunning_state.version as state_version
    )
    select item.*, begun.*, invoice.number, null as level_name
    from begun
    join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = begun.item_id
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
  `.execute(tx.db)
  announce(tx, ...rows.map((item) => itemDeferredFact(tx, item, reason)))
  await cancelIdleNotices(
    tx,
    notices.rows.map(({ id }) => id),
  )
}

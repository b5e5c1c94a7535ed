import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { levelName } from './defined-level.ts'
import { itemDeferredFact } from './events.ts'
import { cancelIdleNotices } from './notices/cancel-settled-notices.ts'
import type { LevelReason } from './notices/dunned-item-schema.ts'
import type { ChangedItem } from './notices/take-back-notices.ts'

/**
 * Begins another course of an item's escalation, because it is due on another day: it stands where the notices since
 * that day have brought it, at no level after a deferral, and where it stood before when that is revoked. It has had no
 * reminder of that day. What was done in earlier cycles stays in its history; what of it has not arrived and asks for
 * nothing that is due is cancelled. The customer is locked.
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
    ), standing as (
      select state.item_id, state.level as from_level, coalesce(step.level, taken_over.level, 0) as to_level,
        coalesce(step.step_date, taken_over.date) as step_date, notice.deadline_date
      from dunning_state as state
      join open_item as item on item.tenant_id = state.tenant_id and item.id = state.item_id
      left join lateral (
        select state.taken_over_level as level, state.taken_over_date as date where state.taken_over_date > item.due_date
      ) as taken_over on true
      left join dunning_step as step on step.tenant_id = state.tenant_id and step.item_id = state.item_id
        and step.reversed_date is null and step.step_date > item.due_date
      left join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
      where state.tenant_id = ${tx.tenant.id} and state.item_id = ${itemId}
      order by step.level desc
      limit 1
    ), begun as (
      update dunning_state as state
      set level = standing.to_level, level_date = standing.step_date, deadline_date = standing.deadline_date,
        cycle = state.cycle + 1, version = state.version + (state.level <> standing.to_level)::int
      from standing
      where state.tenant_id = ${tx.tenant.id} and state.item_id = standing.item_id
      returning state.item_id, standing.from_level, standing.to_level, state.policy_id, state.policy_version, state.cycle,
        state.version as state_version
    )
    select item.*, begun.*, invoice.number, ${levelName(sql.ref('begun'))} as level_name
    from begun
    join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = begun.item_id
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    where begun.from_level <> begun.to_level
  `.execute(tx.db)
  announce(tx, ...rows.map((item) => itemDeferredFact(tx, item, reason)))
  await cancelIdleNotices(
    tx,
    notices.rows.map(({ id }) => id),
  )
}

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { OpenItemRow } from '../../ledger/table.ts'
import { waiveChargesOf } from '../charges/waive-charges-of.ts'
import { takeBackConsequences } from '../consequences.ts'
import { levelName } from '../defined-level.ts'
import { levelFellFact, noticeFact } from '../events.ts'
import type { NoticeRow } from '../table.ts'

/** An item whose level fell. */
export interface ChangedItem extends OpenItemRow {
  number: string | null
  from_level: number
  to_level: number
  /** What the level is called that it stands at now; null at 0. */
  level_name: string | null
  policy_id: string
  policy_version: number
  cycle: number
  state_version: number
}

/** One that fell because the notice that had lifted it was taken back. */
export interface FallenItem extends ChangedItem {
  notice_id: string
}

/**
 * Takes notices back: the items they had lifted go to where they stood before and begin a new cycle, their charges are
 * waived, their credit holds lifted, their tasks cancelled, and everybody who was told of the notices is told. All items
 * of the customers are looked at again, since a notice holds up others too. The customers are locked, and none of the
 * notices' steps has a later one.
 */
export async function takeBackNotices(
  tx: Tx,
  notices: readonly NoticeRow[],
  reason: string,
): Promise<NoticeRow[]> {
  const ids = notices.map(({ id }) => id)
  const customerIds = [...new Set(notices.map(({ customer_id }) => customer_id))]
  const fallen = await takeBackSteps(tx, ids)
  await sql`
    with forgotten as (
      delete from dunning_courtesy where tenant_id = ${tx.tenant.id} and notice_id = any(${ids})
    ), reversed as (
      update dunning_decision
      set status = 'reversed', version = version + 1
      where tenant_id = ${tx.tenant.id} and notice_id = any(${ids})
    )
    update item_watch
    set next_look_date = ${tx.today}
    where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds})
  `.execute(tx.db)
  const reversed = await tx.db
    .updateTable('dunning_notice')
    .set({
      status: 'reversed',
      status_reason: reason,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .returningAll()
    .execute()
  await waiveChargesOf(tx, ids, reason)
  await takeBackConsequences(tx, ids, reason)
  const status = new Map(notices.map((notice) => [notice.id, notice.status]))
  const byId = new Map(reversed.map((notice) => [notice.id, notice]))
  announce(
    tx,
    ...fallen.map((item) => levelFellFact(tx, item, byId.get(item.notice_id) as NoticeRow)),
    ...reversed.map((notice) =>
      noticeFact('dunning.notice_reversed', notice, tx, { status: status.get(notice.id) }),
    ),
  )
  return reversed
}

/**
 * Marks the steps of notices as taken back and rebuilds where their items stand from the steps that still stand: the
 * level before, its day and its deadline.
 */
async function takeBackSteps(tx: Tx, noticeIds: readonly string[]): Promise<FallenItem[]> {
  const { rows } = await sql<FallenItem>`
    with taken as (
      update dunning_step
      set reversed_date = ${tx.today}
      where tenant_id = ${tx.tenant.id} and notice_id = any(${noticeIds}) and reversed_date is null
      returning item_id, notice_id, level, from_level, step_date
    ), before as (
      select distinct on (step.item_id) step.item_id, step.step_date, notice.deadline_date
      from dunning_step as step
      join taken on taken.item_id = step.item_id and step.level = taken.from_level and step.step_date < taken.step_date
      join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
      where step.tenant_id = ${tx.tenant.id} and step.reversed_date is null
      order by step.item_id, step.cycle desc
    ), fallen as (
      update dunning_state
      set level = taken.from_level, level_date = coalesce(before.step_date, case when taken.from_level > 0 then dunning_state.taken_over_date end), deadline_date = before.deadline_date,
        cycle = dunning_state.cycle + 1, version = dunning_state.version + 1
      from taken left join before on before.item_id = taken.item_id
      where dunning_state.tenant_id = ${tx.tenant.id} and dunning_state.item_id = taken.item_id
        and dunning_state.level = taken.level and dunning_state.level_date = taken.step_date
      returning dunning_state.item_id, taken.notice_id, taken.level as from_level, dunning_state.level as to_level,
        dunning_state.policy_id, dunning_state.policy_version, dunning_state.cycle, dunning_state.version as state_version
    )
    select item.*, fallen.*, invoice.number, ${levelName(sql.ref('fallen'))} as level_name
    from fallen
    join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = fallen.item_id
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    order by item.id
  `.execute(tx.db)
  return rows
}

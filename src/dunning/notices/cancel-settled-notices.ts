import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { byTheService, commit, queue, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { waiveCostsOf } from '../charges/waive-charges-of.ts'
import { noticeFact } from '../events.ts'
import type { NoticeRow } from '../table.ts'
import type { NoticeStatus } from './delivery.ts'

/** Events of the feed that are read in one commit. */
const EVENTS_PER_COMMIT = 20_000
const TENANTS_PER_LOOK = 200

/** Cancels what need not be sent any more, at every tenant at which something has happened since the last look. */
export async function cancelSettledNotices(context: Context, signal: AbortSignal): Promise<number> {
  const tenants = await queue(context.workers, async (db) => {
    const { rows } = await sql<{ tenant_id: string }>`
      select feed_head.tenant_id from feed_head
      left join settlement_cursor on settlement_cursor.tenant_id = feed_head.tenant_id
      where feed_head.last_position > coalesce(settlement_cursor.position, 0)
      limit ${TENANTS_PER_LOOK}
    `.execute(db)
    return rows
  })
  let total = 0
  for (const { tenant_id } of tenants) {
    signal.throwIfAborted()
    total += await cancelNoticesOf(context, tenant_id, signal)
  }
  return total
}

/** The same for one tenant, up to the head of its feed. */
export async function cancelNoticesOf(
  context: Context,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  let total = 0
  for (;;) {
    signal.throwIfAborted()
    const { cancelled, isDone } = await commit(
      context.workers,
      { tenantId, cause: byTheService },
      followSettlements,
    )
    total += cancelled
    if (isDone) return total
  }
}

/**
 * Reads the feed on from where it was read last and cancels the notices that have not arrived although nothing is open
 * any more of what they had asked for the first time. Money below does not know that notices exist. Whoever reads the
 * same events again finds the notices cancelled already.
 */
async function followSettlements(tx: Tx): Promise<{ cancelled: number; isDone: boolean }> {
  const { rows } = await sql<{
    after: number
    until: number
    head: number
    notices: { id: string; customer_id: string }[]
  }>`
    with slice as (
      select coalesce(settlement_cursor.position, 0) as after, feed_head.last_position as head,
        least(coalesce(settlement_cursor.position, 0) + ${EVENTS_PER_COMMIT}, feed_head.last_position) as until
      from feed_head
      left join settlement_cursor on settlement_cursor.tenant_id = feed_head.tenant_id
      where feed_head.tenant_id = ${tx.tenant.id}
    ), settled as (
      select distinct event.entity_id as invoice_id
      from slice, feed
      join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
      where feed.tenant_id = ${tx.tenant.id} and feed.position > slice.after and feed.position <= slice.until
        and event.type in ('invoice.paid', 'invoice.partly_paid', 'invoice.voided', 'invoice.written_off', 'invoice.partly_written_off')
    ), concerned as (
      select step.notice_id from settled
      join dunning_step as step on step.tenant_id = ${tx.tenant.id} and step.invoice_id = settled.invoice_id
      union
      select courtesy.notice_id from settled
      join dunning_courtesy as courtesy on courtesy.tenant_id = ${tx.tenant.id} and courtesy.invoice_id = settled.invoice_id
    )
    select slice.after, slice.until, slice.head, coalesce((
        select json_agg(json_build_object('id', notice.id, 'customer_id', notice.customer_id)) from concerned
        join dunning_notice as notice on notice.tenant_id = ${tx.tenant.id} and notice.id = concerned.notice_id
        where ${isOnItsWay}
      ), '[]') as notices
    from slice
  `.execute(tx.db)
  const { after, until, head, notices } = rows[0] as (typeof rows)[0]
  if (after === until) return { cancelled: 0, isDone: true }
  await lockCustomers(tx, [...new Set(notices.map(({ customer_id }) => customer_id))])
  const cancelled = await cancelIdleNotices(
    tx,
    notices.map(({ id }) => id),
  )
  await sql`
    insert into settlement_cursor (tenant_id, position)
    values (${tx.tenant.id}, ${until})
    on conflict (tenant_id) do update set position = greatest(settlement_cursor.position, excluded.position)
  `.execute(tx.db)
  return { cancelled: cancelled.length, isDone: until >= head }
}

const isOnItsWay = sql<boolean>`notice.status in ('issued', 'sent', 'rerouted', 'undeliverable')`

/**
 * Cancels those of some notices that have not arrived and of which nothing that they ask for is open and due any more;
 * what was never sent takes its costs back. The customers are locked.
 */
export async function cancelIdleNotices(
  tx: Tx,
  noticeIds: readonly string[],
): Promise<NoticeRow[]> {
  if (noticeIds.length === 0) return []
  const { rows } = await sql<NoticeRow & { previous_status: NoticeStatus; was_sent: boolean }>`
    with notice as (
      select notice.id, notice.status from dunning_notice as notice
      where notice.tenant_id = ${tx.tenant.id} and notice.id = any(${noticeIds}) and ${isOnItsWay} and not exists (
        select 1 from (
          select item_id, step_date from dunning_step where tenant_id = ${tx.tenant.id} and notice_id = notice.id
          union all
          select item_id, null from dunning_courtesy where tenant_id = ${tx.tenant.id} and notice_id = notice.id
        ) as asked
        join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = asked.item_id
        where item.open_amount > 0 and item.due_date < coalesce(asked.step_date, 'infinity'))
    )
    update dunning_notice
    set status = 'cancelled', version = dunning_notice.version + 1, updated_at = ${tx.now}
    from notice
    where dunning_notice.tenant_id = ${tx.tenant.id} and dunning_notice.id = notice.id and dunning_notice.status = notice.status
    returning dunning_notice.*, notice.status as previous_status, exists (
      select 1 from dunning_delivery as heard
      where heard.tenant_id = dunning_notice.tenant_id and heard.notice_id = dunning_notice.id
        and heard.status in ('sent', 'delivered', 'viewed')) as was_sent
  `.execute(tx.db)
  const unsent = rows.filter(({ was_sent }) => !was_sent)
  if (unsent.length > 0)
    await waiveCostsOf(
      tx,
      unsent.map(({ id }) => id),
      'notice_cancelled',
    )
  announce(
    tx,
    ...rows.map(({ previous_status, was_sent: _, ...notice }) =>
      noticeFact('dunning.notice_cancelled', notice, tx, { status: previous_status }),
    ),
  )
  return rows
}

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { tenantsBehind } from '../../events/tenants-behind.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import { unlessResetting } from '../../foundation/database/unless-resetting.ts'
import type { Context } from '../../foundation/http/context.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { waiveCostsOf } from '../charges/waive-charges-of.ts'
import { noticeFact } from '../events.ts'
import type { NoticeRow } from '../table.ts'
import type { NoticeStatus } from './delivery.ts'
import { isOnItsWay, noticesToLookAt } from './notices-to-look-at.ts'

/** Cancels what need not be sent any more, at every tenant at which something has happened since the last look. */
export async function cancelSettledNotices(context: Context, signal: AbortSignal): Promise<number> {
  const tenants = await tenantsBehind(context.workers, 'settlement_cursor.position')
  let total = 0
  for (const tenantId of tenants) {
    signal.throwIfAborted()
    total += await unlessResetting(cancelNoticesOf(context, tenantId, signal), 0)
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
  const { after, until, head, notices } = await noticesToLookAt(tx)
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

import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { StatutoryNotice } from '../policy.ts'

/** What was charged for an item so far, and which notices the law wants before it were given. */
export interface ChargedBefore {
  /** The interest and the lump sum that were claimed or given up; what a notice took back does not count. */
  interest: number
  lumpSum: number
  /** The fees of the notices that lifted it, without what was waived. */
  fees: { notice_id: string; amount: number }[]
  /** Those of its present cycle, as far as they could be delivered, each with the deadline it set last. */
  statutoryNotices: { kind: StatutoryNotice; deadline_date: CalendarDate | null }[]
}

/** Loads what was charged for some items before, set-based; every item has an answer. */
export async function loadChargedBefore(
  { db, tenant }: Reader,
  itemIds: readonly string[],
): Promise<Map<string, ChargedBefore>> {
  const { rows } = await sql<ChargedBefore & { id: string }>`
    with charged as (
      select item_id, sum(amount) filter (where kind = 'lump_sum')::bigint as lump_sum,
        sum(amount) filter (where kind = 'interest')::bigint as interest
      from dunning_charge
      where tenant_id = ${tenant.id} and item_id = any(${itemIds}) and status in ('claimed', 'waived') and reversed_date is null
      group by item_id
    )
    select item.id, coalesce(charged.interest, 0) as interest, coalesce(charged.lump_sum, 0) as "lumpSum",
      coalesce((
        select json_agg(json_build_object('notice_id', step.notice_id, 'amount', fee.total_amount - fee.waived_amount))
        from dunning_step as step
        join dunning_charge as charge on charge.tenant_id = step.tenant_id and charge.notice_id = step.notice_id and charge.kind = 'fee'
        join open_item as fee on fee.tenant_id = charge.tenant_id and fee.id = charge.claim_item_id
        where step.tenant_id = item.tenant_id and step.item_id = item.id), '[]') as fees,
      coalesce((
        select json_agg(json_build_object('kind', notice.content ->> 'statutory_notice', 'deadline_date', notice.deadline_date))
        from dunning_step as step
        join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
        where step.tenant_id = item.tenant_id and step.item_id = item.id and step.cycle = coalesce(state.cycle, 1)
          and notice.content ->> 'statutory_notice' is not null
          and notice.status not in ('undeliverable', 'cancelled', 'reversed')), '[]') as "statutoryNotices"
    from open_item as item
    left join charged on charged.item_id = item.id
    left join dunning_state as state on state.tenant_id = item.tenant_id and state.item_id = item.id
    where item.tenant_id = ${tenant.id} and item.id = any(${itemIds})
  `.execute(db)
  return new Map(rows.map(({ id, ...before }) => [id, before]))
}

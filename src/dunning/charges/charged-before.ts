import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { EarlierFee } from './earlier-fees.ts'
import type { GivenNotice } from './statutory-term.ts'

/** What was charged for an item so far, and which notices the law wants before it were given. */
export interface ChargedBefore {
  /**
   * The interest and the lump sum that were claimed; what a notice took back does not count, nor interest of before an
   * agreed later due date.
   */
  interest: number
  lumpSum: number
  /** What that lump sum would have been without the fees it was cut by. */
  lumpSumCovers: number
  /** The fees of the notices that lifted it, the earliest first. */
  fees: EarlierFee[]
  /** Those that still stand and could be delivered, of whatever cycle. */
  statutoryNotices: GivenNotice[]
}

/** Loads what was charged for some items before, set-based; every item has an answer. */
export async function loadChargedBefore(
  { db, tenant }: Reader,
  itemIds: readonly string[],
): Promise<Map<string, ChargedBefore>> {
  const { rows } = await sql<ChargedBefore & { id: string }>`
    with charged as (
      select charge.item_id, sum(amount) filter (where charge.kind = 'lump_sum')::bigint as lump_sum,
        sum((explanation ->> 'asked_amount')::bigint) filter (where charge.kind = 'lump_sum')::bigint as lump_sum_covers,
        sum(amount - coalesce((explanation ->> 'over_claimed_amount')::bigint, 0)) filter (
          where charge.kind = 'interest' and charge.until_date > item.due_date)::bigint as interest
      from dunning_charge as charge
      join open_item as item on item.tenant_id = charge.tenant_id and item.id = charge.item_id
      where charge.tenant_id = ${tenant.id} and charge.item_id = any(${itemIds}) and charge.status = 'claimed' and charge.reversed_date is null
      group by charge.item_id
    )
    select item.id, coalesce(charged.interest, 0) as interest, coalesce(charged.lump_sum, 0) as "lumpSum",
      coalesce(charged.lump_sum_covers, 0) as "lumpSumCovers",
      coalesce((
        select json_agg(json_build_object('notice_id', step.notice_id, 'amount', fee.total_amount - fee.waived_amount,
          'credited', ${creditedOfFee}) order by fee.created_at, fee.id)
        from dunning_step as step
        join dunning_charge as charge on charge.tenant_id = step.tenant_id and charge.notice_id = step.notice_id and charge.kind = 'fee'
        join open_item as fee on fee.tenant_id = charge.tenant_id and fee.id = charge.claim_item_id
        where step.tenant_id = item.tenant_id and step.item_id = item.id), '[]') as fees,
      coalesce((
        select json_agg(json_build_object('kind', notice.content ->> 'statutory_notice', 'deadline_date', notice.deadline_date, 'reports', ${reports(tenant)}))
        from dunning_step as step
        join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
        where step.tenant_id = item.tenant_id and step.item_id = item.id and step.reversed_date is null
          and notice.content ->> 'statutory_notice' is not null
          and notice.status not in ('undeliverable', 'cancelled', 'reversed')), '[]') as "statutoryNotices"
    from open_item as item
    left join charged on charged.item_id = item.id
    where item.tenant_id = ${tenant.id} and item.id = any(${itemIds})
  `.execute(db)
  return new Map(rows.map(({ id, ...before }) => [id, before]))
}

/** What of the fee of a step's notice has cut lump sums, of all the items that it lifted; the last word on each counts. */
const creditedOfFee = sql`(
  select coalesce(json_agg(json_build_object('item_id', lump.item_id, 'amount', lump.amount)), '[]')
  from (
    select distinct on (charge.item_id) charge.item_id, (credit ->> 'amount')::bigint as amount
    from dunning_step as sibling
    join dunning_charge as charge on charge.tenant_id = sibling.tenant_id and charge.item_id = sibling.item_id
      and charge.kind = 'lump_sum' and charge.reversed_date is null
    join jsonb_array_elements(charge.explanation -> 'credited_fees') as credit on credit ->> 'notice_id' = sibling.notice_id::text
    where sibling.tenant_id = step.tenant_id and sibling.notice_id = step.notice_id
    order by charge.item_id, charge.created_at desc
  ) as lump)`

/** What was heard of a notice on its way, by the tenant's day; what came back afterwards over the same way is left out. */
const reports = ({ timeZone }: Reader['tenant']) => sql`(
  select coalesce(json_agg(json_build_object('status', heard.status, 'channel', heard.channel,
    'date', (heard.occurred_at at time zone ${timeZone})::date)), '[]')
  from dunning_delivery as heard
  where heard.tenant_id = notice.tenant_id and heard.notice_id = notice.id and heard.status in ('sent', 'delivered', 'viewed')
    and not exists (
      select 1 from dunning_delivery as back
      where back.tenant_id = heard.tenant_id and back.notice_id = heard.notice_id and back.status in ('bounced', 'failed')
        and back.channel = heard.channel and coalesce(back.recipient = heard.recipient, true)
        and back.occurred_at >= heard.occurred_at))`

import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { NoticeRow } from './table.ts'

/** As long as a policy may look back. */
const LOOK_BACK_DAYS = 366

export interface PastNotice {
  customer_id: string
  /** Null for what people did. */
  currency: string | null
  /** The run that told the customer, or the activity. */
  run_id: string
  notice_date: CalendarDate
  kind: NoticeRow['kind'] | 'activity'
  is_statutory: boolean
}

/**
 * What the customers were told of late, by notices and by people. What has been taken back since is forgotten, and so is
 * what was cancelled before anything was heard of its being sent: nobody was contacted.
 */
export async function loadNotices(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<PastNotice[]> {
  const { rows } = await sql<PastNotice>`
    select customer_id, currency, run_id, notice_date, kind, content ->> 'statutory_notice' is not null as is_statutory
    from dunning_notice
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds})
      and notice_date > ${addDays(today, -LOOK_BACK_DAYS)} and status <> 'reversed'
      and (status <> 'cancelled' or exists (
        select 1 from dunning_delivery as delivery
        where delivery.tenant_id = dunning_notice.tenant_id and delivery.notice_id = dunning_notice.id))
    union all
    select customer_id, null, id, occurred_date, 'activity', false
    from activity
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds})
      and occurred_date > ${addDays(today, -LOOK_BACK_DAYS)} and collection and cancelled_date is null
    order by notice_date
  `.execute(db)
  return rows
}

/** When the customer was last given notice in a currency; a reminder before the due date is none. */
export const lastNoticeIn = (
  currency: string,
  notices: readonly PastNotice[],
): CalendarDate | null =>
  notices.findLast((notice) => notice.currency === currency && notice.kind === 'demand')
    ?.notice_date ?? null

/** The days of collection contacts: what a run tells one customer on one day is one, whatever its currencies. */
export const contactsOf = (notices: readonly PastNotice[]): CalendarDate[] => [
  ...new Map(
    notices
      .filter(({ is_statutory }) => !is_statutory)
      .map(({ run_id, notice_date }) => [`${run_id} ${notice_date}`, notice_date]),
  ).values(),
]

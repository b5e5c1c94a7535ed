import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { NewAlert } from './raise-alerts.ts'

/** Since when a customer has been late. */
export interface Lateness {
  /** The first day on which anything of it was overdue, as far as is known; null for never. */
  firstOverdueDate: CalendarDate | null
  /** The first day on which what is overdue now was. */
  overdueSince: CalendarDate | null
}

export const neverLate: Lateness = { firstOverdueDate: null, overdueSince: null }

/** Since when customers have been late, by customer. */
export async function latenessOf(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, Lateness>> {
  const { rows } = await sql<Lateness & { id: string }>`
    select customer.id, late.since as "overdueSince",
      least(late.since, (
        select min(overdue_announced_for) + 1 from invoice
        where invoice.tenant_id = customer.tenant_id and invoice.customer_id = customer.id
      )) as "firstOverdueDate"
    from unnest(${customerIds}::uuid[]) as named(id)
    join customer on customer.tenant_id = ${tenant.id} and customer.id = named.id
    cross join lateral (
      select min(due_date) + 1 as since from open_item as item
      where item.tenant_id = customer.tenant_id and item.customer_id = customer.id
        and item.open_amount > 0 and item.due_date < ${today}
    ) as late
  `.execute(db)
  return new Map(rows.map(({ id, ...lateness }) => [id, lateness]))
}

/** The open items that are overdue by more days than their customer usually is and some more; each is told once. */
export async function laterThanHabit(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
  moreDays: number | null,
): Promise<NewAlert[]> {
  if (moreDays === null) return []
  const { rows } = await sql<{
    customer_id: string
    item_id: string
    once_key: string
    days_late: number
    habit_days_late: string
  }>`
    select item.customer_id, item.id as item_id, once_key, ${today}::date - item.due_date as days_late, standing.habit_days_late
    from credit_standing as standing
    join open_item as item on item.tenant_id = standing.tenant_id and item.customer_id = standing.customer_id
    cross join lateral (select 'pays_later_than_habit:' || item.id as once_key) as occasion
    where standing.tenant_id = ${tenant.id} and standing.customer_id = any(${customerIds})
      and item.open_amount > 0 and item.due_date < ${today}
      and ${today}::date - item.due_date > standing.habit_days_late + ${moreDays}
      and not exists (select from credit_alert where tenant_id = ${tenant.id} and credit_alert.once_key = occasion.once_key)
    order by item.due_date, item.id
  `.execute(db)
  return rows.map(({ customer_id, item_id, once_key, ...figures }) => ({
    type: 'customer.pays_later_than_habit',
    customerId: customer_id,
    itemId: item_id,
    figures,
    onceKey: once_key,
  }))
}

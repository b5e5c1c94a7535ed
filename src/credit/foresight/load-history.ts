import { sql } from 'kysely'
import { addDays, daysBetween } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import { type EndedItem, endedItems } from './ended-items.ts'
import { type Habits, habitsOf, type Settlement } from './habits.ts'
import { type Ending, type RecoveryRate, recoveryRatesOf } from './recovery.ts'

/** The tenant's habits are those of its newest settlements: so many movements are looked at. */
const NEWEST_MOVEMENTS = 2_000
/** Of a customer's own items no more, and none that ended before: after three years one counts for a seventieth. */
const OWN_ITEMS_MAX = 500
const OWN_DAYS = 3 * 365

/** What is known of all of a tenant's customers together. */
export interface TenantHistory {
  habits: Habits
  recovery: RecoveryRate[]
}

/** Learns from what has ended lately, as the ledger knows it today. */
export async function tenantHistory(reader: Reader): Promise<TenantHistory> {
  const newest = sql<{ item_id: string }>`
    select distinct item_id from (
      select item_id from ledger_entry
      where tenant_id = ${reader.tenant.id} and credit_account = 'receivable'
      order by recorded_at desc, id desc
      limit ${NEWEST_MOVEMENTS}) as movement`
  const { rows } = await endedItems(reader, newest).execute(reader.db)
  return {
    habits: habitsOf(rows.filter(wasPaid).map(toSettlement)),
    recovery: recoveryRatesOf(rows.map(toEnding)),
  }
}

/** What some customers have paid, by customer. */
export async function settlementsOf(
  reader: Reader,
  customerIds: readonly string[],
): Promise<Map<string, Settlement[]>> {
  const own = sql<{ item_id: string }>`
    select settled.item_id
    from unnest(${customerIds}::uuid[]) as customer(id)
    cross join lateral (
      select item_id from ledger_entry
      where tenant_id = ${reader.tenant.id} and credit_customer_id = customer.id and credit_account = 'receivable'
        and effective_date >= ${addDays(reader.today, -OWN_DAYS)}
      group by item_id
      order by max(effective_date) desc, item_id
      limit ${OWN_ITEMS_MAX}) as settled`
  const { rows } = await endedItems(reader, own).execute(reader.db)
  return groupBy(rows.filter(wasPaid).map(toSettlement), ({ customerId }) => customerId)
}

/** What was given up was not paid late, but never. */
const wasPaid = ({ lost_amount }: EndedItem): boolean => lost_amount === 0

const toSettlement = (item: EndedItem): Settlement => ({
  customerId: item.customer_id,
  classId: item.customer_class_id,
  settledDate: item.ended_date,
  daysLate: daysBetween(item.due_date, item.ended_date),
})

const toEnding = (item: EndedItem): Ending => ({
  daysLate: daysBetween(item.due_date, item.ended_date),
  paidShare: item.paid_amount / (item.paid_amount + item.lost_amount),
})

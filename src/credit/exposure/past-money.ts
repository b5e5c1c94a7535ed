import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Moment } from './moment.ts'

/** What was open of an item at a moment. */
export interface PastItem {
  customer_id: string
  currency: string
  item_id: string
  invoice_id: string | null
  due_date: CalendarDate
  amount: number
}

/** What was open at a moment, item by item, summed from the entries; by the due date it had then. */
export async function openAt(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  { entry }: Moment,
): Promise<PastItem[]> {
  const of = sql`entry.tenant_id = ${tenant.id} and ${entry}`
  const { rows } = await sql<PastItem>`
    select movement.customer_id, movement.currency, movement.item_id, item.invoice_id, movement.due_date,
      sum(movement.amount)::bigint as amount
    from (
      select entry.debit_customer_id as customer_id, entry.currency, entry.item_id, entry.due_date, entry.amount
      from ledger_entry as entry
      where ${of} and entry.debit_account = 'receivable' and entry.debit_customer_id = any(${customerIds})
      union all
      select entry.credit_customer_id, entry.currency, entry.item_id, entry.due_date, -entry.amount
      from ledger_entry as entry
      where ${of} and entry.credit_account = 'receivable' and entry.credit_customer_id = any(${customerIds})
    ) as movement
    join open_item as item on item.tenant_id = ${tenant.id} and item.id = movement.item_id
    group by movement.customer_id, movement.currency, movement.item_id, item.invoice_id, movement.due_date
    having sum(movement.amount) > 0
  `.execute(db)
  return rows
}

/** What customers had unallocated at a moment, by currency. */
export async function unallocatedAt(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  { entry }: Moment,
): Promise<{ customer_id: string; currency: string; amount: number }[]> {
  const of = sql`entry.tenant_id = ${tenant.id} and ${entry}`
  const { rows } = await sql<{ customer_id: string; currency: string; amount: number }>`
    select customer_id, currency, sum(amount)::bigint as amount
    from (
      select entry.credit_customer_id as customer_id, entry.currency, entry.amount
      from ledger_entry as entry
      where ${of} and entry.credit_account = 'unallocated' and entry.credit_customer_id = any(${customerIds})
      union all
      select entry.debit_customer_id, entry.currency, -entry.amount
      from ledger_entry as entry
      where ${of} and entry.debit_account = 'unallocated' and entry.debit_customer_id = any(${customerIds})
    ) as movement
    group by customer_id, currency
  `.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'

/** An open item, and what of it may still be collected. */
export interface CollectableItem {
  id: string
  customer_id: string
  invoice_id: string | null
  currency: string
  due_date: CalendarDate
  open_amount: number
  /** What debits that are scheduled or submitted are already to settle. */
  pending_amount: number
  /** The number of its invoice; null for a charge. */
  number: string | null
  /** Whether a dunning hold covers it today: what is disputed or promised is not taken. */
  held: boolean
}

/** What debits that are scheduled or submitted are already to settle of the open item `item`. */
const pendingAmount = sql<number>`
  coalesce((
    select sum(part.amount)::bigint from direct_debit_item as part
    join direct_debit as debit on debit.tenant_id = part.tenant_id and debit.id = part.direct_debit_id
    where part.tenant_id = item.tenant_id and part.item_id = item.id and debit.status in ('scheduled', 'submitted')
  ), 0)`

/** Whether a dunning hold covers the open item `item` today. */
const isHeld = (today: CalendarDate) => sql<boolean>`
  exists (
    select 1 from dunning_hold as hold
    where hold.tenant_id = item.tenant_id and hold.customer_id = item.customer_id and hold.lifted_date is null
      and hold.from_date <= ${today} and coalesce(hold.until_date, ${today}) >= ${today}
      and coalesce(hold.item_id, item.id) = item.id
      and (hold.invoice_id is null or hold.invoice_id = item.invoice_id))`

/** Whether something of the open item `item` is collected without being named. */
export const isCollectedByItself = (today: CalendarDate) => sql<boolean>`
  item.currency = 'EUR' and item.open_amount > ${pendingAmount} and not ${isHeld(today)}`

/**
 * The open items of some customers in the order of their due dates. The caller has locked the customers, so that what
 * is on its way stays so.
 */
export async function collectableItems(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<CollectableItem[]> {
  const { rows } = await sql<CollectableItem>`
    select item.id, item.customer_id, item.invoice_id, item.currency, item.due_date, item.open_amount,
      invoice.number, ${pendingAmount} as pending_amount, ${isHeld(today)} as held
    from open_item as item
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    where item.tenant_id = ${tenant.id} and item.customer_id = any(${customerIds}) and item.open_amount > 0
    order by item.customer_id, item.due_date, item.id
  `.execute(db)
  return rows
}

/** What of an item no debit is on its way to settle. */
export const freeOf = ({ open_amount, pending_amount }: CollectableItem): number =>
  Math.max(0, open_amount - pending_amount)

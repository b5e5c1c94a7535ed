import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'

/** An instalment of which nothing is open any more, because it was paid or given up. */
export interface EndedItem {
  item_id: string
  customer_id: string
  customer_class_id: string | null
  currency: string
  due_date: CalendarDate
  ended_date: CalendarDate
  total_amount: number
  /** What of it was paid, discounts and differences that were granted among it. */
  paid_amount: number
  /** What of it was written off. */
  lost_amount: number
}

/**
 * A query of the ended items among some, given as a query that answers `item_id`. An item ends on the day of the last
 * movement that took something off it and stands. What was wholly credited or taken back says nothing about paying, and
 * is not among them.
 */
export const endedItems = (
  { tenant }: Reader,
  among: RawBuilder<{ item_id: string }>,
): RawBuilder<EndedItem> => sql<EndedItem>`
  select item.id as item_id, item.customer_id, customer.customer_class_id, item.currency, item.due_date, last.ended_date,
    item.total_amount, item.paid_amount + item.discounted_amount + item.deducted_amount as paid_amount,
    item.written_off_amount as lost_amount
  from (${among}) as named
  join open_item as item on item.tenant_id = ${tenant.id} and item.id = named.item_id
  join customer on customer.tenant_id = item.tenant_id and customer.id = item.customer_id
  cross join lateral (
    select max(entry.effective_date) as ended_date
    from ledger_entry as entry
    where entry.tenant_id = item.tenant_id and entry.item_id = item.id and entry.credit_account = 'receivable'
      and entry.happening not in ('item_deferred', 'deferral_revoked')
      and not exists (
        select 1 from ledger_entry as undo where undo.tenant_id = entry.tenant_id and undo.undoes_id = entry.id)
  ) as last
  where item.kind = 'invoice' and item.open_amount = 0 and item.paid_amount + item.written_off_amount > 0
`

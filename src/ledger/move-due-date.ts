import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { postingDate } from './posting-date.ts'
import { lookAfterMove } from './watch-items.ts'

/** What gives an item another due date. */
export type DueDateHappening = 'item_deferred' | 'deferral_revoked'

export interface DueDateMove {
  itemId: string
  dueDate: CalendarDate
  happening: DueDateHappening
  /** What says so. */
  deferralId: string
}

/**
 * Gives an item another due date, and moves what is open of it there in the ledger: two entries over an account that is
 * empty again at once, so that a past day is aged as it was. What settled the item before stays settled by the old date.
 * It counts from today on; dunning looks at the item today. The customer is locked.
 */
export async function moveOpenAmount(
  tx: Tx,
  { itemId, dueDate, happening, deferralId }: DueDateMove,
): Promise<void> {
  const today = sql`${tx.today}::date`
  await sql`
    with before as (
      select id, due_date from open_item where tenant_id = ${tx.tenant.id} and id = ${itemId}
    ), item as (
      update open_item set due_date = ${dueDate}
      from before
      where open_item.tenant_id = ${tx.tenant.id} and open_item.id = before.id
      returning open_item.*, before.due_date as previous_due_date
    ), watched as (
      update item_watch set next_look_date = ${lookAfterMove(tx)}
      from item
      where item_watch.tenant_id = ${tx.tenant.id} and item_watch.item_id = item.id
    )
    insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount,
      debit_account, debit_customer_id, credit_account, credit_customer_id, item_id, due_date, source_kind, source_id, origin)
    select ${tx.tenant.id}, entry.id, ${happening}, ${today}, ${postingDate(tx, today)}, ${tx.now}, item.currency,
      item.open_amount, entry.debit, item.customer_id, entry.credit, item.customer_id, item.id, entry.due_date, 'deferral',
      ${deferralId}::uuid, 'own'
    from item, lateral (values
      (${newId()}::uuid, 'deferral', 'receivable', item.previous_due_date),
      (${newId()}::uuid, 'receivable', 'deferral', item.due_date)) as entry(id, debit, credit, due_date)
  `.execute(tx.db)
}

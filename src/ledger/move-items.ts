import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Account } from './accounts.ts'
import { postingDate } from './posting-date.ts'
import type { OpenItemRow, SourceKind } from './table.ts'
import { lookAfterMove } from './watch-items.ts'

/** What settles an open item, or opens it again. */
export interface ItemMovement {
  entryId: string
  itemId: string
  /** Positive settles, negative opens again. Minor units of the item's currency. */
  amount: number
  /** Which part of the item's total it becomes. */
  part:
    | 'paid'
    | 'credited'
    | 'voided'
    | 'written_off'
    | 'discounted'
    | 'deducted'
    | 'deposit'
    | 'waived'
  happening: string
  /** The account on the other side of receivable. */
  counterAccount: Account
  /** When it counts; a settlement never counts before the day from which the item can be settled. */
  effectiveDate: CalendarDate
  source: { kind: SourceKind; id: string }
  origin: 'pushed' | 'own'
  /** The entry that this one takes back. */
  undoesId: string | null
}

/** An item as it stands after it has moved. */
export type MovedItem = OpenItemRow & {
  /**
   * The day from which what is open of it can be settled: its claim date, or the last day on which it was opened again.
   * Money that came earlier counts from here, so that on no day more is settled than was open.
   */
  settled_from_date: CalendarDate
}

/**
 * Moves open items: their amounts, their ledger entries, their customers' balances and their watch rows, in one
 * statement. Whoever would take more than is open is refused by the CHECK on the item. Every moved item is looked at
 * by dunning today. Answers the items as they stand afterwards. The caller has locked the customers.
 */
export async function moveItems(tx: Tx, movements: readonly ItemMovement[]): Promise<MovedItem[]> {
  if (movements.length === 0) return []
  const effectiveDate = sql`case when movement.amount > 0 then greatest(movement.effective_date, moved.settled_from_date) else movement.effective_date end`
  const { rows } = await sql<MovedItem>`
    with movement as (
      select * from json_to_recordset(${JSON.stringify(movements.map(toRow))}) as movement(
        entry_id uuid, item_id uuid, amount bigint, part text, happening text, counter_account text, effective_date date,
        source_kind text, source_id uuid, origin text, undoes_id uuid)
    ), total as (
      select item_id, sum(amount) as amount,
        coalesce(sum(amount) filter (where part = 'paid'), 0) as paid,
        coalesce(sum(amount) filter (where part = 'credited'), 0) as credited,
        coalesce(sum(amount) filter (where part = 'voided'), 0) as voided,
        coalesce(sum(amount) filter (where part = 'written_off'), 0) as written_off,
        coalesce(sum(amount) filter (where part = 'discounted'), 0) as discounted,
        coalesce(sum(amount) filter (where part = 'deducted'), 0) as deducted,
        coalesce(sum(amount) filter (where part = 'deposit'), 0) as deposit,
        coalesce(sum(amount) filter (where part = 'waived'), 0) as waived
      from movement group by item_id
    ), reopened as (
      select item_id, max(effective_date) as date from ledger_entry
      where tenant_id = ${tx.tenant.id} and item_id in (select item_id from total)
        and undoes_id is not null and debit_account = 'receivable'
      group by item_id
    ), moved as (
      update open_item
      set open_amount = open_item.open_amount - total.amount,
        paid_amount = open_item.paid_amount + total.paid,
        credited_amount = open_item.credited_amount + total.credited,
        voided_amount = open_item.voided_amount + total.voided,
        written_off_amount = open_item.written_off_amount + total.written_off,
        discounted_amount = open_item.discounted_amount + total.discounted,
        deducted_amount = open_item.deducted_amount + total.deducted,
        deposit_amount = open_item.deposit_amount + total.deposit,
        waived_amount = open_item.waived_amount + total.waived
      from total left join reopened on reopened.item_id = total.item_id
      where open_item.tenant_id = ${tx.tenant.id} and open_item.id = total.item_id
      returning open_item.*, greatest(open_item.claim_date, reopened.date) as settled_from_date
    ), entered as (
      insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount,
        debit_account, debit_customer_id, credit_account, credit_customer_id, item_id, due_date, source_kind, source_id, origin, undoes_id)
      select ${tx.tenant.id}, movement.entry_id, movement.happening,
        ${effectiveDate}, ${postingDate(tx, effectiveDate)}, ${tx.now}, moved.currency, abs(movement.amount),
        case when movement.amount > 0 then movement.counter_account else 'receivable' end,
        moved.customer_id,
        case when movement.amount > 0 then 'receivable' else movement.counter_account end,
        moved.customer_id,
        moved.id, moved.due_date, movement.source_kind, movement.source_id, movement.origin, movement.undoes_id
      from movement join moved on moved.id = movement.item_id
    ), unwatched as (
      delete from item_watch using moved
      where item_watch.tenant_id = ${tx.tenant.id} and item_watch.item_id = moved.id and moved.open_amount = 0
    ), watched as (
      insert into item_watch (tenant_id, item_id, customer_id, next_look_date)
      select ${tx.tenant.id}, id, customer_id, ${lookAfterMove(tx)} from moved where open_amount > 0
      on conflict (tenant_id, item_id) do update set next_look_date = excluded.next_look_date
    ), balanced as (
      update customer_balance
      set open_amount = customer_balance.open_amount - change.amount,
        unallocated_amount = customer_balance.unallocated_amount - change.unallocated
      from (
        select moved.customer_id, moved.currency, sum(movement.amount) as amount,
          coalesce(sum(movement.amount) filter (where movement.counter_account = 'unallocated'), 0) as unallocated
        from movement join moved on moved.id = movement.item_id
        group by moved.customer_id, moved.currency
      ) as change
      where customer_balance.tenant_id = ${tx.tenant.id}
        and customer_balance.customer_id = change.customer_id and customer_balance.currency = change.currency
    )
    select * from moved
  `.execute(tx.db)
  return rows
}

const toRow = (movement: ItemMovement) => ({
  entry_id: movement.entryId,
  item_id: movement.itemId,
  amount: movement.amount,
  part: movement.part,
  happening: movement.happening,
  counter_account: movement.counterAccount,
  effective_date: movement.effectiveDate,
  source_kind: movement.source.kind,
  source_id: movement.source.id,
  origin: movement.origin,
  undoes_id: movement.undoesId,
})

import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import type { Account } from './accounts.ts'
import { postingDate } from './posting-date.ts'
import type { ItemWithLevel } from './queries.ts'
import type { OpenItemRow, SourceKind } from './table.ts'
import { lookAfterMove } from './watch-items.ts'

/** One amount somebody owes from now on, with one due date. */
export interface NewItem {
  id: string
  customerId: string
  kind: 'invoice' | 'charge'
  invoiceId: string | null
  chargeKind: OpenItemRow['charge_kind']
  noticeId: string | null
  sequence: number
  currency: string
  dueDate: CalendarDate
  /** The day the claim arose: the effective date of its entries. */
  claimDate: CalendarDate
  /** What the claim is credited to; the amounts add up to the item's total. */
  credits: { account: Account; amount: number }[]
  happening: 'invoice_issued' | 'opening_item' | 'charge_claimed' | 'payment_reversed'
  source: { kind: SourceKind; id: string }
  origin: 'pushed' | 'own'
}

/**
 * Makes claims: open items, their watch rows, their ledger entries (receivable against each credit) and the customers'
 * balances, all in one statement, for any number of items. Balances are touched in the order of customers, so that two
 * batches never wait for each other crosswise. Answers the items as they stand.
 */
export async function claimItems(tx: Tx, items: readonly NewItem[]): Promise<ItemWithLevel[]> {
  if (items.length === 0) return []
  const rows = items.map(toRow)
  const entries = items.flatMap((item) =>
    item.credits.map(({ account, amount }) => ({ id: newId(), item_id: item.id, account, amount })),
  )
  await sql`
    with item as (
      select * from json_to_recordset(${JSON.stringify(rows)}) as item(
        id uuid, customer_id uuid, kind text, invoice_id uuid, charge_kind text, notice_id uuid, sequence int, currency text,
        due_date date, claim_date date, amount bigint, happening text, source_kind text, source_id uuid, origin text)
    ), claimed as (
      insert into open_item (tenant_id, id, customer_id, kind, invoice_id, charge_kind, notice_id, sequence, currency, due_date, claim_date, total_amount, open_amount, created_at)
      select ${tx.tenant.id}, id, customer_id, kind, invoice_id, charge_kind, notice_id, sequence, currency, due_date, claim_date, amount, amount, ${tx.now}
      from item
    ), watched as (
      insert into item_watch (tenant_id, item_id, customer_id, next_look_date)
      select ${tx.tenant.id}, id, customer_id, ${lookAfterMove(tx)} from item
    ), entered as (
      insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount, debit_account, debit_customer_id, credit_account, item_id, due_date, source_kind, source_id, origin)
      select ${tx.tenant.id}, entry.id, item.happening, item.claim_date, ${postingDate(tx, sql`item.claim_date`)}, ${tx.now}, item.currency, entry.amount, 'receivable', item.customer_id, entry.account, item.id, item.due_date, item.source_kind, item.source_id, item.origin
      from json_to_recordset(${JSON.stringify(entries)}) as entry(id uuid, item_id uuid, account text, amount bigint)
      join item on item.id = entry.item_id
    )
    insert into customer_balance (tenant_id, customer_id, currency, open_amount)
    select ${tx.tenant.id}, customer_id, currency, sum(amount) from item
    group by customer_id, currency
    order by customer_id, currency
    on conflict (tenant_id, customer_id, currency)
    do update set open_amount = customer_balance.open_amount + excluded.open_amount
  `.execute(tx.db)
  return items.map((item) => claimed(tx, item))
}

const toRow = (item: NewItem) => ({
  id: item.id,
  customer_id: item.customerId,
  kind: item.kind,
  invoice_id: item.invoiceId,
  charge_kind: item.chargeKind,
  notice_id: item.noticeId,
  sequence: item.sequence,
  currency: item.currency,
  due_date: item.dueDate,
  claim_date: item.claimDate,
  amount: item.credits.reduce((total, { amount }) => total + amount, 0),
  happening: item.happening,
  source_kind: item.source.kind,
  source_id: item.source.id,
  origin: item.origin,
})

/** A new item as its row reads, without reading it. */
function claimed(tx: Tx, item: NewItem): ItemWithLevel {
  const amount = item.credits.reduce((total, credit) => total + credit.amount, 0)
  return {
    tenant_id: tx.tenant.id,
    id: item.id,
    customer_id: item.customerId,
    kind: item.kind,
    invoice_id: item.invoiceId,
    charge_kind: item.chargeKind,
    notice_id: item.noticeId,
    sequence: item.sequence,
    currency: item.currency,
    due_date: item.dueDate,
    claim_date: item.claimDate,
    total_amount: amount,
    open_amount: amount,
    paid_amount: 0,
    credited_amount: 0,
    voided_amount: 0,
    written_off_amount: 0,
    discounted_amount: 0,
    deducted_amount: 0,
    deposit_amount: 0,
    waived_amount: 0,
    created_at: tx.now,
    level: 0,
  }
}

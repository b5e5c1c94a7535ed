import { type Expression, sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { Asking } from '../foundation/database/glance.ts'
import {
  newestFirst,
  type Order,
  type Page,
  type Paged,
  pageOf,
} from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { LedgerEntryRow, LedgerSettingsRow, OpenItemRow } from './table.ts'

/** An open item and how far dunning has escalated it. */
export type ItemWithLevel = OpenItemRow & { level: number }

/** The items of some invoices (`any` takes their ids as well as a query for them), in the order of their instalments. */
export const itemsOfInvoices = (
  reader: Asking | Reader,
  invoiceIds: readonly string[] | Expression<{ id: string }>,
) =>
  itemsWithLevel(reader)
    .where('invoice_id', '=', sql<string>`any(${invoiceIds})`)
    .orderBy('invoice_id')
    .orderBy('sequence')

/** The item with its level, or `open_item_not_found`. */
export async function requireItem(reader: Reader, id: string): Promise<ItemWithLevel> {
  const item = await itemsWithLevel(reader).where('open_item.id', '=', id).executeTakeFirst()
  if (item === undefined) throw new Problem('open_item_not_found')
  return item
}

/** What the list of open items can be narrowed to. */
export interface ItemFilters extends Page {
  customer_id?: string
  invoice_id?: string
  kind?: OpenItemRow['kind']
  currency?: string
  open?: boolean
  overdue?: boolean
  due_date_gte?: string
  due_date_lte?: string
}

/** One page of open items, the earliest due date first. */
export function listItems(reader: Reader, by: ItemFilters): Promise<Paged<ItemWithLevel>> {
  let select = itemsWithLevel(reader)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.invoice_id !== undefined) select = select.where('invoice_id', '=', uuidOf(by.invoice_id))
  if (by.kind !== undefined) select = select.where('kind', '=', by.kind)
  if (by.currency !== undefined) select = select.where('currency', '=', by.currency)
  if (by.open !== undefined) select = select.where('open_amount', by.open ? '>' : '=', 0)
  if (by.overdue !== undefined) {
    const overdue = sql<boolean>`(open_amount > 0 and due_date < ${reader.today})`
    select = select.where(overdue, by.overdue ? 'is' : 'is not', true)
  }
  if (by.due_date_gte !== undefined) select = select.where('due_date', '>=', by.due_date_gte)
  if (by.due_date_lte !== undefined) select = select.where('due_date', '<=', by.due_date_lte)
  return pageOf<ItemWithLevel>(select, by, byDueDate)
}

const byDueDate: Order = { column: 'due_date', direction: 'asc', type: 'date' }

/** The items of the tenant, each with its level. */
const itemsWithLevel = ({ db, tenant }: Asking | Reader) =>
  db
    .selectFrom('open_item')
    .selectAll()
    .select(
      sql<number>`coalesce((
        select level from dunning_state as state
        where state.tenant_id = open_item.tenant_id and state.item_id = open_item.id), 0)`.as(
        'level',
      ),
    )
    .where('tenant_id', '=', tenant.id)

/** The open items among these ids, by id, whatever is still open of them. */
export async function findItems(
  { db, tenant }: Reader,
  ids: readonly string[],
): Promise<Map<string, OpenItemRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('open_item')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Locks customers for as long as the transaction lasts, in one order: whatever moves a customer's money or items goes
 * one after the other, and nothing ever waits crosswise.
 */
export async function lockCustomers(tx: Tx, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return
  await sql`
    select 1 from customer
    where tenant_id = ${tx.tenant.id} and id = any(${customerIds})
    order by id
    for no key update
  `.execute(tx.db)
}

/** The ledger can be narrowed to what concerns one thing. */
export interface EntryFilters extends Page {
  customer_id?: string
  item_id?: string
  source_id?: string
  effective_date_gte?: string
  effective_date_lte?: string
}

const byRecording: Order = { ...newestFirst, column: 'recorded_at' }

/** One page of ledger entries, the latest recorded first. */
export function listEntries(
  { db, tenant }: Reader,
  by: EntryFilters,
): Promise<Paged<LedgerEntryRow>> {
  let select = db.selectFrom('ledger_entry').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined) {
    const id = uuidOf(by.customer_id)
    select = select.where((entry) =>
      entry.or([entry('debit_customer_id', '=', id), entry('credit_customer_id', '=', id)]),
    )
  }
  if (by.item_id !== undefined) select = select.where('item_id', '=', uuidOf(by.item_id))
  if (by.source_id !== undefined) select = select.where('source_id', '=', uuidOf(by.source_id))
  if (by.effective_date_gte !== undefined)
    select = select.where('effective_date', '>=', by.effective_date_gte)
  if (by.effective_date_lte !== undefined)
    select = select.where('effective_date', '<=', by.effective_date_lte)
  return pageOf<LedgerEntryRow>(select, by, byRecording)
}

/** How the tenant keeps its books; undefined as long as it has not said anything. */
export const findSettings = ({ db, tenant }: Reader): Promise<LedgerSettingsRow | undefined> =>
  db.selectFrom('ledger_settings').selectAll().where('tenant_id', '=', tenant.id).executeTakeFirst()

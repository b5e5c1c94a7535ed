import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
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

/** The items of some invoices, in the order of their instalments. */
export function itemsOfInvoices(
  { db, tenant }: Reader,
  invoiceIds: readonly string[],
): Promise<ItemWithLevel[]> {
  return db
    .selectFrom('open_item')
    .leftJoin('dunning_state', (join) =>
      join
        .onRef('dunning_state.tenant_id', '=', 'open_item.tenant_id')
        .onRef('dunning_state.item_id', '=', 'open_item.id'),
    )
    .selectAll('open_item')
    .select(sql<number>`coalesce(dunning_state.level, 0)`.as('level'))
    .where('open_item.tenant_id', '=', tenant.id)
    .where('open_item.invoice_id', '=', sql<string>`any(${invoiceIds})`)
    .orderBy('open_item.invoice_id')
    .orderBy('open_item.sequence')
    .execute()
}

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

/** The open item, or `open_item_not_found`. */
export async function requireItem({ db, tenant }: Reader, id: string): Promise<OpenItemRow> {
  const item = await db
    .selectFrom('open_item')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (item === undefined) throw new Problem('open_item_not_found')
  return item
}

/**
 * Locks customers for as long as the transaction lasts, in one order: whatever moves a customer's money or items goes
 * one after the other, and nothing ever waits crosswise. New invoices need no lock; they only add.
 */
export async function lockCustomers(tx: Tx, customerIds: readonly string[]): Promise<void> {
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

import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type {
  BatchRow,
  BatchStatus,
  DebitItemRow,
  DebitRow,
  DebitStatus,
  MandateRow,
  SettingsRow,
} from './table.ts'

/** A debit and what it is to settle. */
export interface DebitWithItems {
  debit: DebitRow
  items: (DebitItemRow & { invoice_id: string | null })[]
}

/** The creditor's own data, where they are set. */
export const findSettings = ({ db, tenant }: Reader): Promise<SettingsRow | undefined> =>
  db
    .selectFrom('direct_debit_settings')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .executeTakeFirst()

/** The creditor's own data, or `direct_debit_settings_not_found`. */
export async function requireSettings(reader: Reader): Promise<SettingsRow> {
  const settings = await findSettings(reader)
  if (settings === undefined) throw new Problem('direct_debit_settings_not_found')
  return settings
}

/** The mandate, or `mandate_not_found`. */
export async function requireMandate({ db, tenant }: Reader, id: string): Promise<MandateRow> {
  const mandate = await db
    .selectFrom('mandate')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (mandate === undefined) throw new Problem('mandate_not_found')
  return mandate
}

/** The mandates of some debits, by id. */
export async function mandatesOf(
  { db, tenant }: Reader,
  debits: readonly Pick<DebitRow, 'mandate_id'>[],
): Promise<Map<string, MandateRow>> {
  const rows = await db
    .selectFrom('mandate')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${debits.map(({ mandate_id }) => mandate_id)})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The debit, or `direct_debit_not_found`. */
export async function requireDebit({ db, tenant }: Reader, id: string): Promise<DebitRow> {
  const debit = await db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (debit === undefined) throw new Problem('direct_debit_not_found')
  return debit
}

/** The debit whose money a payment is; undefined for any other payment. */
export const debitOfPayment = (
  { db, tenant }: Reader,
  paymentId: string,
): Promise<DebitRow | undefined> =>
  db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()

/** The batch, or `debit_batch_not_found`. */
export async function requireBatch({ db, tenant }: Reader, id: string): Promise<BatchRow> {
  const batch = await db
    .selectFrom('debit_batch')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (batch === undefined) throw new Problem('debit_batch_not_found')
  return batch
}

/** Puts its items beside each debit, in one query for all of them. */
export async function withItems(
  { db, tenant }: Reader,
  debits: readonly DebitRow[],
): Promise<DebitWithItems[]> {
  if (debits.length === 0) return []
  const { rows } = await sql<DebitWithItems['items'][number]>`
    select part.*, item.invoice_id
    from direct_debit_item as part
    join open_item as item on item.tenant_id = part.tenant_id and item.id = part.item_id
    where part.tenant_id = ${tenant.id} and part.direct_debit_id = any(${debits.map(({ id }) => id)})
    order by part.direct_debit_id, item.due_date, item.id
  `.execute(db)
  const results = new Map(
    debits.map((debit): [string, DebitWithItems] => [debit.id, { debit, items: [] }]),
  )
  for (const row of rows) results.get(row.direct_debit_id)?.items.push(row)
  return [...results.values()]
}

export interface MandateFilters extends Page {
  customer_id?: string
  reference?: string
  status?: MandateRow['status'][]
}

/** One page of mandates, the newest first. */
export function listMandates(
  { db, tenant }: Reader,
  by: MandateFilters,
): Promise<Paged<MandateRow>> {
  let select = db.selectFrom('mandate').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.reference !== undefined)
    select = select.where(sql<string>`upper(reference)`, '=', by.reference.toUpperCase())
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'active'>`any(${by.status})`)
  return pageOf<MandateRow>(select, by, newestFirst)
}

export interface DebitFilters extends Page {
  customer_id?: string
  mandate_id?: string
  batch_id?: string
  status?: DebitStatus[]
}

/** One page of debits with their items, the newest first. */
export async function listDebits(reader: Reader, by: DebitFilters): Promise<Paged<DebitWithItems>> {
  let select = reader.db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
  for (const column of ['customer_id', 'mandate_id', 'batch_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(column, '=', uuidOf(id))
  }
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'scheduled'>`any(${by.status})`)
  const page = await pageOf<DebitRow>(select, by, newestFirst)
  return { rows: await withItems(reader, page.rows), nextCursor: page.nextCursor }
}

/** One page of batches, the newest first. */
export function listBatches(
  { db, tenant }: Reader,
  by: Page & { status?: BatchStatus[] },
): Promise<Paged<BatchRow>> {
  let select = db.selectFrom('debit_batch').selectAll().where('tenant_id', '=', tenant.id)
  if (by.status !== undefined) select = select.where('status', '=', sql<'open'>`any(${by.status})`)
  return pageOf<BatchRow>(select, by, newestFirst)
}

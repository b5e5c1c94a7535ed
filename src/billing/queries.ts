import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import type { Answers, Asking } from '../foundation/database/glance.ts'
import {
  newestFirst,
  type Order,
  type Page,
  type Paged,
  pageFrom,
  pageQuestion,
} from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { type ItemWithLevel, itemsOfInvoices } from '../ledger/queries.ts'
import type { CreditNoteRow, InvoiceRow } from './table.ts'

/** An invoice and its open items. */
export interface InvoiceWithItems {
  invoice: InvoiceRow
  items: ItemWithLevel[]
}

/** Puts its items beside each invoice, in one query for all of them. */
export async function withItems(
  reader: Reader,
  invoices: readonly InvoiceRow[],
): Promise<InvoiceWithItems[]> {
  const items =
    invoices.length === 0
      ? []
      : await itemsOfInvoices(
          reader,
          invoices.map(({ id }) => id),
        ).execute()
  return besideInvoices(invoices, items)
}

/** Puts items that are known beside their invoices. */
export function besideInvoices(
  invoices: readonly InvoiceRow[],
  items: readonly ItemWithLevel[],
): InvoiceWithItems[] {
  const byInvoice = new Map<string, ItemWithLevel[]>(invoices.map(({ id }) => [id, []]))
  for (const item of items) byInvoice.get(item.invoice_id as string)?.push(item)
  return invoices.map((invoice) => ({ invoice, items: byInvoice.get(invoice.id) ?? [] }))
}

/** The invoices among these ids. */
const invoicesOf = ({ db, tenant }: Asking | Reader, ids: readonly string[]) =>
  db
    .selectFrom('invoice')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)

/** The invoices among these ids, by id. */
export async function findInvoices(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, InvoiceRow>> {
  if (ids.length === 0) return new Map()
  const rows = await invoicesOf(reader, ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** What is asked to show an invoice. */
export const invoiceQuestions = (asking: Asking, id: string) =>
  [invoicesOf(asking, [id]), itemsOfInvoices(asking, [id])] as const

/** The invoice of the answers, or `invoice_not_found`. */
export function invoiceFrom([[invoice], items]: Answers<
  ReturnType<typeof invoiceQuestions>
>): InvoiceWithItems {
  if (invoice === undefined) throw new Problem('invoice_not_found')
  return { invoice, items }
}

/** What credit notes have taken back of some invoices, used or not, by invoice. */
export async function creditedOf(
  { db, tenant }: Reader,
  invoiceIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('credit_note')
    .select(['invoice_id', sql<number>`sum(total_amount)::bigint`.as('amount')])
    .where('tenant_id', '=', tenant.id)
    .where('invoice_id', '=', sql<string>`any(${invoiceIds})`)
    .groupBy('invoice_id')
    .execute()
  return new Map(rows.map(({ invoice_id, amount }) => [invoice_id as string, amount]))
}

/** The invoice, or `invoice_not_found`. */
export async function requireInvoice(reader: Reader, id: string): Promise<InvoiceRow> {
  const invoice = (await findInvoices(reader, [id])).get(id)
  if (invoice === undefined) throw new Problem('invoice_not_found')
  return invoice
}

/** What the list of invoices can be narrowed to. */
export interface InvoiceFilters extends Page {
  status?: InvoiceRow['status'][]
  overdue?: boolean
  customer_id?: string
  external_id?: string
  number?: string
  due_date_gte?: string
  due_date_gt?: string
  due_date_lte?: string
  due_date_lt?: string
  issue_date_gte?: string
  issue_date_lte?: string
  updated_at_gte?: string
  sort?: string
}

const orders: Record<string, Order> = {
  '-created_at': newestFirst,
  created_at: { ...newestFirst, direction: 'asc' },
  due_date: { column: 'due_date', direction: 'asc', type: 'date' },
  '-due_date': { column: 'due_date', direction: 'desc', type: 'date' },
  issue_date: { column: 'issue_date', direction: 'asc', type: 'date' },
  '-issue_date': { column: 'issue_date', direction: 'desc', type: 'date' },
}

const comparisons = [
  ['due_date_gte', 'due_date', '>='],
  ['due_date_gt', 'due_date', '>'],
  ['due_date_lte', 'due_date', '<='],
  ['due_date_lt', 'due_date', '<'],
  ['issue_date_gte', 'issue_date', '>='],
  ['issue_date_lte', 'issue_date', '<='],
  ['updated_at_gte', 'updated_at', '>='],
  ['external_id', 'external_id', '='],
  ['number', 'number', '='],
] as const

/** The invoices that pass the filters. */
function filtered(
  { db, tenant, today }: Asking | Reader,
  by: Omit<InvoiceFilters, keyof Page | 'sort'>,
) {
  let select = db.selectFrom('invoice').where('tenant_id', '=', tenant.id)
  for (const [filter, column, operator] of comparisons) {
    const value = by[filter]
    if (value !== undefined) select = select.where(column, operator, value)
  }
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'issued'>`any(${by.status})`)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.overdue === true)
    select = select.where('open_amount', '>', 0).where('earliest_open_due_date', '<', today)
  if (by.overdue === false) {
    select = select.where((invoice) =>
      invoice.or([invoice('open_amount', '=', 0), invoice('earliest_open_due_date', '>=', today)]),
    )
  }
  return select
}

const orderOf = ({ sort = '-created_at' }: InvoiceFilters): Order => orders[sort] as Order

/** What is asked to show a page of invoices with their items. */
export function invoicePageQuestions(asking: Asking, filters: InvoiceFilters) {
  const { sort: _, ...by } = filters
  const page = pageQuestion(filtered(asking, by), by, orderOf(filters))
  return [page.selectAll(), itemsOfInvoices(asking, page.select('id'))] as const
}

/** The page of invoices that the answers make. */
export function invoicePageFrom(
  [invoices, items]: Answers<ReturnType<typeof invoicePageQuestions>>,
  filters: InvoiceFilters,
): Paged<InvoiceWithItems> {
  const { sort: _, ...by } = filters
  const { rows, nextCursor } = pageFrom(invoices, by, orderOf(filters))
  return { rows: besideInvoices(rows, items), nextCursor }
}

/** Counts and sums of invoices that share a status and a currency. */
export interface InvoiceSummaryRow {
  status: InvoiceRow['status']
  currency: string
  count: number
  total_amount: number
  open_amount: number
  overdue_amount: number
}

/** Counts and sums of the invoices that pass the filters, by status and currency. */
export const summarizeInvoices = (
  reader: Reader,
  by: Omit<InvoiceFilters, keyof Page | 'sort'>,
): Promise<InvoiceSummaryRow[]> =>
  filtered(reader, by)
    .select(['status', 'currency'])
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`sum(total_amount)::bigint`.as('total_amount'),
      sql<number>`sum(open_amount)::bigint`.as('open_amount'),
      sql<number>`coalesce(sum(open_amount) filter (where earliest_open_due_date < ${reader.today}), 0)::bigint`.as(
        'overdue_amount',
      ),
    ])
    .groupBy(['status', 'currency'])
    .orderBy('status')
    .orderBy('currency')
    .execute()

/** What the list of credit notes can be narrowed to. */
export interface CreditNoteFilters extends Page {
  customer_id?: string
  invoice_id?: string
  external_id?: string
  number?: string
}

/** What is asked to show a page of credit notes, the newest first. */
export function creditNotePage({ db, tenant }: Asking, by: CreditNoteFilters) {
  let select = db.selectFrom('credit_note').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.invoice_id !== undefined) select = select.where('invoice_id', '=', uuidOf(by.invoice_id))
  if (by.external_id !== undefined) select = select.where('external_id', '=', by.external_id)
  if (by.number !== undefined) select = select.where('number', '=', by.number)
  return pageQuestion(select, by, newestFirst)
}

/** The page of credit notes that the answer makes. */
export const creditNotePageFrom = (
  notes: readonly CreditNoteRow[],
  by: CreditNoteFilters,
): Paged<CreditNoteRow> => pageFrom(notes, by, newestFirst)

/** The credit note of an id. */
export const creditNoteOf = ({ db, tenant }: Asking | Reader, id: string) =>
  db.selectFrom('credit_note').selectAll().where('tenant_id', '=', tenant.id).where('id', '=', id)

/** The credit note, or `credit_note_not_found`. */
export const requireCreditNote = async (reader: Reader, id: string): Promise<CreditNoteRow> =>
  creditNoteFrom(await creditNoteOf(reader, id).execute())

/** The credit note of the answer, or `credit_note_not_found`. */
export function creditNoteFrom([note]: CreditNoteRow[]): CreditNoteRow {
  if (note === undefined) throw new Problem('credit_note_not_found')
  return note
}

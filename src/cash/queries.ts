import { sql } from 'kysely'
import { type CalendarDate, laterOf } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { Claim } from './claim.ts'
import type { AllocationRow, AllocationWithDeductions, PaymentRow } from './table.ts'

/** A payment and the allocations that stand. */
export interface PaymentWithAllocations {
  payment: PaymentRow
  allocations: AllocationWithDeductions[]
}

/** What the open items of some customers claim, oldest due date first, with what allocation knows of their invoices. */
export async function claimsOfCustomers(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select item.id, item.customer_id, item.currency, item.invoice_id, item.kind, item.charge_kind, item.due_date,
      item.open_amount, item.discounted_amount,
      item.total_amount - item.credited_amount - item.written_off_amount as discountable_amount,
      invoice.number, invoice.creditor_reference,
      coalesce(invoice.early_payment_discounts, '[]') as early_payment_discounts,
      coalesce(invoice.tax_amount, 0) as invoice_tax_amount,
      coalesce(invoice.total_amount, item.total_amount) as invoice_total_amount
    from open_item as item
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    where item.tenant_id = ${tenant.id} and item.customer_id = any(${customerIds}) and item.open_amount > 0
    order by item.due_date, item.created_at, item.id
  `.execute(db)
  return rows
}

/** Puts what was deducted beside each allocation, in one query for all of them. */
export async function withDeductions(
  { db, tenant }: Reader,
  allocations: readonly AllocationRow[],
): Promise<AllocationWithDeductions[]> {
  const ids = allocations.map(({ id }) => id)
  const deductions =
    ids.length === 0
      ? []
      : await db
          .selectFrom('deduction')
          .selectAll()
          .where('tenant_id', '=', tenant.id)
          .where('allocation_id', '=', sql<string>`any(${ids})`)
          .orderBy('id')
          .execute()
  return allocations.map((allocation) => ({
    ...allocation,
    deductions: deductions.filter(({ allocation_id }) => allocation_id === allocation.id),
  }))
}

/** The allocation, or `allocation_not_found`. */
export async function requireAllocation(
  reader: Reader,
  id: string,
): Promise<AllocationWithDeductions> {
  const row = await reader.db
    .selectFrom('allocation')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('allocation_not_found')
  const [allocation] = (await withDeductions(reader, [row])) as [AllocationWithDeductions]
  return allocation
}

/** What the list of allocations can be narrowed to. */
export interface AllocationFilters extends Page {
  payment_id?: string
  credit_note_id?: string
  customer_id?: string
  invoice_id?: string
  item_id?: string
  undone?: boolean
}

/** One page of allocations, the newest first. */
export async function listAllocations(
  reader: Reader,
  by: AllocationFilters,
): Promise<Paged<AllocationWithDeductions>> {
  let select = reader.db
    .selectFrom('allocation')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
  for (const of of [
    'payment_id',
    'credit_note_id',
    'customer_id',
    'invoice_id',
    'item_id',
  ] as const) {
    const id = by[of]
    if (id !== undefined) select = select.where(of, '=', uuidOf(id))
  }
  if (by.undone !== undefined)
    select = select.where('undone_date', by.undone ? 'is not' : 'is', null)
  const page = await pageOf<AllocationRow>(select, by, newestFirst)
  return { rows: await withDeductions(reader, page.rows), nextCursor: page.nextCursor }
}

/** The allocations that stand of some payments or credit notes. */
export async function allocationsOf(
  reader: Reader,
  of: 'payment_id' | 'credit_note_id',
  ids: readonly string[],
): Promise<AllocationWithDeductions[]> {
  if (ids.length === 0) return []
  const rows = await reader.db
    .selectFrom('allocation')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where(of, '=', sql<string>`any(${ids})`)
    .where('undone_date', 'is', null)
    .orderBy('id')
    .execute()
  return withDeductions(reader, rows)
}

/** Puts its allocations beside each payment, in one query for all of them. */
export async function withAllocations(
  reader: Reader,
  payments: readonly PaymentRow[],
): Promise<PaymentWithAllocations[]> {
  const ids = payments.map(({ id }) => id)
  const allocations = await allocationsOf(reader, 'payment_id', ids)
  return payments.map((payment) => ({
    payment,
    allocations: allocations.filter(({ payment_id }) => payment_id === payment.id),
  }))
}

/** The payments among these ids, by id. */
export async function findPayments(
  { db, tenant }: Reader,
  ids: readonly string[],
): Promise<Map<string, PaymentRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The payment, or `payment_not_found`. */
export async function requirePayment(reader: Reader, id: string): Promise<PaymentRow> {
  const payment = (await findPayments(reader, [id])).get(id)
  if (payment === undefined) throw new Problem('payment_not_found')
  return payment
}

/**
 * The day from which the unallocated money of a payment or credit note can be used: the day it came, or the last day on
 * which an allocation of it was undone. Used before that, on some day more would have been used than was there.
 */
export async function usableFrom(
  { db, tenant }: Reader,
  sourceId: string,
  date: CalendarDate,
): Promise<CalendarDate> {
  const { last } = await db
    .selectFrom('ledger_entry')
    .select(sql<CalendarDate | null>`max(effective_date)`.as('last'))
    .where('tenant_id', '=', tenant.id)
    .where('source_id', '=', sourceId)
    .where('undoes_id', 'is not', null)
    .where('credit_account', '=', 'unallocated')
    .executeTakeFirstOrThrow()
  return last === null ? date : laterOf(date, last)
}

/** What the list of payments can be narrowed to. */
export interface PaymentFilters extends Page {
  customer_id?: string
  external_id?: string
  end_to_end_id?: string
  status?: PaymentRow['status'][]
  unallocated?: boolean
  received_date_gte?: string
  received_date_lte?: string
}

/** One page of payments with their allocations, the newest first. */
export async function listPayments(
  reader: Reader,
  by: PaymentFilters,
): Promise<Paged<PaymentWithAllocations>> {
  const { db, tenant } = reader
  let select = db.selectFrom('payment').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.external_id !== undefined) select = select.where('external_id', '=', by.external_id)
  if (by.end_to_end_id !== undefined) select = select.where('end_to_end_id', '=', by.end_to_end_id)
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'received'>`any(${by.status})`)
  if (by.unallocated !== undefined)
    select = select.where('unallocated_amount', by.unallocated ? '>' : '=', 0)
  if (by.received_date_gte !== undefined)
    select = select.where('received_date', '>=', by.received_date_gte)
  if (by.received_date_lte !== undefined)
    select = select.where('received_date', '<=', by.received_date_lte)
  const page = await pageOf<PaymentRow>(select, by, newestFirst)
  return { rows: await withAllocations(reader, page.rows), nextCursor: page.nextCursor }
}

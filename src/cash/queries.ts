import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { Claim } from './allocation.ts'
import type { AllocationRow, PaymentRow } from './table.ts'

/** A payment and the allocations that stand. */
export interface PaymentWithAllocations {
  payment: PaymentRow
  allocations: AllocationRow[]
}

/** What the open items of some customers claim, oldest due date first, with the numbers of their invoices. */
export async function claimsOfCustomers(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<(Claim & { customer_id: string; currency: string })[]> {
  const { rows } = await sql<Claim & { customer_id: string; currency: string }>`
    select item.id, item.customer_id, item.currency, item.invoice_id, item.due_date, item.open_amount, invoice.number
    from open_item as item
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    where item.tenant_id = ${tenant.id} and item.customer_id = any(${customerIds}) and item.open_amount > 0
    order by item.due_date, item.created_at, item.id
  `.execute(db)
  return rows
}

/** The allocations that stand of some payments. */
export async function allocationsOf(
  { db, tenant }: Reader,
  paymentIds: readonly string[],
): Promise<AllocationRow[]> {
  if (paymentIds.length === 0) return []
  return db
    .selectFrom('allocation')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('payment_id', '=', sql<string>`any(${paymentIds})`)
    .where('undone_date', 'is', null)
    .orderBy('id')
    .execute()
}

/** Puts its allocations beside each payment, in one query for all of them. */
export async function withAllocations(
  reader: Reader,
  payments: readonly PaymentRow[],
): Promise<PaymentWithAllocations[]> {
  const allocations = await allocationsOf(
    reader,
    payments.map(({ id }) => id),
  )
  return payments.map((payment) => ({
    payment,
    allocations: allocations.filter(({ payment_id }) => payment_id === payment.id),
  }))
}

/** The payment, or `payment_not_found`. */
export async function requirePayment({ db, tenant }: Reader, id: string): Promise<PaymentRow> {
  const payment = await db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (payment === undefined) throw new Problem('payment_not_found')
  return payment
}

/** What the list of payments can be narrowed to. */
export interface PaymentFilters extends Page {
  customer_id?: string
  external_id?: string
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

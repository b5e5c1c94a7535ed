import { type RawBuilder, sql } from 'kysely'
import { addDays, type CalendarDate, type Instant } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { balancesAt, countsAt, type PointInTime } from '../ledger/balances.ts'
import type { SourceKind } from '../ledger/table.ts'

/** One customer, one currency, one period. */
export interface StatementQuestion {
  customerId: string
  currency: string
  fromDate: CalendarDate
  toDate: CalendarDate
  knownAt: Instant | null
}

/** A movement of the customer's account: positive is owed to us. */
export interface StatementMovement {
  date: CalendarDate
  happening: string
  source_kind: SourceKind
  source_id: string
  document_number: string | null
  amount: number
}

/** What of a document is open at the end: an item, or (negative) money and credit that is not allocated. */
export interface StatementItem {
  kind: 'open_item' | 'payment' | 'credit_note'
  id: string
  document_number: string | null
  date: CalendarDate
  due_date: CalendarDate | null
  total_amount: number
  open_amount: number
}

/** What was open at two points in time, net of what is unallocated. */
export async function openingAndClosing(
  reader: Reader,
  { customerId, currency, fromDate, toDate, knownAt }: StatementQuestion,
): Promise<{ opening: number; closing: number }> {
  const netAt = async (asOf: CalendarDate): Promise<number> => {
    const balances = await balancesAt(reader, customerId, { asOf, knownAt })
    const own = balances.find((balance) => balance.currency === currency)
    return own === undefined ? 0 : own.open_amount - own.unallocated_amount
  }
  return { opening: await netAt(addDays(fromDate, -1)), closing: await netAt(toDate) }
}

/**
 * What changed what the customer owes on balance, in the order in which it counts: one line per document and
 * happening. Allocations, and their undoing, move money to an item and change nothing on balance.
 */
export async function movementsOf(
  { db, tenant }: Reader,
  { customerId, currency, fromDate, toDate, knownAt }: StatementQuestion,
): Promise<StatementMovement[]> {
  const point = { asOf: toDate, knownAt }
  const { rows } = await sql<StatementMovement>`
    with side as (${sidesOf(tenant.id, customerId, currency, point)}), movement as (
      select effective_date as date, happening, source_kind, source_id, sum(amount)::bigint as amount,
        min(recorded_at) as recorded_at, min(id::text) as first_id
      from side where effective_date >= ${fromDate}
      group by effective_date, happening, source_kind, source_id having sum(amount) <> 0
    )
    select movement.date, happening, source_kind, source_id, movement.amount,
      coalesce(invoice.number, note.number, payment.reference, of_write_off.number) as document_number
    from movement
    left join invoice on invoice.tenant_id = ${tenant.id} and invoice.id = movement.source_id
    left join credit_note as note on note.tenant_id = ${tenant.id} and note.id = movement.source_id
    left join payment on payment.tenant_id = ${tenant.id} and payment.id = movement.source_id
    left join write_off on write_off.tenant_id = ${tenant.id} and write_off.id = movement.source_id
    left join invoice as of_write_off on of_write_off.tenant_id = ${tenant.id} and of_write_off.id = write_off.invoice_id
    order by movement.date, recorded_at, first_id
  `.execute(db)
  return rows
}

/** What is open at the end of the period, by document, oldest due date first; then money that is not allocated. */
export async function openDocuments(
  { db, tenant }: Reader,
  { customerId, currency, toDate, knownAt }: StatementQuestion,
): Promise<StatementItem[]> {
  const point = { asOf: toDate, knownAt }
  const { rows } = await sql<StatementItem>`
    with side as (${sidesOf(tenant.id, customerId, currency, point)}), claim as (
      select item_id as id, sum(amount)::bigint as open_amount from side
      where account = 'receivable' group by item_id having sum(amount) <> 0
    ), money as (
      select money_id as id, sum(amount)::bigint as open_amount from side
      where account = 'unallocated' group by money_id having sum(amount) <> 0
    )
    select 'open_item' as kind, item.id, invoice.number as document_number, item.claim_date as date, item.due_date,
      item.total_amount, claim.open_amount
    from claim
    join open_item as item on item.tenant_id = ${tenant.id} and item.id = claim.id
    left join invoice on invoice.tenant_id = ${tenant.id} and invoice.id = item.invoice_id
    union all
    select case when note.id is null then 'payment' else 'credit_note' end, money.id, coalesce(note.number, payment.reference),
      coalesce(note.issue_date, payment.received_date), null, -coalesce(note.total_amount, payment.amount), money.open_amount
    from money
    left join payment on payment.tenant_id = ${tenant.id} and payment.id = money.id
    left join credit_note as note on note.tenant_id = ${tenant.id} and note.id = money.id
    order by due_date nulls last, date, id
  `.execute(db)
  return rows
}

/**
 * The entries of a customer's account at a point in time, each side with its sign: what is owed counts up, what we keep
 * counts down. `money_id` is the payment or credit note whose unallocated money moves; what is transferred to another
 * customer leaves the payment it came from.
 */
const sidesOf = (
  tenantId: string,
  customerId: string,
  currency: string,
  point: PointInTime,
): RawBuilder<unknown> => sql`
  select id, effective_date, recorded_at, happening, source_kind, source_id, item_id, debit_account as account, amount,
    case when source_kind <> 'transfer' then source_id else (
      select transferred_from_id from payment where payment.tenant_id = ${tenantId} and payment.id = source_id) end as money_id
  from ledger_entry
  where tenant_id = ${tenantId} and debit_customer_id = ${customerId} and currency = ${currency}
    and debit_account in ('receivable', 'unallocated') and ${countsAt(point)}
  union all
  select id, effective_date, recorded_at, happening, source_kind, source_id, item_id, credit_account, -amount, source_id
  from ledger_entry
  where tenant_id = ${tenantId} and credit_customer_id = ${customerId} and currency = ${currency}
    and credit_account in ('receivable', 'unallocated') and ${countsAt(point)}`

import { sql } from 'kysely'
import { addDays, type CalendarDate, earliestOf } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import type { CoveringHold } from '../evaluate.ts'
import type { HoldRow } from '../table.ts'
import type { CustomerHistory, HistoricItem } from './history.ts'
import { type EntryFacts, loadEntries, loadUnallocated } from './load-entries.ts'
import type { SimulationRow } from './table.ts'

/** Customers whose past is in memory at one time. */
const CUSTOMERS_PER_BATCH = 100

/** The past of the next customers that had anything to pay by the end of the simulation, as it was known then. */
export async function nextHistories(
  reader: Reader,
  simulation: SimulationRow,
): Promise<CustomerHistory[]> {
  const customerIds = await nextCustomers(reader, simulation)
  if (customerIds.length === 0) return []
  const [items, entries, unallocated, holds, contacts] = await Promise.all([
    loadItems(reader, simulation, customerIds),
    loadEntries(reader, simulation, customerIds),
    loadUnallocated(reader, simulation, customerIds),
    loadHolds(reader, simulation, customerIds),
    loadContacts(reader, simulation, customerIds),
  ])
  const itemsOf = groupBy(items, ({ customer_id }) => customer_id)
  const entriesOf = groupBy(entries, ({ item_id }) => item_id)
  const unallocatedOf = groupBy(unallocated, ({ customer_id }) => customer_id)
  const holdsOf = groupBy(holds, ({ customer_id }) => customer_id)
  const contactsOf = groupBy(contacts, ({ customer_id }) => customer_id)
  return customerIds.map((customerId) => ({
    customerId,
    items: (itemsOf.get(customerId) ?? []).map((item) =>
      historyOf(item, entriesOf.get(item.id) ?? [], holdsOf.get(customerId) ?? []),
    ),
    unallocated: groupBy(unallocatedOf.get(customerId) ?? [], ({ currency }) => currency),
    contacts: (contactsOf.get(customerId) ?? []).map(({ date }) => date),
  }))
}

const isPrincipal = sql`(item.kind = 'invoice' or item.charge_kind = 'returned_payment')`

async function nextCustomers(
  { db, tenant }: Reader,
  { after_customer_id, to_date }: SimulationRow,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from customer
    where tenant_id = ${tenant.id} and id > coalesce(${after_customer_id}::uuid, '00000000-0000-0000-0000-000000000000')
      and exists (
        select 1 from open_item as item
        where item.tenant_id = ${tenant.id} and item.customer_id = customer.id and ${isPrincipal} and item.claim_date <= ${to_date})
    order by id
    limit ${CUSTOMERS_PER_BATCH}
  `.execute(db)
  return rows.map(({ id }) => id)
}

/** How many customers a simulation looks at. */
export async function countCustomers({ db, tenant }: Reader, to: CalendarDate): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct customer_id) as count from open_item as item
    where tenant_id = ${tenant.id} and ${isPrincipal} and claim_date <= ${to}
  `.execute(db)
  return (rows[0] as { count: number }).count
}

interface ItemFacts {
  id: string
  customer_id: string
  invoice_id: string | null
  currency: string
  due_date: CalendarDate
}

async function loadItems(
  { db, tenant }: Reader,
  { to_date }: SimulationRow,
  customerIds: readonly string[],
): Promise<ItemFacts[]> {
  const { rows } = await sql<ItemFacts>`
    select id, customer_id, invoice_id, currency, due_date from open_item as item
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds}) and ${isPrincipal} and claim_date <= ${to_date}
    order by customer_id, currency, due_date, id
  `.execute(db)
  return rows
}

/** Holds as they were, lifted ones too, as far as they had been made when the simulation was asked for. */
const loadHolds = (
  { db, tenant }: Reader,
  { known_at }: SimulationRow,
  customerIds: readonly string[],
): Promise<HoldRow[]> =>
  db
    .selectFrom('dunning_hold')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('created_at', '<=', known_at)
    .orderBy('id')
    .execute()

async function loadContacts(
  { db, tenant }: Reader,
  { known_at }: SimulationRow,
  customerIds: readonly string[],
): Promise<{ customer_id: string; date: CalendarDate }[]> {
  const { rows } = await sql<{ customer_id: string; date: CalendarDate }>`
    select customer_id, occurred_date as date from activity
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds}) and collection and cancelled_date is null
      and created_at <= ${known_at}
    order by customer_id, occurred_date
  `.execute(db)
  return rows
}

const historyOf = (
  { id, currency, due_date, invoice_id }: ItemFacts,
  entries: readonly EntryFacts[],
  holds: readonly HoldRow[],
): HistoricItem => ({
  id,
  currency,
  dueDate: due_date,
  movements: entries.map(({ seen_date, amount }) => ({ date: seen_date, amount })),
  money: entries
    .filter(({ is_money }) => is_money)
    .map(({ date, seen_date, amount }) => ({ date, seenDate: seen_date, amount: -amount })),
  holds: holds
    .filter(
      (hold) =>
        (hold.item_id === null || hold.item_id === id) &&
        (hold.invoice_id === null || hold.invoice_id === invoice_id),
    )
    .flatMap(heldDays),
})

/** The days on which a hold really kept dunning back: a lifted one up to the day before. */
function heldDays({ id, reason, from_date, until_date, lifted_date }: HoldRow): CoveringHold[] {
  const untilDate = earliestOf([until_date, lifted_date === null ? null : addDays(lifted_date, -1)])
  const wasLiftedAtOnce = untilDate !== null && untilDate < from_date
  return wasLiftedAtOnce ? [] : [{ id, reason, fromDate: from_date, untilDate }]
}

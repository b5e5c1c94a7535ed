import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import { BEFORE_ALL } from '../../foundation/id.ts'
import type { CustomerHistory } from './history.ts'
import { loadUnallocated } from './load-entries.ts'
import { isPrincipal, loadItems } from './load-items.ts'
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
  const [itemsOf, unallocated, contacts] = await Promise.all([
    loadItems(reader, simulation, customerIds),
    loadUnallocated(reader, simulation, customerIds),
    loadContacts(reader, simulation, customerIds),
  ])
  const unallocatedOf = groupBy(unallocated, ({ customer_id }) => customer_id)
  const contactsOf = groupBy(contacts, ({ customer_id }) => customer_id)
  return customerIds.map((customerId) => ({
    customerId,
    items: itemsOf.get(customerId) ?? [],
    unallocated: groupBy(unallocatedOf.get(customerId) ?? [], ({ currency }) => currency),
    contacts: (contactsOf.get(customerId) ?? []).map(({ date }) => date),
  }))
}

async function nextCustomers(
  { db, tenant }: Reader,
  { after_customer_id, to_date }: SimulationRow,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from customer
    where tenant_id = ${tenant.id} and id > ${after_customer_id ?? BEFORE_ALL}
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

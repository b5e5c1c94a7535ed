import { sql } from 'kysely'
import { addDays, earliestOf } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import type { CoveringHold } from '../evaluate.ts'
import { type ClaimedItem, claimedItemColumns } from '../law/claim-of-item.ts'
import type { HoldRow } from '../table.ts'
import type { HistoricItem } from './history.ts'
import { type EntryFacts, loadEntries } from './load-entries.ts'
import { loadDebits, loadLimits } from './load-restraints.ts'
import type { SimulationRow } from './table.ts'

/** What escalates. */
export const isPrincipal = sql`(item.kind = 'invoice' or item.charge_kind = 'returned_payment')`

/** The items of some customers that were claimed by the end of the simulation, each with its past, by customer. */
export async function loadItems(
  reader: Reader,
  simulation: SimulationRow,
  customerIds: readonly string[],
): Promise<Map<string, HistoricItem[]>> {
  const [items, entries, holds, limits, debits] = await Promise.all([
    loadFacts(reader, simulation, customerIds),
    loadEntries(reader, simulation, customerIds),
    loadHolds(reader, simulation, customerIds),
    loadLimits(reader, simulation, customerIds),
    loadDebits(reader, simulation, customerIds),
  ])
  const entriesOf = groupBy(entries, ({ item_id }) => item_id)
  const holdsOf = groupBy(holds, ({ customer_id }) => customer_id)
  const limitsOf = groupBy(limits, ({ item_id }) => item_id)
  const debitsOf = groupBy(debits, ({ item_id }) => item_id)
  const withPast = (item: ItemFacts): HistoricItem => ({
    ...historyOf(item, entriesOf.get(item.id) ?? [], holdsOf.get(item.customer_id) ?? []),
    limits: limitsOf.get(item.id) ?? [],
    debits: debitsOf.get(item.id) ?? [],
  })
  const itemsOf = groupBy(items, ({ customer_id }) => customer_id)
  return new Map([...itemsOf].map(([customerId, own]) => [customerId, own.map(withPast)]))
}

interface ItemFacts extends ClaimedItem {
  id: string
  customer_id: string
  invoice_id: string | null
  kind: 'invoice' | 'charge'
}

async function loadFacts(
  { db, tenant }: Reader,
  { to_date }: SimulationRow,
  customerIds: readonly string[],
): Promise<ItemFacts[]> {
  const { rows } = await sql<ItemFacts>`
    select item.id, item.customer_id, item.invoice_id, item.kind, ${claimedItemColumns}
    from open_item as item
    join customer on customer.tenant_id = item.tenant_id and customer.id = item.customer_id
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    where item.tenant_id = ${tenant.id} and item.customer_id = any(${customerIds}) and ${isPrincipal} and item.claim_date <= ${to_date}
    order by item.customer_id, item.currency, item.due_date, item.id
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

const historyOf = (
  { id, invoice_id, kind, ...claimed }: ItemFacts,
  entries: readonly EntryFacts[],
  holds: readonly HoldRow[],
): Omit<HistoricItem, 'limits' | 'debits'> => ({
  id,
  currency: claimed.currency,
  dueDate: claimed.due_date,
  claimed: kind === 'invoice' ? claimed : null,
  limited: {
    country: claimed.country,
    debtor: claimed.debtor,
    claimDate: claimed.claim_date,
    dueDate: claimed.due_date,
    deferrals: claimed.deferrals,
  },
  movements: entries.map(({ seen_date, date, amount, cause }) => ({
    date: seen_date,
    effectiveDate: date,
    amount,
    cause,
  })),
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

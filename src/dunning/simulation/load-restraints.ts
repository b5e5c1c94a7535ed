import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { DebitState, Limit } from './history.ts'
import { seenDate } from './seen-date.ts'
import type { SimulationRow } from './table.ts'

const occurred = sql.ref('event.occurred_at')

/** How far dunning might go with the customers' items, as it was said one time after the other. */
export async function loadLimits(
  reader: Reader,
  simulation: SimulationRow,
  customerIds: readonly string[],
): Promise<(Limit & { item_id: string })[]> {
  const { rows } = await sql<Limit & { item_id: string }>`
    select held.item_id, ${seenDate(reader, simulation, occurred)} as date,
      (event.data -> 'object' ->> 'maximum_level')::int as "maximumLevel"
    from dunning_limit as held
    join event on event.tenant_id = held.tenant_id and event.entity_id = held.id
    where held.tenant_id = ${reader.tenant.id} and held.customer_id = any(${customerIds})
      and event.occurred_at <= ${simulation.known_at}
    order by held.item_id, event.entity_sequence
  `.execute(reader.db)
  return rows
}

/** Where the direct debits of the customers' items were, one state after the other. */
export async function loadDebits(
  reader: Reader,
  simulation: SimulationRow,
  customerIds: readonly string[],
): Promise<(DebitState & { item_id: string })[]> {
  const { rows } = await sql<DebitState & { item_id: string }>`
    select part.item_id, debit.id as "debitId", ${seenDate(reader, simulation, occurred)} as date,
      case when event.data -> 'object' ->> 'status' in ('scheduled', 'submitted')
        then (event.data -> 'object' ->> 'collection_date')::date end as "collectionDate"
    from direct_debit as debit
    join direct_debit_item as part on part.tenant_id = debit.tenant_id and part.direct_debit_id = debit.id
    join event on event.tenant_id = debit.tenant_id and event.entity_id = debit.id
    where debit.tenant_id = ${reader.tenant.id} and debit.customer_id = any(${customerIds})
      and event.occurred_at <= ${simulation.known_at}
    order by part.item_id, event.occurred_at, event.entity_sequence
  `.execute(reader.db)
  return rows
}

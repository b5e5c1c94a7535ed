import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { invalidFields, type Problem } from '../foundation/problem.ts'
import { followedPolicyId, joinChoosers } from '../ledger/followed-policy.ts'
import { levelName } from './defined-level.ts'
import { levelTakenOverFact } from './events.ts'
import type { ChangedItem } from './notices/take-back-notices.ts'

/** The level an item had reached in the system before this one, and since when. */
export interface LevelTakenOver {
  itemId: string
  level: number
  date: CalendarDate
}

/**
 * Has new items stand where they stood elsewhere, under the policy they follow here: what has been told is not told
 * again, and the next step is that of the next level, counted from the day on which the last was reached. There is no
 * notice of ours behind such a level. Answers for each item why its level could not be taken over, or null.
 */
export async function takeOverLevels(
  tx: Tx,
  levels: readonly LevelTakenOver[],
): Promise<Map<string, Problem>> {
  if (levels.length === 0) return new Map()
  const given = levels.map(({ itemId, level, date }) => ({ item_id: itemId, level, date }))
  const { rows } = await sql<ChangedItem>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(given)}) as given(item_id uuid, level int, date date)
    ), taken_over as (
      insert into dunning_state (tenant_id, item_id, invoice_id, customer_id, policy_id, policy_version, level, level_date)
      select item.tenant_id, item.id, item.invoice_id, item.customer_id, policy.id, policy.version, given.level, given.date
      from given
      join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = given.item_id
      ${joinChoosers}
      join dunning_policy as policy on policy.tenant_id = item.tenant_id and policy.id = ${followedPolicyId}
      join dunning_policy_version as version on version.tenant_id = policy.tenant_id
        and version.policy_id = policy.id and version.version = policy.version
      where exists (
        select 1 from jsonb_array_elements(version.definition -> 'levels') as defined
        where (defined ->> 'level')::int = given.level)
      returning item_id, level as to_level, policy_id, policy_version, cycle, version as state_version
    )
    select item.*, taken_over.*, 0 as from_level, invoice.number, ${levelName(sql.ref('taken_over'))} as level_name
    from taken_over
    join open_item as item on item.tenant_id = ${tx.tenant.id} and item.id = taken_over.item_id
    left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
  `.execute(tx.db)
  announce(tx, ...rows.map((item) => levelTakenOverFact(tx, item)))
  const done = new Set(rows.map(({ id }) => id))
  return new Map(
    levels
      .filter(({ itemId }) => !done.has(itemId))
      .map(({ itemId, level }) => [itemId, unknownLevel(level)]),
  )
}

const unknownLevel = (level: number): Problem =>
  invalidFields({
    pointer: '#/dunning_level',
    code: 'unknown_level',
    detail: 'is no level of a policy that the item follows',
    params: { level },
  })

import { type RawBuilder, sql } from 'kysely'

/** Joins to a `step` the level that it reached as `defined`, by the policy that its item follows: JSON of the definition. */
export const joinDefinedLevel = sql`
  join dunning_state as state on state.tenant_id = step.tenant_id and state.item_id = step.item_id
  join dunning_policy_version as version on version.tenant_id = state.tenant_id
    and version.policy_id = state.policy_id and version.version = state.policy_version
  join jsonb_array_elements(version.definition -> 'levels') as defined on (defined ->> 'level')::int = step.level`

/** What the level is called to which the row `item` changed, whose policy and level another row names; null at 0. */
export const levelName = (changed: RawBuilder<unknown>) => sql<string | null>`(
  select level ->> 'name' from dunning_policy_version as version, jsonb_array_elements(version.definition -> 'levels') as level
  where version.tenant_id = item.tenant_id and version.policy_id = ${changed}.policy_id
    and version.version = ${changed}.policy_version and (level ->> 'level')::int = ${changed}.to_level)`

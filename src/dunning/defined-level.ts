import { sql } from 'kysely'

/** Joins to a `step` the level that it reached as `defined`, by the policy that its item follows: JSON of the definition. */
export const joinDefinedLevel = sql`
  join dunning_state as state on state.tenant_id = step.tenant_id and state.item_id = step.item_id
  join dunning_policy_version as version on version.tenant_id = state.tenant_id
    and version.policy_id = state.policy_id and version.version = state.policy_version
  join jsonb_array_elements(version.definition -> 'levels') as defined on (defined ->> 'level')::int = step.level`

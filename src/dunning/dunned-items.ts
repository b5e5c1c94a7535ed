import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import {
  followedPolicyId,
  joinChoosers,
  type PolicyChooser,
  policyChooser,
} from '../ledger/followed-policy.ts'
import type { OpenItemRow } from '../ledger/table.ts'
import { type AgreedDeferral, deferralsOfItem } from './law/deferral.ts'
import type { Policy } from './policy.ts'

/** An open item with all that decides about it. */
export interface DunnedItem extends OpenItemRow {
  number: string | null
  creditor_reference: string | null
  customer_kind: 'business' | 'consumer'
  country: string
  level: number
  level_date: CalendarDate | null
  /** The deadline that its last notice set. */
  deadline_date: CalendarDate | null
  cycle: number
  state_version: number
  /** When a direct debit that is on its way collects it. */
  collection_date: CalendarDate | null
  /** The reminders before the due date that it has had in this cycle, by their days. */
  courtesies: number[]
  /** The later due dates that were agreed for it. */
  deferrals: AgreedDeferral[]
  /** The run whose proposal for it waits for review. */
  proposed_by: string | null
  /** When it was to be looked at. */
  next_look_date: CalendarDate | null
  policy: Policy | null
  /** Who chose its policy, or that it has none. */
  policy_chooser: PolicyChooser
  /** How far dunning may go with it; null for as far as its policy goes. */
  maximum_level: number | null
}

interface LoadedItem extends Omit<DunnedItem, 'policy'> {
  policy_id: string | null
  policy_version: number | null
}

/** The open items of some customers with where they stand in dunning and which policy they follow. */
export async function loadItems(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  releasing: string | null,
): Promise<DunnedItem[]> {
  const { rows } = await sql<LoadedItem>`
    select item.*, invoice.number, invoice.creditor_reference, customer.kind as customer_kind, customer.country, coalesce(state.level, 0) as level, state.level_date, state.deadline_date, coalesce(state.cycle, 1) as cycle,
      coalesce(state.version, 0) as state_version, watch.next_look_date,
      case when state.level > 0 then state.policy_id else policy.id end as policy_id,
      case when state.level > 0 then state.policy_version else policy.version end as policy_version,
      ${policyChooser} as policy_chooser, dunning_limit.maximum_level, (
        select max(debit.collection_date) from direct_debit_item as part
        join direct_debit as debit on debit.tenant_id = part.tenant_id and debit.id = part.direct_debit_id
        where part.tenant_id = item.tenant_id and part.item_id = item.id and debit.status in ('scheduled', 'submitted')
      ) as collection_date, array(
        select days_before_due from dunning_courtesy as courtesy
        where courtesy.tenant_id = item.tenant_id and courtesy.item_id = item.id and courtesy.cycle = coalesce(state.cycle, 1)
      ) as courtesies, ${deferralsOfItem} as deferrals, (
        select decision.run_id from dunning_decision as decision
        where decision.tenant_id = item.tenant_id and decision.item_id = item.id and decision.status = 'proposed'
          and decision.run_id is distinct from ${releasing}::uuid
      ) as proposed_by
    from open_item as item
    join item_watch as watch on watch.tenant_id = item.tenant_id and watch.item_id = item.id
    ${joinChoosers}
    left join dunning_limit on dunning_limit.tenant_id = item.tenant_id and dunning_limit.item_id = item.id
    left join dunning_state as state on state.tenant_id = item.tenant_id and state.item_id = item.id
    left join dunning_policy as policy on policy.tenant_id = item.tenant_id and policy.id = ${followedPolicyId}
    where item.tenant_id = ${tenant.id} and item.customer_id = any(${customerIds}) and item.open_amount > 0
    order by item.customer_id, item.currency, item.due_date, item.id
  `.execute(db)
  const policies = await loadPolicies({ db, tenant }, rows)
  return rows.map(({ policy_id, policy_version, ...item }) => ({
    ...item,
    policy: policies.get(`${policy_id} ${policy_version}`) ?? null,
  }))
}

/** The versions that some items follow; few, however many the items. */
async function loadPolicies(
  { db, tenant }: Pick<Reader, 'db' | 'tenant'>,
  items: readonly Pick<LoadedItem, 'policy_id' | 'policy_version'>[],
): Promise<Map<string, Policy>> {
  const ids = [...new Set(items.flatMap(({ policy_id }) => policy_id ?? []))]
  const versions = [...new Set(items.flatMap(({ policy_version }) => policy_version ?? []))]
  const rows = await db
    .selectFrom('dunning_policy_version')
    .select(['policy_id', 'version', 'definition'])
    .where('tenant_id', '=', tenant.id)
    .where('policy_id', '=', sql<string>`any(${ids})`)
    .where('version', '=', sql<number>`any(${versions})`)
    .execute()
  return new Map(
    rows.map(({ policy_id, version, definition }) => [
      `${policy_id} ${version}`,
      { ...definition, id: policy_id, version },
    ]),
  )
}

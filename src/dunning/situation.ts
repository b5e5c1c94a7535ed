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
import type { ActiveHold, ItemSituation, Situation } from './evaluate.ts'
import type { Policy, PolicyDefinition } from './policy.ts'
import type { HoldRow } from './table.ts'

/** An open item with all that decides about it. */
export interface DunnedItem extends OpenItemRow {
  number: string | null
  level: number
  level_date: CalendarDate | null
  cycle: number
  state_version: number
  /** When a direct debit that is on its way collects it. */
  collection_date: CalendarDate | null
  /** When it was to be looked at. */
  next_look_date: CalendarDate | null
  policy: Policy | null
  /** Who chose its policy, or that it has none. */
  policy_chooser: PolicyChooser
  /** How far dunning may go with it; null for as far as its policy goes. */
  maximum_level: number | null
}

/** One customer's open items in one currency, as facts and as the evaluator sees them. */
export interface CustomerSituation {
  customerId: string
  currency: string
  items: DunnedItem[]
  situation: Situation
}

interface LoadedItem extends Omit<DunnedItem, 'policy'> {
  policy_id: string | null
  policy_version: number | null
  definition: PolicyDefinition | null
}

/**
 * Everything that decides about the open items of some customers, loaded set-based: the items with their levels, the
 * policy version each is bound to or would follow, the holds of the day, and the customers' last notices.
 */
export async function loadSituations(
  reader: Reader,
  customerIds: readonly string[],
): Promise<CustomerSituation[]> {
  const [items, holds, notices] = await Promise.all([
    loadItems(reader, customerIds),
    loadHolds(reader, customerIds),
    loadLastNotices(reader, customerIds),
  ])
  const groups = new Map<string, DunnedItem[]>()
  for (const item of items) {
    const key = `${item.customer_id} ${item.currency}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [item])
    else known.push(item)
  }
  return [...groups].map(([key, group]) => {
    const [customerId, currency] = key.split(' ') as [string, string]
    const situation = {
      today: reader.today,
      lastNoticeDate: notices.get(key) ?? null,
      items: group.map((item) => toSituation(item, holds)),
    }
    return { customerId, currency, items: group, situation }
  })
}

async function loadItems(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<DunnedItem[]> {
  const { rows } = await sql<LoadedItem>`
    select item.*, invoice.number, coalesce(state.level, 0) as level, state.level_date, coalesce(state.cycle, 1) as cycle,
      coalesce(state.version, 0) as state_version, watch.next_look_date,
      version.policy_id, version.version as policy_version, version.definition,
      ${policyChooser} as policy_chooser, dunning_limit.maximum_level, (
        select max(debit.collection_date) from direct_debit_item as part
        join direct_debit as debit on debit.tenant_id = part.tenant_id and debit.id = part.direct_debit_id
        where part.tenant_id = item.tenant_id and part.item_id = item.id and debit.status in ('scheduled', 'submitted')
      ) as collection_date
    from open_item as item
    join item_watch as watch on watch.tenant_id = item.tenant_id and watch.item_id = item.id
    ${joinChoosers}
    left join dunning_limit on dunning_limit.tenant_id = item.tenant_id and dunning_limit.item_id = item.id
    left join dunning_state as state on state.tenant_id = item.tenant_id and state.item_id = item.id
    left join dunning_policy as policy on policy.tenant_id = item.tenant_id and policy.id = ${followedPolicyId}
    left join dunning_policy_version as version on version.tenant_id = item.tenant_id
      and version.policy_id = case when state.level > 0 then state.policy_id else policy.id end
      and version.version = case when state.level > 0 then state.policy_version else policy.version end
    where item.tenant_id = ${tenant.id} and item.customer_id = any(${customerIds}) and item.open_amount > 0
    order by item.customer_id, item.currency, item.due_date, item.id
  `.execute(db)
  return rows.map(({ policy_id, policy_version, definition, ...item }) => ({
    ...item,
    policy:
      definition === null
        ? null
        : { ...definition, id: policy_id as string, version: policy_version as number },
  }))
}

const loadHolds = (
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<HoldRow[]> =>
  db
    .selectFrom('dunning_hold')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('lifted_date', 'is', null)
    .where('from_date', '<=', today)
    .where((hold) => hold.or([hold('until_date', 'is', null), hold('until_date', '>=', today)]))
    .orderBy('until_date', (order) => order.desc().nullsFirst())
    .execute()

async function loadLastNotices(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, CalendarDate>> {
  const { rows } = await sql<{ customer_id: string; currency: string; notice_date: CalendarDate }>`
    select customer_id, currency, max(notice_date) as notice_date from dunning_notice
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds})
    group by customer_id, currency
  `.execute(db)
  return new Map(rows.map((row) => [`${row.customer_id} ${row.currency}`, row.notice_date]))
}

function toSituation(item: DunnedItem, holds: readonly HoldRow[]): ItemSituation {
  return {
    id: item.id,
    kind: item.kind,
    dueDate: item.due_date,
    level: item.level,
    levelDate: item.level_date,
    policy: item.policy,
    policyChooser: item.policy_chooser,
    hold: holdOf(item, holds),
    collectionDate: item.collection_date,
  }
}

/** The hold that lasts longest of those that cover an item; holds come longest first. */
function holdOf(item: OpenItemRow, holds: readonly HoldRow[]): ActiveHold | null {
  const hold = holds.find(
    ({ customer_id, invoice_id, item_id }) =>
      customer_id === item.customer_id &&
      (item_id === null || item_id === item.id) &&
      (invoice_id === null || invoice_id === item.invoice_id),
  )
  return hold === undefined
    ? null
    : { id: hold.id, reason: hold.reason, untilDate: hold.until_date }
}

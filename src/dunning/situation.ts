import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { groupBy } from '../foundation/group.ts'
import {
  followedPolicyId,
  joinChoosers,
  type PolicyChooser,
  policyChooser,
} from '../ledger/followed-policy.ts'
import type { OpenItemRow } from '../ledger/table.ts'
import type { CoveringHold, ItemSituation, Situation } from './evaluate.ts'
import { type LimitedClaim, loadLimitationDates } from './law/limitation-dates.ts'
import type { Policy } from './policy.ts'
import type { HoldRow, NoticeRow } from './table.ts'

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
}

/**
 * Everything that decides about the open items of some customers, loaded set-based: the items with their levels, the
 * policy version each is bound to or would follow, the holds of now and later, the customers' notices and contacts,
 * their unallocated money, and how fresh what we know of payments is. The proposal that is being released hinders none
 * of its own items.
 */
export async function loadSituations(
  reader: Reader,
  customerIds: readonly string[],
  { releasing = null }: { releasing?: string | null } = {},
): Promise<CustomerSituation[]> {
  const [items, holds, notices, unallocated, paymentsKnownUntil, limitationDates] =
    await Promise.all([
      loadItems(reader, customerIds, releasing),
      loadHolds(reader, customerIds),
      loadNotices(reader, customerIds),
      loadUnallocated(reader, customerIds),
      loadPaymentsKnownUntil(reader),
      loadLimitationDates(reader),
    ])
  const holdsOf = groupBy(holds, ({ customer_id }) => customer_id)
  const noticesOf = groupBy(notices, ({ customer_id }) => customer_id)
  const groups = groupBy(items, ({ customer_id, currency }) => `${customer_id} ${currency}`)
  return [...groups].map(([key, group]) => {
    const [customerId, currency] = key.split(' ') as [string, string]
    const told = noticesOf.get(customerId) ?? []
    const situation = {
      currency,
      lastNoticeDate: lastNoticeIn(currency, told),
      contacts: contactsOf(told),
      paymentsKnownUntil,
      unallocatedAmount: unallocated.get(key) ?? 0,
      items: group.map((item) =>
        toSituation(
          item,
          holdsOf.get(customerId) ?? [],
          limitationDates(claimOf(item), reader.today),
        ),
      ),
    }
    return { customerId, currency, items: group, situation }
  })
}

async function loadItems(
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
      ) as courtesies, (
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

/** The holds of today and later; which of them counts on a day, the evaluator says. */
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
    .where((hold) => hold.or([hold('until_date', 'is', null), hold('until_date', '>=', today)]))
    .execute()

/** As long as a policy may look back. */
const LOOK_BACK_DAYS = 366

interface PastNotice {
  customer_id: string
  /** Null for what people did. */
  currency: string | null
  /** The run that told the customer, or the activity. */
  run_id: string
  notice_date: CalendarDate
  kind: NoticeRow['kind'] | 'activity'
  is_statutory: boolean
}

/** What the customers were told of late, by notices and by people, and what has not been taken back since. */
async function loadNotices(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<PastNotice[]> {
  const { rows } = await sql<PastNotice>`
    select customer_id, currency, run_id, notice_date, kind, content ->> 'statutory_notice' is not null as is_statutory
    from dunning_notice
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds})
      and notice_date > ${addDays(today, -LOOK_BACK_DAYS)} and status <> 'reversed'
    union all
    select customer_id, null, id, occurred_date, 'activity', false
    from activity
    where tenant_id = ${tenant.id} and customer_id = any(${customerIds})
      and occurred_date > ${addDays(today, -LOOK_BACK_DAYS)} and collection and cancelled_date is null
    order by notice_date
  `.execute(db)
  return rows
}

const lastNoticeIn = (currency: string, notices: readonly PastNotice[]): CalendarDate | null =>
  notices.findLast((notice) => notice.currency === currency && notice.kind === 'demand')
    ?.notice_date ?? null

/** The days of collection contacts: one release to one customer is one contact, whatever its currencies. */
const contactsOf = (notices: readonly PastNotice[]): CalendarDate[] => [
  ...new Map(
    notices
      .filter(({ is_statutory }) => !is_statutory)
      .map(({ run_id, notice_date }) => [run_id, notice_date]),
  ).values(),
]

async function loadUnallocated(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('customer_balance')
    .select(['customer_id', 'currency', 'unallocated_amount'])
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
  return new Map(rows.map((row) => [`${row.customer_id} ${row.currency}`, row.unallocated_amount]))
}

/**
 * The last day of which we know all payments: what the bank account that is furthest behind has told us; without bank
 * accounts, when the last payment was recorded.
 */
async function loadPaymentsKnownUntil({ db, tenant }: Reader): Promise<CalendarDate | null> {
  const { rows } = await sql<{ known_until: CalendarDate | null }>`
    select case when exists (select 1 from bank_account where tenant_id = ${tenant.id})
      then (
        select case when bool_and(fresh_until_at is not null)
          then (min(fresh_until_at) at time zone ${tenant.timeZone} - interval '1 microsecond')::date end
        from bank_account where tenant_id = ${tenant.id})
      else (select (max(created_at) at time zone ${tenant.timeZone})::date from payment where tenant_id = ${tenant.id})
      end as known_until
  `.execute(db)
  return rows[0]?.known_until ?? null
}

/** An item as the law of limitation sees it: its last notice is a written demand. */
const claimOf = (item: DunnedItem): LimitedClaim => ({
  country: item.country,
  debtor: item.customer_kind,
  claimDate: item.claim_date,
  dueDate: item.due_date,
  demandDate: item.level_date,
})

const toSituation = (
  item: DunnedItem,
  holds: readonly HoldRow[],
  limitationDate: CalendarDate | null,
): ItemSituation => ({
  id: item.id,
  principal: item.kind === 'invoice' || item.charge_kind === 'returned_payment',
  dueDate: item.due_date,
  openAmount: item.open_amount,
  level: item.level,
  levelDate: item.level_date,
  deadlineDate: item.deadline_date,
  courtesies: item.courtesies,
  maximumLevel: item.maximum_level,
  policy: item.policy,
  policyChooser: item.policy_chooser,
  holds: holdsOn(item, holds),
  collectionDate: item.collection_date,
  proposedBy: item.proposed_by,
  limitationDate,
})

/** The holds that cover an item: its own, its invoice's, and those on all of its customer. */
const holdsOn = (item: OpenItemRow, holds: readonly HoldRow[]): CoveringHold[] =>
  holds
    .filter(
      ({ invoice_id, item_id }) =>
        (item_id === null || item_id === item.id) &&
        (invoice_id === null || invoice_id === item.invoice_id),
    )
    .map(({ id, reason, from_date, until_date }) => ({
      id,
      reason,
      fromDate: from_date,
      untilDate: until_date,
    }))

import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import { claimItems, type NewItem } from '../ledger/claim-items.ts'
import { chargeFact } from '../ledger/events.ts'
import { followedPolicyId, joinChoosers } from '../ledger/followed-policy.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { setNextLooks } from '../ledger/watch-items.ts'
import { findCustomers } from '../parties/queries.ts'
import type { CustomerRow } from '../parties/table.ts'
import { type Decision, evaluate } from './evaluate.ts'
import { levelChangedFact, noticeFact } from './events.ts'
import { contentOf, type DraftNotice, draftNotice } from './notice.ts'
import { type CustomerSituation, type DunnedItem, loadSituations } from './situation.ts'
import type { DecisionRow, NoticeRow, RunRow } from './table.ts'

/** What a batch of a run came to. */
export interface BatchOutcome {
  /** Where the next batch begins; null when this was the last. */
  after: string | null
  itemCount: number
  escalatedCount: number
  noticeCount: number
  decisions: DecisionRow[]
}

/** Items due for a look that decide how many customers a batch takes; a payment of one of them waits this long. */
const ITEMS_PER_BATCH = 1_000

/** One escalation of one item, with all that must be written about it. */
interface Step {
  item: DunnedItem
  decision: Decision
  notice: NoticeRow
  deadlineDate: CalendarDate | null
}

/** What is to be done about some customers, before anything is done. */
interface Plan {
  looked: { item: DunnedItem; decision: Decision }[]
  notices: { draft: DraftNotice; row: NoticeRow }[]
  steps: Step[]
  decisions: DecisionRow[]
}

/**
 * Decides about whole customers, beginning after one, and does what was decided: levels, steps, charges, notices and
 * events, all in one commit. The customers are locked first, so that a payment or a hold either came before and counts,
 * or comes after; so are the policies, so that a new version is not slept through. A step is unique per item, cycle and
 * level, whatever else runs or has died.
 */
export async function dunBatch(tx: Tx, run: RunRow, after: string | null): Promise<BatchOutcome> {
  return dunCustomers(tx, run, await customersToLookAt(tx, run, after))
}

/** Decides about these customers and does what was decided. */
export async function dunCustomers(
  tx: Tx,
  run: RunRow,
  customerIds: readonly string[],
): Promise<BatchOutcome> {
  if (customerIds.length === 0) return outcomeOf(customerIds, nothing)
  await lockCustomers(tx, customerIds)
  await sql`select 1 from dunning_policy where tenant_id = ${tx.tenant.id} order by id for share`.execute(
    tx.db,
  )
  const plan = await decide(tx, run, customerIds)
  await write(tx, plan)
  await setNextLooks(
    tx,
    plan.looked.map(({ decision }) => ({
      itemId: decision.itemId,
      nextLookDate: decision.nextLookDate,
    })),
  )
  return outcomeOf(customerIds, plan)
}

/** What a batch would come to: the same decisions, nothing locked and nothing written. */
export async function previewBatch(
  reader: Reader,
  run: RunRow,
  after: string | null,
): Promise<BatchOutcome> {
  const customerIds = await customersToLookAt(reader, run, after)
  return outcomeOf(
    customerIds,
    customerIds.length === 0 ? nothing : await decide(reader, run, customerIds),
  )
}

const nothing: Plan = { looked: [], notices: [], steps: [], decisions: [] }

const outcomeOf = (customerIds: readonly string[], plan: Plan): BatchOutcome => ({
  after: customerIds.at(-1) ?? null,
  itemCount: plan.looked.length,
  escalatedCount: plan.steps.length,
  noticeCount: plan.notices.length,
  decisions: plan.decisions,
})

/** Loads what decides about the customers, asks the evaluator, and drafts a notice where something escalates. */
async function decide(reader: Reader, run: RunRow, customerIds: readonly string[]): Promise<Plan> {
  const [customers, groups] = await Promise.all([
    findCustomers(reader, customerIds),
    loadSituations(reader, customerIds),
  ])
  const plan: Plan = { looked: [], notices: [], steps: [], decisions: [] }
  for (const group of groups) {
    const decisions = evaluate(group.situation, reader.today)
    const escalations = new Map(
      decisions.filter(({ outcome }) => outcome === 'escalate').map((one) => [one.itemId, one]),
    )
    for (const [index, item] of group.items.entries()) {
      const decision = decisions[index] as Decision
      if (decision.outcome === 'escalate' || isDueForLook(item, reader.today))
        plan.looked.push({ item, decision })
    }
    if (escalations.size === 0) continue
    const draft = draftNotice(group.items, escalations, reader.today)
    const customer = customers.get(group.customerId) as CustomerRow
    const notice = noticeRow(reader, run, group, draft, customer)
    plan.notices.push({ draft, row: notice })
    for (const item of group.items) {
      const decision = escalations.get(item.id)
      if (decision !== undefined)
        plan.steps.push({ item, decision, notice, deadlineDate: draft.deadlineDate })
    }
  }
  plan.decisions = plan.looked.map(({ item, decision }) => decisionRow(reader, run, item, decision))
  return plan
}

const isDueForLook = (item: DunnedItem, today: string): boolean =>
  item.next_look_date !== null && item.next_look_date <= today

/**
 * The next customers with an item that is due for a look and a policy to judge it by. Customers that this run has
 * given notice are left for another day, should it have been interrupted and taken up again.
 */
export async function customersToLookAt(
  tx: Reader,
  run: RunRow,
  after: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select customer.id from item_watch
      join open_item as item on item.tenant_id = item_watch.tenant_id and item.id = item_watch.item_id
      ${joinChoosers}
      where item_watch.tenant_id = ${tx.tenant.id}
        and item_watch.next_look_date <= ${tx.today}
        and item_watch.customer_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
        and (${run.customer_id}::uuid is null or item_watch.customer_id = ${run.customer_id}::uuid)
        and (${followedPolicyId} is not null or exists (
          select 1 from dunning_state as state
          where state.tenant_id = item_watch.tenant_id and state.item_id = item_watch.item_id and state.level > 0))
        and not exists (
          select 1 from dunning_notice
          where dunning_notice.tenant_id = ${tx.tenant.id} and dunning_notice.run_id = ${run.id}
            and dunning_notice.customer_id = item_watch.customer_id)
      order by item_watch.customer_id
      limit ${ITEMS_PER_BATCH}
    ) as due
    order by id
  `.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Writes notices, their fees, levels, steps and decisions, set-based, and announces what happened. */
async function write(tx: Tx, { notices, steps, decisions }: Plan): Promise<void> {
  await sql`
    insert into dunning_decision select * from json_populate_recordset(null::dunning_decision, ${JSON.stringify(decisions)})
    on conflict (tenant_id, run_id, item_id) do nothing
  `.execute(tx.db)
  if (notices.length === 0) return
  await sql`
    insert into dunning_notice
    select * from json_populate_recordset(null::dunning_notice, ${JSON.stringify(notices.map(({ row }) => row))})
  `.execute(tx.db)
  await sql`
    with step as (
      select * from json_to_recordset(${JSON.stringify(steps.map(stepRow))}) as step(
        item_id uuid, invoice_id uuid, customer_id uuid, policy_id uuid, policy_version int, cycle int, level int, from_level int,
        notice_id uuid, days_overdue int, deadline_date date)
    ), stepped as (
      insert into dunning_step (tenant_id, item_id, cycle, level, from_level, invoice_id, notice_id, step_date, days_overdue)
      select ${tx.tenant.id}, item_id, cycle, level, from_level, invoice_id, notice_id, ${tx.today}, days_overdue from step
    )
    insert into dunning_state (tenant_id, item_id, invoice_id, customer_id, policy_id, policy_version, cycle, level, level_date, deadline_date)
    select ${tx.tenant.id}, item_id, invoice_id, customer_id, policy_id, policy_version, cycle, level, ${tx.today}, deadline_date from step
    on conflict (tenant_id, item_id) do update
    set level = excluded.level, level_date = excluded.level_date, deadline_date = excluded.deadline_date, policy_id = excluded.policy_id,
      policy_version = excluded.policy_version, version = dunning_state.version + 1
  `.execute(tx.db)
  const fees = notices.flatMap(({ draft, row }) =>
    draft.feeAmount === 0 ? [] : [feeOf(tx, row, draft.feeAmount)],
  )
  const charges = await claimItems(tx, fees)
  announce(
    tx,
    ...steps.map(({ item, decision, notice }) => levelChangedFact(tx, item, decision, notice)),
    ...notices.map(({ row }) => noticeFact(row, tx)),
    ...charges.map((charge) => chargeFact('charge.claimed', charge, 1, tx)),
  )
}

const stepRow = ({ item, decision, notice, deadlineDate }: Step) => ({
  item_id: item.id,
  invoice_id: item.invoice_id,
  customer_id: item.customer_id,
  policy_id: item.policy?.id,
  policy_version: item.policy?.version,
  cycle: item.cycle,
  level: decision.toLevel,
  from_level: decision.fromLevel,
  notice_id: notice.id,
  days_overdue: decision.inputs.days_overdue,
  deadline_date: deadlineDate,
})

function noticeRow(
  tx: Reader,
  run: RunRow,
  { customerId, currency, situation }: CustomerSituation,
  draft: DraftNotice,
  customer: CustomerRow,
): NoticeRow {
  return {
    tenant_id: tx.tenant.id,
    id: newId(),
    run_id: run.id,
    customer_id: customerId,
    currency,
    policy_id: draft.policy.id,
    policy_version: draft.policy.version,
    level: draft.level.level,
    level_name: draft.level.name,
    notice_date: tx.today,
    content: contentOf(draft, customer, situation.unallocatedAmount),
    version: 1,
    created_at: tx.now,
    updated_at: tx.now,
  }
}

const decisionRow = (
  tx: Reader,
  run: RunRow,
  item: DunnedItem,
  decision: Decision,
): DecisionRow => ({
  tenant_id: tx.tenant.id,
  id: newId(),
  run_id: run.id,
  item_id: item.id,
  invoice_id: item.invoice_id,
  customer_id: item.customer_id,
  outcome: decision.outcome,
  reason: decision.reason,
  inputs: decision.inputs,
  from_level: decision.fromLevel,
  to_level: decision.toLevel,
  next_look_date: decision.nextLookDate,
})

/** The fee of a notice: a charge that is claimed at once and due today. It never escalates by itself. */
function feeOf(tx: Tx, notice: NoticeRow, amount: number): NewItem {
  const id = newId()
  return {
    id,
    customerId: notice.customer_id,
    kind: 'charge',
    invoiceId: null,
    chargeKind: 'fee',
    noticeId: notice.id,
    sequence: 1,
    currency: notice.currency,
    dueDate: tx.today,
    claimDate: tx.today,
    credits: [{ account: 'fee_income', amount }],
    happening: 'charge_claimed',
    source: { kind: 'charge', id },
    origin: 'own',
  }
}

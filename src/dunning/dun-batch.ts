import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { claimItems, type NewItem } from '../ledger/claim-items.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { setNextLooks } from '../ledger/watch-items.ts'
import { findCustomers } from '../parties/queries.ts'
import type { CustomerRow } from '../parties/table.ts'
import { type Decision, evaluate } from './evaluate.ts'
import { chargeClaimedFact, levelChangedFact, noticeFact } from './events.ts'
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
}

/**
 * Decides about whole customers, beginning after one, and does what was decided: levels, steps, charges, notices and
 * events, all in one commit. The customers are locked first, so that a payment either came before and counts, or comes
 * after. A step is unique per item, cycle and level, whatever else runs or has died.
 */
export async function dunBatch(tx: Tx, run: RunRow, after: string | null): Promise<BatchOutcome> {
  const customerIds = await customersToLookAt(tx, run, after)
  if (customerIds.length === 0) {
    return { after: null, itemCount: 0, escalatedCount: 0, noticeCount: 0, decisions: [] }
  }
  await lockCustomers(tx, customerIds)
  const [customers, unallocated] = await Promise.all([
    findCustomers(tx, customerIds),
    unallocatedOf(tx, customerIds),
  ])
  const groups = await loadSituations(tx, customerIds)

  const looked: { item: DunnedItem; decision: Decision }[] = []
  const drafts: {
    group: CustomerSituation
    draft: DraftNotice
    escalations: Map<string, Decision>
  }[] = []
  for (const group of groups) {
    const decisions = evaluate(group.situation)
    const escalations = new Map(
      decisions.filter(({ outcome }) => outcome === 'escalate').map((one) => [one.itemId, one]),
    )
    for (const [index, item] of group.items.entries()) {
      const decision = decisions[index] as Decision
      if (decision.outcome === 'escalate' || isDueForLook(item, tx.today))
        looked.push({ item, decision })
    }
    if (escalations.size > 0)
      drafts.push({ group, draft: draftNotice(group.items, escalations, tx.today), escalations })
  }

  const notices = drafts.map(({ group, draft }) => ({
    draft,
    row: noticeRow(
      tx,
      run,
      group,
      draft,
      customers.get(group.customerId) as CustomerRow,
      unallocated.get(`${group.customerId} ${group.currency}`) ?? 0,
    ),
  }))
  const steps = drafts.flatMap(({ group, escalations }, index) =>
    group.items.flatMap((item): Step[] => {
      const decision = escalations.get(item.id)
      return decision === undefined
        ? []
        : [{ item, decision, notice: (notices[index] as { row: NoticeRow }).row }]
    }),
  )
  const decisions = looked.map(({ item, decision }) => decisionRow(tx, run, item, decision))
  await write(tx, notices, steps, decisions)
  await setNextLooks(
    tx,
    looked.map(({ decision }) => ({
      itemId: decision.itemId,
      nextLookDate: decision.nextLookDate,
    })),
  )
  return {
    after: customerIds.at(-1) as string,
    itemCount: looked.length,
    escalatedCount: steps.length,
    noticeCount: notices.length,
    decisions,
  }
}

const isDueForLook = (item: DunnedItem, today: string): boolean =>
  item.next_look_date !== null && item.next_look_date <= today

/**
 * The next customers with an item that is due for a look and a policy to judge it by. Customers that this run has
 * given notice are left for another day, should it have been interrupted and taken up again.
 */
async function customersToLookAt(tx: Tx, run: RunRow, after: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select customer.id from item_watch
      join customer on customer.tenant_id = item_watch.tenant_id and customer.id = item_watch.customer_id
      join tenant on tenant.tenant_id = item_watch.tenant_id
      where item_watch.tenant_id = ${tx.tenant.id}
        and item_watch.next_look_date <= ${tx.today}
        and item_watch.customer_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
        and (${run.customer_id}::uuid is null or item_watch.customer_id = ${run.customer_id}::uuid)
        and (coalesce(customer.dunning_policy_id, tenant.dunning_policy_id) is not null or exists (
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

async function unallocatedOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.db
    .selectFrom('customer_balance')
    .select(['customer_id', 'currency', 'unallocated_amount'])
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
  return new Map(rows.map((row) => [`${row.customer_id} ${row.currency}`, row.unallocated_amount]))
}

/** Writes notices, their fees, levels, steps and decisions, set-based, and announces what happened. */
async function write(
  tx: Tx,
  notices: readonly { draft: DraftNotice; row: NoticeRow }[],
  steps: readonly Step[],
  decisions: readonly DecisionRow[],
): Promise<void> {
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
        notice_id uuid, days_overdue int)
    ), stepped as (
      insert into dunning_step (tenant_id, item_id, cycle, level, from_level, invoice_id, notice_id, step_date, days_overdue)
      select ${tx.tenant.id}, item_id, cycle, level, from_level, invoice_id, notice_id, ${tx.today}, days_overdue from step
    )
    insert into dunning_state (tenant_id, item_id, invoice_id, customer_id, policy_id, policy_version, cycle, level, level_date)
    select ${tx.tenant.id}, item_id, invoice_id, customer_id, policy_id, policy_version, cycle, level, ${tx.today} from step
    on conflict (tenant_id, item_id) do update
    set level = excluded.level, level_date = excluded.level_date, policy_id = excluded.policy_id,
      policy_version = excluded.policy_version, version = dunning_state.version + 1
  `.execute(tx.db)
  const fees = notices.flatMap(({ draft, row }) =>
    draft.feeAmount === 0 ? [] : [feeOf(tx, row, draft.feeAmount)],
  )
  await claimItems(tx, fees)
  announce(
    tx,
    ...steps.map(({ item, decision, notice }) => levelChangedFact(tx, item, decision, notice)),
    ...notices.map(({ row }) => noticeFact(row, tx)),
    ...fees.map((fee) => chargeClaimedFact(tx, fee)),
  )
}

const stepRow = ({ item, decision, notice }: Step) => ({
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
})

function noticeRow(
  tx: Tx,
  run: RunRow,
  { customerId, currency }: CustomerSituation,
  draft: DraftNotice,
  customer: CustomerRow,
  unallocatedAmount: number,
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
    content: contentOf(draft, customer, unallocatedAmount),
    version: 1,
    created_at: tx.now,
    updated_at: tx.now,
  }
}

const decisionRow = (tx: Tx, run: RunRow, item: DunnedItem, decision: Decision): DecisionRow => ({
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

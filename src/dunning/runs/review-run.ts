import { type RawBuilder, sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { addDays } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { decisionFact } from '../events.ts'
import { requireRun } from '../queries.ts'
import type { DecisionRow } from '../table.ts'
import { requireStatus } from './move-run.ts'

/** What of a proposal is spoken of: one item, or all of a customer's. */
export type Subject = { itemId: string } | { customerId: string }

/** Leaves an item or a customer out of a proposal. What is left out is looked at again from tomorrow on. */
export async function excludeFromRun(
  tx: Tx,
  runId: string,
  subject: Subject,
  reason: string,
): Promise<number> {
  return review(tx, runId, subject, {
    from: 'proposed',
    set: sql`status = 'excluded', exclusion_reason = ${reason}`,
    previous: { status: 'proposed', exclusion_reason: null },
    nextLookDate: addDays(tx.today, 1),
  })
}

/** Takes an item or a customer that was left out into the proposal again, unless another has it by now. */
export async function includeInRun(tx: Tx, runId: string, subject: Subject): Promise<number> {
  return review(tx, runId, subject, {
    from: 'excluded',
    set: sql`status = 'proposed', exclusion_reason = null`,
    previous: { status: 'excluded' },
    nextLookDate: null,
  })
}

interface Review {
  from: DecisionRow['status']
  set: RawBuilder<unknown>
  previous: Record<string, unknown>
  nextLookDate: string | null
}

async function review(
  tx: Tx,
  runId: string,
  subject: Subject,
  { from, set, previous, nextLookDate }: Review,
): Promise<number> {
  requireStatus(await requireRun(tx, runId), 'proposed')
  const concerned =
    'itemId' in subject
      ? sql<boolean>`decision.item_id = ${subject.itemId}`
      : sql<boolean>`decision.customer_id = ${subject.customerId}`
  const ofThis = sql<boolean>`decision.tenant_id = ${tx.tenant.id} and decision.run_id = ${runId}
    and decision.status = ${from} and ${concerned}`
  const { rows: customers } = await sql<{ id: string }>`
    select distinct customer_id as id from dunning_decision as decision where ${ofThis}
  `.execute(tx.db)
  await lockCustomers(
    tx,
    customers.map(({ id }) => id),
  )
  const { rows } = await sql<DecisionRow>`
    with reviewed as (
      update dunning_decision as decision
      set ${set}, version = decision.version + 1
      from dunning_run as run
      where ${ofThis} and run.tenant_id = decision.tenant_id and run.id = decision.run_id and run.status = 'proposed'
      returning decision.*
    ), watched as (
      update item_watch
      set next_look_date = ${nextLookDate}
      from reviewed
      where item_watch.tenant_id = ${tx.tenant.id} and item_watch.item_id = reviewed.item_id
    )
    select * from reviewed
  `.execute(tx.db)
  if (rows.length === 0) throw new Problem('dunning_nothing_to_review')
  announce(
    tx,
    ...rows.map((decision) => decisionFact('dunning_decision.updated', decision, previous)),
  )
  return rows.length
}

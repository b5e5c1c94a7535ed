import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { setNextLooks } from '../../ledger/watch-items.ts'
import type { DunnedItem } from '../dunned-items.ts'
import { type Decision, evaluate } from '../evaluate.ts'
import { draftNotices } from '../notices/draft-notices.ts'
import type { Chosen } from '../notices/notice-subject.ts'
import { type CustomerSituation, loadSituations } from '../situation.ts'
import type { DecisionRow } from '../table.ts'
import { carryOut } from './carry-out.ts'
import { closeDecisions, proposedDecisions } from './close-decisions.ts'
import { lockPolicies } from './dun-customers.ts'

/** A proposed decision, beside what is decided about its item now. */
interface Verdict {
  proposed: DecisionRow
  item: DunnedItem
  now: Decision
}

/**
 * Releases what a run has proposed for some customers, in one commit. Everything is evaluated again, now: a step is
 * taken only where the evaluator still goes at least as far, whatever has been paid, held or told since; otherwise the
 * decision lapses, with the reason of today.
 */
export async function releaseCustomers(
  tx: Tx,
  runId: string,
  customerIds: readonly string[],
): Promise<void> {
  await lockCustomers(tx, customerIds)
  await lockPolicies(tx)
  const [proposed, groups] = await Promise.all([
    proposedDecisions(tx, runId, customerIds),
    loadSituations(tx, customerIds, { releasing: runId }),
  ])
  const byItem = new Map(proposed.map((decision) => [decision.item_id, decision]))
  const judged = groups.map((group) => ({ group, verdicts: verdictsOf(group, byItem, tx.today) }))
  const verdicts = judged.flatMap((one) => one.verdicts)
  const notices = await draftNotices(
    tx,
    { runId, release: 'review' },
    judged.map((one) => ({
      group: one.group,
      chosen: one.verdicts.filter(agrees).map(toChosen(tx.today)),
    })),
  )
  await carryOut(tx, notices)

  const toldOf = new Map(
    notices.flatMap(({ row, told }) =>
      told.map(({ decisionId, nextLookDate }) => [decisionId, { noticeId: row.id, nextLookDate }]),
    ),
  )
  const present = new Map(verdicts.map(({ proposed: { id }, now }) => [id, now.reason]))
  await closeDecisions(
    tx,
    proposed.map(({ id }) => {
      const noticeId = toldOf.get(id)?.noticeId ?? null
      const lapseReason = noticeId === null ? (present.get(id) ?? 'nothing_open') : null
      return { id, noticeId, lapseReason }
    }),
  )
  await setNextLooks(
    tx,
    verdicts.map(({ proposed: { id, item_id }, now }) => ({
      itemId: item_id,
      nextLookDate: (toldOf.get(id) ?? lapsed(now, tx.today)).nextLookDate,
    })),
  )
  await count(tx, runId, {
    noticeCount: notices.length,
    escalatedCount: notices.flatMap(({ told }) => told.filter(({ level }) => level > 0)).length,
  })
}

/** What is decided now about the items of a customer of which something was proposed. */
function verdictsOf(
  { items, situation }: CustomerSituation,
  proposed: ReadonlyMap<string, DecisionRow>,
  today: CalendarDate,
): Verdict[] {
  return evaluate(situation, today).flatMap((now, index) => {
    const item = items[index] as DunnedItem
    const decision = proposed.get(item.id)
    return decision === undefined ? [] : [{ proposed: decision, item, now }]
  })
}

/** The level that is to be reached: what a reviewer has chosen, else what was proposed. */
const levelOf = ({ reviewed_level, to_level }: DecisionRow): number => reviewed_level ?? to_level

/** Whether the evaluator still goes at least as far as what was proposed, and the item has not got there otherwise. */
const agrees = ({ proposed, now }: Verdict): boolean =>
  proposed.outcome === 'remind'
    ? now.outcome === 'remind' && now.courtesy === proposed.courtesy
    : now.outcome === 'escalate' &&
      now.toLevel >= levelOf(proposed) &&
      now.fromLevel < levelOf(proposed)

const toChosen =
  (today: CalendarDate) =>
  ({ proposed, item, now }: Verdict): Chosen => ({
    decisionId: proposed.id,
    item,
    decision: now,
    level: proposed.outcome === 'remind' ? 0 : levelOf(proposed),
    deadlineDate:
      proposed.deadline_date !== null && proposed.deadline_date > today
        ? proposed.deadline_date
        : null,
  })

/** What lapses is looked at again as the evaluator says, and what it would now do otherwise, tomorrow. */
const lapsed = (now: Decision, today: CalendarDate): Pick<Decision, 'nextLookDate'> =>
  now.outcome === 'escalate' || now.outcome === 'remind' ? { nextLookDate: addDays(today, 1) } : now

const count = (
  tx: Tx,
  runId: string,
  { noticeCount, escalatedCount }: { noticeCount: number; escalatedCount: number },
) =>
  tx.db
    .updateTable('dunning_run')
    .set({
      notice_count: sql<number>`notice_count + ${noticeCount}`,
      escalated_count: sql<number>`escalated_count + ${escalatedCount}`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', runId)
    .execute()

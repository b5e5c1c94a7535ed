import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import type { NextLook } from '../../ledger/watch-items.ts'
import { type Decision, evaluate } from '../evaluate.ts'
import { draftNotices, type NewNotice } from '../notices/draft-notices.ts'
import type { Chosen } from '../notices/notice-subject.ts'
import { type CustomerSituation, type DunnedItem, loadSituations } from '../situation.ts'
import type { DecisionRow, RunRow } from '../table.ts'

/** What is to be done about some customers, before anything is done. */
export interface Plan {
  decisions: DecisionRow[]
  notices: NewNotice[]
  /** When items are to be looked at next, also those that are not spoken of: what is done to one may hold up another. */
  looks: NextLook[]
}

/** An item that was looked at and what was decided about it, under the id the decision is kept by. */
interface Looked {
  id: string
  item: DunnedItem
  decision: Decision
}

/**
 * Loads what decides about the customers, asks the evaluator, and drafts notices for what a policy has released
 * automatically; what waits for a person's review is proposed.
 */
export async function planBatch(
  reader: Reader,
  run: RunRow,
  customerIds: readonly string[],
): Promise<Plan> {
  const groups = (await loadSituations(reader, customerIds)).map((group) => ({
    group,
    ...lookAt(group, reader),
  }))
  const notices = await draftNotices(
    reader,
    { runId: run.id, release: 'automatic' },
    groups.map(({ group, looked }) => ({
      group,
      chosen: looked.filter(isReleased).map(toChosen),
    })),
  )
  const noticeOf = new Map(
    notices.flatMap(({ row, told }) => told.map(({ item }) => [item.id, row.id])),
  )
  return {
    notices,
    looks: groups.flatMap(({ looks }) => looks),
    decisions: groups.flatMap(({ looked }) =>
      looked.map((one) => decisionRow(reader, run, one, noticeOf.get(one.item.id) ?? null)),
    ),
  }
}

/** Decides about everything that is open; what neither acts nor was due for a look is not spoken of. */
function lookAt(
  { items, situation }: CustomerSituation,
  { today }: Reader,
): { looked: Looked[]; looks: NextLook[] } {
  const decided = evaluate(situation, today).map((decision, index) => {
    const item = items[index] as DunnedItem
    return { id: newId(), item, decision }
  })
  const isDue = ({ next_look_date }: DunnedItem) =>
    next_look_date !== null && next_look_date <= today
  return {
    looked: decided.filter(({ item, decision }) => acts(decision) || isDue(item)),
    looks: decided
      .map((one) => ({ itemId: one.item.id, nextLookDate: nextLookOf(one) }))
      .filter(({ nextLookDate }, index) => nextLookDate !== decided[index]?.item.next_look_date),
  }
}

/** What is proposed is looked at again when the proposal has come to an end. */
const nextLookOf = (one: Pick<Looked, 'item' | 'decision'>): CalendarDate | null =>
  acts(one.decision) && !isReleased(one) ? null : one.decision.nextLookDate

/** Whether the customer is to hear of a decision. */
export const acts = ({ outcome }: Decision): boolean =>
  outcome === 'escalate' || outcome === 'remind'

const isReleased = ({ item, decision }: Pick<Looked, 'item' | 'decision'>): boolean =>
  acts(decision) && item.policy?.release === 'automatic'

const toChosen = ({ id, item, decision }: Looked): Chosen => ({
  decisionId: id,
  item,
  decision,
  level: decision.toLevel,
  deadlineDate: null,
})

function decisionRow(
  reader: Reader,
  run: RunRow,
  { id, item, decision }: Looked,
  noticeId: string | null,
): DecisionRow {
  const status = !acts(decision) ? 'recorded' : noticeId === null ? 'proposed' : 'released'
  return {
    tenant_id: reader.tenant.id,
    id,
    run_id: run.id,
    item_id: item.id,
    invoice_id: item.invoice_id,
    customer_id: item.customer_id,
    outcome: decision.outcome,
    reason: decision.reason,
    inputs: decision.inputs,
    from_level: decision.fromLevel,
    to_level: decision.toLevel,
    next_look_date: nextLookOf({ item, decision }),
    courtesy: decision.courtesy,
    status,
    reviewed_level: null,
    deadline_date: null,
    exclusion_reason: null,
    lapse_reason: null,
    notice_id: noticeId,
    version: 1,
  }
}

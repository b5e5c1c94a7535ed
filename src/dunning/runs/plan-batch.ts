import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import type { NextLook } from '../../ledger/watch-items.ts'
import type { DunnedItem } from '../dunned-items.ts'
import { type Decision, evaluate } from '../evaluate.ts'
import { draftNotices, type NewNotice } from '../notices/draft-notices.ts'
import type { Chosen } from '../notices/notice-subject.ts'
import { type CustomerSituation, loadSituations } from '../situation.ts'
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
    looked: lookAt(group, reader),
  }))
  const notices = await draftNotices(
    reader,
    { runId: run.id, release: 'automatic' },
    groups.map(({ group, looked }) => ({
      group,
      chosen: looked.filter(isReleased).map(toChosen),
    })),
  )
  const toldOf = new Map(
    notices.flatMap(({ row, told }) =>
      told.map(({ item, nextLookDate }) => [item.id, { noticeId: row.id, nextLookDate }]),
    ),
  )
  const all = groups.flatMap(({ looked }) =>
    looked.map((one) => ({ ...one, told: toldOf.get(one.item.id) ?? null })),
  )
  return {
    notices,
    looks: all
      .map((one) => ({ ...one, nextLookDate: nextLookOf(one) }))
      .filter(({ item, nextLookDate }) => nextLookDate !== item.next_look_date)
      .map(({ item, nextLookDate }) => ({ itemId: item.id, nextLookDate })),
    decisions: all
      .filter(({ item, decision }) => acts(decision) || isDue(item, reader.today))
      .map((one) => decisionRow(reader, run, one)),
  }
}

/** Decides about everything that is open. */
const lookAt = ({ items, situation }: CustomerSituation, { today }: Reader): Looked[] =>
  evaluate(situation, today).map((decision, index) => ({
    id: newId(),
    item: items[index] as DunnedItem,
    decision,
  }))

const isDue = ({ next_look_date }: DunnedItem, today: CalendarDate): boolean =>
  next_look_date !== null && next_look_date <= today

/** A decision, beside the notice that carries it out. */
interface Planned extends Looked {
  told: { noticeId: string; nextLookDate: CalendarDate | null } | null
}

/** What is told is looked at again as its notice says; what is proposed, when the proposal has come to an end. */
const nextLookOf = ({ decision, told }: Planned): CalendarDate | null =>
  acts(decision) ? (told?.nextLookDate ?? null) : decision.nextLookDate

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

function decisionRow(reader: Reader, run: RunRow, planned: Planned): DecisionRow {
  const { id, item, decision, told } = planned
  const status = !acts(decision) ? 'recorded' : told === null ? 'proposed' : 'released'
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
    next_look_date: nextLookOf(planned),
    courtesy: decision.courtesy,
    status,
    reviewed_level: null,
    deadline_date: null,
    exclusion_reason: null,
    lapse_reason: null,
    notice_id: told?.noticeId ?? null,
    version: 1,
  }
}

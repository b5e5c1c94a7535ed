import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import type { ItemWithLevel } from '../ledger/queries.ts'
import { openItemToJson } from '../ledger/schema.ts'
import { holdToJson } from './hold-schema.ts'
import { limitToJson } from './limit-schema.ts'
import type { LevelReason } from './notices/dunned-item-schema.ts'
import { noticeToJson } from './notices/notice-schema.ts'
import type { Chosen } from './notices/notice-subject.ts'
import type { ChangedItem, FallenItem } from './notices/take-back-notices.ts'
import { levelOf, type PolicyDefinition } from './policy.ts'
import { policyToJson } from './policy-schema.ts'
import { decisionToJson } from './runs/decision-schema.ts'
import { runToJson } from './runs/run-schema.ts'
import type { DecisionRow, HoldRow, LimitRow, NoticeRow, PolicyRow, RunRow } from './table.ts'

/** An item reached a level: the item as it stands now, and the notice that goes with it. */
export const levelRoseFact = (tx: Tx, { item, level, decision }: Chosen, notice: NoticeRow): Fact =>
  levelChangedFact(tx, notice, {
    item: { ...item, level },
    levelName: item.policy === null ? null : (levelOf(item.policy, level)?.name ?? null),
    policyId: item.policy?.id as string,
    policyVersion: item.policy?.version as number,
    cycle: item.cycle,
    sequence: item.state_version + 1,
    reason: decision.reason,
    fromLevel: decision.fromLevel,
  })

/** An item fell back to where it stood before a notice that was reversed. */
export const levelFellFact = (tx: Tx, item: FallenItem, notice: NoticeRow): Fact =>
  levelChangedFact(tx, notice, fallen(item, 'notice_reversed'))

/** An item stands at no level again, because it is due on another day. */
export const itemDeferredFact = (tx: Tx, item: ChangedItem, reason: LevelReason): Fact =>
  levelChangedFact(tx, null, fallen(item, reason))

/** An item came from another system with the level that it had reached there. */
export const levelTakenOverFact = (tx: Tx, item: ChangedItem): Fact =>
  levelChangedFact(tx, null, fallen(item, 'taken_over'))

const fallen = (item: ChangedItem, reason: LevelReason): LevelChange => ({
  item: { ...item, level: item.to_level },
  levelName: item.level_name,
  policyId: item.policy_id,
  policyVersion: item.policy_version,
  cycle: item.cycle,
  sequence: item.state_version,
  reason,
  fromLevel: item.from_level,
})

interface LevelChange {
  item: ItemWithLevel & { number: string | null }
  levelName: string | null
  policyId: string
  policyVersion: number
  cycle: number
  sequence: number
  reason: LevelReason
  fromLevel: number
}

/** A charge that escalates, what a returned payment left, was announced once before: when it was claimed. */
const sequenceOf = ({ item, sequence }: LevelChange): number =>
  item.kind === 'charge' ? sequence + 1 : sequence

const levelChangedFact = (tx: Tx, notice: NoticeRow | null, change: LevelChange): Fact => ({
  type: 'dunning.level_changed',
  entity: { kind: 'open_item', id: change.item.id, sequence: sequenceOf(change) },
  customerId: change.item.customer_id,
  object: {
    ...openItemToJson(change.item, tx.today),
    invoice_number: change.item.number,
    level_name: change.levelName,
    cycle: change.cycle,
    notice_id: publicIdOrNull('dunning_notice', notice?.id ?? null),
    run_id: publicIdOrNull('dunning_run', notice?.run_id ?? null),
    policy_id: publicId('dunning_policy', change.policyId),
    policy_version: change.policyVersion,
    reason: change.reason,
  },
  previous: { level: change.fromLevel },
})

/** What became of a notice, with all that is needed to tell its customer. */
export const noticeFact = (
  type: Extract<EventType, `dunning.notice_${string}`>,
  notice: NoticeRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'dunning_notice', id: notice.id, sequence: notice.version },
  customerId: notice.customer_id,
  object: noticeToJson(notice, reader),
  ...(previous && { previous }),
})

/** What became of a proposed decision. The first event of a decision is its second version: its run tells of the first. */
export const decisionFact = (
  type: Extract<EventType, `dunning_decision.${string}`>,
  decision: DecisionRow,
  previous: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'dunning_decision', id: decision.id, sequence: decision.version },
  customerId: decision.customer_id,
  object: decisionToJson(decision),
  previous,
})

export const runFact = (
  type: Extract<EventType, `dunning_run.${string}`>,
  run: RunRow,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'dunning_run', id: run.id, sequence: run.version },
  customerId: run.customer_id,
  object: runToJson(run, reader),
})

export const policyFact = (
  type: Extract<EventType, `dunning_policy.${string}`>,
  policy: PolicyRow & { definition: PolicyDefinition },
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'dunning_policy', id: policy.id, sequence: policy.version },
  customerId: null,
  object: policyToJson(policy, reader),
})

export const holdFact = (
  type: Extract<EventType, `dunning_hold.${string}`>,
  hold: HoldRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'dunning_hold', id: hold.id, sequence: hold.version },
  customerId: hold.customer_id,
  object: holdToJson(hold, reader),
  ...(previous && { previous }),
})

/** How far dunning may go with an item was set or changed. */
export const limitFact = (limit: LimitRow, before: LimitRow | undefined, reader: Reader): Fact => ({
  type: 'dunning_limit.updated',
  entity: { kind: 'dunning_limit', id: limit.id, sequence: limit.version },
  customerId: limit.customer_id,
  object: limitToJson(limit, reader),
  ...(before && { previous: { maximum_level: before.maximum_level, reason: before.reason } }),
})

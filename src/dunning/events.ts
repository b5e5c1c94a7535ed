import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { publicId } from '../foundation/id.ts'
import { openItemToJson } from '../ledger/schema.ts'
import type { Decision } from './evaluate.ts'
import { holdToJson } from './hold-schema.ts'
import { limitToJson } from './limit-schema.ts'
import { noticeToJson } from './notice-schema.ts'
import type { PolicyDefinition } from './policy.ts'
import { policyToJson } from './policy-schema.ts'
import { runToJson } from './run-schema.ts'
import type { DunnedItem } from './situation.ts'
import type { HoldRow, LimitRow, NoticeRow, PolicyRow, RunRow } from './table.ts'

/** An item reached a level: the item as it stands now, and the notice that goes with it. */
export const levelChangedFact = (
  tx: Tx,
  item: DunnedItem,
  decision: Decision,
  notice: NoticeRow,
): Fact => ({
  type: 'dunning.level_changed',
  entity: { kind: 'open_item', id: item.id, sequence: item.state_version + 1 },
  customerId: item.customer_id,
  object: {
    ...openItemToJson({ ...item, level: decision.toLevel }, tx.today),
    invoice_number: item.number,
    level_name: item.policy?.levels.find(({ level }) => level === decision.toLevel)?.name ?? null,
    notice_id: publicId('dunning_notice', notice.id),
    run_id: publicId('dunning_run', notice.run_id),
    policy_id: publicId('dunning_policy', item.policy?.id as string),
    policy_version: item.policy?.version,
    reason: decision.reason,
  },
  previous: { level: decision.fromLevel },
})

/** A customer is to be told: the notice with all that is needed to tell it. */
export const noticeFact = (notice: NoticeRow, reader: Reader): Fact => ({
  type: 'dunning.notice_issued',
  entity: { kind: 'dunning_notice', id: notice.id, sequence: notice.version },
  customerId: notice.customer_id,
  object: noticeToJson(notice, reader),
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

import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { approvalToJson } from './schema.ts'
import type { ApprovalRow } from './table.ts'

/** What became of an approval. */
export const approvalFact = (
  type: Extract<EventType, `approval.${string}`>,
  approval: ApprovalRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'approval', id: approval.id, sequence: approval.version },
  customerId: approval.customer_id,
  object: approvalToJson(approval, reader),
  ...(previous && { previous }),
})

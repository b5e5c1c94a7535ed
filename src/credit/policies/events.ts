import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { replacedFields } from '../../foundation/merge.ts'
import type { PolicyVersion } from './queries.ts'
import { policyToJson } from './schema.ts'

/** What became of the credit policy, and what of it was different before. */
export function policyFact(
  type: Extract<EventType, `credit_policy.${string}`>,
  policy: PolicyVersion,
  reader: Reader,
  before?: PolicyVersion,
): Fact {
  const object = policyToJson(policy, reader)
  const previous = before && replacedFields(policyToJson(before, reader), object)
  return {
    type,
    entity: { kind: 'credit_policy', id: policy.id, sequence: policy.version },
    customerId: null,
    object,
    ...(previous && { previous }),
  }
}

import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { publicId } from '../../foundation/id.ts'
import { creditGroupToJson } from './schema.ts'
import type { CreditGroupRow } from './table.ts'

/** What became of a group. */
export const creditGroupFact = (
  type: 'credit_group.created' | 'credit_group.updated',
  group: CreditGroupRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'credit_group', id: group.id, sequence: group.version },
  customerId: null,
  object: creditGroupToJson(group, reader),
  ...(previous && { previous }),
})

/** Who joined or left a group: the group as it stands now, and the customer. */
export const memberFact = (
  type: 'credit_group.member_added' | 'credit_group.member_removed',
  group: CreditGroupRow,
  customerId: string,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'credit_group', id: group.id, sequence: group.version },
  customerId,
  object: { ...creditGroupToJson(group, reader), customer_id: publicId('customer', customerId) },
})

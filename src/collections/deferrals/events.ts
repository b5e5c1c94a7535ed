import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { deferralToJson } from './schema.ts'
import type { DeferralRow } from './table.ts'

/** What became of a deferral. */
export const deferralFact = (
  type: Extract<EventType, `deferral.${string}`>,
  deferral: DeferralRow,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'deferral', id: deferral.id, sequence: deferral.version },
  customerId: deferral.customer_id,
  object: deferralToJson(deferral, reader),
})

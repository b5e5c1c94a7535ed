import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { ItemWithLevel } from './queries.ts'
import { openItemToJson } from './schema.ts'

/** What happened to a charge, with the item as it stands now. `sequence` counts the charge's events from 1. */
export const chargeFact = (
  type: Extract<EventType, 'charge.claimed' | 'charge.waived'>,
  charge: ItemWithLevel,
  sequence: number,
  { today }: Pick<Reader, 'today'>,
): Fact => ({
  type,
  entity: { kind: 'open_item', id: charge.id, sequence },
  customerId: charge.customer_id,
  object: openItemToJson(charge, today),
})

import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { CustomerClassRow } from '../table.ts'
import { classToJson } from './schema.ts'

/** What happened to a class, with the class as it stands now. */
export const classFact = (
  type: Extract<EventType, `customer_class.${string}`>,
  row: CustomerClassRow,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'customer_class', id: row.id, sequence: row.version },
  customerId: null,
  object: classToJson(row, reader),
})

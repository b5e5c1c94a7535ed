import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { matchedLineToJson } from './schema.ts'
import type { MatchedLine } from './table.ts'

/** What happened to a bank line, with what became of it. */
export const bankLineFact = (
  type: Extract<EventType, `bank_line.${string}`>,
  one: MatchedLine,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'bank_line', id: one.line.id, sequence: one.line.version },
  customerId: one.matches[0]?.customer_id ?? null,
  object: matchedLineToJson(one, reader),
})

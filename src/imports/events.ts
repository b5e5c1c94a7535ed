import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { importToJson } from './schema.ts'
import type { ImportRecord } from './table.ts'

export const importFact = (
  type: Extract<EventType, `import.${string}`>,
  record: ImportRecord,
  reader: Pick<Reader, 'tenant'>,
): Fact => ({
  type,
  entity: { kind: 'import', id: record.id, sequence: record.version },
  customerId: null,
  object: importToJson(record, reader),
})

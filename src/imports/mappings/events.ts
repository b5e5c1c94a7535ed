import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { ImportMappingRow } from '../table.ts'
import { importMappingToJson } from './schema.ts'

export const importMappingFact = (
  type: Extract<EventType, `import_mapping.${string}`>,
  mapping: ImportMappingRow,
  reader: Pick<Reader, 'tenant'>,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'import_mapping', id: mapping.id, sequence: mapping.version },
  customerId: null,
  object: importMappingToJson(mapping, reader),
  ...(previous && { previous }),
})

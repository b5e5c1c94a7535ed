import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { MigrationRow } from '../table.ts'
import { migrationToJson } from './schema.ts'

/** Items under way were moved to another version of their policy. */
export const migrationFact = (migration: MigrationRow, reader: Reader): Fact => ({
  type: 'dunning_policy.migrated',
  entity: { kind: 'dunning_migration', id: migration.id, sequence: migration.version },
  customerId: null,
  object: migrationToJson(migration, reader),
})

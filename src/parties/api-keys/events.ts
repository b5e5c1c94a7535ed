import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import { replacedFields } from '../../foundation/merge.ts'
import type { ApiKeyRow } from '../table.ts'
import { apiKeyToJson } from './schema.ts'

type Mode = 'live' | 'test'

const factOf = (type: EventType, row: ApiKeyRow, mode: Mode): Fact => ({
  type,
  entity: { kind: 'api_key', id: row.id, sequence: row.version },
  customerId: null,
  object: apiKeyToJson(row, mode),
})

export const apiKeyCreated = (row: ApiKeyRow, mode: Mode): Fact =>
  factOf('api_key.created', row, mode)

/** What it may do, from where, until when or its name changed. */
export const apiKeyUpdated = (
  row: ApiKeyRow,
  previous: Record<string, unknown>,
  mode: Mode,
): Fact => ({ ...factOf('api_key.updated', row, mode), previous })

/** The secret changed, of which only the hint shows. */
export const apiKeyRotated = (before: ApiKeyRow, after: ApiKeyRow, mode: Mode): Fact => ({
  ...factOf('api_key.rotated', after, mode),
  previous: replacedFields(apiKeyToJson(before, mode), apiKeyToJson(after, mode)) ?? {},
})

export const apiKeyRevoked = (row: ApiKeyRow, mode: Mode): Fact => ({
  ...factOf('api_key.revoked', row, mode),
  previous: { revoked_at: null },
})

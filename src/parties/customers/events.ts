import type { Fact } from '../../events/announce.ts'
import type { CustomerRow } from '../table.ts'
import { customerToJson } from './schema.ts'

type Mode = 'live' | 'test'

export const customerCreated = (row: CustomerRow, mode: Mode): Fact => ({
  type: 'customer.created',
  entity: { kind: 'customer', id: row.id, sequence: row.version },
  customerId: row.id,
  object: customerToJson(row, mode),
})

export const customerUpdated = (
  row: CustomerRow,
  mode: Mode,
  previous: Record<string, unknown>,
): Fact => ({
  ...customerCreated(row, mode),
  type: 'customer.updated',
  previous,
})

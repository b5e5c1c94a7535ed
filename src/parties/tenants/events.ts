import type { Fact } from '../../events/announce.ts'
import type { TenantRow } from '../table.ts'
import { tenantToJson } from './schema.ts'

export const tenantCreated = (row: TenantRow): Fact => ({
  type: 'tenant.created',
  entity: { kind: 'tenant', id: row.tenant_id, sequence: row.version },
  customerId: null,
  object: tenantToJson(row),
})

export const tenantUpdated = (row: TenantRow, previous: Record<string, unknown>): Fact => ({
  ...tenantCreated(row),
  type: 'tenant.updated',
  previous,
})

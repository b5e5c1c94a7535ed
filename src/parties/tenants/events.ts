import type { Fact } from '../../events/announce.ts'
import { replacedFields } from '../../foundation/merge.ts'
import type { TenantRow } from '../table.ts'
import { tenantToJson } from './schema.ts'

export const tenantCreated = (row: TenantRow): Fact => ({
  type: 'tenant.created',
  entity: { kind: 'tenant', id: row.tenant_id, sequence: row.version },
  customerId: null,
  object: tenantToJson(row),
})

/** It rests from now on, or works again. */
export const tenantRested = (
  type: 'tenant.suspended' | 'tenant.resumed',
  before: TenantRow,
  after: TenantRow,
): Fact => ({
  ...tenantCreated(after),
  type,
  previous: replacedFields(tenantToJson(before), tenantToJson(after)) ?? {},
})

export const tenantUpdated = (row: TenantRow, previous: Record<string, unknown>): Fact => ({
  ...tenantCreated(row),
  type: 'tenant.updated',
  previous,
})

import { announce } from '../../events/announce.ts'
import { type Scope, tenantScopes } from '../../foundation/access/scopes.ts'
import { isTimeZone } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { NewTenant } from '../../foundation/database/frame.ts'
import { reschedule } from '../../foundation/jobs/schedule.ts'
import { Problem } from '../../foundation/problem.ts'
import { createApiKey } from '../api-keys/create-api-key.ts'
import type { ApiKeyRow, TenantRow } from '../table.ts'
import { tenantCreated } from './events.ts'

export interface CreateTenant {
  name: string
  mode: 'live' | 'test'
  time_zone: string
  currency: string
  locale?: string
  net_days?: number | null
  dunning_time?: string
  metadata?: Record<string, string>
  /** What the first API key may do; by default everything within the tenant. */
  scopes?: readonly Scope[]
  /** The first API key's secret; by default a new one is made. */
  secret?: string
}

/** What `commit` must be told to open the frame of a tenant that this command is about to create. */
export function newTenant({ mode, time_zone, currency, net_days }: CreateTenant): NewTenant {
  if (!isTimeZone(time_zone)) throw new Problem('time_zone_unknown', { time_zone })
  return { mode, timeZone: time_zone, currency, netDays: net_days ?? null }
}

/**
 * Creates the tenant of the frame, with the head of its feed, its timetable and its first API key, so that it is whole
 * from its first moment. The frame must have been opened with `newTenant`.
 */
export async function createTenant(
  tx: Tx,
  { scopes = tenantScopes, secret, ...input }: CreateTenant,
): Promise<{ tenant: TenantRow; key: ApiKeyRow; secret: string }> {
  const tenant = await tx.db
    .insertInto('tenant')
    .values({
      tenant_id: tx.tenant.id,
      name: input.name,
      mode: input.mode,
      time_zone: input.time_zone,
      locale: input.locale ?? 'en',
      currency: input.currency,
      net_days: input.net_days ?? null,
      ...(input.dunning_time === undefined ? {} : { dunning_time: input.dunning_time }),
      metadata: JSON.stringify(input.metadata ?? {}),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('tenant_directory')
    .values({ tenant_id: tx.tenant.id, mode: input.mode, created_at: tx.now })
    .execute()
  await tx.db.insertInto('feed_head').values({ tenant_id: tx.tenant.id }).execute()
  await reschedule(tx, 'all')
  announce(tx, tenantCreated(tenant))
  const first = { name: 'First key', scopes, ...(secret === undefined ? {} : { secret }) }
  return { tenant, ...(await createApiKey(tx, first)) }
}

import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { requireEndpoint } from './queries.ts'
import { standardTiming } from './timing.ts'

/** More of what waits is not counted. */
export const WAITING_COUNT_MAX = 10_000

/** How an endpoint is doing at this moment, in real time. */
export interface EndpointHealth {
  health: 'healthy' | 'failing' | 'disabled'
  /** The first failure after the last success. */
  failing_since: string | null
  /** When it is disabled unless an attempt succeeds; null before failures have lasted for half a day. */
  disables_at: string | null
  waiting_count: number
}

/** Changes with every attempt, unlike the endpoint itself, which changes by what is announced. */
export async function readEndpointHealth(reader: Reader, id: string): Promise<EndpointHealth> {
  const { db, tenant } = reader
  const { status, failing_since, outage_since } = await requireEndpoint(reader, id)
  const { rows } = await sql<{ waiting_count: number }>`
    select count(*)::int as waiting_count
    from (
      select from webhook_queue where tenant_id = ${tenant.id} and endpoint_id = ${id} limit ${WAITING_COUNT_MAX}
    ) as waiting
  `.execute(db)
  const isFailing = status === 'enabled' && failing_since !== null
  const gracePeriodMs = standardTiming.giveUp * 1_000
  return {
    health: status === 'enabled' ? (isFailing ? 'failing' : 'healthy') : 'disabled',
    failing_since,
    disables_at:
      isFailing && outage_since !== null
        ? new Date(Date.parse(outage_since) + gracePeriodMs).toISOString()
        : null,
    waiting_count: rows[0]?.waiting_count ?? 0,
  }
}

import { sql } from 'kysely'
import { eventToJson, type FeedRow } from '../events/schema.ts'
import { read } from '../foundation/database/commit.ts'
import type { Database } from '../foundation/database/pool.ts'
import { publicId } from '../foundation/id.ts'
import { type Secrets, SecretUnreadable } from '../foundation/secrets.ts'
import type { Claim } from './claim-deliveries.ts'
import { openHeaders } from './custom-headers.ts'
import { placeOfSecret } from './endpoint-secrets.ts'
import type { EndpointRow, EndpointStatus } from './table.ts'

/** What is sent, and to whom. */
export interface Message {
  claim: Claim
  endpoint: Target
  /** The event's id, `evt_…`. */
  id: string
  /** The same bytes on every attempt: the event never changes and is written in one order. */
  body: string
}

/** An endpoint as the sender needs it. */
export interface Target {
  id: string
  url: string
  status: EndpointStatus
  /** Every secret and key that signs, the current one of each kind first; empty when none can be opened. */
  secrets: readonly string[]
  /** What is sent along; null when it cannot be opened. */
  headers: Readonly<Record<string, string>> | null
  /** Attempts at a time. */
  maxConcurrency: number
  /** Attempts per second; null is without limit. */
  throttleRate: number | null
  /** True when its record shows failures since the last success. */
  isFailing: boolean
}

/** Loads what one tenant's claims say, in the order of the claims. */
export function loadMessages(
  database: Database,
  secrets: Secrets,
  tenantId: string,
  claims: readonly Claim[],
): Promise<Message[]> {
  return read(database, tenantId, async ({ db, tenant }) => {
    const endpointIds = [...new Set(claims.map(({ endpoint_id }) => endpoint_id))]
    const eventIds = [...new Set(claims.map(({ event_id }) => event_id))]
    const [targets, events] = await Promise.all([
      sql<TargetRow>`
        select tenant_id, id, url, status, custom_headers, max_concurrency, throttle_rate, failing_since is not null as is_failing, coalesce((
          select json_agg(json_build_object('id', secret.id, 'sealed', secret.sealed)
            order by secret.version, secret.created_at desc, secret.id desc)
          from webhook_secret as secret
          where secret.tenant_id = endpoint.tenant_id and secret.endpoint_id = endpoint.id
            and (secret.valid_until is null or secret.valid_until > now())
        ), '[]') as sealed
        from webhook_endpoint as endpoint
        where tenant_id = ${tenantId} and id = any(${endpointIds}::uuid[])
      `.execute(db),
      sql<Omit<FeedRow, 'position'>>`
        select * from event
        where tenant_id = ${tenantId} and id = any(${eventIds}::uuid[])
      `.execute(db),
    ])
    const targetOf = new Map(
      targets.rows.map((row): [string, Target] => [row.id, targetOfRow(secrets, row)]),
    )
    const eventOf = new Map(events.rows.map((row) => [row.id, row]))
    const bodyOf = new Map<string, string>()
    return claims.flatMap((claim) => {
      const endpoint = targetOf.get(claim.endpoint_id)
      const event = eventOf.get(claim.event_id)
      if (endpoint === undefined || event === undefined) return []
      const body =
        bodyOf.get(event.id) ??
        JSON.stringify(eventToJson({ ...event, position: claim.position }, tenant.mode))
      bodyOf.set(event.id, body)
      return [{ claim, endpoint, id: publicId('event', event.id), body }]
    })
  })
}

type TargetRow = Pick<
  EndpointRow,
  'tenant_id' | 'id' | 'url' | 'status' | 'custom_headers' | 'max_concurrency' | 'throttle_rate'
> & { is_failing: boolean; sealed: { id: string; sealed: string }[] }

/** What no key of this process opens is left out; the operator is told by attempts that fail for want of it. */
function targetOfRow(secrets: Secrets, row: TargetRow): Target {
  const { id, url, status } = row
  const open = <T>(what: () => T): T[] => {
    try {
      return [what()]
    } catch (error) {
      if (error instanceof SecretUnreadable) return []
      throw error
    }
  }
  return {
    id,
    url,
    status,
    secrets: row.sealed.flatMap((secret) =>
      open(() => secrets.open(secret.sealed, placeOfSecret(row.tenant_id, secret.id))),
    ),
    headers: open(() => openHeaders(secrets, row))[0] ?? null,
    maxConcurrency: row.max_concurrency,
    throttleRate: row.throttle_rate,
    isFailing: row.is_failing,
  }
}

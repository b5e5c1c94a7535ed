import type { Generated, Selectable } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'
import type { JsonDefault } from '../foundation/database/columns.ts'

export type EndpointStatus = 'enabled' | 'disabled' | 'deleted'
export type DisabledReason = 'requested' | 'gone' | 'failing'
export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'skipped' | 'cancelled'

export type SignatureVersion = 'v1' | 'v1a'
export type RecoveryScope = 'undelivered' | 'missing'
export type RecoveryStatus = 'queued' | 'running' | 'succeeded' | 'cancelled'

/** A header the tenant wants sent, as it is kept: the value sealed, and what of it may be shown. */
export interface CustomHeader {
  sealed: string
  hint: string
}

/** One try to tell one endpoint, as it is kept. */
export interface Attempt {
  /** Counts from one, over retries and resends. */
  attempt: number
  /** Real time. */
  at: Instant
  status_code: number | null
  /** Why there was no usable answer; null when there was one. */
  error: string | null
  latency_ms: number
  /** The beginning of an answer that was not 2xx; null for private targets. */
  response: string | null
}

export interface WebhookTables {
  webhook_endpoint: {
    tenant_id: string
    id: string
    external_id: string | null
    url: string
    event_types: string[]
    signature_versions: Generated<SignatureVersion[]>
    /** By name, in lower case. */
    custom_headers: JsonDefault<Record<string, CustomHeader>>
    max_concurrency: Generated<number>
    /** Attempts per second; null is without limit. */
    throttle_rate: number | null
    description: string | null
    status: Generated<EndpointStatus>
    disabled_reason: DisabledReason | null
    disabled_at: Instant | null
    failing_since: Instant | null
    outage_since: Instant | null
    warned_at: Instant | null
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  webhook_secret: {
    tenant_id: string
    id: string
    endpoint_id: string
    version: Generated<SignatureVersion>
    sealed: string
    /** The half of a v1a pair that receivers verify with, `whpk_…`. */
    public_key: string | null
    valid_until: Instant | null
    created_at: Generated<Instant>
  }
  webhook_delivery: {
    tenant_id: string
    id: string
    endpoint_id: string
    event_id: string
    event_type: string
    position: number
    status: DeliveryStatus
    attempt_count: Generated<number>
    exhausted_count: Generated<number>
    attempts: JsonDefault<Attempt[]>
    last_status_code: number | null
    last_error: string | null
    last_latency_ms: number | null
    last_attempt_at: Instant | null
    next_attempt_at: Instant | null
    version: Generated<number>
    created_at: Generated<Instant>
    updated_at: Generated<Instant>
  }
  webhook_recovery: {
    tenant_id: string
    id: string
    endpoint_id: string
    scope: RecoveryScope
    status: Generated<RecoveryStatus>
    since: Instant
    until: Instant
    resent_count: Generated<number>
    /** How far it has come; it goes by the ids of events. */
    last_event_id: string | null
    finished_at: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  webhook_queue: {
    tenant_id: string
    delivery_id: string
    endpoint_id: string
    event_id: string
    entity_id: string
    position: number
    attempt: Generated<number>
    due_at: Instant
    lease_token: string | null
  }
  webhook_cursor: { tenant_id: string; position: Generated<number> }
  sealing_key: { id: string; key: Buffer; created_at: Generated<Instant> }
}

export type EndpointRow = Selectable<WebhookTables['webhook_endpoint']>
export type DeliveryRow = Selectable<WebhookTables['webhook_delivery']>
export type SecretRow = Selectable<WebhookTables['webhook_secret']>
export type RecoveryRow = Selectable<WebhookTables['webhook_recovery']>

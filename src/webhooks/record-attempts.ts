import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { type Attempted, type Outcome, outcomeOf } from './attempt-outcome.ts'
import { isOperational } from './event-types.ts'
import { deliveryExhausted } from './events.ts'
import { judgeEndpoints } from './judge-endpoints.ts'
import type { DeliveryRow, DeliveryStatus } from './table.ts'
import type { Timing } from './timing.ts'

/** What became of the attempts, for metrics and logs. */
export interface Recorded {
  delivered: number
  retried: number
  failed: number
  /** Attempts whose lease had passed to another worker, which records its own. */
  fenced: number
  /** Endpoints that have failed for half of the time after which they are disabled. */
  warned: string[]
  disabled: string[]
}

/** Attempts of one delivery that are kept; older ones give way. */
const ATTEMPTS_KEPT = 50

/**
 * Records what came of attempts of one tenant, all in a few statements. What is finished leaves the queue and lets the
 * next of its lane go; what failed gets its next time; endpoints that are gone, or have failed for days, are disabled.
 */
export async function recordAttempts(
  tx: Tx,
  attempts: readonly Attempted[],
  timing: Timing,
): Promise<Recorded> {
  const outcomes = attempts.map((attempted) => outcomeOf(attempted, timing))
  const recorded = await write(tx, outcomes)
  await announceExhausted(tx, outcomes, recorded)
  const finished = outcomes.filter(({ wait_seconds }) => wait_seconds === null)
  if (finished.length > 0) {
    await letNextGo(tx, finished)
    tx.wakes.add('deliveries')
  }
  const health = await judgeEndpoints(tx, attempts, timing)
  const count = (...statuses: DeliveryStatus[]) =>
    outcomes.filter(
      ({ delivery_id, status }) => recorded.has(delivery_id) && statuses.includes(status),
    ).length
  return {
    delivered: count('delivered'),
    retried: count('pending'),
    failed: count('failed'),
    fenced: outcomes.length - recorded.size,
    ...health,
  }
}

/** Writes queue and record, for leases that still hold; answers which those were. Rows are locked in the order of lanes. */
async function write(tx: Tx, outcomes: readonly Outcome[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with outcome as (
      select * from json_to_recordset(${JSON.stringify(outcomes)}) as outcome(
        delivery_id uuid, lease_token uuid, status text, wait_seconds float8, is_exhausted boolean, at timestamptz, status_code int,
        error text, latency_ms int, response text)
    ), held as (
      select outcome.*
      from webhook_queue as queued
      join outcome using (delivery_id, lease_token)
      where queued.tenant_id = ${tx.tenant.id}
      order by queued.endpoint_id, queued.entity_id, queued.position
      for update of queued
    ), finished as (
      delete from webhook_queue as queued
      using held
      where queued.tenant_id = ${tx.tenant.id} and queued.delivery_id = held.delivery_id and held.wait_seconds is null
    ), postponed as (
      update webhook_queue as queued
      set due_at = now() + make_interval(secs => held.wait_seconds), attempt = queued.attempt + 1, lease_token = null
      from held
      where queued.tenant_id = ${tx.tenant.id} and queued.delivery_id = held.delivery_id and held.wait_seconds is not null
    )
    update webhook_delivery as delivery
    set status = held.status,
      attempt_count = delivery.attempt_count + 1,
      exhausted_count = delivery.exhausted_count + held.is_exhausted::int,
      attempts = case when jsonb_array_length(delivery.attempts) < ${ATTEMPTS_KEPT} then delivery.attempts else delivery.attempts - 0 end
        || jsonb_build_object(
          'attempt', delivery.attempt_count + 1,
          'at', to_char(held.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'status_code', held.status_code, 'error', held.error, 'latency_ms', held.latency_ms, 'response', held.response),
      last_status_code = held.status_code,
      last_error = held.error,
      last_latency_ms = held.latency_ms,
      last_attempt_at = held.at,
      next_attempt_at = now() + make_interval(secs => held.wait_seconds),
      version = delivery.version + 1,
      updated_at = now()
    from held
    where delivery.tenant_id = ${tx.tenant.id} and delivery.id = held.delivery_id
    returning delivery.id
  `.execute(tx.db)
  return new Set(rows.map(({ id }) => id))
}

/** Tells of deliveries that were in vain, unless they were about webhooks themselves: that would have no end. */
async function announceExhausted(
  tx: Tx,
  outcomes: readonly Outcome[],
  recorded: ReadonlySet<string>,
): Promise<void> {
  const ids = outcomes
    .filter(({ delivery_id, is_exhausted }) => is_exhausted && recorded.has(delivery_id))
    .map(({ delivery_id }) => delivery_id)
  if (ids.length === 0) return
  const { rows } = await sql<DeliveryRow>`
    select * from webhook_delivery where tenant_id = ${tx.tenant.id} and id = any(${ids}::uuid[]) order by position
  `.execute(tx.db)
  const worth = rows.filter(({ event_type }) => !isOperational(event_type))
  announce(tx, ...worth.map((row) => deliveryExhausted(row, tx)))
}

/**
 * Brings forward the head of each lane that has just lost one, if it was only waiting. A statement of its own, so that
 * it sees what a fan-out wrote while we waited for it. A head that has been tried keeps its own time.
 */
const letNextGo = (tx: Tx, finished: readonly Outcome[]) =>
  sql`
    with lane as (
      select distinct endpoint_id, entity_id
      from unnest(${finished.map(({ endpoint_id }) => endpoint_id)}::uuid[], ${finished.map(({ entity_id }) => entity_id)}::uuid[])
        as lane(endpoint_id, entity_id)
    )
    update webhook_queue as next
    set due_at = now()
    from lane
    cross join lateral (
      select delivery_id
      from webhook_queue as queued
      where queued.tenant_id = ${tx.tenant.id} and queued.endpoint_id = lane.endpoint_id and queued.entity_id = lane.entity_id
      order by queued.position
      limit 1
    ) as head
    where next.tenant_id = ${tx.tenant.id} and next.delivery_id = head.delivery_id
      and next.attempt = 0 and next.lease_token is null and next.due_at > now()
  `.execute(tx.db)

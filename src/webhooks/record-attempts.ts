import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { Claim } from './claim-deliveries.ts'
import { tryDisableEndpoint } from './disable-endpoint.ts'
import type { Answered } from './send.ts'
import type { DeliveryStatus } from './table.ts'
import { type Timing, waitAfter } from './timing.ts'

/** An attempt and what came of it. */
export interface Attempted {
  claim: Claim
  answered: Answered
  /** Whether the endpoint's record showed failures when the attempt was made. */
  wasFailing: boolean
}

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
const GONE = 410

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

interface Outcome {
  delivery_id: string
  endpoint_id: string
  entity_id: string
  lease_token: string
  status: DeliveryStatus
  /** Null when nothing more is tried. */
  wait_seconds: number | null
  at: string
  status_code: number | null
  error: string | null
  latency_ms: number
  response: string | null
}

const isSuccess = ({ error }: Answered): boolean => error === null

function outcomeOf({ claim, answered }: Attempted, timing: Timing): Outcome {
  const { delivery_id, endpoint_id, entity_id, lease_token, attempt } = claim
  const { at, statusCode, error, latencyMs, retryAfterSeconds, response } = answered
  const isOver = isSuccess(answered) || statusCode === GONE
  const wait = isOver ? null : waitAfter(attempt + 1, retryAfterSeconds, timing)
  const status = isSuccess(answered) ? 'delivered' : wait === null ? 'failed' : 'pending'
  return {
    delivery_id,
    endpoint_id,
    entity_id,
    lease_token,
    status,
    wait_seconds: wait,
    at: at.toISOString(),
    status_code: statusCode,
    error,
    latency_ms: latencyMs,
    response,
  }
}

/** Writes queue and record, for leases that still hold; answers which those were. Rows are locked in the order of lanes. */
async function write(tx: Tx, outcomes: readonly Outcome[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with outcome as (
      select * from json_to_recordset(${JSON.stringify(outcomes)}) as outcome(
        delivery_id uuid, lease_token uuid, status text, wait_seconds float8, at timestamptz, status_code int,
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

/** Keeps each endpoint's record of failures, and disables what is gone or given up. */
async function judgeEndpoints(
  tx: Tx,
  attempts: readonly Attempted[],
  timing: Timing,
): Promise<Pick<Recorded, 'warned' | 'disabled'>> {
  const idsOf = (some: readonly Attempted[]) => [
    ...new Set(some.map(({ claim }) => claim.endpoint_id)),
  ]
  const well = idsOf(attempts.filter(({ answered }) => isSuccess(answered)))
  const unwell = idsOf(attempts.filter(({ answered }) => !isSuccess(answered))).filter(
    (id) => !well.includes(id),
  )
  const gone = idsOf(attempts.filter(({ answered }) => answered.statusCode === GONE))
  const recovered = idsOf(
    attempts.filter(({ claim, wasFailing }) => wasFailing && well.includes(claim.endpoint_id)),
  )

  if (recovered.length > 0) await forgetFailures(tx, recovered)
  const judged = unwell.length === 0 ? [] : await noteFailures(tx, unwell, timing)

  const disabled: string[] = []
  for (const id of gone) if (await tryDisableEndpoint(tx, { id, reason: 'gone' })) disabled.push(id)
  for (const { id, is_given_up } of judged) {
    if (is_given_up && (await tryDisableEndpoint(tx, { id, reason: 'failing' }))) disabled.push(id)
  }
  return { warned: judged.filter(({ is_warned }) => is_warned).map(({ id }) => id), disabled }
}

const forgetFailures = (tx: Tx, ids: readonly string[]) =>
  sql`
    update webhook_endpoint
    set failing_since = null, outage_since = null, warned_at = null
    where tenant_id = ${tx.tenant.id} and id = any(${ids}::uuid[]) and failing_since is not null
  `.execute(tx.db)

/**
 * An outage begins once failures lie `outageSpan` apart within `outageWindow`: one bad hour, or two bad hours a week
 * apart, are none. Nothing is written while an outage simply goes on.
 */
async function noteFailures(
  tx: Tx,
  ids: readonly string[],
  { giveUp, outageSpan, outageWindow }: Timing,
): Promise<{ id: string; is_warned: boolean; is_given_up: boolean }[]> {
  const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`
  const { rows } = await sql<{ id: string; is_warned: boolean; is_given_up: boolean }>`
    update webhook_endpoint
    set failing_since = case
        when failing_since is null or (outage_since is null and failing_since < ${ago(outageWindow)}) then now()
        else failing_since
      end,
      outage_since = coalesce(outage_since, case
        when failing_since <= ${ago(outageSpan)} and failing_since >= ${ago(outageWindow)} then failing_since
      end),
      warned_at = coalesce(warned_at, case when outage_since <= ${ago(giveUp / 2)} then now() end)
    where tenant_id = ${tx.tenant.id} and id = any(${ids}::uuid[]) and status = 'enabled'
      and (outage_since is null or outage_since <= ${ago(giveUp / 2)})
    returning id, coalesce(warned_at = now(), false) as is_warned, coalesce(outage_since <= ${ago(giveUp)}, false) as is_given_up
  `.execute(tx.db)
  return rows
}

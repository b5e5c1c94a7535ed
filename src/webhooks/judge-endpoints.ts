import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { type Attempted, isGone, isSuccess } from './attempt-outcome.ts'
import { tryDisableEndpoint } from './disable-endpoint.ts'
import { endpointFailing, endpointRecovered } from './events.ts'
import type { Recorded } from './record-attempts.ts'
import type { EndpointRow } from './table.ts'
import type { Timing } from './timing.ts'

/** Keeps each endpoint's record of failures, and disables what is gone or given up. */
export async function judgeEndpoints(
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
  const gone = idsOf(attempts.filter(({ answered }) => isGone(answered)))
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
  const warned = judged.filter(({ is_warned }) => is_warned).map(({ id }) => id)
  await announceFailing(tx, warned)
  return { warned, disabled }
}

/** The first success ends an outage; who was warned of it hears of that too. */
async function forgetFailures(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<EndpointRow & { failed_since: string | null }>`
    with failing as (
      select id, case when warned_at is not null then outage_since end as failed_since
      from webhook_endpoint
      where tenant_id = ${tx.tenant.id} and id = any(${ids}::uuid[]) and failing_since is not null
      order by id
      for no key update
    )
    update webhook_endpoint as endpoint
    set failing_since = null, outage_since = null, warned_at = null,
      version = version + (failed_since is not null)::int,
      updated_at = case when failed_since is null then updated_at else ${tx.now} end
    from failing
    where endpoint.tenant_id = ${tx.tenant.id} and endpoint.id = failing.id
    returning endpoint.*, failing.failed_since
  `.execute(tx.db)
  for (const { failed_since, ...row } of rows) {
    if (failed_since !== null)
      announce(tx, endpointRecovered(row, tx.tenant.mode, { failing_since: failed_since }))
  }
}

/** Half of the time after which they are disabled has passed. */
async function announceFailing(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<EndpointRow>`
    update webhook_endpoint
    set version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = any(${ids}::uuid[]) and status = 'enabled'
    returning *
  `.execute(tx.db)
  announce(tx, ...rows.map((row) => endpointFailing(row, tx.tenant.mode, { failing_since: null })))
}

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

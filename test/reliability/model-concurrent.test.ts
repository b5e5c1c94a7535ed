import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { appOn, type Reply, type TestApp, type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { type Asker, CashHistory, type Outcomes } from '../support/cash-history.ts'
import { TODAY } from '../support/cash-operations.ts'
import { report, seed, sizeOf } from '../support/certify.ts'
import { inParallel } from '../support/in-parallel.ts'
import { type Chance, chanceOf } from '../support/random.ts'
import { clockOf, recordsOf } from '../support/records.ts'

/**
 * Clients that share a company and three replicas, while connections are cut and backends end. Each has customers of
 * its own, so that a model can say what must come of what it does: a request whose outcome it was not told is sent again
 * under its key, to any replica, until it is; then it has happened once or not at all. Writers that compete for one
 * customer are the races' matter.
 */
const { histories, steps } = sizeOf({
  slice: { histories: 1, steps: 160 },
  certify: { histories: 200, steps: 300 },
  certification: { histories: 1_000, steps: 5_000 },
})
const CLIENTS = 8
const REPLICAS = 3
const CUT = 0.05
const KILLED = 0.02
/** How long after a request was sent its connection is cut at the latest, milliseconds. */
const CUT_WITHIN_MS = 15
const TRIES_MAX = 300

const quiet = { LOG_LEVEL: 'silent' }
const app = await testApp(t, quiet)
const databaseUrl = String(app.context.api.pool.options.connectionString)
const others = await Promise.all(
  Array.from({ length: REPLICAS - 1 }, () => appOn(t, databaseUrl, quiet)),
)
const replicas = await Promise.all([app, ...others].map(listening))
const faults = { cuts: 0, kills: 0, unknown: 0 }

t.test('with faults everything still comes as the model says', { timeout: 0 }, async (t) => {
  const outcomes: Outcomes = new Map()
  const violations: string[] = []
  const began = performance.now()
  for (let n = 0; n < histories; n += 1) violations.push(...(await live(n, outcomes)))
  const seconds = (performance.now() - began) / 1_000
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0)

  t.same(violations, [])
  t.ok(faults.cuts > total * CUT * 0.5, `${faults.cuts} connections were cut`)
  t.ok(faults.kills > total * KILLED * 0.2, `${faults.kills} backends ended`)
  t.ok(faults.unknown > 0, `${faults.unknown} outcomes were unknown at first`)
  await report({
    suite: 'T-model-conc',
    goal: `${histories} × ${steps} operations of ${CLIENTS} clients on ${REPLICAS} replicas, 5 % cut, 2 % backends ended: no violation, every unknown outcome settled`,
    seen: `${violations.length} violations; ${faults.cuts} cut, ${faults.kills} ended, ${faults.unknown} unknown; ${Math.round(total / seconds)}/s`,
    met: violations.length === 0,
  })
})

/** One company with all its clients, and what did not hold. */
async function live(n: number, outcomes: Outcomes): Promise<string[]> {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set(TODAY)
  await make.patch('/v1/allocation-settings', { rules: ['oldest_first'], use_unallocated: false })
  const pairs = await inParallel(
    CLIENTS,
    Array.from({ length: CLIENTS }, () => async () => [
      (await make.customer()).id,
      (await make.customer()).id,
    ]),
  )
  const client = async (number: number) => {
    const chance = chanceOf(seed + n * CLIENTS + number)
    const customers = pairs[number] as string[]
    const harm = chanceOf(seed - n * CLIENTS - number - 1)
    const asker = { customers, prefix: `C${number}`, ...askerOf(tenant, harm) }
    const history = new CashHistory(asker, chance, outcomes)
    for (let step = 0; step < steps / CLIENTS; step += 1) await history.step()
    await history.judge()
  }
  const clients = await Promise.allSettled(Array.from({ length: CLIENTS }, (_, k) => client(k)))
  const violations = clients.flatMap((one) =>
    one.status === 'rejected' ? [(one.reason as Error).message] : [],
  )
  await tenant.events()
  const { ok, differences, invariants } = await make.get('/v1/ledger/verification')
  if (!ok) violations.push(JSON.stringify({ differences, invariants }))
  violations.push(...(await auditBooks(app.context, tenant.uuid)))
  return violations.map((violation) => `seed ${seed}, history ${n}: ${violation}`)
}

/** Asks any replica, and again until it is told what became of it. */
function askerOf({ secret }: TestTenant, harm: Chance): Pick<Asker, 'post' | 'get'> {
  const ask = async (method: string, url: string, key: string | undefined, body?: object) => {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      if (key !== undefined && harm.happens(KILLED)) await endSomeBackend()
      const isCut = key !== undefined && harm.happens(CUT)
      const reply = await fetch(`${harm.pick(replicas)}${url}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(key === undefined
            ? {}
            : { 'idempotency-key': key, 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(isCut ? { signal: AbortSignal.timeout(harm.between(0, CUT_WITHIN_MS)) } : {}),
      }).then(
        async (response) => ({
          status: response.status,
          body: (await response.json()) as Reply['body'],
        }),
        () => undefined,
      )
      if (isCut) faults.cuts += 1
      const isTold =
        reply !== undefined && reply.status < 500 && reply.body.code !== 'idempotency_in_progress'
      if (isTold) return reply
      faults.unknown += 1
      await sleep(20)
    }
    throw new Error(`no answer to ${method} ${url} after ${TRIES_MAX} tries`)
  }
  return {
    post: (url, body) => ask('POST', url, randomUUID(), body),
    get: async (url) => (await ask('GET', url, undefined)).body,
  }
}

/** Ends the connection of somebody who is in the middle of a transaction, if anybody but another of these is. */
async function endSomeBackend(): Promise<void> {
  const { rowCount } = await app.context.workers.pool.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and xact_start is not null
      and query not like '%pg_terminate_backend%'
    order by random() limit 1`)
  faults.kills += rowCount ?? 0
}

async function listening({ http }: TestApp): Promise<string> {
  return http.listen({ port: 0, host: '127.0.0.1' })
}

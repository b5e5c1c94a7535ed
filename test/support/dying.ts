import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import type { Api, TestTenant } from './app.ts'
import type { ChaosProxy } from './chaos-proxy.ts'
import { type Rows, rowsOf } from './rows.ts'

/** Lets a service die, as its database sees it, again and again. */
export interface Dying {
  /**
   * The tenant, with an API of which every write is asked for by a client that does not give up, from a service that
   * dies at one boundary of a statement after the other, until it comes to its end.
   */
  tenant(tenant: TestTenant): TestTenant
  /** Does a pass of work that dies at one boundary after the other, until it comes to its end. */
  pass(name: string, work: Pass): Promise<void>
  /** How often it died, by what it was doing. */
  deaths: Map<string, number>
  /** What must not have happened. */
  wrongs: string[]
}

/** Work that goes on until it is done, or until the signal says that whoever does it is dead. */
export type Pass = (dead: AbortSignal) => Promise<unknown>

/** Times a client asks again without being answered, before it is a finding. */
const PATIENCE = 100

/**
 * `url` is the database past the proxy; everything that connects to it as the service has to go through the proxy.
 * `strides` say how many boundaries further the next death is, of a command and of a pass.
 */
export async function dyingOn(
  t: { teardown(handler: () => Promise<void>): void },
  {
    proxy,
    url,
    strides,
  }: { proxy: ChaosProxy; url: string; strides: Record<'command' | 'pass', () => number> },
): Promise<Dying> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  t.teardown(() => owner.end())
  const deaths = new Map<string, number>()
  const wrongs: string[] = []

  const die = (what: string) => deaths.set(what, (deaths.get(what) ?? 0) + 1)
  /** A server still finishes what it was told before its client died. */
  const allGone = async () => {
    for (;;) {
      const { rows } = await owner.query(
        `select from pg_stat_activity where datname = current_database() and application_name = 'receivables'`,
      )
      if (rows.length === 0) return
      await sleep(1)
    }
  }

  const apiOf =
    ({ uuid, api }: TestTenant): Api =>
    async (method, url, body, headers) => {
      if (method === 'GET') return api(method, url, body, headers)
      const what = `${method} ${url.replaceAll(/\b([a-z]{3})_[0-9a-z]{26}/g, '{$1}')}`
      const wrong = (detail: string) => wrongs.push(`${what}: ${detail}`)
      const key = { ...(method === 'POST' && { 'idempotency-key': randomUUID() }), ...headers }
      const before = await rowsOf(owner, uuid)
      let whole: Rows | undefined
      let unanswered = 0
      for (let nth = strides.command(); ; ) {
        const trap = proxy.atBoundary(nth, proxy.refuse)
        const reply = await api(method, url, body, key)
        trap.disarm()
        proxy.heal()
        if (trap.struck()) {
          die(what)
          if (reply.status !== 503) wrong(`answered ${reply.status} at boundary ${nth}`)
          await allGone()
          const now = await rowsOf(owner, uuid)
          if (!isDeepStrictEqual(now, whole ?? before)) {
            if (whole !== undefined) wrong(`a second effect at ${nth}: ${difference(whole, now)}`)
            whole = now
          }
          nth += strides.command()
          continue
        }
        const isBusy = reply.status === 503 || reply.body?.code === 'idempotency_in_progress'
        if (isBusy && unanswered < PATIENCE) {
          unanswered += 1
          continue
        }
        const now = await rowsOf(owner, uuid)
        if (whole !== undefined && !isDeepStrictEqual(now, whole))
          wrong(`a second effect in the end: ${difference(whole, now)}`)
        const isReplayed = reply.headers['idempotent-replayed'] || isKnownByContent(what, reply)
        if (whole !== undefined && method === 'POST' && !isReplayed)
          wrong(`done, and done again: ${reply.status}`)
        return reply
      }
    }

  return {
    deaths,
    wrongs,
    tenant: (tenant) => ({ ...tenant, api: apiOf(tenant) }),
    async pass(name, work) {
      for (let nth = strides.pass(); ; nth += strides.pass()) {
        const death = new AbortController()
        const trap = proxy.atBoundary(nth, () => {
          proxy.refuse()
          death.abort(new Error('killed'))
        })
        const failure = await work(death.signal).then(
          () => undefined,
          (error: unknown) => error,
        )
        trap.disarm()
        proxy.heal()
        if (!trap.struck()) {
          if (failure !== undefined) throw failure
          return
        }
        die(name)
        await allGone()
        await endLeases(owner)
      }
    },
  }
}

/** A bank file needs no key: the same file is answered as known. */
const isKnownByContent = (what: string, { status }: { status: number }): boolean =>
  what === 'POST /v1/bank-statements' && status === 200

/** What time does: whoever holds a lease and does not renew it has it no more. */
async function endLeases(owner: pg.Client): Promise<void> {
  for (const table of ['schedule', 'task_queue'])
    await owner.query(
      `update ${table} set lease_until = now() - interval '1 second' where lease_until is not null`,
    )
  await owner.query('update webhook_queue set due_at = now() where lease_token is not null')
}

/** The tables whose number of rows differs. */
export function difference(one: Rows, other: Rows): string {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return names
    .filter((name) => one[name] !== other[name])
    .map((name) => `${name} ${one[name] ?? 0} → ${other[name] ?? 0}`)
    .join(', ')
}

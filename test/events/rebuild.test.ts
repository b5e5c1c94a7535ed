import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import t from 'tap'
import { addDays } from '../../src/foundation/calendar.ts'
import { runWorkers } from '../../src/workers.ts'
import { appOn, type TestApp } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { type Known, readSnapshot, startFollower, take, there } from '../support/follower.ts'
import { type Ask, randomYear } from '../support/random-year.ts'
import { receiver, until } from '../support/receiver.ts'
import { LOCAL } from '../support/webhooks.ts'

// biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
type Json = any

const STEPS = 20
const DAYS_PER_STEP = 18
const MOVES_PER_STEP = 20

/** What a resource shows that its events do not tell, at any depth, and where it comes from instead. */
const derived: Record<string, { fields: string[]; because: string }> = {
  invoice: {
    fields: ['days_overdue', 'overdue', 'level'],
    because: 'follows from the due date and the day; a level is told of the open item itself',
  },
  open_item: {
    fields: [
      ...['days_overdue', 'overdue', 'due_date', 'open_amount', 'paid_amount', 'credited_amount'],
      ...['deposit_amount', 'waived_amount', 'discounted_amount', 'deducted_amount'],
      'written_off_amount',
    ],
    because: 'is told of its invoice, or of the payments and credit notes that settled it',
  },
  allocation_settings: {
    fields: ['jurisdiction'],
    because: 'is that of the customer’s country unless somebody said otherwise',
  },
}

/** The lists whose rows are no resources of their own to a follower, and where they are found. */
const partsOfOthers: Record<string, string> = {
  '/v1/open-items': 'part of their invoices',
  '/v1/allocations': 'part of their payments and credit notes',
  '/v1/ledger/entries': 'the journal of what the events tell',
  '/v1/charges': 'worked out for the day until they are claimed as open items',
  '/v1/reference-rates': 'published, the same for every tenant',
  '/v1/events': 'the feed',
  '/v1/snapshot': 'the feed',
  '/v1/event-types': 'the catalogue',
}

/** The real service with its workers, on a database, which can die and be started anew. */
async function service(databaseUrl: string) {
  let app: TestApp
  let working: Promise<void>
  let stop: AbortController
  let end: () => Promise<void>
  const start = async () => {
    stop = new AbortController()
    const teardown = (handler: () => Promise<void>) => {
      end = handler
    }
    app = await appOn({ teardown }, databaseUrl, LOCAL)
    working = runWorkers(app.context, stop.signal)
  }
  const die = async () => {
    stop.abort()
    await end()
    await working
  }
  await start()
  return { app: () => app, die, start }
}

t.test(
  'a receiver ends with exactly the state of the service, whoever crashes on the way',
  async (t) => {
    const { url } = await testDatabase(t)
    const running = await service(url)
    t.teardown(running.die)
    const { secret } = await running.app().tenant()
    const hits = new pg.Pool({ connectionString: url, max: 1 })
    t.teardown(() => hits.end())

    const ask: Ask = async (method, path, body) => {
      const headers = {
        'idempotency-key': randomUUID(),
        ...(typeof body === 'string' && { 'content-type': 'application/xml' }),
      }
      for (;;) {
        const answer = await running.app().call(secret, method, path, body, headers)
        if (answer.status < 500) return answer.body
        if (answer.status !== 503)
          throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
        await sleep(100)
      }
    }
    let today = '2026-01-05'
    await ask('PUT', '/v1/test-clock', { now: `${today}T08:00:00Z` })

    const told: Known = new Map()
    const seen = new Set<string>()
    const hooks = await receiver(t, ({ event }, response) => {
      const isNew = !seen.has(event.id)
      if (isNew) seen.add(event.id)
      if (isNew && seen.size % 50 === 0) return response.writeHead(500).end()
      take(told, event)
      return response.writeHead(204).end()
    })
    await ask('POST', '/v1/webhook-endpoints', { url: hooks.url, event_types: ['*'] })
    for (const event of (await readSnapshot(ask)).known.values()) take(told, event)

    const year = randomYear(ask, 20_260_105)
    await year.found()
    let follower: Awaited<ReturnType<typeof startFollower>> | undefined
    for (let step = 0; step < STEPS; step += 1) {
      await year.move(today, MOVES_PER_STEP)
      today = addDays(today, DAYS_PER_STEP)
      await ask('POST', '/v1/test-clock/advance', { to: `${today}T08:00:00Z` })
      if (step % 6 === 2) await hits.query(KILL)
      if (step % 6 === 5) {
        await running.die()
        await running.start()
      }
      if (step === STEPS / 2) follower = await startFollower(ask)
      while ((await ask('GET', '/v1/test-clock')).status !== 'ready') await sleep(20)
      await follower?.follow()
      if (step % 3 === 1) follower?.crash()
    }
    for (let at = -1, end = 0; at !== end; ) {
      at = end
      await sleep(1_500)
      end = (await ask('GET', '/v1/snapshot?limit=1')).at_sequence
    }
    await follower?.follow()
    const known = there(follower?.known() ?? new Map())

    const idsOf = (some: Known) => [...some].map(([id, event]) => `${id} ${event.id}`).sort()
    t.same(idsOf(known), idsOf((await readSnapshot(ask)).known), 'as a snapshot of the end has it')
    await until(
      () => isDeepStrictEqual(idsOf(there(told)), idsOf(known)),
      60_000,
      () => `webhooks alone tell of ${there(told).size} resources, the feed of ${known.size}`,
    )
    const kinds = new Set([...known.values()].map(({ related }) => related.type))
    t.ok(kinds.size >= 35, `${kinds.size} kinds of resource`)
    t.same(await differences(ask, known), [], 'each resource, field by field')
    t.same(await strangers(ask, known), [], 'and no list shows another')
  },
)

const KILL = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

/** Where the service shows a resource otherwise than its newest event did. */
async function differences(ask: Ask, known: Known): Promise<Json[]> {
  const found: Json[] = []
  for (const { type, related, data } of known.values()) {
    if (related.url === null) continue
    const fields = derived[related.type]?.fields ?? []
    const shown = without(await ask('GET', related.url), fields)
    const rebuilt = without(data.object, fields)
    for (const name of Object.keys(rebuilt))
      if (name in shown && !isDeepStrictEqual(shown[name], rebuilt[name]))
        found.push({ type, url: related.url, name, shown: shown[name], rebuilt: rebuilt[name] })
  }
  return found
}

/** What lists show that no event told of; a bank line that nothing became of yet came with its statement. */
async function strangers(ask: Ask, known: Known): Promise<string[]> {
  const found: string[] = []
  const { paths } = await ask('GET', '/openapi.json')
  for (const [path, { get }] of Object.entries<Json>(paths)) {
    const isList = get?.parameters?.some(({ name }: Json) => name === 'cursor')
    if (!isList || path.includes('{') || path in partsOfOthers) continue
    for (let cursor = ''; ; ) {
      const page = await ask('GET', `${path}?limit=200${cursor}`)
      for (const { id, object, version } of page.data)
        if (id !== undefined && !known.has(id) && !(object === 'bank_line' && version === 1))
          found.push(`${path} ${id}`)
      if (!page.has_more) break
      cursor = `&cursor=${page.next_cursor}`
    }
  }
  return found
}

/** A value without some fields, at any depth. */
function without(value: Json, fields: readonly string[]): Json {
  return JSON.parse(JSON.stringify(value), (name, inner) =>
    fields.includes(name) ? undefined : inner,
  )
}

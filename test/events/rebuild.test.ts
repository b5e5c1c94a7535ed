import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { addDays } from '../../src/foundation/calendar.ts'
import { testDatabase } from '../support/database.ts'
import {
  type Follower,
  type Known,
  readSnapshot,
  startFollower,
  take,
  there,
} from '../support/follower.ts'
import { type MortalService, mortalService } from '../support/mortal-service.ts'
import { chanceOf } from '../support/random.ts'
import { type Ask, randomYear } from '../support/random-year.ts'
import { differences, members, strangers } from '../support/rebuilt.ts'
import { receiver, until } from '../support/receiver.ts'
import { webhookWorkers } from '../support/webhooks.ts'

const SEED = Number(process.env.SEED ?? 20_260_105)
const MONTHS = 12
const MOVES_PER_MONTH = 25
/** A month is a jump over its first days, as if the service had been off, and then the rest of it day by day. */
const DAYS_OFF = 20
const DAYS_ON = 10
const TROUBLE_WITHIN_MS = 2_000

t.test('a receiver ends with exactly the state of the service, whoever crashes', async (t) => {
  t.comment(`SEED=${SEED}`)
  const running = await mortalService((await testDatabase(t)).url)
  t.teardown(running.end)
  const tenant = await (await running.up()).tenant()
  const ask = persistently(running, tenant.secret)
  let today = '2026-01-05'
  await ask('PUT', '/v1/test-clock', { now: `${today}T08:00:00Z` })

  const told: Known = new Map()
  const seen = new Set<string>()
  const hooks = await receiver(t, ({ event }, response) => {
    const isNew = !seen.has(event.id)
    seen.add(event.id)
    if (isNew && seen.size % 50 === 0) return response.writeHead(500).end()
    take(told, event)
    return response.writeHead(204).end()
  })
  const endpoint = await ask('POST', '/v1/webhook-endpoints', {
    url: hooks.url,
    event_types: ['*'],
  })
  // An endpoint is sent what follows its creation in the feed; what came before is in a snapshot that has it.
  await until(async () => {
    for (const event of (await readSnapshot(ask)).known.values()) take(told, event)
    return told.has(endpoint.id)
  })

  const year = randomYear(ask, SEED)
  await year.found()
  const chance = chanceOf(SEED + 1)
  let follower: Follower | undefined
  let following: Promise<void> | undefined
  let isOver = false

  const live = async () => {
    await year.move(today, MOVES_PER_MONTH)
    await ask('PUT', '/v1/test-clock', { now: `${addDays(today, DAYS_OFF)}T08:00:00Z` })
    today = addDays(today, DAYS_OFF + DAYS_ON)
    await ask('POST', '/v1/test-clock/advance', { to: `${today}T08:00:00Z` })
    while ((await ask('GET', '/v1/test-clock')).status !== 'ready') await sleep(50)
  }
  const receiverDies = () => follower?.crash()
  const { crash, disconnect } = running
  const troubles = [disconnect, receiverDies, crash, disconnect, receiverDies, disconnect]
  const trouble = async (month: number) => {
    await sleep(chance.between(0, TROUBLE_WITHIN_MS))
    await troubles[month % troubles.length]?.()
  }
  for (let month = 0; month < MONTHS; month += 1) {
    if (month === MONTHS / 2) {
      follower = await startFollower(ask)
      following = follower.follow(() => isOver)
    }
    await Promise.all([live(), trouble(month)])
  }
  await running.rest()
  const { context } = await running.up()
  await sequenceTenant(context, tenant.uuid)
  isOver = true
  await following
  t.match(await ask('GET', '/v1/test-clock'), { now: `${today}T08:00:00`, status: 'ready' })

  const known = there(follower?.known() ?? new Map())
  const kinds = new Set([...known.values()].map(({ related }) => related.type))
  t.ok(kinds.size >= 30, `${known.size} resources of ${kinds.size} kinds`)
  t.strictSame(newestOf(known), newestOf((await readSnapshot(ask)).known), 'as a snapshot has it')
  t.strictSame(await differences(ask, known), [], 'each resource, field by field')
  t.strictSame(await strangers(ask, known), [], 'and no list shows another')
  const { rebuilt, listed } = await members(ask, known)
  t.ok(listed.length > 0, 'some customers share a limit')
  t.strictSame(rebuilt, listed, 'who shares a limit with whom')

  webhookWorkers(t, context)
  await until(() => isDeepStrictEqual(newestOf(there(told)), newestOf(known)), 30_000).catch(
    () => {},
  )
  t.strictSame(newestOf(there(told)), newestOf(known), 'webhooks alone tell the same')
})

/** The newest event of each resource. */
const newestOf = (some: Known) =>
  [...some].map(([id, event]) => `${id} ${event.type} ${event.id}`).sort()

/** Asks again, with the same key, while the service is dying, dead or without its database. */
const persistently =
  (running: MortalService, secret: string): Ask =>
  async (method, path, body) => {
    const headers = {
      'idempotency-key': randomUUID(),
      ...(typeof body === 'string' && { 'content-type': 'application/xml' }),
    }
    for (;;) {
      const life = running.up()
      const app = await life
      const answer = await app.call(secret, method, path, body, headers).catch(() => undefined)
      if (answer !== undefined && answer.status < 500) return answer.body
      if (answer?.status !== 503 && life === running.up())
        throw new Error(`${method} ${path}: ${JSON.stringify(answer?.body)}`)
      await sleep(50)
    }
  }

import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { report, sizeOf } from '../support/certify.ts'
import { testDatabase } from '../support/database.ts'
import { ask, keepAliveLoad } from '../support/keep-alive-load.ts'
import { startService } from '../support/service.ts'

t.test(
  'asked to end under load, it fails nobody, finishes what is under way, and is gone in time',
  async (t) => {
    const { url: databaseUrl } = await testDatabase(t)
    const service = await startService(t, { databaseUrl, env: { DRAIN_DELAY_MS: '3000' } })
    const call = async (method: string, path: string, body: object) => {
      const reply = await fetch(`${service.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${service.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': JSON.stringify(body).slice(0, 200),
        },
        body: JSON.stringify(body),
      })
      // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
      return (await reply.json()) as any
    }
    const someone = { kind: 'business', country: 'DE', currency: 'EUR' }
    const customer = await call('POST', '/v1/customers', { ...someone, name: 'Quick' })
    const held = await call('POST', '/v1/customers', {
      ...someone,
      name: 'Held',
      external_id: 'held',
    })
    const payment = {
      customer_id: customer.id,
      currency: 'EUR',
      amount: 1,
      received_date: '2026-01-01',
      method: 'cash',
    }

    let asked = 0
    const failures: string[] = []
    /** Keeps one connection busy until it is told to go elsewhere, as a load balancer is. */
    const client = async (n: number) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      for (;;) {
        try {
          const isWrite = asked % 3 === 0
          const { status, isLast } = await (isWrite
            ? ask(agent, `${service.url}/v1/payments`, service.apiKey, 'POST', payment)
            : ask(agent, `${service.url}/v1/customers`, service.apiKey))
          asked += 1
          if (status >= 500) failures.push(`client ${n}: ${status}`)
          if (isLast) break
        } catch (error) {
          failures.push(`client ${n}: ${error}`)
          break
        }
        await sleep(10)
      }
      agent.destroy()
    }
    const clients = Array.from({ length: 12 }, (_, n) => client(n))
    while (asked < 100 && failures.length === 0) await sleep(20)

    const holder = new pg.Client({ connectionString: databaseUrl })
    await holder.connect()
    await holder.query('begin')
    await holder.query(`select 1 from customer where external_id = 'held' for update`)
    const slow = ask(
      new Agent({ keepAlive: true }),
      `${service.url}/v1/payments`,
      service.apiKey,
      'POST',
      { ...payment, customer_id: held.id },
    )
    await sleep(100)
    const started = Date.now()
    const ended = service.stop()
    await sleep(300)
    const readiness = await fetch(`${service.url}/readyz`)
    t.equal(readiness.status, 503, 'load balancers are told to look away')
    t.equal((await fetch(`${service.url}/livez`)).status, 200, 'while it still serves')
    await sleep(900)
    await holder.query('rollback')
    await holder.end()

    t.match(await slow, { status: 201, isLast: true }, 'what was under way is finished')
    await Promise.all(clients)
    t.equal(await ended, 0)
    t.ok(Date.now() - started < 25_000, `gone after ${Date.now() - started} ms`)
    t.same(failures, [])
    t.comment(`${asked} requests`)
    await t.rejects(fetch(`${service.url}/livez`))
  },
)

t.test('a second signal does not wait', async (t) => {
  const service = await startService(t, {
    databaseUrl: (await testDatabase(t)).url,
    env: { DRAIN_DELAY_MS: '10000' },
  })
  const started = Date.now()
  const ended = service.stop()
  await sleep(200)
  process.kill(service.pid() as number, 'SIGTERM')
  await ended
  t.ok(Date.now() - started < 5_000)
})

const EXIT_MS_MAX = 25_000

t.test('replicas are replaced one after the other under load, and no request fails', async (t) => {
  const restarts = sizeOf({ slice: 2, certify: 50, certification: 500 })
  const { url: databaseUrl } = await testDatabase(t)
  // Longer than a busy machine may keep the balancer from looking.
  const env = { DRAIN_DELAY_MS: '4000' }
  const first = await startService(t, { databaseUrl, env })
  const second = await startService(t, { databaseUrl, env, apiKey: first.apiKey })
  const load = await keepAliveLoad([first, second])
  let slowest = 0
  for (let restart = 0; restart < restarts; restart += 1) {
    const replica = restart % 2 === 0 ? first : second
    await sleep(200)
    const began = performance.now()
    t.equal(await replica.stop(), 0)
    slowest = Math.max(slowest, performance.now() - began)
    await replica.start()
    await sleep(200)
  }
  const { asked, failures } = await load.end()
  t.same(failures, [])
  t.ok(slowest < EXIT_MS_MAX, `gone after ${Math.round(slowest)} ms at most`)
  await report({
    suite: 'T-drain',
    goal: `${restarts} SIGTERMs under keep-alive load on two replicas: 0 failed requests, gone within 25 s`,
    seen: `${asked} requests, ${failures.length} failed; gone after ${Math.round(slowest)} ms at most`,
    met: failures.length === 0 && slowest < EXIT_MS_MAX,
  })
})

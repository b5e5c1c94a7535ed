/**
 * What commands cost over HTTP, with authentication, idempotency and row-level security, on eight connections: an
 * invoice created and issued, a payment allocated to it, a credit check that reserves. Each is held against pgbench with
 * the very statements it sends, and against a bare Fastify that answers the same bytes and does nothing.
 *
 *     npm run build && node build/scripts/bench/commands.js          10,000 customers, 5 s a round
 *     … --customers 1000 --seconds 2                                 smaller
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { Pool } from 'undici'
import { publicId } from '../../src/foundation/id.ts'
import { programAt } from '../../src/foundation/places.ts'
import { type TestTenant, testApp } from '../../test/support/app.ts'
import { customerOf, seedCredit } from '../../test/support/credit-load.ts'
import { startService } from '../../test/support/service.ts'
import { measure, onBenchServer, perSecond, residentOf } from './measure.ts'
import { pgbench, type Statement, statementsOf } from './pgbench.ts'

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '5' },
  },
})
const CUSTOMERS = Number(values.customers)
const SECONDS = Number(values.seconds)
const CONNECTIONS = 8

interface Command {
  work: string
  path: string
  /** What is sent for a customer. */
  body(customer: number): object
}

const commands: Command[] = [
  {
    work: 'create and issue an invoice over HTTP',
    path: '/v1/invoices',
    body: (customer) => ({
      customer_id: publicId('customer', customerOf(customer)),
      currency: 'EUR',
      number: `R-${crypto.randomUUID()}`,
      issue: true,
      issue_date: '2026-03-01',
      due_date: '2026-03-31',
      total_amount: 10_000,
      lines: [
        { description: 'Valve DN 50', net_amount: 4_000 },
        { description: 'Assembly', net_amount: 6_000 },
      ],
    }),
  },
  {
    // A cent, so that the oldest item takes what all rounds bring.
    work: 'record a payment with its allocation over HTTP',
    path: '/v1/payments',
    body: (customer) => ({
      customer_id: publicId('customer', customerOf(customer)),
      currency: 'EUR',
      amount: 1,
      method: 'bank_transfer',
      received_date: '2026-03-02',
    }),
  },
  {
    work: 'check credit and reserve it over HTTP',
    path: '/v1/credit-checks',
    body: (customer) => ({
      customer_id: publicId('customer', customerOf(customer)),
      currency: 'EUR',
      amount: 1,
      reserve: { ttl_seconds: 3_600, external_id: crypto.randomUUID() },
    }),
  },
]

async function bench(t: { teardown(handler: () => Promise<void>): void }): Promise<void> {
  const app = await testApp(t)
  const tenant = await app.tenant()
  await seedCredit(app, tenant, { customers: CUSTOMERS, itemsEach: 3 })
  const databaseUrl = String(app.context.workers.pool.options.connectionString)
  // A replica that only answers requests: what workers make of the events afterwards is no part of a command.
  const service = await startService(t, { databaseUrl, env: { SCHEDULER: 'off' } })
  const http = new Pool(service.url, { connections: CONNECTIONS })
  t.teardown(() => http.close())

  for (const command of commands) {
    const { statements, variable, answer } = await heard(tenant, command)
    const bare = await bareServer(t, answer)
    const about = {
      unit: 'a second' as const,
      ours: () => rate(http, tenant, command),
      resident: () => residentOf(service.pid()),
    }
    await measure({
      ...about,
      work: command.work,
      limit: 'pgbench on the same statements',
      target: 0.5,
      limitIs: () =>
        pgbench({ url: databaseUrl, statements, variable, clients: CONNECTIONS, seconds: SECONDS }),
    })
    await measure({
      ...about,
      work: `${command.work}, beside HTTP alone`,
      limit: 'bare Fastify answering the same bytes',
      target: 0.05,
      limitIs: () => rate(bare, tenant, { ...command, path: '/' }),
    })
  }
}

const someCustomer = () => 1 + Math.floor(Math.random() * CUSTOMERS)

const rate = (pool: Pool, { secret }: TestTenant, { path, body }: Command): Promise<number> =>
  perSecond(CONNECTIONS, SECONDS, async () => {
    const reply = await pool.request({
      path,
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(body(someCustomer())),
    })
    const text = await reply.body.text()
    if (reply.statusCode !== 201) throw new Error(text)
  })

/**
 * The statements of a command, and what in them differs from one execution to the next: found by hearing it for two
 * customers. Ids that only the second has are made by it; those of the seed follow from the customer's number.
 */
async function heard(
  tenant: TestTenant,
  { path, body }: Command,
): Promise<{ statements: Statement[]; variable: Map<string, string>; answer: string }> {
  const hear = async (customer: number) => {
    let answer = ''
    const statements = await statementsOf(async () => {
      const reply = await tenant.api('POST', path, body(customer))
      if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
      answer = JSON.stringify(reply.body)
    })
    return { statements, answer, ids: idsIn(statements) }
  }
  await hear(3)
  const one = await hear(1)
  const other = await hear(2)
  const variable = new Map<string, string>()
  const customer = `(1 + :chance::bigint % ${CUSTOMERS})`
  for (const id of other.ids) {
    if (one.ids.has(id)) continue
    const head = id.slice(0, -12)
    const seeded = head.startsWith('01900000-')
    const number = seeded
      ? `${customer} + ${Number.parseInt(id.slice(-12), 16) - 2}`
      : ':chance::bigint'
    const prefix = seeded ? head : `0190ffff-${String(variable.size).padStart(4, '0')}-7000-8000-`
    variable.set(id, `'${prefix}' || lpad(to_hex(${number}), 12, '0')`)
  }
  for (const hash of hashesIn(other.statements)) variable.set(hash, 'md5(:chance) || md5(:chance)')
  return { statements: other.statements, variable, answer: other.answer }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

const idsIn = (statements: readonly Statement[]): Set<string> =>
  new Set(statements.flatMap(({ values }) => JSON.stringify(values).match(UUID) ?? []))

/** Hashes of keys, of 32 bytes each: there may be only one row of each. */
const hashesIn = (statements: readonly Statement[]): Set<string> =>
  new Set(statements.flatMap(({ values }) => JSON.stringify(values).match(/[0-9a-f]{64}/g) ?? []))

async function bareServer(
  t: { teardown(handler: () => Promise<void>): void },
  answer: string,
): Promise<Pool> {
  const child = spawn(process.execPath, [programAt('scripts/bench/bare-server')], {
    env: { ...process.env, ANSWER: answer },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [address] = (await once(createInterface(child.stdout), 'line')) as [string]
  const pool = new Pool(address, { connections: CONNECTIONS })
  t.teardown(async () => {
    await pool.close()
    child.kill('SIGKILL')
  })
  return pool
}

await onBenchServer(bench)

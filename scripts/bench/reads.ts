/**
 * What is read: an invoice, a page of fifty, and the aging report of today and of a past day, of a tenant with 1,000,000
 * open items and 5,000,000 entries in its ledger; over HTTP, beside the same statements bare.
 *
 *     npm run build && node build/scripts/bench/reads.js
 *     … --items 100000 --seconds 2                            smaller
 */
import { parseArgs } from 'node:util'
import pg from 'pg'
import { Pool } from 'undici'
import { publicId } from '../../src/foundation/id.ts'
import { type TestTenant, testApp } from '../../test/support/app.ts'
import { seedLoad, TODAY } from '../../test/support/dunning-load.ts'
import { seedEntries } from '../../test/support/ledger-load.ts'
import { startService } from '../../test/support/service.ts'
import { measure, millisecondsOf, onBenchServer, perSecond, residentOf } from './measure.ts'
import { pgbench, statementsOf } from './pgbench.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
  },
})
const ITEMS = Number(values.items)
const SECONDS = Number(values.seconds)
const CONNECTIONS = 8
const LONG_AGO = '2026-03-12'

async function bench(t: { teardown(handler: () => Promise<void>): void }): Promise<void> {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const took = await millisecondsOf(async () => {
    await seedLoad(app, tenant, { items: ITEMS, due: ITEMS / 10 })
    await seedEntries(app, tenant)
  })
  console.log(`${ITEMS} open items with five entries each made in ${Math.round(took / 1_000)} s`)
  const databaseUrl = String(app.context.workers.pool.options.connectionString)
  const service = await startService(t, { databaseUrl })
  const http = new Pool(service.url, { connections: CONNECTIONS })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  t.teardown(async () => void (await Promise.all([http.close(), client.end()])))
  const resident = () => residentOf(service.pid())

  for (const [work, target, path] of [
    ['get an invoice over HTTP', 0.4, `/v1/invoices/${publicId('invoice', INVOICE)}`],
    ['list 50 invoices over HTTP', 0.35, '/v1/invoices?limit=50'],
  ] as const) {
    await read(tenant, path)
    const statements = await statementsOf(() => read(tenant, path))
    await measure({
      work,
      limit: 'pgbench on the same statements',
      unit: 'a second',
      target,
      resident,
      ours: () => perSecond(CONNECTIONS, SECONDS, () => get(http, tenant, path)),
      limitIs: () =>
        pgbench({
          url: databaseUrl,
          statements,
          variable: new Map(),
          clients: CONNECTIONS,
          seconds: SECONDS,
        }),
    })
  }
  for (const [work, target, path, bare] of [
    ['age what is owed now', 1.3, '/v1/reports/aging', OPEN_BY_AGE],
    ['age what was owed on a past day', 3, `/v1/reports/aging?as_of_date=${LONG_AGO}`, PAST_BY_AGE],
  ] as const)
    await measure({
      work,
      limit: 'the bare aggregate on the best index',
      unit: 'ms',
      target,
      resident,
      rounds: 7,
      ours: () => millisecondsOf(() => get(http, tenant, path)),
      limitIs: () => millisecondsOf(() => client.query(bare, [tenant.uuid])),
    })
}

const INVOICE = `01900000-0002-7000-8000-${(42).toString(16).padStart(12, '0')}`

async function read({ api }: TestTenant, path: string): Promise<void> {
  const { status, body } = await api('GET', path)
  if (status !== 200) throw new Error(JSON.stringify(body))
}

async function get(pool: Pool, { secret }: TestTenant, path: string): Promise<void> {
  const reply = await pool.request({
    path,
    method: 'GET',
    headers: { authorization: `Bearer ${secret}` },
  })
  const text = await reply.body.text()
  if (reply.statusCode !== 200) throw new Error(text)
}

/** The sums of the report's columns. */
const byAge = (day: string) => `
  sum(amount) filter (where due_date >= date '${day}'), sum(amount) filter (where due_date < date '${day}' and due_date >= date '${day}' - 30),
  sum(amount) filter (where due_date < date '${day}' - 30 and due_date >= date '${day}' - 60),
  sum(amount) filter (where due_date < date '${day}' - 60 and due_date >= date '${day}' - 90), sum(amount) filter (where due_date < date '${day}' - 90)`

const OPEN_BY_AGE = `
  select currency, ${byAge(TODAY)}
  from (select currency, due_date, open_amount as amount from open_item where tenant_id = $1 and open_amount > 0) as item
  group by currency`

const PAST_BY_AGE = `
  select currency, ${byAge(LONG_AGO)}
  from (
    select currency, due_date, amount from ledger_entry
    where tenant_id = $1 and debit_account = 'receivable' and effective_date <= date '${LONG_AGO}'
    union all
    select currency, due_date, -amount from ledger_entry
    where tenant_id = $1 and credit_account = 'receivable' and effective_date <= date '${LONG_AGO}'
  ) as movement group by currency`

await onBenchServer(bench)

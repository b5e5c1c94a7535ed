/**
 * What a credit check costs: over HTTP, beside the same statements sent bare, beside its one read of everything it looks
 * at, and beside the two rows of a customer that somebody would read who checks nothing but a limit. Each customer is
 * asked once, in random order; nothing is kept.
 *
 *     npm run build && node build/scripts/bench/credit-check.js    1,000,000 customers, 10,000,000 open items
 *     … --customers 10000 --items-each 10 --checks 2000            smaller
 */
import { parseArgs } from 'node:util'
import pg from 'pg'
import { publicId } from '../../src/foundation/id.ts'
import { testApp } from '../../test/support/app.ts'
import { customerOf, seedCredit } from '../../test/support/credit-load.ts'
import { keepRatio, median, onBenchServer } from './measure.ts'
import { type Statement, statementsOf } from './pgbench.ts'

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000000' },
    'items-each': { type: 'string', default: '10' },
    checks: { type: 'string', default: '2000' },
  },
})
const load = { customers: Number(values.customers), itemsEach: Number(values['items-each']) }
const checks = Number(values.checks)

async function bench(t: { teardown(handler: () => Promise<void>): void }): Promise<void> {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const seededAt = performance.now()
  await seedCredit(app, tenant, load)
  const seconds = ((performance.now() - seededAt) / 1_000).toFixed(0)
  console.log(
    `${load.customers} customers, ${load.customers * load.itemsEach} open items made in ${seconds} s\n`,
  )
  const bare = new pg.Client({ connectionString: app.context.api.pool.options.connectionString })
  await bare.connect()
  t.teardown(() => bare.end())

  const ask = async (n: number) => {
    const { status, body } = await tenant.api('POST', '/v1/credit-checks?dry_run=true', {
      customer_id: publicId('customer', customerOf(n)),
      amount: 100_000,
      currency: 'EUR',
      reserve: { ttl_seconds: 3_600, external_id: `SO-${n}` },
    })
    if (status !== 201 || body.outcome !== 'approve') throw new Error(JSON.stringify(body))
  }
  const sample = Array.from(
    { length: checks },
    () => 1 + Math.floor(Math.random() * load.customers),
  )
  for (const n of sample.slice(0, 50)) await ask(n)
  const sent = new Map<number, Statement[]>()
  for (const n of sample) sent.set(n, await statementsOf(() => ask(n)))
  const http = await timed(sample, ask)
  const statements = await timed(sample, async (n) => {
    for (const statement of sent.get(n) as Statement[]) await bare.query(statement)
  })
  const isRead = ({ text }: Statement) => text.trimStart().startsWith('with concerned')
  const read = await timed(sample, async (n) => {
    await bare.query((sent.get(n) as Statement[]).find(isRead) as Statement)
  })
  const rows = await timed(sample, (n) =>
    bare.query({
      name: 'rows',
      text: `select * from customer_balance as balance join credit_limit using (tenant_id, customer_id)
        where balance.tenant_id = $1 and customer_id = $2 and status = 'approved'`,
      values: [tenant.uuid, customerOf(n)],
    }),
  )
  print({
    'check over HTTP': http,
    'the same statements, bare': statements,
    'its one read': read,
    'limit and balance alone': rows,
  })
  keepRatio({
    work: `check credit among ${load.customers} customers`,
    limit: 'the same statements, bare',
    unit: 'ms',
    target: 2,
    ours: median(http),
    limitIs: median(statements),
    rounds: checks,
    residentMiB: process.memoryUsage.rss() / 2 ** 20,
  })
}

/** Milliseconds of each, ascending. */
async function timed(
  sample: readonly number[],
  work: (n: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = []
  for (const n of sample) {
    const startedAt = performance.now()
    await work(n)
    took.push(performance.now() - startedAt)
  }
  return took.sort((a, b) => a - b)
}

function print(measured: Record<string, number[]>): void {
  const at = (times: readonly number[], share: number) =>
    times[Math.floor(times.length * share)] as number
  const base = at(measured['the same statements, bare'] as number[], 0.5)
  console.log('                               p50        p99      p50 as a ratio')
  for (const [name, times] of Object.entries(measured))
    console.log(
      [
        name.padEnd(26),
        `${at(times, 0.5).toFixed(2)} ms`.padStart(10),
        `${at(times, 0.99).toFixed(2)} ms`.padStart(10),
        (at(times, 0.5) / base).toFixed(2).padStart(10),
      ].join(' '),
    )
}

await onBenchServer(bench)

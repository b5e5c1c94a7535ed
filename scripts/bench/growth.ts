/**
 * How time grows with size: the same work on companies of 10,000, 100,000 and 1,000,000 open items, and the exponent of
 * its total time (1 is as many times as long for as many times as much; less than 1.1 is wanted). What concerns one
 * record must take as long in the largest company as in the smallest: there the exponent is of one, 0 at best.
 *
 *     npm run build && node build/scripts/bench/growth.js
 *     … --largest 100000                                       two sizes
 */
import { parseArgs } from 'node:util'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { publicId } from '../../src/foundation/id.ts'
import { customer, importAll, invoice } from '../../test/imports/support.ts'
import { type TestApp, type TestTenant, testApp } from '../../test/support/app.ts'
import { customerOf } from '../../test/support/credit-load.ts'
import { seedLoad } from '../../test/support/dunning-load.ts'
import { keepRatio, median, millisecondsOf, onBenchServer } from './measure.ts'

const { values } = parseArgs({ options: { largest: { type: 'string', default: '1000000' } } })
const SIZES = [10_000, 100_000, 1_000_000].filter((size) => size <= Number(values.largest))
const ROWS_AT_A_TIME = 10_000
const TOTAL_MAX = 1.1
/** One of many may take a little longer among more: indexes grow a level. */
const EACH_MAX = 0.15

const INVOICE = publicId(
  'invoice',
  `01900000-0002-7000-8000-${(42).toString(16).padStart(12, '0')}`,
)

/** What is done at each size, in this order, and whether its time is of all there is or of one. */
const works: Record<string, { each: boolean; milliseconds: Work }> = {
  'dun what is due': { each: false, milliseconds: dun },
  'age what is owed': { each: false, milliseconds: often(3, 'GET', '/v1/reports/aging') },
  'list 50 invoices': { each: true, milliseconds: often(50, 'GET', '/v1/invoices?limit=50') },
  'get an invoice': { each: true, milliseconds: often(50, 'GET', `/v1/invoices/${INVOICE}`) },
  'check credit': {
    each: true,
    milliseconds: often(50, 'POST', '/v1/credit-checks?dry_run=true', {
      customer_id: publicId('customer', customerOf(1)),
      amount: 100,
      currency: 'EUR',
    }),
  },
  'import as many invoices': { each: false, milliseconds: importInvoices },
}

type Work = (app: TestApp, tenant: TestTenant, size: number) => Promise<number>

async function bench(t: { teardown(handler: () => Promise<void>): void }): Promise<void> {
  const took = new Map<string, number[]>()
  for (const size of SIZES) {
    const app = await testApp(t)
    const tenant = await app.tenant()
    await seedLoad(app, tenant, { items: size, due: size / 10 })
    for (const [work, { milliseconds: timed }] of Object.entries(works)) {
      const milliseconds = await timed(app, tenant, size)
      took.set(work, [...(took.get(work) ?? []), milliseconds])
      console.log(`${size} ${work}: ${milliseconds.toFixed(1)} ms`)
    }
  }
  for (const [work, { each }] of Object.entries(works))
    keepRatio({
      work: `${work}, from ${SIZES[0]} to ${SIZES.at(-1)}`,
      limit: each ? 'one among many' : 'all of them',
      unit: 'exponent',
      target: each ? EACH_MAX : TOTAL_MAX,
      ours: Math.max(0, exponent(took.get(work) as number[])),
      limitIs: 1,
      rounds: SIZES.length,
      residentMiB: process.memoryUsage.rss() / 2 ** 20,
    })
}

/** The slope between the logarithms of size and time, by least squares. */
function exponent(milliseconds: readonly number[]): number {
  const points = SIZES.map(
    (size, n) => [Math.log(size), Math.log(milliseconds[n] as number)] as const,
  )
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const along = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return along / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}

async function importInvoices(
  { context }: TestApp,
  tenant: TestTenant,
  size: number,
): Promise<number> {
  const company = Array.from({ length: size / 20 }, (_, n) => customer(`C-${n}`))
  for (let from = 0; from < company.length; from += ROWS_AT_A_TIME)
    await importAll(context, tenant, {
      resource: 'customers',
      items: company.slice(from, from + ROWS_AT_A_TIME),
    })
  let milliseconds = 0
  for (let from = 0; from < size; from += ROWS_AT_A_TIME) {
    const items = Array.from({ length: ROWS_AT_A_TIME }, (_, n) =>
      invoice(`I-${from + n}`, { customer_external_id: `C-${(from + n) % company.length}` }),
    )
    milliseconds += await millisecondsOf(() =>
      importAll(context, tenant, { resource: 'invoices', items }),
    )
  }
  return milliseconds
}

function dun({ context }: TestApp, tenant: TestTenant): Promise<number> {
  const { signal } = new AbortController()
  return millisecondsOf(() => runScheduledDunning(context, tenant.uuid, signal))
}

/** A request made so often; the median, after one that warms up. */
function often(times: number, method: 'GET' | 'POST', path: string, body?: object): Work {
  return async (_app, { api }) => {
    const took: number[] = []
    for (let n = 0; n <= times; n += 1)
      took.push(
        await millisecondsOf(async () => {
          const reply = await api(method, path, body)
          if (reply.status >= 300) throw new Error(JSON.stringify(reply.body))
        }),
      )
    return median(took.slice(1))
  }
}

await onBenchServer(bench)

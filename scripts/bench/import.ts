/**
 * How fast invoices come in as files and go out as exports, and that neither takes more memory the longer it lasts.
 * Sends files of newline-delimited JSON, one after the other, over a real connection to a service of its own, whose
 * workers import them meanwhile; exports all of it as NDJSON and CSV, and prints rows per second and the memory of the
 * process on the way. Held against COPY of the rows that came of it into the same tables.
 *
 *     npm run build && node --expose-gc build/scripts/bench/import.js              100,000 rows in 10 files
 *     … --rows 1000000 --customers 10000                                           a larger company
 */
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { limits } from '../../src/foundation/http/limits.ts'
import { runTasks } from '../../src/foundation/jobs/tasks.ts'
import { taskRunners } from '../../src/workers.ts'
import { customer, importAll, invoice } from '../../test/imports/support.ts'
import { type TestTenant, testApp } from '../../test/support/app.ts'
import { costOf } from '../../test/support/dunning-load.ts'
import { copySeconds } from './copy.ts'
import { keepRatio, onBenchServer } from './measure.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    customers: { type: 'string', default: '1000' },
  },
})
const ROWS = Number(values.rows)
const CUSTOMERS = Number(values.customers)

async function bench(t: { teardown(handler: () => Promise<void>): void }): Promise<void> {
  const app = await testApp(t)
  const tenant = await app.tenant()
  await app.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.http.server.address() as AddressInfo
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => customer(`C-${n}`))
  await importAll(app.context, tenant, { resource: 'customers', items: customers })

  const stop = new AbortController()
  const tasks = runTasks(app.context, taskRunners, stop.signal)
  const cost = await costOf(async () => {
    const startedAt = performance.now()
    const ids: string[] = []
    for (let from = 0; from < ROWS; from += limits.importRowsMax)
      ids.push(await send(port, tenant.secret, from, Math.min(from + limits.importRowsMax, ROWS)))
    for (const [index, id] of ids.entries()) {
      await succeeded(tenant, id)
      if (index % 10 === 9) report('imported', (index + 1) * limits.importRowsMax, startedAt)
    }
  })
  stop.abort()
  await tasks
  const copied = await copySeconds(String(app.context.workers.pool.options.connectionString), ROWS)
  keepRatio({
    work: `import ${ROWS} invoices`,
    limit: 'COPY of the rows that came of it',
    unit: 'a second',
    target: 0.5,
    ours: ROWS / cost.seconds,
    limitIs: ROWS / copied,
    rounds: 1,
    residentMiB: cost.peakMiB,
  })
  for (const format of ['ndjson', 'csv']) {
    const begunAt = performance.now()
    await drain(port, tenant.secret, `/v1/invoices?format=${format}`)
    report(`exported as ${format}`, ROWS, begunAt)
  }
}

/** Sends one file, made as it is sent, and answers the id of its import. */
async function send(port: number, secret: string, from: number, to: number): Promise<string> {
  const lines = function* () {
    for (let n = from; n < to; n += 1) {
      const row = invoice(`I-${n}`, { customer_external_id: `C-${n % CUSTOMERS}` })
      yield `${JSON.stringify(row)}\n`
    }
  }
  const sent = request({
    port,
    path: '/v1/imports?resource=invoices',
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'idempotency-key': `bench-${from}`,
      'content-type': 'application/x-ndjson',
    },
  })
  Readable.from(lines()).pipe(sent)
  const [response] = await once(sent, 'response')
  const body = (await response.setEncoding('utf8').toArray()).join('')
  if (response.statusCode !== 202) throw new Error(body)
  return JSON.parse(body).id
}

/** Waits until an import is done; asks so seldom that it takes nothing from it. */
async function succeeded({ api }: TestTenant, id: string): Promise<void> {
  for (;;) {
    const { status } = (await api('GET', `/v1/imports/${id}`)).body
    if (status === 'succeeded') return
    if (status !== 'queued' && status !== 'running') throw new Error(`${id}: ${status}`)
    await delay(100)
  }
}

/** Reads an answer to its end and keeps nothing of it. */
async function drain(port: number, secret: string, path: string): Promise<void> {
  const sent = request({ port, path, headers: { authorization: `Bearer ${secret}` } }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'end')
}

function report(what: string, rows: number, since: number): void {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  const perSecond = Math.round((rows * 1_000) / (performance.now() - since))
  const mebibytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MiB`
  console.log(
    `${String(rows).padStart(9)} rows ${what}: ${perSecond} rows/s, heap ${mebibytes(heapUsed)}, resident ${mebibytes(rss)}`,
  )
}

await onBenchServer(bench)

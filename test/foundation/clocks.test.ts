import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import t from 'tap'
import { openDatabase } from '../../src/foundation/database/pool.ts'
import { createLog } from '../../src/foundation/log.ts'
import { createWake } from '../../src/foundation/wake.ts'
import { testApp } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { clockOf, recordsOf } from '../support/records.ts'

t.test('what PostgreSQL says comes out exactly, or not at all', async (t) => {
  const { url } = await testDatabase(t)
  const { pool } = openDatabase({
    url,
    size: 1,
    statementTimeoutMs: 5_000,
    prepared: true,
    log: createLog('silent'),
    wake: createWake(),
  })
  t.teardown(() => pool.end())
  const one = async (expression: string) =>
    (await pool.query(`select ${expression} as value`)).rows[0].value
  await pool.query(`set timezone to 'UTC'`)
  t.equal(await one(`date '2025-03-30'`), '2025-03-30')
  t.equal(await one(`timestamptz '2026-03-01 08:15:30.12+00'`), '2026-03-01T08:15:30.120Z')
  t.equal(await one(`timestamptz '2026-03-01 08:15:30.123456+02'`), '2026-03-01T06:15:30.123Z')
  t.equal(await one('9007199254740991::bigint'), Number.MAX_SAFE_INTEGER)
  await t.rejects(one('9007199254740992::bigint'), /not a safe integer/)
  t.equal(await one('null::bigint'), null)
  t.equal(await one('sum(1::int)::bigint'), 1)
})

t.test(
  'days are the tenant’s days, in whatever zone the process runs',
  { timeout: 120_000 },
  async (t) => {
    if (process.env.CLOCKS_CHILD !== undefined) return
    for (const TZ of ['America/New_York', 'Pacific/Kiritimati']) {
      const arguments_ =
        extname(import.meta.filename) === '.ts' ? ['--import', 'tsx'] : ['--enable-source-maps']
      const child = spawn(
        process.execPath,
        [...arguments_, join(import.meta.dirname, `clocks.test${extname(import.meta.filename)}`)],
        {
          env: { ...process.env, TZ, CLOCKS_CHILD: '1' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      let output = ''
      child.stdout.on('data', (chunk) => {
        output += chunk
      })
      const [code] = await once(child, 'exit')
      t.equal(code, 0, `in ${TZ}${code === 0 ? '' : `:\n${output}`}`)
    }
  },
)

t.test('days around the start of summer time are kept as they were given', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-28T23:30:00Z')
  const customer = await make.customer()
  const invoice = await make.invoice(customer, {
    issue_date: '2026-03-29',
    due_date: '2026-03-30',
    instalments: undefined,
  })
  t.match(invoice, {
    issue_date: '2026-03-29',
    due_date: '2026-03-30',
    created_at: '2026-03-28T23:30:00.000Z',
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    issue_date: '2026-03-29',
    due_date: '2026-03-30',
    open_items: [{ due_date: '2026-03-30' }],
  })
  await clock.set('2026-03-30T22:00:00Z')
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { overdue: true, days_overdue: 1 })
  t.match(await make.get('/v1/reports/aging'), {
    as_of_date: '2026-03-31',
    rows: [{ days_1_30_amount: 10_000 }],
  })
})

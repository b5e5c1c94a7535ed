import t from 'tap'
import { openDatabase } from '../../src/foundation/database/pool.ts'
import { createLog } from '../../src/foundation/log.ts'
import { noTraces } from '../../src/foundation/traces/traces.ts'
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
    traces: noTraces,
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

t.test('days are the tenant’s days, in whatever zone the process runs', async (t) => {
  const app = await testApp(t)
  const own = process.env.TZ
  t.teardown(async () => {
    if (own === undefined) delete process.env.TZ
    else process.env.TZ = own
  })
  for (const [zone, offset] of [
    ['America/New_York', 5],
    ['Pacific/Kiritimati', -14],
    ['UTC', 0],
  ] as const) {
    process.env.TZ = zone
    t.equal(new Date('2026-01-15T12:00:00Z').getTimezoneOffset(), offset * 60, zone)
    const tenant = await app.tenant()
    const make = recordsOf(tenant)
    const clock = clockOf(app, tenant)
    await clock.set('2026-03-28T23:30:00Z')
    const customer = await make.customer()
    const days = { issue_date: '2026-03-29', due_date: '2026-03-30' }
    const invoice = await make.invoice(customer, days)
    t.match(invoice, { ...days, created_at: '2026-03-28T23:30:00.000Z' })
    t.match(await make.get(`/v1/invoices/${invoice.id}`), {
      ...days,
      open_items: [{ due_date: '2026-03-30' }],
    })
    await clock.set('2026-03-30T22:00:00Z')
    t.match(await make.get(`/v1/invoices/${invoice.id}`), { overdue: true, days_overdue: 1 })
    t.match(await make.get('/v1/reports/aging'), {
      as_of_date: '2026-03-31',
      rows: [{ days_1_30_amount: 10_000 }],
    })
  }
})

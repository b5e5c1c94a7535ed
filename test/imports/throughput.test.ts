import t from 'tap'
import { testApp } from '../support/app.ts'
import { customer, importAll, invoice } from './support.ts'

const ROWS = 10_000
const CUSTOMERS = 500

t.test('ten thousand invoices in one import', async (t) => {
  const { context, tenant } = await testApp(t)
  const creditor = await tenant()
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => customer(`C-${n}`))
  await importAll(context, creditor, { resource: 'customers', items: customers })
  const items = Array.from({ length: ROWS }, (_, n) =>
    invoice(`I-${n}`, { customer_external_id: `C-${n % CUSTOMERS}`, tax_amount: 1_597 }),
  )
  const begun = performance.now()
  const { import: done } = await importAll(context, creditor, { resource: 'invoices', items })
  const seconds = (performance.now() - begun) / 1000
  t.match(done, { status: 'succeeded', created_count: ROWS, failed_count: 0 })
  t.comment(`${ROWS} rows in ${seconds.toFixed(1)} s: ${Math.round(ROWS / seconds)} rows/s`)
  t.match((await creditor.api('GET', '/v1/ledger/verification')).body, { ok: true })
})

t.test('a company that brings in more and more within its first minute', async (t) => {
  const { context, tenant } = await testApp(t)
  const creditor = await tenant()
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => customer(`C-${n}`))
  await importAll(context, creditor, { resource: 'customers', items: customers })
  const invoices = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) =>
      invoice(`I-${from + n}`, { customer_external_id: `C-${(from + n) % CUSTOMERS}` }),
    )
  await importAll(context, creditor, { resource: 'invoices', items: invoices(0, 400) })
  const begun = performance.now()
  const { import: done } = await importAll(context, creditor, {
    resource: 'invoices',
    items: invoices(400, 5_400),
  })
  t.comment(`5000 rows in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  t.match(done, { status: 'succeeded', created_count: 5_000 })
  const { rows } = await context.workers.pool.query(
    `select last_analyze is not null as asked from pg_stat_user_tables where relname = 'invoice'`,
  )
  t.same(rows, [{ asked: true }], 'statistics do not wait for autovacuum')
})

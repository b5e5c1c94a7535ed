import { Client } from 'pg'
import t from 'tap'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf } from '../../support/debits.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')
await debits.settings()

t.test('what is cancelled is no longer counted in its batch', async (t) => {
  const customers = [await make.customer(), await make.customer()]
  for (const customer of customers) {
    await debits.mandate(customer)
    await make.invoice(customer, { due_date: '2026-03-09' })
  }
  const batch = await debits.batch('2026-03-10', { customer_ids: customers.map(({ id }) => id) })
  const [one] = await debits.debitsIn(batch)
  t.equal((await tenant.api('POST', `/v1/direct-debits/${one.id}/cancel`, {})).status, 200)
  const url = `/v1/debit-batches/${batch.id}`
  const left = { status: 'open', debit_count: 1, total_amount: 10_000, version: 2 }
  t.match(await make.get(url), left)
  const [updated] = await tenant.events('debit_batch.updated')
  t.match(updated.data.object, { id: batch.id, ...left })
  await make.payment(customers[0], { amount: 10_000 })
  await make.payment(customers[1], { amount: 10_000 })
  t.equal((await debits.close(batch)).status, 200)
  t.match(await make.get(url), { status: 'cancelled', debit_count: 0, total_amount: 0 })
})

t.test('a debit whose item was cleared by the one before it comes in all the same', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  const [item] = (await make.invoice(customer, { due_date: '2026-03-09' })).open_items
  const tolerances = [{ currency: 'EUR', short_amount: 50, short_percent: '5', over_amount: 0 }]
  const settings = await tenant.api('PUT', `/v1/customers/${customer.id}/allocation-settings`, {
    tolerances,
  })
  t.equal(settings.status, 200)
  for (const amount of [9_990, 10])
    await debits.debit(mandate, { items: [{ item_id: item.id, amount }] })
  const batch = await debits.submitted('2026-03-10', { customer_ids: [customer.id] })
  await clock.advance('2026-03-10')
  const [first, second] = await debits.debitsIn(batch)
  t.match([first.status, second.status], ['collected', 'collected'])
  const balance = await make.get(`/v1/customers/${customer.id}/balance`)
  t.match(balance.balances, [{ open_amount: 0, unallocated_amount: 10 }])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('ten thousand customers of whom nothing can be collected keep out nobody', async (t) => {
  const held = await make.customer()
  await debits.mandate(held)
  await make.invoice(held, { due_date: '2026-03-09' })
  const hold = { customer_id: held.id, reason: 'dispute' }
  t.equal((await tenant.api('POST', '/v1/dunning-holds', hold)).status, 201)
  await repeat(10_000)
  const customer = await make.customer()
  await debits.mandate(customer)
  await make.invoice(customer, { due_date: '2026-03-09' })
  const batch = await debits.batch('2026-03-20')
  t.match(batch, { debit_count: 1, total_amount: 10_000 })
})

/** Copies the newest customer with its mandate, item and hold. */
async function repeat(times: number): Promise<void> {
  const client = new Client({
    connectionString: String(app.context.api.pool.options.connectionString),
  })
  await client.connect()
  for (const [table, key] of [
    ['customer', 'id'],
    ['mandate', 'customer_id'],
    ['open_item', 'customer_id'],
    ['dunning_hold', 'customer_id'],
  ])
    await client.query(`
      insert into ${table}
      select copy.*
      from (select * from ${table} where tenant_id = '${tenant.uuid}' order by created_at desc, id desc limit 1) as original
      cross join generate_series(1, ${times}) as n
      cross join lateral (select '00000000-0000-7000-8000-' || lpad(n::text, 12, '0') as id) as new
      cross join lateral jsonb_populate_record(null::${table}, to_jsonb(original)
        || jsonb_build_object('id', new.id, '${key}', new.id, 'reference', new.id, 'external_id', new.id)) as copy`)
  await client.query('analyze')
  await client.end()
}

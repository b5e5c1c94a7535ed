import t from 'tap'
import { runDueSlots } from '../../../src/foundation/jobs/tick.ts'
import { jobs } from '../../../src/schedule.ts'
import { appOn, testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf } from '../../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const tenant = await app.tenant()
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')
await debits.settings()

/** The same request so often, over two replicas. */
const atOnce = (times: number, url: string, body: (n: number) => object) =>
  Promise.all(
    Array.from({ length: times }, (_, n) =>
      (n % 2 === 0 ? app : replica).call(tenant.secret, 'POST', url, body(n)),
    ),
  )

t.test('batches at once collect an item once', async (t) => {
  for (let round = 0; round < 4; round += 1) {
    const customers: Json[] = []
    for (let n = 0; n < 5; n += 1) {
      const customer = await make.customer()
      await debits.mandate(customer)
      await make.invoice(customer, { due_date: '2026-03-09' })
      customers.push(customer)
    }
    const body = { collection_date: '2026-03-10', customer_ids: customers.map(({ id }) => id) }
    const replies = await atOnce(6, '/v1/debit-batches', () => body)
    t.same(replies.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
    for (const { id } of customers)
      t.equal((await make.get(`/v1/direct-debits?customer_id=${id}`)).data.length, 1)
  }
})

t.test('debits at once never take more of an item than is open', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  const { open_items } = await make.invoice(customer, { due_date: '2026-03-09' })
  const replies = await atOnce(10, '/v1/direct-debits', () => ({
    mandate_id: mandate.id,
    items: [{ item_id: open_items[0].id, amount: 3_000 }],
  }))
  t.same(replies.map(({ status }) => status).sort(), [201, 201, 201, ...Array(7).fill(409)])
})

t.test('a batch is closed once, whoever cancels or revokes meanwhile', async (t) => {
  for (let round = 0; round < 4; round += 1) {
    const [one, two] = [await make.customer(), await make.customer()]
    const mandate = await debits.mandate(one)
    await debits.mandate(two)
    for (const customer of [one, two]) await make.invoice(customer, { due_date: '2026-03-09' })
    const batch = await debits.batch('2026-03-10', { customer_ids: [one.id, two.id] })
    const replies = await Promise.all([
      atOnce(4, `/v1/debit-batches/${batch.id}/close`, () => ({})),
      atOnce(1, `/v1/mandates/${mandate.id}/revoke`, () => ({})),
    ])
    t.same(replies[0].map(({ status }) => status).sort(), [200, 409, 409, 409])
    t.equal(replies[1][0]?.status, 200)
    const file = await debits.file(batch)
    const { debit_count } = await debits.get(`/v1/debit-batches/${batch.id}`)
    t.equal([...file.matchAll(/<EndToEndId>/g)].length, debit_count)
  }
})

t.test(
  'a debit is collected once by any number of schedulers, or returned meanwhile',
  async (t) => {
    const { pool } = app.context.workers
    const live = await app.tenant({ mode: 'live', time_zone: 'UTC' })
    const [records, liveDebits] = [recordsOf(live), debitsOf(live)]
    await liveDebits.settings()
    const customer = await records.customer()
    await liveDebits.mandate(customer)
    await records.invoice(customer, { issue_date: '2026-01-01', due_date: '2026-01-15' })
    const { data } = await live.api('GET', '/v1/mandates').then(({ body }) => body)
    const debit = await liveDebits.debit(data[0])
    const batch = await liveDebits.submitted(debit.collection_date)
    await pool.query(
      `update direct_debit set collection_date = current_date where tenant_id = $1`,
      [live.uuid],
    )
    await pool.query(
      `update schedule set next_at = now() - interval '1 hour' where tenant_id = $1`,
      [live.uuid],
    )
    const forever = new AbortController().signal
    const [returned] = await Promise.all([
      liveDebits.returned(debit, 'MD06'),
      ...[app, replica, app, replica].map(({ context }) => runDueSlots(context, jobs, forever)),
    ])
    accepted(returned)
    const told = (await live.events())
      .filter(({ data: of }) => of.object.id === debit.id)
      .map(({ type }) => type)
    t.same(told.slice(-2), ['direct_debit.collected', 'direct_debit.returned'])
    t.equal((await liveDebits.debitsIn(batch)).length, 1)
    t.same(await auditBooks(app.context, live.uuid), [])
  },
)

t.test('a repeat of the same request makes no second batch', async (t) => {
  const customer = await make.customer()
  await debits.mandate(customer)
  await make.invoice(customer, { due_date: '2026-03-09' })
  const body = { collection_date: '2026-03-10', customer_ids: [customer.id] }
  const key = { 'idempotency-key': 'a-batch' }
  const [first, second] = [
    await tenant.api('POST', '/v1/debit-batches', body, key),
    await tenant.api('POST', '/v1/debit-batches', body, key),
  ]
  t.equal(second.headers['idempotent-replayed'], 'true')
  t.same(second.body, first.body)
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

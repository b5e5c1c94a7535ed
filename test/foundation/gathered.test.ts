import { randomUUID } from 'node:crypto'
import pg from 'pg'
import t from 'tap'
import { uuidOf } from '../../src/foundation/id.ts'
import { appOn, type Reply, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const databaseUrl = String(app.context.workers.pool.options.connectionString)
const tenant = await app.tenant()
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')

async function ownConnection(t: { teardown(handler: () => Promise<void>): void }) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

const customersOf = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => make.customer({ name: `Kunde ${n}` })))

const invoiceOf = (customer: { id: string }, more: object = {}) => ({
  customer_id: customer.id,
  currency: 'EUR',
  number: `R-${randomUUID()}`,
  issue: true,
  issue_date: '2026-03-01',
  due_date: '2026-03-31',
  total_amount: 10_000,
  ...more,
})

const paymentOf = (customer: { id: string }, more: object = {}) => ({
  customer_id: customer.id,
  currency: 'EUR',
  amount: 4_000,
  received_date: '2026-03-02',
  method: 'bank_transfer',
  ...more,
})

const outcomeOf = ({ status, body }: Reply) => (status === 201 ? '201' : `${status} ${body.code}`)

/** In how many transactions these events came about. */
async function transactionsOf(
  t: Parameters<typeof ownConnection>[0],
  type: string,
  customers: readonly { id: string }[],
): Promise<number> {
  const { rows } = await (await ownConnection(t)).query(
    'select count(distinct xmin::text) as n from event where type = $1 and customer_id = any($2)',
    [type, customers.map(({ id }) => uuidOf(id))],
  )
  return Number(rows[0].n)
}

t.test(
  'what is asked at once shares transactions, and each request has its own answer, events and cause',
  async (t) => {
    const customers = await customersOf(40)
    const invoices = await Promise.all(
      customers.map((customer) => tenant.api('POST', '/v1/invoices', invoiceOf(customer))),
    )
    t.same(new Set(invoices.map(outcomeOf)), new Set(['201']))
    t.same(
      invoices.map(({ body }) => body.customer_id),
      customers.map(({ id }) => id),
    )
    t.ok((await transactionsOf(t, 'invoice.issued', customers)) <= 4, 'shared')

    const payments = await Promise.all(
      customers.map((customer, n) =>
        tenant.api('POST', '/v1/payments', paymentOf(customer, { amount: 1_000 + n })),
      ),
    )
    t.ok((await transactionsOf(t, 'payment.allocated', customers)) <= 4, 'shared')
    payments.forEach(({ body }, n) => {
      t.match(body, { customer_id: customers[n]?.id, amount: 1_000 + n, unallocated_amount: 0 })
    })

    const { rows } = await (await ownConnection(t)).query(
      'select customer_id, array_agg(distinct request_id) as requests from event where type = any($1) group by customer_id',
      [['payment.received', 'payment.allocated', 'invoice.partially_paid']],
    )
    const requestOf = new Map(
      payments.map(({ headers, body }) => [uuidOf(body.customer_id), headers['request-id']]),
    )
    t.equal(rows.length, customers.length)
    for (const { customer_id, requests } of rows)
      t.same(requests, [requestOf.get(customer_id)], 'its own request, and no other')
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test('one that is refused hinders no other, whoever refuses it', async (t) => {
  const customers = await customersOf(12)
  const number = `R-${randomUUID()}`
  await make.invoice(customers[0], { number })
  await make.invoice(customers[1], { total_amount: 2 ** 53 - 1 })
  const [first, second, third, fourth, ...others] = customers
  const sent = [
    invoiceOf(first, { number }),
    // Refused by the database itself, so that nobody’s work is done at first.
    invoiceOf(second),
    invoiceOf(third, { issue_date: '2026-03-11' }),
    invoiceOf(fourth, { currency: 'XXX' }),
    invoiceOf({ id: `cus_${'0'.repeat(26)}` }),
    ...others.map((customer) => invoiceOf(customer)),
  ]
  const replies = await Promise.all(sent.map((body) => tenant.api('POST', '/v1/invoices', body)))
  t.same(replies.map(outcomeOf), [
    '409 invoice_number_taken',
    '422 amount_out_of_range',
    '422 date_in_future',
    '422 validation_failed',
    '404 customer_not_found',
    ...others.map(() => '201'),
  ])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('two of one batch that want the same number: one gets it', async (t) => {
  const number = `R-${randomUUID()}`
  const replies = await Promise.all(
    (await customersOf(6)).map((customer) =>
      tenant.api('POST', '/v1/invoices', invoiceOf(customer, { number })),
    ),
  )
  t.same(replies.map(outcomeOf).sort(), ['201', ...Array(5).fill('409 invoice_number_taken')])
})

t.test('what is sent for one customer is done in its order', async (t) => {
  const customer = await make.customer()
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      tenant.api('POST', '/v1/invoices', invoiceOf(customer, { external_id: `in-order-${n}` })),
    ),
  )
  t.same(new Set(replies.map(outcomeOf)), new Set(['201']))
  const ids = replies.map(({ body }) => body.id)
  t.same(ids, [...ids].sort(), 'ids grow with time')
})

t.test('one key under which two different things are asked at once does one of them', async (t) => {
  for (let round = 0; round < 5; round += 1) {
    const key = { 'idempotency-key': randomUUID() }
    const replies = await Promise.all(
      (await customersOf(4)).map((customer) =>
        tenant.api('POST', '/v1/payments', paymentOf(customer), key),
      ),
    )
    const refusals = replies.map(outcomeOf).filter((outcome) => outcome !== '201')
    t.equal(refusals.length, 3)
    for (const refusal of refusals)
      t.ok(['409 idempotency_in_progress', '422 idempotency_key_reused'].includes(refusal), refusal)
  }
})

t.test('a few customers who are kept busy keep nobody else waiting', async (t) => {
  const all = await customersOf(16)
  const [busy, others] = [all.slice(0, 6), all.slice(6)]
  const holder = await ownConnection(t)
  await holder.query('begin')
  await holder.query('select 1 from customer where id = any($1) for update', [
    busy.map(({ id }) => uuidOf(id)),
  ])
  let waiting = busy.length
  const kept = busy.map((customer) =>
    tenant.api('POST', '/v1/payments', paymentOf(customer)).finally(() => {
      waiting -= 1
    }),
  )
  const began = performance.now()
  for (const customer of others)
    t.equal(outcomeOf(await tenant.api('POST', '/v1/payments', paymentOf(customer))), '201')
  t.ok(performance.now() - began < 1_500, 'long before anybody loses patience')
  t.equal(waiting, busy.length)
  await holder.query('rollback')
  t.same(new Set((await Promise.all(kept)).map(outcomeOf)), new Set(['201']))
})

t.test('who has waited too long for a customer that is busy is refused', async (t) => {
  const [customer] = await customersOf(1)
  const holder = await ownConnection(t)
  await holder.query('begin')
  await holder.query('select 1 from customer where id = $1 for update', [uuidOf(customer.id)])
  const began = performance.now()
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => tenant.api('POST', '/v1/payments', paymentOf(customer))),
  )
  t.ok(performance.now() - began < 30_000, 'not each one’s patience after the other’s')
  t.same(new Set(replies.map(outcomeOf)), new Set(['503 unavailable']))
  await holder.query('rollback')
  t.equal(outcomeOf(await tenant.api('POST', '/v1/payments', paymentOf(customer))), '201')
})

t.test('when no connection is free all of a batch hear so at once', async (t) => {
  const small = await appOn(t, databaseUrl, { DATABASE_POOL_SIZE: '2' })
  const customers = await customersOf(8)
  const lent = await Promise.all([1, 2].map(() => small.context.api.pool.connect()))
  const began = performance.now()
  const replies = await Promise.all(
    customers.map((customer) =>
      small.call(tenant.secret, 'POST', '/v1/payments', paymentOf(customer)),
    ),
  )
  t.ok(performance.now() - began < 18_000, 'nobody waits twice')
  t.same(new Set(replies.map(outcomeOf)), new Set(['503 unavailable']))
  for (const client of lent) client.release()
})

t.test(
  'a dry run shares nothing and keeps nothing, a request of another tenant neither',
  async (t) => {
    const other = await app.tenant()
    await clockOf(app, other).set('2026-03-10')
    const theirs = await recordsOf(other).customer()
    const customers = await customersOf(3)
    const external_id = randomUUID()
    const replies = await Promise.all([
      ...customers.map((customer) =>
        tenant.api('POST', '/v1/invoices?dry_run=true', invoiceOf(customer, { external_id })),
      ),
      other.api('POST', '/v1/invoices', invoiceOf(theirs, { external_id })),
      tenant.api('POST', '/v1/invoices', invoiceOf(theirs)),
    ])
    t.same(replies.map(outcomeOf), ['201', '201', '201', '201', '404 customer_not_found'])
    t.same((await make.get(`/v1/invoices?external_id=${external_id}`)).data, [])
  },
)

t.test(
  'credit that is asked for at once never goes above a limit, be it shared, and each decision can be made once more',
  async (t) => {
    const fellows = await customersOf(6)
    const group = await make.creditGroup(...fellows)
    await make.creditPolicy()
    await tenant.api('PUT', `/v1/credit-groups/${group.id}/credit-limit`, {
      amount: 5_000_000,
      currency: 'EUR',
      reason: 'agreed',
    })
    const loners = await customersOf(6)
    for (const customer of [...fellows, ...loners]) await make.creditLimit(customer)
    const ask = (customer: { id: string }, n: number) =>
      tenant.api('POST', '/v1/credit-checks', {
        customer_id: customer.id,
        currency: 'EUR',
        amount: 2_000_000,
        reserve: { ttl_seconds: 3_600, external_id: `PO-${n}` },
      })
    const twice = [...fellows, ...loners, ...loners]
    const replies = await Promise.all(twice.map(ask))
    t.same(new Set(replies.map(outcomeOf)), new Set(['201']))
    const approved = replies.filter(({ body }) => body.status === 'approved')
    const ofGroup = approved.filter(({ body }) => fellows.some(({ id }) => id === body.customer_id))
    t.equal(ofGroup.length, 2, 'two of six fit below the limit that they share')
    t.equal(approved.length - ofGroup.length, 12, 'whoever has a limit alone is not concerned')
    t.ok((await transactionsOf(t, 'credit_check.approved', loners)) < 12, 'shared')
    for (const { body } of replies) {
      const replay = await make.get(`/v1/credit-checks/${body.id}/replay`)
      t.match(replay, { reproduced: true })
    }
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test(
  'of two that reserve under one reference the second is refused, and hinders no other',
  async (t) => {
    const [one, ...others] = await customersOf(4)
    for (const customer of [one, ...others]) await make.creditLimit(customer)
    const ask = (customer: { id: string }) =>
      tenant.api('POST', '/v1/credit-checks', {
        customer_id: customer.id,
        currency: 'EUR',
        amount: 100,
        reserve: { ttl_seconds: 3_600, external_id: 'PO-SAME' },
      })
    t.equal(outcomeOf(await ask(one)), '201')
    const replies = await Promise.all([one, ...others].map(ask))
    t.same(replies.map(outcomeOf), ['409 reservation_active', '201', '201', '201'])
    const { data } = await make.get(`/v1/credit-checks?customer_id=${one.id}`)
    t.equal(data.length, 1, 'nothing is kept of what was refused')
  },
)

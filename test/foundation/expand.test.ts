import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')

const customers = [await make.customer({ name: 'Eins GmbH' }), await make.customer()]
const lines = [{ description: 'Consulting', net_amount: 10_000 }]
const invoices = [
  await make.invoice(customers[0], { lines }),
  await make.invoice(customers[1]),
  await make.invoice(customers[0]),
]
const payment = await make.payment(customers[0])

const ok = async (url: string, headers?: Record<string, string>) => {
  const { status, body } = await api('GET', url, undefined, headers)
  if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`)
  return body
}

t.test('a list shows in full what its ids name, on every page and in every format', async (t) => {
  const first = await ok('/v1/invoices?expand=customer&limit=2')
  const second = await ok(`/v1/invoices?expand=customer&limit=2&cursor=${first.next_cursor}`)
  const rows = [...first.data, ...second.data]
  t.equal(rows.length, 3)
  for (const row of rows) {
    const expected = customers.find(({ id }) => id === row.customer_id)
    t.same(row.customer, expected, 'the customer is the one that a GET of its own answers')
  }
  t.notOk('customer' in (await ok('/v1/invoices')).data[0], 'nobody asked')
  const plain = await ok('/v1/invoices?limit=2')
  t.equal(
    (await api('GET', `/v1/invoices?expand=customer&limit=2&cursor=${plain.next_cursor}`)).status,
    200,
    'a cursor does not care what is expanded',
  )
})

t.test('lines come with a list when they are asked for', async (t) => {
  const { data } = await ok('/v1/invoices?expand=lines,customer&sort=created_at')
  t.match(data[0], { lines: [{ description: 'Consulting' }], customer: { name: 'Eins GmbH' } })
  t.notOk('lines' in (await ok('/v1/invoices?sort=created_at')).data[0])
})

t.test('one resource, several kinds, one level deep', async (t) => {
  const { data } = await ok(`/v1/allocations?expand=customer,invoice,payment`)
  t.equal(data.length, 1)
  t.match(data[0], {
    customer: { id: customers[0].id },
    invoice: { id: invoices[0].id, object: 'invoice' },
    payment: { id: payment.id, object: 'payment' },
  })
  t.notOk('customer' in data[0].invoice)
  const item = (await ok(`/v1/open-items?customer_id=${customers[1].id}&expand=invoice`)).data[0]
  t.equal(item.invoice.id, invoices[1].id)
  const charge = (await ok(`/v1/open-items/${item.id}?expand=invoice,customer`)).customer
  t.same(charge, customers[1])
})

t.test('the ETag of an expanded resource changes with what was expanded', async (t) => {
  const url = `/v1/invoices/${invoices[2].id}?expand=customer`
  const { headers } = await api('GET', url)
  const known = { 'if-none-match': String(headers.etag) }
  t.equal((await api('GET', url, undefined, known)).status, 304)
  await make.patch(`/v1/customers/${customers[0].id}`, { name: 'Neu GmbH' })
  t.match(await api('GET', url, undefined, known), {
    status: 200,
    body: { customer: { name: 'Neu GmbH' } },
  })
  const patched = await api(
    'PATCH',
    `/v1/invoices/${invoices[2].id}`,
    { metadata: { seen: 'yes' } },
    { 'if-match': String(headers.etag) },
  )
  t.equal(patched.status, 200, 'the version in it is still the one to change')
})

t.test('what cannot be expanded, or not by this caller, is refused', async (t) => {
  for (const [url, pointer] of [
    ['/v1/invoices?expand=payment', 'expand/0'],
    ['/v1/invoices?expand=customer,customer.invoices', 'expand/1'],
    ['/v1/customers?expand=customer', 'expand'],
  ] as const) {
    const { status, body } = await api('GET', url)
    t.equal(status, 400, url)
    t.match(body, { code: 'invalid_parameter', errors: [{ in: 'query', pointer }] }, url)
  }
  const { body: key } = await api('POST', '/v1/api-keys', {
    name: 'invoices only',
    scopes: ['invoices:read'],
  })
  const authorization = { authorization: `Bearer ${key.secret}` }
  t.equal((await api('GET', '/v1/invoices', undefined, authorization)).status, 200)
  t.match(await api('GET', '/v1/invoices?expand=customer', undefined, authorization), {
    status: 403,
    body: { code: 'insufficient_scope', required_scopes: ['customers:read'] },
  })
})

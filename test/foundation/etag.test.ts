import t from 'tap'
import { etagOf, ifMatchOf, isFresh } from '../../src/foundation/http/etag.ts'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-14')

t.test('an ETag is the version, and the day where the day changes what is shown', async (t) => {
  t.equal(etagOf({ version: 3 }), '"3"')
  t.equal(etagOf({ version: 3, days_overdue: 2, dunning_level: 1 }), '"3.2.1"')
  t.equal(etagOf({ data: [] }), undefined)
  t.equal(etagOf(null), undefined)
  t.equal(ifMatchOf('"3.2.1"', true), 3)
  t.equal(ifMatchOf('W/"3"', true), 3)
  t.equal(ifMatchOf('*', true), undefined)
  t.equal(ifMatchOf(undefined, false), undefined)
  t.throws(() => ifMatchOf(undefined, true), { code: 'precondition_required' })
  for (const header of ['', 'x', '"x"', '"1", "2"', '"-1"', '"99999999999"'])
    t.throws(() => ifMatchOf(header, false), { code: 'version_mismatch' }, header)
  t.ok(isFresh('"1", W/"3"', '"3"'))
  t.ok(isFresh('*', '"3"'))
  t.notOk(isFresh('"30"', '"3"'))
  t.notOk(isFresh(undefined, '"3"'))
})

t.test('who has read it already is told so, until it changes', async (t) => {
  const customer = await make.customer()
  const url = `/v1/customers/${customer.id}`
  const { headers } = await api('GET', url)
  t.equal(headers.etag, '"1"')
  const again = await api('GET', url, undefined, { 'if-none-match': String(headers.etag) })
  t.match(again, { status: 304, body: undefined })
  t.equal(again.headers.etag, '"1"')
  await make.patch(url, { name: 'Neu GmbH' })
  t.match(await api('GET', url, undefined, { 'if-none-match': '"1"' }), {
    status: 200,
    body: { version: 2 },
  })
})

t.test('an invoice is read anew on the day on which it becomes overdue', async (t) => {
  const invoice = await make.invoice(await make.customer())
  const url = `/v1/invoices/${invoice.id}`
  const { headers } = await api('GET', url)
  await clock.set('2026-03-16')
  const { status, body } = await api('GET', url, undefined, {
    'if-none-match': String(headers.etag),
  })
  t.match({ status, body }, { status: 200, body: { version: 1, overdue: true, days_overdue: 1 } })
})

t.test(
  'a change of a version that is no longer current is refused, and says which is',
  async (t) => {
    const invoice = await make.invoice(await make.customer(), {
      issue: false,
      due_date: '2026-04-15',
    })
    const draft = `/v1/invoices/${invoice.id}`
    const payment = await make.payment(await make.customer())
    await make.patch(draft, { metadata: { a: '1' } })
    const stale = { 'if-match': '"1"' }
    const attempts = [
      api('PATCH', draft, { number: 'X' }, stale),
      api('POST', `${draft}/issue`, {}, stale),
      api('DELETE', draft, undefined, stale),
    ]
    for (const reply of await Promise.all(attempts))
      t.match(reply, { status: 412, body: { code: 'version_mismatch', current_version: 2 } })
    t.match(await api('POST', `${draft}/issue`, {}, { 'if-match': '"2"' }), {
      status: 200,
      body: { version: 3 },
    })
    t.match(await api('POST', `${draft}/void`, { reason: 'x' }, stale), {
      status: 412,
      body: { current_version: 3 },
    })
    t.match(
      await api(
        'POST',
        `/v1/payments/${payment.id}/reversal`,
        { reason: 'x' },
        { 'if-match': '"7"' },
      ),
      {
        status: 412,
        body: { current_version: payment.version },
      },
    )
  },
)

t.test('of ten who change the version they read, one does', async (t) => {
  const { id } = await make.customer()
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      api('PATCH', `/v1/customers/${id}`, { name: `Name ${n}` }, { 'if-match': '"1"' }),
    ),
  )
  t.same(replies.map(({ status }) => status).sort(), [200, ...Array(9).fill(412)])
  t.equal((await make.get(`/v1/customers/${id}`)).version, 2)
})

t.test('of ten who would void, or touch, the version they read, one does', async (t) => {
  const { id } = await make.invoice(await make.customer())
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      n % 2 === 0
        ? api('POST', `/v1/invoices/${id}/void`, { reason: 'x' }, { 'if-match': '"1"' })
        : api('PATCH', `/v1/invoices/${id}`, { metadata: { n: String(n) } }, { 'if-match': '"1"' }),
    ),
  )
  const statuses = replies.map(({ status }) => status)
  t.equal(statuses.filter((status) => status === 200).length, 1, statuses.join(' '))
  t.equal((await make.get(`/v1/invoices/${id}`)).version, 2)
})

t.test('a policy document is replaced with If-Match only', async (t) => {
  const policy = await make.policy()
  const url = `/v1/dunning-policies/${policy.id}`
  const { levels, scope } = policy
  const next = { name: 'Next', scope, levels }
  t.match(await api('PUT', url, next), { status: 428, body: { code: 'precondition_required' } })
  t.match(await api('PUT', url, next, { 'if-match': '"2"' }), {
    status: 412,
    body: { current_version: 1 },
  })
  t.match(await api('PUT', url, next, { 'if-match': '"1"' }), {
    status: 200,
    body: { version: 2, name: 'Next' },
  })
})

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const customer = await make.customer()
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  return { tenant, make, clock, customer, invoice }
}

t.test('what people did is kept with its day at the creditor’s place', async (t) => {
  const { tenant, make, clock, customer, invoice } = await creditor()
  await clock.set('2026-03-05')
  const call = await make.activity({
    invoice_id: invoice.id,
    outcome: 'promise',
    contact_name: 'Ms Weber',
    note: 'Pays on Friday.',
    occurred_at: '2026-03-03T23:30:00Z',
  })
  t.match(call, {
    object: 'activity',
    version: 1,
    customer_id: customer.id,
    invoice_id: invoice.id,
    kind: 'call',
    direction: 'outgoing',
    outcome: 'promise',
    contact_name: 'Ms Weber',
    note: 'Pays on Friday.',
    occurred_date: '2026-03-04',
    collection: true,
    cancelled_date: null,
  })
  t.equal(Date.parse(call.occurred_at), Date.parse('2026-03-03T23:30:00Z'))
  t.same(await make.get(`/v1/activities/${call.id}`), call)
  t.match((await tenant.events('activity.logged'))[0].data.object, call)
})

t.test('what we start counts for the budget unless we say no; a reply never does', async (t) => {
  const { tenant, make, customer } = await creditor()
  const kept = { customer_id: customer.id }
  t.equal((await make.activity(kept)).collection, true)
  t.equal((await make.activity({ ...kept, collection: false })).collection, false)
  t.equal((await make.activity({ ...kept, direction: 'incoming' })).collection, false)
  const reply = { ...kept, kind: 'email', direction: 'incoming', collection: true }
  t.match(await tenant.api('POST', '/v1/activities', reply), {
    status: 422,
    body: {
      code: 'validation_failed',
      errors: [{ pointer: '#/collection', code: 'only_outgoing' }],
    },
  })
})

t.test(
  'a contact that counts, and its cancelling, have the customer looked at today',
  async (t) => {
    const { tenant, make, clock, customer, invoice } = await creditor()
    const policy = await make.policy()
    await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
    await clock.advance('2026-03-02')
    const nextLook = async () => {
      const { rows } = await app.context.workers.pool.query(
        `select next_look_date::text from item_watch where tenant_id = $1`,
        [tenant.uuid],
      )
      return rows.map(({ next_look_date }) => next_look_date)
    }
    t.same(await nextLook(), ['2026-03-15'], 'the first level of what is due on the 10th')
    await make.activity({ customer_id: customer.id, collection: false })
    t.same(await nextLook(), ['2026-03-15'])
    const call = await make.activity({ invoice_id: invoice.id })
    t.same(await nextLook(), ['2026-03-02'])
    await clock.advance('2026-03-03')
    t.same(await nextLook(), ['2026-03-15'])
    await tenant.api('POST', `/v1/activities/${call.id}/cancel`, { reason: 'mistake' })
    t.same(await nextLook(), ['2026-03-03'])
  },
)

t.test('people’s contacts use the budget of dunning, until they are cancelled', async (t) => {
  const { tenant, make, clock, customer } = await creditor()
  const policy = await make.policy({ contact_budget: { contacts: 1, days: 7 } })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const steps = async () =>
    (await tenant.events('dunning.level_changed')).map(({ timestamp }) => timestamp.slice(0, 10))
  await clock.advance('2026-03-14')
  await make.activity({ customer_id: customer.id, direction: 'incoming' })
  const call = await make.activity({
    customer_id: customer.id,
    occurred_at: '2026-03-12T10:00:00Z',
  })
  await clock.advance('2026-03-16')
  t.same(await steps(), [], 'the call of the 12th takes the week')
  await tenant.api('POST', `/v1/activities/${call.id}/cancel`, { reason: 'It was somebody else.' })
  await clock.advance('2026-03-17')
  t.same(await steps(), ['2026-03-17'])
  await make.activity({ customer_id: customer.id, occurred_at: '2026-03-16T10:00:00Z' })
  await clock.advance('2026-03-27')
  t.same(await steps(), ['2026-03-17', '2026-03-25'])
})

t.test('a mistake is cancelled once, with its reason, and stays readable', async (t) => {
  const { tenant, make, customer } = await creditor()
  const call = await make.activity({ customer_id: customer.id })
  const cancel = () =>
    tenant.api('POST', `/v1/activities/${call.id}/cancel`, { reason: 'Wrong customer.' })
  const both = await Promise.all([cancel(), cancel()])
  t.same(both.map(({ status }) => status).sort(), [200, 409])
  t.match(await make.get(`/v1/activities/${call.id}`), {
    version: 2,
    cancelled_date: '2026-03-01',
    cancel_reason: 'Wrong customer.',
    collection: true,
  })
  t.match(await cancel(), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'cancelled' },
  })
  t.same(
    (await tenant.events('activity.cancelled')).map(({ data }) => data.previous_attributes),
    [{ cancelled_date: null, cancel_reason: null }],
  )
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('ten equal requests log one call', async (t) => {
  const { tenant, make, customer } = await creditor()
  const body = { customer_id: customer.id, kind: 'call', direction: 'outgoing' }
  const key = randomUUID()
  const replies = await Promise.all(
    Array.from({ length: 10 }, () =>
      tenant.api('POST', '/v1/activities', body, { 'idempotency-key': key }),
    ),
  )
  t.ok(replies.every(({ status }) => status === 201 || status === 409))
  t.equal(
    new Set(replies.filter(({ status }) => status === 201).map(({ body }) => body.id)).size,
    1,
  )
  t.equal((await make.get('/v1/activities')).data.length, 1)
  t.match(await tenant.api('POST', '/v1/activities', body, { 'idempotency-key': '' }), {
    status: 400,
    body: { code: 'idempotency_key_required' },
  })
})

t.test('what does not fit is refused, by field', async (t) => {
  const { tenant, make, customer, invoice } = await creditor()
  const other = await make.customer()
  const call = { customer_id: customer.id, kind: 'call', direction: 'outgoing' }
  for (const [body, status, code, pointer] of [
    [{ ...call, customer_id: undefined }, 422, 'validation_failed', '#/customer_id'],
    [{ ...call, kind: 'fax' }, 422, 'validation_failed', '#/kind'],
    [{ ...call, kind: undefined }, 422, 'validation_failed', '#/kind'],
    [{ ...call, direction: 'both' }, 422, 'validation_failed', '#/direction'],
    [{ ...call, outcome: 'fine' }, 422, 'validation_failed', '#/outcome'],
    [{ ...call, contact_name: '' }, 422, 'validation_failed', '#/contact_name'],
    [{ ...call, note: 'x'.repeat(5_001) }, 422, 'validation_failed', '#/note'],
    [{ ...call, collection: 'yes' }, 422, 'validation_failed', '#/collection'],
    [{ ...call, occurred_at: '2026-03-01' }, 422, 'validation_failed', '#/occurred_at'],
    [{ ...call, occurred_at: '2026-03-01T08:00:01Z' }, 422, 'date_in_future', '#/occurred_at'],
    [{ ...call, occurred_at: '2026-03-01T09:00:00+00:30' }, 422, 'date_in_future', '#/occurred_at'],
    [{ ...call, customer_id: publicId('customer', newId()) }, 404, 'customer_not_found'],
    [{ ...call, invoice_id: publicId('invoice', newId()) }, 404, 'invoice_not_found'],
    [{ ...call, customer_id: other.id, invoice_id: invoice.id }, 422, 'customer_mismatch'],
  ] as const) {
    const refused = await tenant.api('POST', '/v1/activities', body)
    t.match(refused, { status, body: { code } }, JSON.stringify(body))
    if (pointer !== undefined) t.match(refused.body.errors, [{ pointer }])
  }
  t.match(
    await tenant.api('POST', '/v1/activities', {
      ...call,
      occurred_at: '2026-03-01T09:00:00+01:00',
    }),
    {
      status: 201,
      body: { occurred_date: '2026-03-01' },
    },
  )
})

t.test('activities are listed by what is asked, the latest first, page by page', async (t) => {
  const { tenant, make, clock, customer, invoice } = await creditor()
  await clock.set('2026-03-09')
  const other = await make.customer()
  const at = (day: string) => ({ occurred_at: `${day}T10:00:00Z` })
  const first = await make.activity({ invoice_id: invoice.id, ...at('2026-03-02') })
  const reply = await make.activity({
    customer_id: customer.id,
    kind: 'email',
    direction: 'incoming',
    ...at('2026-03-03'),
  })
  const wrong = await make.activity({ customer_id: other.id, ...at('2026-03-01') })
  await tenant.api('POST', `/v1/activities/${wrong.id}/cancel`, { reason: 'x' })
  const ids = async (query: string) =>
    (await make.get(`/v1/activities?${query}`)).data.map(({ id }: { id: string }) => id)
  t.same(await ids(''), [reply.id, first.id, wrong.id])
  t.same(await ids(`customer_id=${customer.id}`), [reply.id, first.id])
  t.same(await ids(`invoice_id=${invoice.id}`), [first.id])
  t.same(await ids('kind=email'), [reply.id])
  t.same(await ids('direction=outgoing'), [first.id, wrong.id])
  t.same(await ids('collection=true&cancelled=false'), [first.id])
  t.same(await ids('cancelled=true'), [wrong.id])
  t.same(await ids('occurred_date_gte=2026-03-02&occurred_date_lte=2026-03-02'), [first.id])
  const page = await make.get('/v1/activities?limit=1')
  t.same(await ids(`limit=1&cursor=${page.next_cursor}`), [first.id])
})

import t from 'tap'
import { newId, publicId } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'
import { accepted, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const gold = { code: 'gold', name: 'Gold', net_days: 45 }

t.test('creates a class, shows it, lists it and finds it by code', async (t) => {
  const { api, events } = await app.tenant()
  const created = await api('POST', '/v1/customer-classes', gold)
  t.match(created, {
    status: 201,
    headers: { location: `/v1/customer-classes/${created.body.id}`, etag: '"1"' },
    body: { object: 'customer_class', version: 1, ...gold, dunning_policy_id: null },
  })
  const other = accepted(
    await api('POST', '/v1/customer-classes', { code: 'silver', name: 'Silver' }),
  )
  t.same((await api('GET', `/v1/customer-classes/${created.body.id}`)).body, created.body)
  const ids = async (query = '') =>
    (await api('GET', `/v1/customer-classes${query}`)).body.data.map(({ id }: { id: string }) => id)
  t.same((await ids()).sort(), [created.body.id, other.id].sort())
  t.same(await ids('?code=silver'), [other.id])
  t.same(await ids('?code=SILVER'), [])
  t.match((await events('customer_class.created'))[0].data.object, created.body)
})

t.test('a code is taken once; who holds it is named', async (t) => {
  const { api } = await app.tenant()
  const { id } = accepted(await api('POST', '/v1/customer-classes', gold))
  const silver = accepted(
    await api('POST', '/v1/customer-classes', { code: 'silver', name: 'Silver' }),
  )
  const taken = { status: 409, body: { code: 'customer_class_code_taken', conflicting_id: id } }
  t.match(await api('POST', '/v1/customer-classes', gold), taken)
  t.match(await api('PATCH', `/v1/customer-classes/${silver.id}`, { code: 'gold' }), taken)
  t.match(await api('PATCH', `/v1/customer-classes/${silver.id}`, { code: 'bronze' }), {
    status: 200,
    body: { code: 'bronze', version: 2 },
  })
})

t.test('a patch changes what it names, and the event says what was different', async (t) => {
  const { api, events } = await app.tenant()
  const { id } = accepted(await api('POST', '/v1/customer-classes', gold))
  const url = `/v1/customer-classes/${id}`
  t.match(await api('PATCH', url, { net_days: null, name: 'Gold' }), {
    status: 200,
    body: { version: 2, net_days: null, name: 'Gold', code: 'gold' },
  })
  t.same((await events('customer_class.updated'))[0].data.previous_attributes, { net_days: 45 })
  t.match(await api('PATCH', url, { name: 'Gold' }), { status: 200, body: { version: 2 } })
  t.match(await api('PATCH', url, { name: 'X' }, { 'if-match': '"1"' }), { status: 412 })
  t.equal((await events('customer_class.updated')).length, 1)
})

t.test('an upsert creates, then replaces, then changes nothing', async (t) => {
  const { api } = await app.tenant()
  const put = (body: object, headers = {}) =>
    api('PUT', '/v1/customer-classes/by-code/gold', body, headers)
  t.match(await put({ name: 'Gold' }, { 'if-match': '"1"' }), { status: 412 })
  const created = await put({ name: 'Gold', net_days: 45 })
  t.match(created, {
    status: 201,
    headers: { location: `/v1/customer-classes/${created.body.id}` },
  })
  t.match(await put({ name: 'Gold' }), { status: 200, body: { version: 2, net_days: null } })
  t.match(await put({ name: 'Gold' }), { status: 200, body: { version: 2 } })
  t.match(await put({ name: 'Golden' }, { 'if-match': '"1"' }), { status: 412 })
})

t.test('of upserts that race to create a class one does, and the others change it', async (t) => {
  const { api, events } = await app.tenant()
  const replies = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      api('PUT', '/v1/customer-classes/by-code/gold', { name: `Gold ${n}` }),
    ),
  )
  t.same(replies.map(({ status }) => status).sort(), [200, 200, 200, 200, 201])
  t.equal(new Set(replies.map(({ body }) => body.id)).size, 1)
  t.equal((await events('customer_class.updated')).length, 4)
})

t.test(
  'net days come from the invoice, else the customer, else the class, else the tenant',
  async (t) => {
    const tenant = await app.tenant({ net_days: 10 })
    const make = recordsOf(tenant)
    const { id } = accepted(await tenant.api('POST', '/v1/customer-classes', gold))
    const bare = accepted(
      await tenant.api('POST', '/v1/customer-classes', { code: 'bare', name: 'Bare' }),
    )
    const dueDate = async (customer: object, more: object = {}) =>
      (
        await make.invoice(await make.customer(customer), {
          issue: false,
          due_date: undefined,
          ...more,
        })
      ).due_date
    t.equal(await dueDate({}), '2026-03-11')
    t.equal(await dueDate({ customer_class_id: bare.id }), '2026-03-11')
    t.equal(await dueDate({ customer_class_id: id }), '2026-04-15')
    t.equal(await dueDate({ customer_class_id: id, net_days: 0 }), '2026-03-01')
    t.equal(await dueDate({ customer_class_id: id, net_days: 0 }, { net_days: 5 }), '2026-03-06')
    const draft = await make.invoice(await make.customer({ customer_class_id: id }), {
      issue: false,
    })
    t.match(
      await make.patch(`/v1/invoices/${draft.id}`, {
        issue_date: '2026-03-02',
        net_days: undefined,
      }),
      { due_date: '2026-03-15' },
    )
  },
)

t.test(
  'what is wrong with a class is refused by field, and strangers have no class here',
  async (t) => {
    const { api } = await app.tenant()
    for (const [body, pointer] of [
      [{ name: 'x' }, '#/code'],
      [{ code: 'x' }, '#/name'],
      [{ code: '', name: 'x' }, '#/code'],
      [{ code: 'x', name: 'x', net_days: 366 }, '#/net_days'],
      [{ code: 'x', name: 'x', colour: 'red' }, '#/colour'],
    ] as const)
      t.match(
        await api('POST', '/v1/customer-classes', body),
        { status: 422, body: { errors: [{ pointer }] } },
        JSON.stringify(body),
      )

    const stranger = await app.tenant()
    const foreign = accepted(await stranger.api('POST', '/v1/customer-classes', gold))
    const missing = { status: 404, body: { code: 'customer_class_not_found' } }
    t.match(await api('GET', `/v1/customer-classes/${foreign.id}`), missing)
    t.match(await api('PATCH', `/v1/customer-classes/${foreign.id}`, { name: 'Mine' }), missing)
    const customer = { name: 'B', kind: 'business', country: 'DE', currency: 'EUR' }
    for (const customer_class_id of [foreign.id, publicId('customer_class', newId())]) {
      t.match(await api('POST', '/v1/customers', { ...customer, customer_class_id }), missing)
      const { id } = accepted(await api('POST', '/v1/customers', customer))
      t.match(await api('PATCH', `/v1/customers/${id}`, { customer_class_id }), missing)
      t.match(
        await api('PUT', '/v1/customers/by-external-id/E', { ...customer, customer_class_id }),
        missing,
      )
    }
    t.match(
      await api('POST', '/v1/customer-classes', gold),
      { status: 201 },
      'the code is free here',
    )
    const reader = await app.tenant({ scopes: ['customers:read'] })
    t.match(await reader.api('POST', '/v1/customer-classes', gold), { status: 403 })
  },
)

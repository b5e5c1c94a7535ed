import t from 'tap'
import { testApp } from '../../support/app.ts'

const muster = { name: 'Muster GmbH', kind: 'business', country: 'DE', currency: 'EUR' }

t.test('a customer is upserted by the caller’s own id', async (t) => {
  const { tenant } = await testApp(t)
  const { api, events } = await tenant()

  await t.test('created at first, replaced afterwards, untouched by a repeat', async (t) => {
    const url = '/v1/customers/by-external-id/SAP-1'
    const created = await api('PUT', url, {
      ...muster,
      net_days: 30,
      contacts: [{ role: 'billing', name: 'Erika' }],
      metadata: { a: '1' },
    })
    t.equal(created.status, 201)
    t.equal(created.headers.location, `/v1/customers/${created.body.id}`)
    t.match(created.body, { external_id: 'SAP-1', net_days: 30, version: 1 })

    const repeated = await api('PUT', url, {
      ...muster,
      net_days: 30,
      contacts: [{ role: 'billing', name: 'Erika' }],
      metadata: { a: '1' },
    })
    t.equal(repeated.status, 200)
    t.notOk(repeated.headers.location)
    t.same(repeated.body, created.body)

    const replaced = await api('PUT', url, { ...muster, name: 'Neu GmbH', metadata: { b: '2' } })
    t.equal(replaced.status, 200)
    t.match(replaced.body, {
      id: created.body.id,
      version: 2,
      name: 'Neu GmbH',
      net_days: null,
      contacts: [],
    })
    t.same(replaced.body.metadata, { b: '2' })
    const [event] = await events('customer.updated')
    t.same(event.data.previous_attributes, {
      name: 'Muster GmbH',
      net_days: 30,
      contacts: created.body.contacts,
      metadata: { a: '1' },
    })
  })

  await t.test(
    'ten that race create one customer, and each says truthfully what it did',
    async (t) => {
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          api('PUT', '/v1/customers/by-external-id/raced', { ...muster, name: `Name ${n}` }),
        ),
      )
      t.same(
        replies.map(({ status }) => status).sort(),
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 201],
      )
      t.equal(new Set(replies.map(({ body }) => body.id)).size, 1)
      t.same(
        new Set(replies.map(({ body }) => body.version)),
        new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      )
    },
  )

  await t.test('any text can be an id, as long as it can be stored', async (t) => {
    for (const id of [
      'a/b',
      'ä ö ü 😀',
      '../..',
      "'; drop table customer",
      '%',
      'by-external-id',
      'x'.repeat(200),
      '日'.repeat(200),
    ]) {
      const { status, body } = await api(
        'PUT',
        `/v1/customers/by-external-id/${encodeURIComponent(id)}`,
        muster,
      )
      t.match({ status, body }, { status: 201, body: { external_id: id } }, id.slice(0, 20))
      const found = await api('GET', `/v1/customers?external_id=${encodeURIComponent(id)}`)
      t.same(found.body.data, [body])
    }
    t.equal(
      (await api('PUT', `/v1/customers/by-external-id/${'x'.repeat(201)}`, muster)).status,
      400,
    )
    t.equal((await api('PUT', '/v1/customers/by-external-id/a%00b', muster)).status, 400)
  })

  await t.test('If-Match asks for a version that is there', async (t) => {
    const url = '/v1/customers/by-external-id/guarded'
    t.match(await api('PUT', url, muster, { 'if-match': '"1"' }), {
      status: 412,
      body: { code: 'version_mismatch' },
    })
    t.equal((await api('PUT', url, muster)).status, 201)
    t.equal((await api('PUT', url, { ...muster, name: 'N' }, { 'if-match': '"1"' })).status, 200)
    t.match(await api('PUT', url, { ...muster, name: 'M' }, { 'if-match': '"1"' }), {
      status: 412,
      body: { code: 'version_mismatch', current_version: 2 },
    })
  })

  await t.test('the id stands in the path and nowhere else', async (t) => {
    t.match(await api('PUT', '/v1/customers/by-external-id/x', { ...muster, external_id: 'y' }), {
      status: 422,
      body: { errors: [{ pointer: '#/external_id', code: 'unknown_field' }] },
    })
    t.match(await api('PUT', '/v1/customers/by-external-id/x', { name: 'only a name' }), {
      status: 422,
    })
  })

  await t.test('an id of another tenant is free', async (t) => {
    const other = await tenant()
    t.equal((await other.api('PUT', '/v1/customers/by-external-id/SAP-1', muster)).status, 201)
  })
})

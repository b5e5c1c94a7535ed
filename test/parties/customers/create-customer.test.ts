import t from 'tap'
import { testApp } from '../../support/app.ts'

const muster = { name: 'Muster GmbH', kind: 'business', country: 'DE', currency: 'EUR' }

t.test('a customer', async (t) => {
  const { tenant } = await testApp(t)
  const { api, events } = await tenant()

  await t.test('is created with what was given, and null for the rest', async (t) => {
    const { status, headers, body } = await api('POST', '/v1/customers', {
      ...muster,
      external_id: 'SAP-1',
      language: 'de',
      address: { line1: 'Musterweg 1', city: 'Berlin', region: null },
      contacts: [{ role: 'billing', name: 'Erika', email: 'erika@example.com' }],
      net_days: 30,
      metadata: { cost_center: 'C-100' },
    })
    t.equal(status, 201)
    t.equal(headers.location, `/v1/customers/${body.id}`)
    t.equal(headers.etag, '"1"')
    t.match(body, {
      id: /^cus_[0-7][0-9a-hjkmnp-tv-z]{25}$/,
      object: 'customer',
      version: 1,
      livemode: false,
      external_id: 'SAP-1',
      tax_id: null,
      address: {
        line1: 'Musterweg 1',
        line2: null,
        postal_code: null,
        city: 'Berlin',
        region: null,
      },
      contacts: [
        { id: /^con_/, role: 'billing', name: 'Erika', email: 'erika@example.com', phone: null },
      ],
      net_days: 30,
      dunning_policy_id: null,
      metadata: { cost_center: 'C-100' },
    })
    t.same((await api('GET', `/v1/customers/${body.id}`)).body, body)
    const [event] = await events('customer.created')
    t.match(event, { entity_sequence: 1, data: { object: body } })
    t.notOk('previous_attributes' in event.data)
  })

  await t.test('is not created twice under one external id', async (t) => {
    const first = await api('POST', '/v1/customers', { ...muster, external_id: 'twice' })
    const second = await api('POST', '/v1/customers', { ...muster, external_id: 'twice' })
    t.match(second, {
      status: 409,
      body: { code: 'external_id_taken', conflicting_id: first.body.id },
    })
    t.equal(second.headers['content-type'], 'application/problem+json; charset=utf-8')
  })

  await t.test('ten that race for one external id: one is created, nine learn which', async (t) => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, () =>
        api('POST', '/v1/customers', { ...muster, external_id: 'raced' }),
      ),
    )
    const created = replies.filter(({ status }) => status === 201)
    t.equal(created.length, 1)
    for (const { status, body } of replies.filter((reply) => reply !== created[0])) {
      t.equal(status, 409)
      t.match(body, { code: 'external_id_taken', conflicting_id: created[0]?.body.id })
    }
  })

  await t.test('may share its name, but not its external id, with another tenant’s', async (t) => {
    const other = await tenant()
    t.equal(
      (await other.api('POST', '/v1/customers', { ...muster, external_id: 'twice' })).status,
      201,
    )
  })

  await t.test('with an unknown dunning policy is refused and leaves nothing behind', async (t) => {
    const { status, body } = await api('POST', '/v1/customers', {
      ...muster,
      external_id: 'policyless',
      dunning_policy_id: 'dpo_01kjm7f7shez7837xta3mfn3a4',
    })
    t.match({ status, body }, { status: 404, body: { code: 'dunning_policy_not_found' } })
    t.same((await api('GET', '/v1/customers?external_id=policyless')).body.data, [])
  })

  await t.test('can be rehearsed', async (t) => {
    const { status, body } = await api('POST', '/v1/customers?dry_run=true', {
      ...muster,
      external_id: 'rehearsed',
    })
    t.equal(status, 201)
    t.match(await api('GET', `/v1/customers/${body.id}`), {
      status: 404,
      body: { code: 'customer_not_found' },
    })
  })

  await t.test('created under a repeated Idempotency-Key is the same to the byte', async (t) => {
    const headers = { 'idempotency-key': 'once-and-only-once' }
    const first = await api('POST', '/v1/customers', muster, headers)
    const second = await api('POST', '/v1/customers', muster, headers)
    t.equal(second.headers['idempotent-replayed'], 'true')
    t.same(second.body, first.body)
    t.match(await api('POST', '/v1/customers', { ...muster, name: 'Other' }, headers), {
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
  })
})

t.test('a body is taken literally', async (t) => {
  const { tenant, http } = await testApp(t)
  const { api, secret } = await tenant()

  const refused: [string, object, string][] = [
    ['null where a name is needed', { name: null }, '#/name'],
    ['true is not a name', { name: true }, '#/name'],
    ['a number is not a name', { name: 12 }, '#/name'],
    ['an empty name', { name: '' }, '#/name'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, '#/name'],
    ['"12" is not a number of days', { net_days: '12' }, '#/net_days'],
    ['true is not a number of days', { net_days: true }, '#/net_days'],
    ['half a day', { net_days: 1.5 }, '#/net_days'],
    ['days before the issue', { net_days: -1 }, '#/net_days'],
    ['more days than a year has', { net_days: 366 }, '#/net_days'],
    ['a kind there is not', { kind: 'company' }, '#/kind'],
    ['a country in lower case', { country: 'de' }, '#/country'],
    ['a currency nobody knows', { currency: 'XYZ' }, '#/currency'],
    ['a currency in lower case', { currency: 'eur' }, '#/currency'],
    ['a field that does not exist', { colour: 'red' }, '#/colour'],
    ['a misspelt field in an address', { address: { town: 'Berlin' } }, '#/address/town'],
    ['contacts that are not a list', { contacts: {} }, '#/contacts'],
    ['a contact without a name', { contacts: [{ role: 'billing' }] }, '#/contacts/0/name'],
    [
      'a mail address without a domain',
      { contacts: [{ role: 'billing', name: 'E', email: 'erika' }] },
      '#/contacts/0/email',
    ],
    ['metadata that is not text', { metadata: { n: 1 } }, '#/metadata/n'],
    [
      'metadata of 51 keys',
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) },
      '#/metadata',
    ],
    ['metadata of 501 characters', { metadata: { long: 'x'.repeat(501) } }, '#/metadata/long'],
    [
      'a policy id of another kind',
      { dunning_policy_id: 'cus_01kjm7f7shez7837xta3mfn3a4' },
      '#/dunning_policy_id',
    ],
    ['a null character', { name: 'Mus\u0000ter' }, '#/name'],
    ['a lone surrogate', { name: 'Mus\ud800ter' }, '#/name'],
    ['a null character in metadata', { metadata: { note: '\u0000' } }, '#/metadata/note'],
    ['a lone surrogate in an external id', { external_id: '\udc00' }, '#/external_id'],
  ]
  for (const [name, fields, pointer] of refused) {
    await t.test(`refuses ${name}`, async (t) => {
      const { status, body } = await api('POST', '/v1/customers', { ...muster, ...fields })
      t.match({ status, body }, { status: 422, body: { code: 'validation_failed' } })
      t.ok(
        body.errors.some((error: { pointer: string }) => error.pointer === pointer),
        JSON.stringify(body.errors),
      )
    })
  }

  const unreadable: [string, string][] = [
    ['a poisoned prototype', '{"__proto__": {"admin": true}, "name": "M"}'],
    ['a poisoned constructor', '{"constructor": {"prototype": {"admin": true}}}'],
    ['a poisoned prototype in metadata', '{"metadata": {"__proto__": {"admin": "true"}}}'],
    ['half a body', '{"name": "Mus'],
    ['NaN', '{"net_days": NaN}'],
  ]
  for (const [name, payload] of unreadable) {
    await t.test(`cannot read ${name}`, async (t) => {
      const reply = await http.inject({
        method: 'POST',
        url: '/v1/customers',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        payload,
      })
      t.match(
        { status: reply.statusCode, body: reply.json() },
        { status: 400, body: { code: 'malformed_request' } },
      )
    })
  }

  await t.test('refuses a body that is not an object, and one that is missing', async (t) => {
    for (const payload of ['[]', '"text"', '12', 'null', '']) {
      const reply = await http.inject({
        method: 'POST',
        url: '/v1/customers',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        payload,
      })
      t.match(
        { status: reply.statusCode, body: reply.json() },
        { status: 422, body: { code: 'validation_failed' } },
        payload,
      )
    }
  })

  await t.test('names every wrong field at once', async (t) => {
    const { body } = await api('POST', '/v1/customers', { kind: 1, country: 2 })
    t.same(
      new Set(body.errors.map((error: { pointer: string }) => error.pointer)),
      new Set(['#/name', '#/kind', '#/country', '#/currency']),
    )
  })

  t.same((await api('GET', '/v1/customers')).body.data, [], 'nothing of all this was kept')
})

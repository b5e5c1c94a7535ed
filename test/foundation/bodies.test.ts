import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')
const customer = await make.customer()
const good = {
  customer_id: customer.id,
  currency: 'EUR',
  issue_date: '2026-03-01',
  due_date: '2026-03-15',
  total_amount: 100,
}

const send = async (
  payload: string,
  contentType = 'application/json',
  method: 'POST' | 'PATCH' = 'POST',
  url = '/v1/invoices',
) => {
  const reply = await app.http.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${tenant.secret}`,
      'content-type': contentType,
      'idempotency-key': `${Math.random()}`,
    },
    payload,
  })
  return { status: reply.statusCode, body: reply.json(), type: reply.headers['content-type'] }
}
const withRaw = (field: string, value: string) =>
  JSON.stringify({ ...good, [field]: '§' }).replace('"§"', value)

t.test(
  'an amount is a whole number from 1 to 2^53 - 1, and nothing is turned into one',
  async (t) => {
    for (const value of [
      'null',
      'true',
      '"100"',
      '[5]',
      '{}',
      '1.5',
      '0',
      '-0',
      '-1',
      '9007199254740992',
      '9007199254740993',
      '1e400',
      '12345678901234567890',
    ]) {
      const { status, body } = await send(withRaw('total_amount', value))
      t.equal(status, 422, value)
      t.match(
        body,
        { code: 'validation_failed', errors: [{ in: 'body', pointer: '#/total_amount' }] },
        value,
      )
    }
    for (const value of ['1', '1e3', '100.0', '9007199254740991'])
      t.equal(
        (
          await send(
            withRaw('total_amount', value).replace(customer.id, (await make.customer()).id),
          )
        ).status,
        201,
        value,
      )
  },
)

t.test('a field that nobody knows is refused by name, at every depth', async (t) => {
  const { status, body } = await send(
    JSON.stringify({ ...good, totel: 1, lines: [{ description: 'x', net_amount: 100, qty: 1 }] }),
  )
  t.equal(status, 422)
  t.same(
    body.errors
      .map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])
      .sort(),
    [
      ['#/lines/0/qty', 'unknown_field'],
      ['#/totel', 'unknown_field'],
    ],
  )
})

t.test('all wrong fields are named at once', async (t) => {
  const { body } = await send(
    JSON.stringify({
      ...good,
      currency: 'EURO',
      issue_date: '2026-02-30',
      total_amount: 0,
      issue: 'yes',
    }),
  )
  const pointers = new Set(body.errors.map(({ pointer }: { pointer: string }) => pointer))
  for (const pointer of ['#/currency', '#/issue_date', '#/total_amount', '#/issue'])
    t.ok(pointers.has(pointer), pointer)
  t.match((await send('{}')).body.errors[0], { pointer: '#/customer_id', code: 'required' })
})

t.test('a day exists, between 1900 and 2200', async (t) => {
  for (const day of [
    '2025-02-29',
    '0000-01-01',
    '9999-12-31',
    '1899-12-31',
    '2201-01-01',
    'infinity',
    'today',
    '2026-3-1',
    '20260301',
    20260301,
  ])
    t.match(
      await send(JSON.stringify({ ...good, issue_date: day })),
      { status: 422, body: { code: 'validation_failed' } },
      String(day),
    )
})

t.test('text that PostgreSQL cannot keep as it is, is refused', async (t) => {
  for (const text of ['"a\\u0000b"', '"\\ud800"', '"\\udc00x"', '""'])
    for (const field of ['external_id', 'number'])
      t.match(
        await send(withRaw(field, text)),
        { status: 422, body: { code: 'validation_failed' } },
        `${field} ${text}`,
      )
  t.match(await send(withRaw('metadata', '{"a":"\\u0000"}')), { status: 422 })
  t.match(await send(withRaw('metadata', '{"sp ace":"x"}')), { status: 422 })
  t.match(await send(withRaw('metadata', '{"a":1}')), { status: 422 })
  const fifty = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))
  t.match(await send(JSON.stringify({ ...good, metadata: fifty })), { status: 422 })
  t.equal((await send(withRaw('number', '"🧾 R-1 Ü"'))).status, 201)
})

t.test('what is not JSON, or would poison a prototype, cannot be read', async (t) => {
  for (const text of [
    '{',
    '',
    'nonsense',
    '{"a":1,}',
    '\ufeff{}x',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{}}}',
  ]) {
    const { status, body, type } = await send(text)
    t.ok(status === 400 || status === 422, `${JSON.stringify(text)}: ${status} ${body.code}`)
    t.match(type, 'application/problem+json')
  }
  t.match(await send('[]'), { status: 422 })
  t.match(await send('"x"'), { status: 422 })
  t.match(await send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), { status: 422 })
  t.match(await send(`{"metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`), {
    status: 422,
  })
})

t.test('only JSON and merge patches are read, and not without end', async (t) => {
  t.match(await send('a=1', 'application/x-www-form-urlencoded'), {
    status: 415,
    body: { code: 'unsupported_media_type' },
  })
  t.match(await send('<a/>', 'application/xml'), { status: 415 })
  t.match(
    await send(JSON.stringify({ ...good, lines: [{ description: 'x'.repeat(2_000_000) }] })),
    {
      status: 413,
      body: { code: 'payload_too_large' },
    },
  )
  t.match(
    await send(
      '{"name":"Neu"}',
      'application/merge-patch+json',
      'PATCH',
      `/v1/customers/${customer.id}`,
    ),
    {
      status: 200,
      body: { name: 'Neu' },
    },
  )
})

t.test('an id that is none is refused before anybody looks for it', async (t) => {
  for (const id of [
    'x',
    customer.id.toUpperCase(),
    customer.id.replace('cus_', 'inv_'),
    `${customer.id}0`,
    '%00',
    '..%2f..',
    "1'--",
    'cus_8zzzzzzzzzzzzzzzzzzzzzzzzz',
  ]) {
    const { status, body } = await api('GET', `/v1/customers/${id}`)
    t.ok(status === 400 || status === 404, `${id}: ${status}`)
    t.ok(
      ['invalid_parameter', 'route_not_found', 'malformed_request'].includes(body.code),
      body.code,
    )
  }
  t.match(await api('GET', `/v1/customers/${'a'.repeat(400)}`), {
    status: 404,
    body: { code: 'route_not_found' },
  })
  t.match(
    await api('POST', '/v1/invoices', { ...good, customer_id: 'inv_00000000000000000000000000' }),
    {
      status: 422,
      body: { errors: [{ pointer: '#/customer_id' }] },
    },
  )
})

t.test('every refusal is a problem with its code, its request id and its path', async (t) => {
  for (const [method, url, status, code] of [
    ['GET', '/v1/nowhere', 404, 'route_not_found'],
    ['DELETE', '/v1/customers', 404, 'route_not_found'],
    ['GET', '/v1/invoices?statis=x', 400, 'invalid_parameter'],
    ['GET', '/v1/invoices/inv_00000000000000000000000000', 404, 'invoice_not_found'],
  ] as const) {
    const reply = await api(method, url)
    t.match(reply.headers['content-type'], 'application/problem+json')
    t.match(reply, {
      status,
      body: { status, code, type: `/docs/errors#${code}`, instance: url.split('?')[0] },
    })
    t.equal(reply.body.request_id, reply.headers['request-id'])
    t.match(reply.body.request_id, /^req_[0-9a-z]{26}$/)
  }
})

t.test(
  'what a client sends by habit is no mistake, and what it sends broken is its own',
  async (t) => {
    const read = await api('GET', '/v1/payments', undefined, { 'if-match': '"of something else"' })
    t.equal(read.status, 200, 'a read changes nothing that could have changed')
    const path = await api('GET', '/v1/%')
    t.match(path, { status: 400, body: { code: 'malformed_request', instance: '/v1/%25' } })
    const twice = await api('GET', '/v1/nowhere?a=1&a=2')
    t.match(twice, { status: 404, body: { code: 'route_not_found' } })
    const form = await send('x', 'multipart/form-data', 'POST', '/v1/bank-statements')
    t.match(form, { status: 400, body: { code: 'malformed_request' } }, 'a form without a boundary')
  },
)

t.test('an exposure far beyond a small limit of a group is shown', async (t) => {
  const member = await make.customer()
  const group = await make.creditGroup(member)
  await api('PUT', `/v1/credit-groups/${group.id}/credit-limit`, {
    amount: 1,
    currency: 'EUR',
    reason: 'agreed',
  })
  await make.invoice(member, { total_amount: Number.MAX_SAFE_INTEGER })
  t.match(await api('GET', `/v1/customers/${member.id}/credit`), {
    status: 200,
    body: { group_exposure: { utilisation_percent: 2_147_483_647 } },
  })
})

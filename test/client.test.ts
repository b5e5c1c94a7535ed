import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { createClient } from '../openapi/client/index.ts'
import { testApp } from './support/app.ts'

t.test('the generated client speaks with the service', async (t) => {
  const app = await testApp(t)
  const baseUrl = await app.http.listen({ port: 0, host: '127.0.0.1' })
  const { secret } = await app.tenant()
  const client = createClient({ baseUrl, token: async () => secret })

  const created = await client.POST('/v1/customers', {
    body: {
      external_id: 'C-1',
      name: 'Muster GmbH',
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
    },
  })
  t.equal(created.response.status, 201, JSON.stringify(created.error))
  const id = created.data?.id ?? ''
  const read = await client.GET('/v1/customers/{id}', { params: { path: { id } } })
  t.equal(read.data?.name, 'Muster GmbH')

  const again = await client.POST('/v1/customers', {
    body: {
      external_id: 'C-1',
      name: 'Muster GmbH',
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
    },
  })
  t.equal(again.error?.code, 'external_id_taken')
})

/** A server that answers with these, one after the other, and remembers what it was asked. */
async function scripted(t: Test, ...answers: ((response: ServerResponse) => void)[]) {
  const asked: { method: string; key: string | undefined; body: string }[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    asked.push({
      method: String(request.method),
      key: request.headers['idempotency-key'] as string | undefined,
      body,
    })
    answers[Math.min(asked.length, answers.length) - 1]?.(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return {
    asked,
    client: createClient({
      baseUrl: `http://127.0.0.1:${port}`,
      token: 'test',
      triesMax: 3,
      waitMsMax: 2_000,
    }),
  }
}

const answer =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body))

const hangUp = (response: ServerResponse): void => void response.destroy()
const busy = answer(503, { code: 'unavailable' }, { 'retry-after': '0' })
const inProgress = answer(409, { code: 'idempotency_in_progress' }, { 'retry-after': '0' })
const customer = {
  external_id: 'C-1',
  name: 'Muster GmbH',
  kind: 'business',
  country: 'DE',
  currency: 'EUR',
} as const

t.test(
  'every try of a POST carries the same key and body, and every POST a key of its own',
  async (t) => {
    const { asked, client } = await scripted(t, busy, inProgress, answer(201, { id: 'cus_1' }))
    const { data } = await client.POST('/v1/customers', { body: customer })
    t.match(data, { id: 'cus_1' })
    t.equal(asked.length, 3)
    t.match(asked[0]?.key, /^[0-9a-f-]{36}$/)
    t.equal(new Set(asked.map(({ key, body }) => `${key} ${body}`)).size, 1)

    await client.POST('/v1/customers', { body: customer })
    t.not(asked[3]?.key, asked[0]?.key)
  },
)

t.test(
  'a connection that breaks is tried again, also when nobody knows whether the request arrived',
  async (t) => {
    const { asked, client } = await scripted(t, hangUp, answer(201, { id: 'cus_1' }))
    await client.POST('/v1/customers', { body: customer })
    t.equal(asked.length, 2)
    t.equal(asked[0]?.key, asked[1]?.key)
  },
)

t.test('a PATCH whose answer was lost is the caller’s to judge', async (t) => {
  const { asked, client } = await scripted(t, hangUp)
  await t.rejects(
    client.PATCH('/v1/customers/{id}', {
      params: { path: { id: 'cus_1' } },
      body: { name: 'Neu' },
    }),
  )
  t.equal(asked.length, 1)
})

t.test('refusals are not repeated, and patience ends', async (t) => {
  const refused = await scripted(t, answer(409, { code: 'external_id_taken' }))
  t.match((await refused.client.POST('/v1/customers', { body: customer })).error, {
    code: 'external_id_taken',
  })
  t.equal(refused.asked.length, 1)

  const limited = await scripted(t, answer(429, { code: 'rate_limited' }, { 'retry-after': '0' }))
  t.match(await limited.client.GET('/v1/limits'), { error: { code: 'rate_limited' } })
  t.equal(limited.asked.length, 3)

  const later = await scripted(t, answer(503, { code: 'unavailable' }, { 'retry-after': '600' }))
  t.equal((await later.client.GET('/v1/limits')).response.status, 503)
  t.equal(later.asked.length, 1)
})

import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import t, { type Test } from 'tap'
import {
  type ClientOptions,
  createClient,
  ReceivablesError,
  verifySignature,
  verifyWebhook,
  WebhookVerificationError,
} from '../openapi/client/src/index.ts'
import { compileClient } from '../scripts/compile-client.ts'
import { packageRoot } from '../src/foundation/places.ts'
import { newSigningSecret, signedHeaders } from '../src/webhooks/signature.ts'
import { testApp } from './support/app.ts'

const customer = { name: 'Muster GmbH', kind: 'business', country: 'DE', currency: 'EUR' } as const

t.test('what the package ships is what its sources say', async (t) => {
  for (const [file, text] of Object.entries(await compileClient())) {
    t.equal(readFileSync(join(packageRoot(), file), 'utf8'), text, `${file}: npm run openapi`)
  }
})

t.test(
  'the client speaks with the service, through a proxy that fails half of the time',
  async (t) => {
    const app = await testApp(t)
    const service = await app.http.listen({ port: 0, host: '127.0.0.1' })
    const { secret, events } = await app.tenant()
    const proxy = await flakyProxy(t, service)
    const client = createClient({ baseUrl: proxy.url, token: secret, triesMax: 12, waitMsMax: 50 })

    const created = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        client.post('/v1/customers', { body: { ...customer, external_id: `C-${index}` } }),
      ),
    )
    t.ok(proxy.failures() > 5, `${proxy.failures()} tries failed`)
    t.equal((await events('customer.created')).length, 25, 'each was created once')

    await t.test('refusals are thrown with their code and their fields', async (t) => {
      const taken = await refusalOf(
        client.post('/v1/customers', { body: { ...customer, external_id: 'C-1' } }),
      )
      t.match(taken, { status: 409, code: 'external_id_taken', requestId: /^req_/ })
      const invalid = await refusalOf(
        client.post('/v1/customers', { body: { ...customer, country: 'Germany' } }),
      )
      t.match(invalid, {
        code: 'validation_failed',
        errors: [{ in: 'body', pointer: '#/country' }],
      })
      t.match(invalid.message, /^Validation failed: \d+ fields? /)
    })

    await t.test('a list is read to its end', async (t) => {
      const names = new Set<string>()
      for await (const { external_id } of client.list('/v1/customers', { query: { limit: 4 } })) {
        names.add(String(external_id))
      }
      t.equal(names.size, 25)
    })

    await t.test('a change can insist on the version that was read', async (t) => {
      const [one] = created
      if (one === undefined) throw new Error('none was created')
      const path = { id: one.id }
      const changed = await client.patch('/v1/customers/{id}', {
        path,
        body: { name: 'Neu' },
        ifMatch: one,
      })
      t.equal(changed.version, 2)
      const stale = client.patch('/v1/customers/{id}', {
        path,
        body: { name: 'Alt' },
        ifMatch: one,
      })
      t.match(await refusalOf(stale), { code: 'version_mismatch', problem: { current_version: 2 } })
      const { etag } = await client.request('get', '/v1/customers/{id}', { path })
      await client.patch('/v1/customers/{id}', {
        path,
        body: { name: 'Muster' },
        ifMatch: String(etag),
      })
    })

    await t.test('a key of one’s own gets the same answer, also from another client', async (t) => {
      const body = { ...customer, external_id: 'C-own' }
      const ask = () => client.request('post', '/v1/customers', { body, idempotencyKey: 'mine-1' })
      const [first, second] = [await ask(), await ask()]
      t.equal(second.data.id, first.data.id)
      t.equal(second.isReplayed, true)
    })
  },
)

/** Forwards to the service, and fails every other time: before it was asked, or after it has answered. */
async function flakyProxy(t: Test, service: string) {
  let asked = 0
  let failures = 0
  const server = createServer(async (request, response) => {
    asked += 1
    const kind = asked % 6
    const body = await bodyOf(request)
    if (kind === 1) {
      failures += 1
      return void response.destroy()
    }
    if (kind === 3) {
      failures += 1
      return void response.writeHead(503, { 'retry-after': '0' }).end('<html>busy</html>')
    }
    const { host: _, connection: __, ...headers } = request.headers as Record<string, string>
    const answer = await fetch(service + request.url, {
      method: String(request.method),
      headers,
      ...(body !== '' && { body }),
    })
    const text = await answer.text()
    const given = {
      ...Object.fromEntries(answer.headers),
      'content-length': String(Buffer.byteLength(text)),
    }
    // Done, but nobody is told; or told only half of it.
    if (kind === 5) {
      failures += 1
      response.writeHead(answer.status, given).write(text.slice(0, text.length / 2))
      return void setTimeout(() => response.destroy(), 5)
    }
    response.writeHead(answer.status, given).end(text)
  })
  return { url: await listen(t, server), failures: () => failures }
}

t.test(
  'every try of a POST carries the same key and body, and every POST a key of its own',
  async (t) => {
    const { asked, client } = await scripted(t, busy, inProgress, answer(201, { id: 'cus_1' }))
    t.match(await client.post('/v1/customers', { body: customer }), { id: 'cus_1' })
    t.equal(asked.length, 3)
    t.match(asked[0]?.key, /^[0-9a-f-]{36}$/)
    t.equal(new Set(asked.map(({ key, body }) => `${key} ${body}`)).size, 1)
    await client.post('/v1/customers', { body: customer })
    t.not(asked[3]?.key, asked[0]?.key)
  },
)

t.test('what may have been done is repeated only where that cannot do it twice', async (t) => {
  const patch = { path: { id: 'cus_1' }, body: { name: 'Neu' } }
  for (const failure of [hangUp, answer(500, {}), answer(502, {}), answer(504, {})]) {
    const { asked, client } = await scripted(t, failure)
    await t.rejects(client.patch('/v1/customers/{id}', patch))
    t.equal(asked.length, 1, 'a PATCH without If-Match is the caller’s to judge')
    await t.rejects(client.patch('/v1/customers/{id}', { ...patch, ifMatch: { version: 3 } }))
    t.equal(asked.length, 4)
    await t.rejects(client.get('/v1/limits'))
    t.equal(asked.length, 7)
  }
  const limited = await scripted(t, answer(429, { code: 'rate_limited' }, { 'retry-after': '0' }))
  t.match(await refusalOf(limited.client.patch('/v1/customers/{id}', patch)), {
    code: 'rate_limited',
  })
  t.equal(limited.asked.length, 3, 'a request that was not let in was not done')
})

t.test('refusals are not repeated, and patience ends', async (t) => {
  const refused = await scripted(t, answer(409, { code: 'external_id_taken' }))
  t.match(await refusalOf(refused.client.post('/v1/customers', { body: customer })), {
    status: 409,
  })
  t.equal(refused.asked.length, 1)
  const later = await scripted(t, answer(503, { code: 'unavailable' }, { 'retry-after': '600' }))
  t.match(await refusalOf(later.client.get('/v1/limits')), { status: 503 })
  t.equal(later.asked.length, 1)
  const date = new Date(Date.now() + 600_000).toUTCString()
  const dated = await scripted(t, answer(503, {}, { 'retry-after': date }))
  t.match(await refusalOf(dated.client.get('/v1/limits')), { code: 'unknown' })
  t.equal(dated.asked.length, 1)
})

t.test('a try that takes too long ends, and a signal ends everything', async (t) => {
  let tries = 0
  const unanswered: typeof fetch = (_url, init) => {
    tries += 1
    return new Promise((_, reject) => {
      const end = () => reject(init?.signal?.reason)
      if (init?.signal?.aborted) end()
      init?.signal?.addEventListener('abort', end)
    })
  }
  const options = { baseUrl: 'http://127.0.0.1:1', token: 'test', triesMax: 3, waitMsMax: 10 }
  const client = createClient({ ...options, fetch: unanswered })
  await t.rejects(client.get('/v1/limits', { timeoutMs: 20 }), { name: 'TimeoutError' })
  t.equal(tries, 3, 'each try had its time')
  await t.rejects(client.get('/v1/limits', { signal: AbortSignal.timeout(20) }))
  t.equal(tries, 4, 'the caller’s end is the end')

  const busyForLong = answer(503, {}, { 'retry-after': '60' })
  const { client: waiting } = await scripted(t, { waitMsMax: 100_000 }, busyForLong)
  const begun = performance.now()
  await t.rejects(waiting.get('/v1/limits', { signal: AbortSignal.timeout(500) }))
  t.ok(performance.now() - begun < 30_000, 'also while it waits for the next try')
})

t.test('a refused token is renewed once', async (t) => {
  const tokens: string[] = []
  const token = async ({ renew }: { renew: boolean }) => {
    tokens.push(renew ? 'new' : 'old')
    return String(tokens.at(-1))
  }
  const unauthenticated = answer(401, { code: 'unauthenticated' })
  const renewed = await scripted(t, { token }, unauthenticated, answer(200, { ok: true }))
  t.match(await renewed.client.get('/v1/limits'), { ok: true })
  t.same(
    renewed.asked.map(({ authorization }) => authorization),
    ['Bearer old', 'Bearer new'],
  )

  const refused = await scripted(t, { token }, unauthenticated)
  t.match(await refusalOf(refused.client.get('/v1/limits')), { code: 'unauthenticated' })
  t.equal(refused.asked.length, 2)
  const key = await scripted(t, unauthenticated)
  t.match(await refusalOf(key.client.get('/v1/limits')), { status: 401 })
  t.equal(key.asked.length, 1, 'a key cannot be renewed')
})

t.test(
  'the feed is followed from a position, through empty answers, until it is told to stop',
  async (t) => {
    const page = (...sequences: number[]) =>
      answer(200, {
        data: sequences.map((sequence) => ({ sequence })),
        last_sequence: sequences.at(-1) ?? 9,
      })
    const { asked, client } = await scripted(t, page(8, 9), page(), busy, page(10), page())
    const stop = new AbortController()
    const seen: number[] = []
    for await (const event of client.follow({
      after: 7,
      type: 'invoice.*',
      waitSeconds: 5,
      signal: stop.signal,
    })) {
      seen.push(event.sequence)
      if (event.sequence === 10) stop.abort()
    }
    t.same(seen, [8, 9, 10])
    t.match(asked[0]?.url, /^\/v1\/events\?type=invoice\.\*&wait=5&limit=200&sequence_gt=7$/)
    t.same(
      asked.map(({ url }) => new URL(url, 'http://x').searchParams.get('sequence_gt')),
      ['7', '9', '9', '9'],
    )
  },
)

t.test('a stream gives line by line, and never ends early without saying so', async (t) => {
  const lines = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.write('{"number":"Ä-1"}\n{"num')
    setTimeout(() => response.end('ber":"2"}\n{"number":"3"}'), 5)
  }
  const { asked, client } = await scripted(t, lines)
  const numbers: unknown[] = []
  for await (const { number } of client.stream('/v1/invoices', { query: { overdue: true } }))
    numbers.push(number)
  t.same(numbers, ['Ä-1', '2', '3'])
  t.equal(asked[0]?.url, '/v1/invoices?overdue=true&format=ndjson')

  const cut = await scripted(t, (response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.write('{"number":"1"}\n')
    setTimeout(() => response.destroy(), 5)
  })
  await t.rejects(async () => {
    for await (const { number } of cut.client.stream('/v1/invoices')) t.equal(number, '1')
  })
  const csv = await scripted(t, (response) => response.writeHead(200).end('a,b\n1,2\n'))
  t.equal(await new Response(await csv.client.download('/v1/invoices')).text(), 'a,b\n1,2\n')
})

t.test('a job is waited for', async (t) => {
  const job = (status: string) => answer(200, { status })
  const { asked, client } = await scripted(t, job('queued'), job('running'), job('failed'))
  t.match(await client.finished('/v1/imports/{id}', { path: { id: 'imp 1' } }), {
    status: 'failed',
  })
  t.same(
    asked.map(({ url }) => url),
    Array(3).fill('/v1/imports/imp%201'),
  )
})

t.test('webhooks of the service verify, with either secret of a rotation', async (t) => {
  const [current, former] = [newSigningSecret(), newSigningSecret()]
  const body =
    '{"id":"evt_1","type":"customer.created","data":{"object":{"name":"Müller & Söhne"}}}'
  const headers = signedHeaders([current, former], { id: 'evt_1', at: new Date(), body })
  const variants = [
    headers,
    new Headers(headers),
    { 'Webhook-Id': 'evt_1', ...upperCased(headers) },
  ]
  for (const given of variants) {
    t.same(await verifyWebhook(current, given, body), JSON.parse(body))
    t.same(
      await verifyWebhook([newSigningSecret(), former], given, Buffer.from(body)),
      JSON.parse(body),
    )
  }
  const refused: [string | string[], object, string][] = [
    [newSigningSecret(), headers, body],
    [[], headers, body],
    [current, headers, `${body} `],
    [current, headers, body.replace('Müller', 'Muller')],
    [current, { ...headers, 'webhook-id': 'evt_2' }, body],
    [
      current,
      { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) },
      body,
    ],
    [current, { ...headers, 'webhook-timestamp': 'soon' }, body],
    [current, { ...headers, 'webhook-signature': '' }, body],
    [
      current,
      { ...headers, 'webhook-signature': headers['webhook-signature'].replaceAll('v1,', 'v2,') },
      body,
    ],
    [current, {}, body],
  ]
  for (const [keys, given, text] of refused) {
    await t.rejects(verifyWebhook(keys, { ...given }, text), WebhookVerificationError)
  }
  const at = Number(headers['webhook-timestamp']) * 1000
  for (const [seconds, isAccepted] of [
    [-301, false],
    [-299, true],
    [299, true],
    [301, false],
  ] as const) {
    const verified = verifyWebhook(current, headers, body, { now: at + seconds * 1000 })
    if (isAccepted) await t.resolves(verified)
    else await t.rejects(verified, /more than 300 s off/)
  }
  await t.resolves(
    verifyWebhook(current, headers, body, { now: at + 3_000_000, toleranceSeconds: 3600 }),
  )
})

t.test('deliveries signed with a private key verify with the public one', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url')
  const key = `whpk_${raw.toString('base64')}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const body = '{"id":"evt_1"}'
  const signature = sign(null, Buffer.from(`evt_1.${timestamp}.${body}`), privateKey).toString(
    'base64',
  )
  const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp }
  const signed = { ...headers, 'webhook-signature': `v1,AAAA v1a,${signature}` }
  t.same(await verifyWebhook(key, signed, body), { id: 'evt_1' })
  await t.rejects(verifyWebhook(key, signed, `${body} `), WebhookVerificationError)
  const asSecret = {
    ...headers,
    'webhook-signature': `v1,${createHmac('sha256', raw).update(`evt_1.${timestamp}.${body}`).digest('base64')}`,
  }
  await t.rejects(
    verifyWebhook(key, asSecret, body),
    WebhookVerificationError,
    'a public key is no shared secret',
  )
})

t.test('it decides like the package of the standard', async (t) => {
  const secret = newSigningSecret()
  const official = new Webhook(secret)
  for (const body of ['{}', '{"a":"ä€😀"}', `"${'x'.repeat(100_000)}"`]) {
    const at = new Date()
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': official.sign('msg_1', at, body),
    }
    t.same(await verifyWebhook(secret, headers, body), JSON.parse(body))
  }
})

const vectors = join(String(process.env.SAMPLE_DATA_DIR), 'webhooks/standard-webhooks-v1.json')
t.test(
  'the vectors of the standard come out as they should',
  existsSync(vectors) ? {} : { skip: 'SAMPLE_DATA_DIR does not say where webhooks/ is' },
  async (t) => {
    const { verify } = JSON.parse(readFileSync(vectors, 'utf8')) as { verify: Vector[] }
    for (const { name, secret, id, timestamp, payload, signature, now, ok } of verify) {
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature,
      }
      const verified = await verifySignature(secret, headers, payload, { now: now * 1000 }).then(
        () => true,
        () => false,
      )
      t.equal(verified, ok, name)
    }
  },
)

interface Vector {
  name: string
  secret: string
  id: string
  timestamp: string
  payload: string
  signature: string
  now: number
  ok: boolean
}

const upperCased = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))

async function refusalOf(answered: Promise<unknown>): Promise<ReceivablesError> {
  const error = await answered.then(
    () => new Error('it was not refused'),
    (refusal: unknown) => refusal,
  )
  if (error instanceof ReceivablesError) return error
  throw error
}

type Script = (response: ServerResponse) => unknown

/** A client of a server that answers with these, one after the other and the last for ever, and remembers. */
async function scripted(t: Test, first: Script | Partial<ClientOptions>, ...rest: Script[]) {
  const [options, answers] = typeof first === 'function' ? [{}, [first, ...rest]] : [first, rest]
  const asked: {
    url: string
    key: string | undefined
    authorization: string | undefined
    body: string
  }[] = []
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const { authorization, 'idempotency-key': key } = request.headers as Record<string, string>
    asked.push({ url: String(request.url), key, authorization, body })
    answers[Math.min(asked.length, answers.length) - 1]?.(response)
  })
  const baseUrl = await listen(t, server)
  const client = createClient({ baseUrl, token: 'test', triesMax: 3, waitMsMax: 30, ...options })
  return { asked, client }
}

async function listen(t: Test, server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

const answer =
  (status: number, body: object, headers: Record<string, string> = {}): Script =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body))

const hangUp: Script = (response) => response.destroy()
const busy = answer(503, { code: 'unavailable' }, { 'retry-after': '0' })
const inProgress = answer(409, { code: 'idempotency_in_progress' }, { 'retry-after': '0' })

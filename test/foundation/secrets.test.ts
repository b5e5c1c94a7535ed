import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { leaksOf } from '../../scripts/leaks.ts'
import { createContext } from '../../src/context.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { createLog } from '../../src/foundation/log.ts'
import {
  configuredKeys,
  createSecrets,
  type Place,
  secretsOf,
} from '../../src/foundation/secrets.ts'
import { report } from '../support/certify.ts'
import { testDatabase } from '../support/database.ts'
import { startService } from '../support/service.ts'

const place: Place = { tenantId: 'ten', table: 'webhook_secret', column: 'sealed', rowId: 'row' }
const key = () => randomBytes(32)

t.test('what is sealed opens again, and no two sealed values are alike', async (t) => {
  const secrets = createSecrets(new Map([['k1', key()]]))
  const sealed = secrets.seal('whsec_ü', place)
  t.equal(secrets.open(sealed, place), 'whsec_ü')
  t.match(sealed, /^v1\.k1\.[\w-]{16}\.[\w-]+$/)
  t.not(secrets.seal('whsec_ü', place), sealed)
  t.notMatch(sealed, /whsec/)
})

t.test(
  'a sealed value opens at its own place only, unchanged only, and with its own key only',
  async (t) => {
    const secrets = createSecrets(new Map([['k1', key()]]))
    const sealed = secrets.seal('secret', place)
    for (const other of [{ tenantId: 'x' }, { table: 'x' }, { column: 'x' }, { rowId: 'x' }]) {
      t.throws(() => secrets.open(sealed, { ...place, ...other }), { name: 'SecretUnreadable' })
    }
    const at = sealed.length - 5
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    t.throws(() => secrets.open(changed, place), { name: 'SecretUnreadable' })
    t.throws(
      () => secrets.open(sealed.slice(0, -24), place),
      { name: 'SecretUnreadable' },
      'cut off',
    )
    t.throws(() => secrets.open('', place), { name: 'SecretUnreadable' })
    t.throws(() => secrets.open('v1.k1..', place), { name: 'SecretUnreadable' })
    t.throws(() => createSecrets(new Map([['k1', key()]])).open(sealed, place), {
      name: 'SecretUnreadable',
    })
    t.throws(() => createSecrets(new Map([['k2', key()]])).open(sealed, place), {
      name: 'SecretUnreadable',
    })
  },
)

t.test('a new key in front seals, the former still opens', async (t) => {
  const [k1, k2] = [key().toString('base64'), key().toString('base64')]
  const before = createSecrets(configuredKeys(`k1:${k1}`))
  const after = createSecrets(configuredKeys(`k2:${k2}, k1:${k1}`))
  t.equal(after.open(before.seal('old', place), place), 'old')
  t.match(after.seal('new', place), /^v1\.k2\./)
})

t.test('where the key comes from', async (t) => {
  const { url } = await testDatabase(t)
  const log = createLog('error')
  const DATA_DIR = join(t.testdir(), 'data')
  const contextOf = (env: NodeJS.ProcessEnv) => {
    const context = createContext(readConfig({ DATA_DIR, ...env }), url, log)
    t.teardown(() => Promise.all([context.api.pool.end(), context.workers.pool.end()]))
    return context
  }

  await t.test(
    'replicas on an external database share the one kept there, whoever made it',
    async (t) => {
      const replicas = Array.from({ length: 4 }, () => secretsOf(contextOf({ DATABASE_URL: url })))
      const [first, ...others] = await Promise.all(replicas)
      const sealed = first?.seal('shared', place) ?? ''
      for (const other of others) t.equal(other.open(sealed, place), 'shared')
    },
  )

  await t.test('beside the embedded database it is a file that only its owner reads', async (t) => {
    const makers = Array.from({ length: 4 }, () => secretsOf(contextOf({})))
    const [first, ...others] = await Promise.all(makers)
    const sealed = first?.seal('shared', place) ?? ''
    for (const other of others) t.equal(other.open(sealed, place), 'shared')
    t.equal((await stat(join(DATA_DIR, 'secrets.key'))).mode & 0o777, 0o600)
  })

  await t.test('SECRETS_KEYS takes over, and what was sealed before still opens', async (t) => {
    const SECRETS_KEYS = `mine:${key().toString('base64')}`
    for (const env of [{ DATABASE_URL: url }, {}]) {
      const before = await secretsOf(contextOf(env))
      const after = await secretsOf(contextOf({ ...env, SECRETS_KEYS }))
      t.equal(after.open(before.seal('old', place), place), 'old')
      t.match(after.seal('new', place), /^v1\.mine\./)
    }
  })
})

t.test('no secret comes out where nobody asked for it', async (t) => {
  const spans: string[] = []
  const collector = createServer(async (request, reply) => {
    spans.push(Buffer.concat(await request.toArray()).toString('latin1'))
    reply.end()
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  t.teardown(async () => void collector.close())
  const { port } = collector.address() as AddressInfo
  const service = await startService(t, {
    databaseUrl: (await testDatabase(t)).url,
    env: {
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
  })
  const canaries = {
    token: `eyJhbGciOiJSUzI1NiJ9.${'Y2FuYXJ5'.repeat(4)}.c2lnbmF0dXJl`,
    iban: 'DE02120300000000202051',
    email: 'canary.leak@example.test',
    phone: '+49305550199',
    idempotencyKey: 'canary-idempotency-key',
  }
  const answers: string[] = []
  const call = async (method: string, path: string, body?: unknown, bearer = service.apiKey) => {
    const reply = await fetch(service.url + path, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        'idempotency-key': canaries.idempotencyKey + answers.length,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    if (reply.status >= 400) answers.push(text)
    return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const { secret: keySecret } = (
    await call('POST', '/v1/api-keys', { name: 'Second', scopes: ['events:read'] })
  ).body
  const endpoint = { url: 'http://127.0.0.1:9/', event_types: ['*'] }
  const { secret: webhookSecret } = (await call('POST', '/v1/webhook-endpoints', endpoint)).body
  const contacts = [{ role: 'billing', name: 'C', email: canaries.email, phone: canaries.phone }]
  const customer = { name: 'A', kind: 'business', country: 'DE', currency: 'EUR', contacts }
  const { id } = (await call('POST', '/v1/customers', customer)).body
  const mandate = {
    customer_id: id,
    reference: 'M-1',
    scheme: 'core',
    sequence: 'recurring',
    debtor_name: 'A',
    iban: canaries.iban,
    signature_date: '2026-03-01',
  }
  for (const secret of [canaries.token, keySecret, webhookSecret, `${keySecret}x`]) {
    await call('GET', '/v1/tenant', undefined, secret)
    await call('POST', '/v1/customers', { ...customer, currency: secret, kind: secret })
    await call('GET', `/v1/customers/${secret}`)
    await call('GET', `/v1/customers?limit=${secret}`)
  }
  await call('POST', '/v1/mandates', mandate)
  await call('POST', '/v1/mandates', { ...mandate, iban: `${canaries.iban}0` })
  await call('POST', '/v1/mandates', { ...mandate, scheme: canaries.iban, reference: 'M-2' })
  await call('POST', '/v1/customers', {
    ...customer,
    contacts: [{ ...contacts[0], email: `${canaries.email}@x` }],
  })
  t.ok(answers.length >= 12, `${answers.length} refusals`)
  const metrics = await (await fetch(`${service.url}/metrics`)).text()
  await service.stop()
  t.match(spans.join(), '/v1/customers', 'traces were sent')

  const secrets = { ...canaries, keySecret, webhookSecret, own: service.apiKey }
  let hits = 0
  const places = { log: service.output(), metrics, traces: spans.join('\n') }
  for (const [place, text] of Object.entries(places)) {
    for (const [name, secret] of Object.entries(secrets)) {
      hits += Number(text.includes(secret))
      t.notOk(text.includes(secret), `no ${name} in the ${place}`)
    }
    const leaks = leaksOf(text)
    hits += leaks.length
    t.same(leaks, [], `nothing like a secret in the ${place}`)
  }
  // A path is shown again to who asked for it, and nothing else of what was sent.
  const refusals = answers.map((text) => JSON.stringify({ ...JSON.parse(text), instance: '' }))
  for (const [name, secret] of Object.entries(secrets)) {
    const telling = refusals.filter((text) => text.includes(secret))
    hits += telling.length
    t.same(telling, [], `no ${name} in a refusal`)
  }
  await report({
    suite: 'T-leak',
    goal: 'canaries for token, keys, secrets, IBAN, e-mail: 0 hits in log, metrics, traces, refusals',
    seen: `${Object.keys(secrets).length} canaries, ${answers.length} refusals, ${hits} hits`,
    met: hits === 0,
  })
})

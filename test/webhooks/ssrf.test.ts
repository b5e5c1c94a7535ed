import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { commit } from '../../src/foundation/database/commit.ts'
import { secretsOf } from '../../src/foundation/secrets.ts'
import { createEndpoint } from '../../src/webhooks/create-endpoint.ts'
import type { Message } from '../../src/webhooks/load-messages.ts'
import { openAgent, send } from '../../src/webhooks/send.ts'
import { newSigningSecret } from '../../src/webhooks/signature.ts'
import { createTargets, type Lookup } from '../../src/webhooks/target.ts'
import { testApp } from '../support/app.ts'
import { report } from '../support/certify.ts'
import { until } from '../support/receiver.ts'
import { allTold, customers, quick, webhookWorkers } from '../support/webhooks.ts'

/** Connections to all canaries; two are meant, where the operator allowed the name or the network. */
let heard = 0
const MEANT = 2

/** A listener that must never hear anything. */
async function canary(t: { teardown(handler: () => unknown): void }) {
  let connections = 0
  const server = createServer((_, response) => response.end())
  server.on('connection', () => {
    connections += 1
    heard += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => new Promise((done) => server.close(done)))
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}

const answering =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const loopbacks = (port: number): string[] => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '0x7f.1',
    '0x7f000001',
    '0x7F.0x0.0x0.0x1',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '0177.0.0.01',
    '127.0.0.1.',
    '0',
    '0.0.0.0',
    '0x0',
    '00000000',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '１２７.0.0.1',
    '%31%32%37.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'ⓛocalhost',
    'app.localhost',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[::7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[::ffff:0:7f00:1]',
  ]
  return hosts.flatMap((host) => [
    `http://${host}:${port}/`,
    `https://${host}:${port}/`,
    `https://${host}/`,
  ])
}

const reserved = [
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.0.1',
  '192.168.255.255',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '0xa9fea9fe',
  '2852039166',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[2001:db8::1]',
  '[2001::1]',
  '[2001:10::1]',
  '[100::1]',
  '[5f00::1]',
  '[3fff::1]',
  '[4000::1]',
  '[::a00:1]',
  '[::ffff:10.0.0.1]',
  '[::ffff:192.168.1.1]',
  '[64:ff9b::10.0.0.1]',
  '[2002:a00:1::]',
].map((host) => `https://${host}/`)

const metadata = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '[fd00:ec2::254]',
  '[fd00:ec2::23]',
  '[fd20:ce::254]',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::1]',
  '0xa9.0xfe.0xa9.0xfe',
  '0251.0376.0251.0376',
  '2852039166',
].flatMap((host) => [`http://${host}/latest/meta-data/`, `https://${host}/`])

const malformed = [
  '',
  'x',
  '//example.com',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
  'data:text/plain,x',
  'https://',
  'https://user@example.com/',
  'https://user:pass@example.com/',
  'https://:pass@example.com/',
  'https://example.com/#',
  'https://example.com/#x',
  'https://example.com:0/',
  'https://example.com:99999/',
  'https://[::1',
  'https://[fe80::1%25eth0]/',
  'https://exa mple.com/',
  'https://256.256.256.256/',
  `https://example.com/${'x'.repeat(2048)}`,
  'http://example.com/',
  'http://example.com:443/',
  'https://example.com:80/',
  'https://example.com:22/',
  'https://example.com:8080/',
  'http://93.184.216.34/',
  'https://93.184.216.34:25/',
]

t.test('nothing private is reached, however it is written', async (t) => {
  const { port, connections } = await canary(t)
  const targets = createTargets({}, answering('127.0.0.1'))
  const agent = openAgent(targets)
  t.teardown(() => agent.destroy())
  const urls = [...loopbacks(port), ...reserved, ...metadata]
  t.ok(urls.length + malformed.length >= 120, `${urls.length + malformed.length} forms`)

  await t.test('when it is saved', async (t) => {
    for (const url of [...urls, ...malformed.slice(0, 21)]) {
      t.type(await targets.refusalOf(url), 'string', url)
    }
    const open = createTargets({}, answering('93.184.216.34'))
    for (const url of malformed) t.type(await open.refusalOf(url), 'string', url)
  })

  await t.test('when it is called all the same', async (t) => {
    for (const url of urls) {
      if (!URL.canParse(url)) continue
      const answered = await send(agent, targets, messageTo(url), options)
      t.match(answered, { statusCode: null, error: /^not allowed: / }, url)
    }
  })
  t.equal(connections(), 0)
})

t.test('every answer of the DNS counts, in every attempt', async (t) => {
  const { port, connections } = await canary(t)

  await t.test('one private address among public ones is one too many', async (t) => {
    for (const addresses of [
      ['127.0.0.1'],
      ['93.184.216.34', '127.0.0.1'],
      ['127.0.0.1', '93.184.216.34'],
      ['2606:2800:220:1::1', '::1'],
      ['::ffff:127.0.0.1'],
      ['::7f00:1'],
      ['169.254.169.254'],
    ]) {
      const targets = createTargets({}, answering(...addresses))
      t.type(await targets.refusalOf('https://rebind.example.com/'), 'string', addresses.join())
      const agent = openAgent(targets)
      const answered = await send(
        agent,
        targets,
        messageTo('https://rebind.example.com:8443/'),
        options,
      )
      t.match(answered.error, /^not allowed: /, addresses.join())
      await agent.destroy()
    }
  })

  await t.test(
    'a name that is re-pointed after it was saved is refused when it is called',
    async (t) => {
      const answers = ['93.184.216.34', '127.0.0.1', '93.184.216.34', '127.0.0.1']
      const targets = createTargets({}, async () => [
        { address: answers.shift() ?? '127.0.0.1', family: 4 },
      ])
      t.equal(await targets.refusalOf('https://rebind.example.com/'), undefined)
      const agent = openAgent(targets)
      const answered = await send(agent, targets, messageTo('https://rebind.example.com/'), options)
      t.match(answered.error, /^not allowed: /)
      await agent.destroy()
    },
  )

  await t.test(
    'what the DNS does not know is refused where it could not be judged later',
    async (t) => {
      const targets = createTargets({ cidrs: ['127.0.0.0/8'] }, async () => {
        throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      })
      t.equal(await targets.refusalOf('https://not-yet.example.com/'), undefined)
      t.type(await targets.refusalOf('https://intranet/'), 'string')
      t.type(await targets.refusalOf(`http://not-yet.example.com:${port}/`), 'string')
    },
  )
  t.equal(connections(), 0)
})

/** Addresses a name may turn out to have, each of them alone or as the one bad among good ones. */
const resolved = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.1.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.0.0.8',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:0:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::1',
  '2001::7f00:1',
  '2001:0:4136:e378:8000:63bf:80ff:fffe',
  'fd00:ec2::254',
  'fdff::1',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  '100::1',
  '5f00::1',
  '4000::1',
  'not-an-address',
  '',
]

t.test('no name leads to what is private, alone or as one of several', async (t) => {
  const { port, connections } = await canary(t)
  for (const bad of resolved) {
    for (const addresses of [[bad], ['93.184.216.34', bad], [bad, '93.184.216.34']]) {
      const targets = createTargets({ hosts: ['other.example.com'] }, answering(...addresses))
      const agent = openAgent(targets)
      for (const url of ['https://a.example.com/', `http://a.example.com:${port}/`]) {
        t.type(await targets.refusalOf(url), 'string', `${url} at ${addresses}`)
        const { error } = await send(agent, targets, messageTo(url), options)
        t.match(error, /^not allowed: /, `${url} at ${addresses}`)
      }
      await agent.destroy()
    }
  }
  t.equal(connections(), 0)
})

t.test('a name that flaps is judged by the answer that is connected to', async (t) => {
  const { port, connections } = await canary(t)
  let asked = 0
  const flapping: Lookup = async () => {
    asked += 1
    return [{ address: asked % 2 === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
  }
  const decoy = createServer((_, response) => response.end())
  decoy.listen(port, '127.0.0.2')
  await once(decoy, 'listening')
  t.teardown(() => new Promise((done) => decoy.close(done)))
  const targets = createTargets({ cidrs: ['127.0.0.2/32'] }, flapping)
  const url = `http://flap.example.com:${port}/`
  t.equal(await targets.refusalOf(url), undefined, 'good when it was saved')
  for (let turn = 0; turn < 10; turn += 1) {
    const agent = openAgent(targets)
    const before = asked
    const { statusCode, error } = await send(agent, targets, messageTo(url), options)
    t.equal(asked, before + 1, 'asked once for each connection')
    if (asked % 2 === 1) t.equal(statusCode, 200)
    else t.match(error, /^not allowed: /)
    await agent.destroy()
  }
  t.equal(connections(), 0)
})

t.test('a name the operator allowed may lead anywhere but to metadata services', async (t) => {
  const { port, connections } = await canary(t)
  const hosts = ['erp.internal', '*.corp.example']
  const targets = createTargets({ hosts }, answering('127.0.0.1'))
  for (const host of ['erp.internal', 'ERP.internal.', 'a.corp.example', 'a.b.corp.example'])
    t.equal(await targets.refusalOf(`http://${host}:${port}/`), undefined, host)
  for (const host of [
    'a.erp.internal',
    'xerp.internal',
    'corp.example',
    'xcorp.example',
    '127.0.0.1',
  ])
    t.type(await targets.refusalOf(`http://${host}:${port}/`), 'string', host)
  const agent = openAgent(targets)
  const url = `http://erp.internal:${port}/`
  t.match(await send(agent, targets, messageTo(url), options), { statusCode: 200, response: null })
  t.equal(targets.isPrivate(`http://erp.internal:${port}`), true)
  t.equal(connections(), 1)
  await agent.destroy()
  for (const address of ['169.254.169.254', 'fd00:ec2::254', '::ffff:a9fe:a9fe']) {
    const metadata = createTargets({ hosts }, answering(address))
    t.match(await metadata.refusalOf('http://erp.internal/'), /metadata/, address)
  }
})

t.test('the service itself reaches nothing private', async (t) => {
  const { port, connections } = await canary(t)
  const app = await testApp(t)
  const tenant = await app.tenant()
  const path = '/v1/webhook-endpoints'
  const urls = [...loopbacks(port), ...reserved, ...metadata, ...malformed.slice(1)]
  for (const url of urls) {
    const { status } = await tenant.api('POST', path, { url, event_types: ['*'] })
    t.equal(status, 422, url)
  }

  // Saved while its name was public, it is pointed here afterwards; another changes with every answer.
  let asked = 0
  const lookup: Lookup = async (host) => {
    asked += 1
    const isHere = host === 'moved.example.com' || asked % 2 === 0
    return [{ address: isHere ? '127.0.0.1' : '192.0.2.1', family: 4 }]
  }
  const saved = ['https://moved.example.com:8443/', 'https://flapping.example.com/']
  const cause = { origin: 'api', actor: null, requestId: null } as const
  await commit(app.context.api, { tenantId: tenant.uuid, cause }, async (tx) => {
    for (const url of saved)
      await createEndpoint(tx, await secretsOf(app.context), { url, event_types: ['customer.*'] })
  })
  webhookWorkers(t, app.context, { ...quick({ retries: [0.02, 0.02] }), lookup })
  await customers(tenant, 2)
  await allTold(app.context)
  await until(async () => {
    const failed = '/v1/webhook-deliveries?status=failed&event_type=customer.*'
    return (await tenant.api('GET', failed)).body.data.length === 4
  })
  const { body } = await tenant.api('GET', '/v1/webhook-deliveries?event_type=customer.*')
  for (const { status, attempt_count, last_error } of body.data) {
    t.match({ status, attempt_count }, { status: 'failed', attempt_count: 3 })
    t.match(last_error, /^not allowed: /)
  }
  t.equal(connections(), 0)
})

t.test('redirects are not followed', async (t) => {
  const { port, connections } = await canary(t)
  const redirecting = createServer((request, response) => {
    response
      .writeHead(Number(request.url?.slice(1)), { location: `http://127.0.0.1:${port}/` })
      .end()
  })
  redirecting.listen(0, '127.0.0.2')
  await once(redirecting, 'listening')
  t.teardown(() => new Promise((done) => redirecting.close(done)))
  const targets = createTargets({ cidrs: ['127.0.0.2/32'] })
  const agent = openAgent(targets)
  t.teardown(() => agent.destroy())
  for (const status of [301, 302, 303, 307, 308]) {
    const url = `http://127.0.0.2:${(redirecting.address() as AddressInfo).port}/${status}`
    t.match(await send(agent, targets, messageTo(url), options), {
      statusCode: status,
      error: `answered ${status}`,
    })
  }
  t.equal(connections(), 0)
})

t.test(
  'networks the operator allowed are reached over http and on any port, and metadata services never',
  async (t) => {
    const allowed = [
      '127.0.0.0/8',
      '169.254.0.0/16',
      '10.0.0.0/8',
      'fd00::/8',
      '64:ff9b::/96',
      '2002::/16',
      '100.64.0.0/10',
      '192.0.0.0/24',
      '0.0.0.0/0',
    ]
    const targets = createTargets({ cidrs: allowed }, answering('127.0.0.1'))
    for (const url of [
      'http://127.0.0.1:9999/',
      'http://localhost:80/',
      'https://10.1.2.3:22/',
      'http://169.254.1.1/',
      'https://[fd12::1]:444/',
    ]) {
      t.equal(await targets.refusalOf(url), undefined, url)
    }
    for (const url of metadata) t.type(await targets.refusalOf(url), 'string', url)
    t.type(
      await createTargets({ cidrs: ['127.0.0.0/8'] }).refusalOf('http://10.0.0.1/'),
      'string',
      'another network',
    )

    const { port, connections } = await canary(t)
    const agent = openAgent(targets)
    t.match(await send(agent, targets, messageTo(`http://127.0.0.1:${port}/`), options), {
      statusCode: 200,
      error: null,
    })
    t.equal(targets.isPrivate(`http://127.0.0.1:${port}`), true)
    t.equal(connections(), 1)
    await agent.destroy()
  },
)

t.test('public https is allowed', async (t) => {
  const targets = createTargets(
    {},
    answering('93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'),
  )
  for (const url of [
    'https://example.com/',
    'https://example.com:8443/hooks?x=1',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
    'HTTPS://EXAMPLE.COM',
  ]) {
    t.equal(await targets.refusalOf(url), undefined, url)
  }
})

t.test('no canary heard anything that was not meant', async (t) => {
  t.equal(heard, MEANT)
  const forms = loopbacks(0).length + reserved.length + metadata.length + malformed.length
  await report({
    suite: 'T-ssrf',
    goal: '≥ 120 forms of private addresses, rebinding, redirects: 0 connections to a canary',
    seen: `${forms} forms, ${heard - MEANT} connections`,
    met: forms >= 120 && heard === MEANT,
  })
})

const options = { timeoutMs: 2_000, signal: new AbortController().signal }

const messageTo = (url: string): Message => ({
  claim: {} as Message['claim'],
  endpoint: {
    id: 'x',
    url,
    status: 'enabled',
    secrets: [newSigningSecret()],
    headers: {},
    maxConcurrency: 8,
    throttleRate: null,
    isFailing: false,
  },
  id: 'evt_1',
  body: '{}',
})

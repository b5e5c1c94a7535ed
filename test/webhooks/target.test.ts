import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Message } from '../../src/webhooks/load-messages.ts'
import { openAgent, send } from '../../src/webhooks/send.ts'
import { newSigningSecret } from '../../src/webhooks/signature.ts'
import { createTargets, type Lookup } from '../../src/webhooks/target.ts'

/** A listener that must never hear anything. */
async function canary(t: { teardown(handler: () => unknown): void }) {
  let connections = 0
  const server = createServer((_, response) => response.end())
  server.on('connection', () => {
    connections += 1
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
  const targets = createTargets([], answering('127.0.0.1'))
  const agent = openAgent(targets)
  t.teardown(() => agent.destroy())
  const urls = [...loopbacks(port), ...reserved, ...metadata]
  t.ok(urls.length + malformed.length >= 120, `${urls.length + malformed.length} forms`)

  await t.test('when it is saved', async (t) => {
    for (const url of [...urls, ...malformed.slice(0, 21)]) {
      t.type(await targets.refusalOf(url), 'string', url)
    }
    const open = createTargets([], answering('93.184.216.34'))
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
      const targets = createTargets([], answering(...addresses))
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
      const targets = createTargets([], async () => [
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
      const targets = createTargets(['127.0.0.0/8'], async () => {
        throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      })
      t.equal(await targets.refusalOf('https://not-yet.example.com/'), undefined)
      t.type(await targets.refusalOf('https://intranet/'), 'string')
      t.type(await targets.refusalOf(`http://not-yet.example.com:${port}/`), 'string')
    },
  )
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
  const targets = createTargets(['127.0.0.2/32'])
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
    const targets = createTargets(allowed, answering('127.0.0.1'))
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
      await createTargets(['127.0.0.0/8']).refusalOf('http://10.0.0.1/'),
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
    [],
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

const options = { timeoutMs: 2_000, signal: new AbortController().signal }

const messageTo = (url: string): Message => ({
  claim: {} as Message['claim'],
  endpoint: { id: 'x', url, status: 'enabled', secrets: [newSigningSecret()], isFailing: false },
  id: 'evt_1',
  body: '{}',
})

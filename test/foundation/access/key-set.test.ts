import t from 'tap'
import { testApp } from '../../support/app.ts'
import { newKey, type SigningKey, startIssuer } from '../../support/issuer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Lets the clocks that the keys are aged by run ahead; tokens are judged by the real time. */
function shiftedClock(t: { teardown(handler: () => void): void }) {
  const real = { date: Date.now, performance: performance.now }
  let ahead = 0
  Date.now = () => real.date() + ahead
  performance.now = () => real.performance.call(performance) + ahead
  t.teardown(() => {
    Date.now = real.date
    performance.now = real.performance
  })
  return {
    advance(ms: number) {
      ahead += ms
    },
  }
}

t.test('the keys of the issuer', async (t) => {
  let tenantId = ''
  const issuer = await startIssuer(t, () => tenantId)
  const { tenant, call } = await testApp(t, { ...issuer.env, LOG_LEVEL: 'silent' })
  tenantId = (await tenant()).id
  const now = Math.floor(Date.now() / 1000)
  const token = (options: { key?: SigningKey; kid?: string } = {}) =>
    issuer.token({
      ...(options.key && { key: options.key }),
      ...(options.kid && { header: { kid: options.kid } }),
      claims: { iat: now, exp: now + 600 },
    })
  const status = async (bearer: string) => (await call(bearer, 'GET', '/v1/tenant')).status
  const clock = shiftedClock(t)
  const known = await token()

  await t.test('that cannot be had at all leave everything undecided', async (t) => {
    issuer.breakWith((reply) => reply.destroy())
    t.match(await call(known, 'GET', '/v1/tenant'), {
      status: 503,
      body: { code: 'unavailable' },
      headers: { 'retry-after': '30' },
    })
    issuer.breakWith(undefined)
    clock.advance(3_000)
    t.equal(await status(known), 200, 'and are asked for again soon')
  })

  await t.test(
    'are fetched once for many, and not again for fifty key ids nobody knows',
    async (t) => {
      clock.advance(11 * MINUTE)
      const before = issuer.fetched()
      t.same(
        new Set(await Promise.all(Array.from({ length: 20 }, () => status(known)))),
        new Set([200]),
      )
      t.equal(issuer.fetched(), before + 1)
      const strangers = await Promise.all(
        Array.from({ length: 50 }, (_, n) => token({ kid: `random-${n}` })),
      )
      t.same(new Set(await Promise.all(strangers.map(status))), new Set([401]))
      t.equal(issuer.fetched(), before + 1)
    },
  )

  await t.test(
    'that are new are found at once, those that are retired end within ten minutes',
    async (t) => {
      clock.advance(31_000)
      const fresh = await newKey('RS256', 'RS256-2')
      issuer.keys.splice(0, 1, fresh)
      t.equal(await status(await token({ key: fresh })), 200)
      clock.advance(11 * MINUTE)
      t.equal(await status(known), 401)
      t.equal(await status(await token({ key: fresh })), 200)
    },
  )

  const outages: Record<string, Parameters<typeof issuer.breakWith>[0]> = {
    'hangs up': (reply) => reply.destroy(),
    'answers 500': (reply) => reply.writeHead(500).end('{}'),
    'answers 404': (reply) => reply.writeHead(404).end(),
    'answers HTML': (reply) =>
      reply.setHeader('content-type', 'text/html').end('<h1>Maintenance</h1>'),
    'answers JSON that is no key set': (reply) => reply.end('{"keys": "none"}'),
    'redirects elsewhere': (reply) =>
      reply.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'says nothing': () => undefined,
  }
  for (const [name, answer] of Object.entries(outages)) {
    await t.test(`stay in use while the issuer ${name}`, async (t) => {
      issuer.breakWith(undefined)
      clock.advance(11 * MINUTE)
      t.equal(await status(await token()), 200)

      issuer.breakWith(answer)
      clock.advance(11 * MINUTE)
      t.equal(await status(await token()), 200, 'a known key is still good')
      const before = issuer.fetched()
      t.match(await call(await token({ kid: 'unknown' }), 'GET', '/v1/tenant'), {
        status: 503,
        body: { code: 'unavailable' },
      })
      t.equal(
        await status(`${(await token()).slice(0, -4)}AAAA`),
        401,
        'a bad signature is still bad',
      )
      t.equal(issuer.fetched(), before, 'nobody is asked again within thirty seconds')

      issuer.breakWith(undefined)
      clock.advance(31_000)
      t.equal(
        await status(await token({ kid: 'unknown' })),
        401,
        'and judged again when it is back',
      )
    })
  }

  await t.test(
    'an outage that begins between two fetches leaves unknown keys undecided',
    async (t) => {
      clock.advance(5 * MINUTE)
      issuer.breakWith((reply) => reply.destroy())
      t.equal(await status(await token({ kid: 'unknown' })), 503)
      t.equal(await status(await token()), 200)
    },
  )

  await t.test('are too old after a day of outage', async (t) => {
    clock.advance(23 * HOUR)
    t.equal(await status(await token()), 200)
    clock.advance(2 * HOUR)
    t.equal(await status(await token()), 503)
    issuer.breakWith(undefined)
    clock.advance(31_000)
    t.equal(await status(await token()), 200)
  })
})

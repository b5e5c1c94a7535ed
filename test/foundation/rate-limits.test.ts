import t from 'tap'
import { testApp } from '../support/app.ts'

t.test('a credential has so many requests a minute, each credential its own', async (t) => {
  const app = await testApp(t, { RATE_LIMIT: '3' })
  const [one, other] = [await app.tenant(), await app.tenant()]
  for (const left of [2, 1, 0]) {
    const { status, headers } = await one.api('GET', '/v1/customers')
    t.equal(status, 200)
    t.equal(headers['ratelimit-policy'], '"default";q=3;w=60')
    t.match(headers.ratelimit, new RegExp(`^"default";r=${left};t=([1-9]|[1-5][0-9]|60)$`))
  }
  const { status, headers, body } = await one.api('GET', '/v1/customers')
  t.match(
    { status, body },
    { status: 429, body: { code: 'rate_limited', 'violated-policies': ['default'] } },
  )
  t.ok(Number(headers['retry-after']) >= 1 && Number(headers['retry-after']) <= 60)
  t.equal((await other.api('GET', '/v1/customers')).status, 200)
  t.equal((await app.http.inject('/livez')).statusCode, 200, 'health is nobody’s request')
})

t.test('whoever tries many wrong credentials has to wait, others do not', async (t) => {
  const app = await testApp(t, { TRUSTED_PROXIES: '127.0.0.0/8' })
  const { secret } = await app.tenant()
  const asked = async (bearer: string, address: string) =>
    (await app.call(bearer, 'GET', '/v1/customers', undefined, { 'x-forwarded-for': address }))
      .status
  for (let n = 0; n < 300; n += 1) {
    const status = await asked(`wrong-${n}`, '192.0.2.1')
    if (status !== 401) t.fail(`attempt ${n} was answered ${status}`)
  }
  t.equal(await asked('wrong-again', '192.0.2.1'), 429)
  t.equal(await asked('wrong', '192.0.2.2'), 401, 'another address')
  t.equal(await asked(secret, '192.0.2.1'), 200, 'a right credential always comes in')
})

t.test('without a trusted proxy, nobody chooses an address', async (t) => {
  const app = await testApp(t)
  const statuses = new Set<number>()
  for (let n = 0; n < 301; n += 1) {
    const headers = { 'x-forwarded-for': `192.0.2.${n % 250}` }
    statuses.add((await app.call('wrong', 'GET', '/v1/customers', undefined, headers)).status)
  }
  t.same([...statuses], [401, 429])
})

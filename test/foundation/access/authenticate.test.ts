import { crc32 } from 'node:zlib'
import t from 'tap'
import { hashOf, hintOf, newSecret } from '../../../src/foundation/access/secret.ts'
import { testApp } from '../../support/app.ts'

t.test('a secret', async (t) => {
  const secrets = Array.from({ length: 200 }, (_, n) => newSecret(n % 2 ? 'live' : 'test'))
  t.equal(new Set(secrets).size, 200)
  for (const secret of secrets) t.ok(isWellFormedSecret(secret), secret)

  const [secret = ''] = secrets
  t.notOk(isWellFormedSecret(secret.slice(0, -1)))
  t.notOk(isWellFormedSecret(secret.replace('test', 'live')), 'the checksum covers the prefix')
  const flipped = secret.slice(0, 20) + (secret[20] === 'a' ? 'b' : 'a') + secret.slice(21)
  t.notOk(isWellFormedSecret(flipped), 'one wrong digit breaks the checksum')
  t.equal(hintOf(secret), `ark_test_…${secret.slice(-4)}`)
  t.equal(hintOf('some-other-secret-of-at-least-32-chars'), '…hars')
  t.equal(hashOf(secret).length, 32)
})

t.test('whoever has no valid credential learns nothing but that', async (t) => {
  const { tenant, http } = await testApp(t)
  const { secret } = await tenant()
  const refused: [string, string | undefined][] = [
    ['none', undefined],
    ['an empty one', ''],
    ['no bearer', secret],
    ['a basic one', `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`],
    ['a bearer of nothing', 'Bearer '],
    ['a wrong last digit', `Bearer ${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`],
    ['another case', `Bearer ${secret.toUpperCase()}`],
    ['a prefix of the right one', `Bearer ${secret.slice(0, -1)}`],
    ['more than the right one', `Bearer ${secret}x`],
    ['two', `Bearer ${secret} ${secret}`],
    ['the hash', `Bearer ${hashOf(secret).toString('hex')}`],
    ['SQL', "Bearer 'or'1'='1"],
    ['8,193 characters', `Bearer ${'x'.repeat(8_193)}`],
    ['a token where no issuer is configured', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ]
  const bodies = new Set<string>()
  for (const [name, authorization] of refused) {
    const reply = await http.inject({
      url: '/v1/tenant',
      headers: authorization === undefined ? {} : { authorization },
    })
    t.equal(reply.statusCode, 401, name)
    t.equal(reply.headers['www-authenticate'], 'Bearer')
    const { request_id: _, ...rest } = reply.json()
    bodies.add(JSON.stringify(rest))
  }
  t.equal(bodies.size, 1, 'every refusal reads the same')

  const lowerCase = await http.inject({
    url: '/v1/tenant',
    headers: { authorization: `bearer ${secret}` },
  })
  t.equal(lowerCase.statusCode, 200, 'the scheme is not case-sensitive')
  const inQuery = await http.inject({ url: `/v1/tenant?access_token=${secret}` })
  t.equal(inQuery.statusCode, 401, 'no credential is taken from the URL')
})

t.test('a database that is away is not the caller’s fault', async (t) => {
  const { tenant, call, context } = await testApp(t, { LOG_LEVEL: 'silent' })
  const { secret } = await tenant()
  const connect = context.api.pool.connect
  t.teardown(async () => {
    context.api.pool.connect = connect
  })
  context.api.pool.connect = (() => Promise.reject(new Error('timeout expired'))) as typeof connect
  t.match(await call(secret, 'GET', '/v1/tenant'), {
    status: 503,
    body: { code: 'unavailable' },
    headers: { 'retry-after': '1' },
  })
  context.api.pool.connect = connect
  t.equal((await call(secret, 'GET', '/v1/tenant')).status, 200, 'a failure is not remembered')
})

/** What a scanner does that has found something: six digits in base 62 are the CRC-32 of all before them. */
function isWellFormedSecret(text: string): boolean {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  const form = /^(ark_(?:live|test)_[0-9A-Za-z]{24})([0-9A-Za-z]{6})$/
  const [, body, checksum = ''] = form.exec(text) ?? []
  if (body === undefined) return false
  return [...checksum].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0) === crc32(body)
}

import { createPublicKey, verify as verifyBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { newSigningPair, newSigningSecret, signedHeaders } from '../../src/webhooks/signature.ts'

const body = '{"type":"invoice.issued","data":{"object":{"name":"Müller & Söhne"}}}'
const message = { id: 'evt_1', at: new Date(), body }

/** Verifies as a receiver does that was given a `whpk_…` key. */
function verifies(publicKey: string, headers: Record<string, string>): boolean {
  const x = Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1a,'))
    .some((signature) =>
      verifyBytes(null, Buffer.from(content), key, Buffer.from(signature.slice(4), 'base64')),
    )
}

t.test(
  'receivers verify with the standardwebhooks package, with either secret of a rotation',
  async (t) => {
    const [current, former] = [newSigningSecret(), newSigningSecret()]
    const headers = signedHeaders([current, former], message)
    for (const secret of [current, former]) {
      t.same(new Webhook(secret).verify(body, { ...headers }), JSON.parse(body))
    }
    t.throws(() => new Webhook(newSigningSecret()).verify(body, { ...headers }))
    t.throws(() => new Webhook(current).verify(`${body} `, { ...headers }))
    t.throws(() => new Webhook(current).verify(body, { ...headers, 'webhook-id': 'evt_2' }))
  },
)

t.test('ed25519 signatures stand beside, and disturb nobody who knows v1 only', async (t) => {
  const [current, former] = [newSigningSecret(), newSigningSecret()]
  const [pair, formerPair] = [newSigningPair(), newSigningPair()]
  const secrets = [current, former, pair.privateKey, formerPair.privateKey]
  const headers = signedHeaders(secrets, message)
  t.match(headers['webhook-signature'], /^v1,\S{44} v1,\S{44} v1a,\S{88} v1a,\S{88}$/)
  for (const secret of [current, former])
    t.same(new Webhook(secret).verify(body, { ...headers }), JSON.parse(body))
  for (const { publicKey } of [pair, formerPair]) {
    t.match(publicKey, /^whpk_[A-Za-z0-9+/]{43}=$/)
    t.equal(verifies(publicKey, headers), true)
    t.equal(verifies(publicKey, { ...headers, 'webhook-id': 'evt_2' }), false)
  }
  t.equal(verifies(newSigningPair().publicKey, headers), false)
})

t.test('the timestamp is the attempt’s, in seconds', async (t) => {
  const at = new Date(1_775_376_000_999)
  const headers = signedHeaders([newSigningSecret()], { ...message, at })
  t.equal(headers['webhook-timestamp'], '1775376000')
})

t.test('a secret is 32 random bytes', async (t) => {
  const secret = newSigningSecret()
  t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  t.not(newSigningSecret(), secret)
})

const folder = process.env.SAMPLE_DATA_DIR
const noSamples = folder === undefined && 'SAMPLE_DATA_DIR does not say where webhooks is'

interface Vector {
  name: string
  secret: string
  id: string
  timestamp: number | string
  payload: string
  signature: string
}

t.test('the vectors of the standard', { skip: noSamples }, async (t) => {
  const file = join(folder as string, 'webhooks', 'standard-webhooks-v1.json')
  const { sign, verify } = JSON.parse(await readFile(file, 'utf8')) as {
    sign: Vector[]
    verify: (Vector & { now: number; ok: boolean })[]
  }
  t.ok(sign.length > 0 && verify.length > 5)
  const signatureOf = ({ secret, id, timestamp, payload }: Vector) => {
    const known = secret.startsWith('whsec_') ? secret : `whsec_${secret}`
    const at = new Date(Number(timestamp) * 1_000)
    return signedHeaders([known], { id, at, body: payload })['webhook-signature']
  }
  for (const vector of sign) t.equal(signatureOf(vector), vector.signature, vector.name)
  let now = 0
  t.intercept(Date, 'now', { value: () => now * 1_000 })
  for (const { ok, ...vector } of verify) {
    now = vector.now
    const headers = Object.fromEntries(
      ['id', 'timestamp', 'signature'].flatMap((name) => {
        const value = vector[name as 'id']
        return value === null ? [] : [[`webhook-${name}`, String(value)]]
      }),
    )
    const accepted = () => new Webhook(vector.secret).verify(vector.payload, headers)
    if (ok) {
      t.doesNotThrow(accepted, vector.name)
      t.ok(vector.signature.split(' ').includes(signatureOf(vector)), `${vector.name}: we sign so`)
    } else t.throws(accepted, vector.name)
  }
})

import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { newSigningSecret, signedHeaders } from '../../src/webhooks/signature.ts'

const body = '{"type":"invoice.issued","data":{"object":{"name":"Müller & Söhne"}}}'

t.test(
  'receivers verify with the standardwebhooks package, with either secret of a rotation',
  async (t) => {
    const [current, former] = [newSigningSecret(), newSigningSecret()]
    const headers = signedHeaders([current, former], { id: 'evt_1', at: new Date(), body })
    for (const secret of [current, former]) {
      t.same(new Webhook(secret).verify(body, { ...headers }), JSON.parse(body))
    }
    t.throws(() => new Webhook(newSigningSecret()).verify(body, { ...headers }))
    t.throws(() => new Webhook(current).verify(`${body} `, { ...headers }))
    t.throws(() => new Webhook(current).verify(body, { ...headers, 'webhook-id': 'evt_2' }))
  },
)

t.test('the timestamp is the attempt’s, in seconds', async (t) => {
  const headers = signedHeaders([newSigningSecret()], {
    id: 'evt_1',
    at: new Date(1_775_376_000_999),
    body,
  })
  t.equal(headers['webhook-timestamp'], '1775376000')
})

t.test('a secret is 32 random bytes', async (t) => {
  const secret = newSigningSecret()
  t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  t.not(newSigningSecret(), secret)
})

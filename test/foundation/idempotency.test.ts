import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Response } from 'light-my-request'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { report, seed, sizeOf } from '../support/certify.ts'
import { inParallel } from '../support/in-parallel.ts'
import { losingConnections } from '../support/losing-connections.ts'
import { chanceOf } from '../support/random.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')
const customer = await make.customer()

const paymentOf = (amount: number, more: object = {}) => ({
  customer_id: customer.id,
  currency: 'EUR',
  amount,
  received_date: '2026-03-02',
  method: 'bank_transfer',
  ...more,
})

const raw = (
  key: string | undefined,
  payload: object | string,
  bearer = tenant.secret,
  url = '/v1/payments',
) =>
  app.http.inject({
    method: 'POST',
    url,
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    payload,
  })

/** As clients do: as long as the first is in progress, again. */
async function untilAnswered(first: Response, again: () => Promise<Response>): Promise<Response> {
  let reply = first
  while (reply.statusCode === 409 && reply.json().code === 'idempotency_in_progress') {
    if (reply.headers['retry-after'] !== '1') throw new Error('no Retry-After')
    await sleep(20)
    reply = await again()
  }
  return reply
}

const paymentsOf = async (external_id: string): Promise<number> =>
  (await make.get(`/v1/payments?external_id=${external_id}`)).data.length

t.test(
  'five simultaneous repeats of a payment with one key make one payment, and five equal answers',
  async (t) => {
    let inProgress = 0
    for (let round = 0; round < 20; round += 1) {
      const invoice = await make.invoice(customer)
      const key = randomUUID()
      const payload = paymentOf(10_000, {
        external_id: `P-${round}`,
        allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
      })
      const send = () => raw(key, payload)
      const first = await Promise.all(Array.from({ length: 5 }, send))
      for (const reply of first) {
        if (reply.statusCode === 201) continue
        inProgress += 1
        t.match(
          { status: reply.statusCode, code: reply.json().code },
          { status: 409, code: 'idempotency_in_progress' },
          'the result, or that it is in progress',
        )
      }
      const replies = await Promise.all(first.map((reply) => untilAnswered(reply, send)))
      t.same(new Set(replies.map(({ statusCode }) => statusCode)), new Set([201]))
      t.equal(new Set(replies.map(({ body }) => body)).size, 1, 'equal to the byte')
      for (const name of ['location', 'etag', 'content-type'])
        t.equal(new Set(replies.map(({ headers }) => headers[name])).size, 1, name)
      t.equal(
        replies.filter(({ headers }) => headers['idempotent-replayed'] !== 'true').length <= 1,
        true,
      )
      t.equal(await paymentsOf(`P-${round}`), 1)
      t.equal((await make.get(`/v1/invoices/${invoice.id}`)).paid_amount, 10_000)
    }
    t.comment(`${inProgress} of 100 were told that the first is in progress`)
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test('fifty keys with four repeats each, all at once, have fifty effects', async (t) => {
  const sent = Array.from({ length: 50 }, (_, n) => ({
    key: randomUUID(),
    payload: paymentOf(1, { external_id: `many-${n}` }),
  }))
  const replies = await Promise.all(
    sent.flatMap(({ key, payload }) =>
      Array.from({ length: 4 }, async () =>
        untilAnswered(await raw(key, payload), () => raw(key, payload)),
      ),
    ),
  )
  t.same(new Set(replies.map(({ statusCode }) => statusCode)), new Set([201]))
  t.equal(new Set(replies.map(({ body }) => body)).size, 50)
})

t.test(
  'many repeats of many keys, with connections lost on the way, have one effect each',
  async (t) => {
    const { keys, repeats } = sizeOf({
      slice: { keys: 25, repeats: 10 },
      certify: { keys: 1_000, repeats: 50 },
      certification: { keys: 20_000, repeats: 50 },
    })
    app.context.log.level = 'silent'
    const harm = losingConnections(app.context.api.pool, 0.2, chanceOf(seed))
    const seen = { lost: 0, unequal: 0, mismatches: 0 }
    await inParallel(
      4,
      Array.from({ length: keys }, (_, n) => async () => {
        const key = randomUUID()
        const payload = paymentOf(1, { external_id: `lossy-${n}` })
        const repeat = async () => {
          for (let reply = await raw(key, payload); ; reply = await raw(key, payload)) {
            if (reply.statusCode === 201) return reply.body
            if (reply.statusCode >= 500) seen.lost += 1
            await sleep(20)
          }
        }
        const bodies = await Promise.all(Array.from({ length: repeats }, repeat))
        if (new Set(bodies).size !== 1) seen.unequal += 1
        for (let reply = await raw(key, paymentOf(2)); ; reply = await raw(key, paymentOf(2))) {
          if (reply.statusCode === 422) seen.mismatches += 1
          if (reply.statusCode < 500) break
        }
      }),
    )
    harm.stop()
    const { rows } = await app.context.workers.pool.query(
      `select count(*)::int as effects from payment where external_id like 'lossy-%'`,
    )
    const { effects } = rows[0]
    t.same(
      { ...seen, effects },
      { lost: seen.lost, unequal: 0, mismatches: keys, effects: keys },
      `seed ${seed}`,
    )
    t.ok(harm.count() > keys, `${harm.count()} connections were lost`)
    await report({
      suite: 'T-idem',
      goal: `${keys} keys × ${repeats} at once, a fifth of the connections lost: ${keys} effects, equal replays, other payloads refused`,
      seen: `${effects} effects, ${seen.unequal} unequal, ${seen.mismatches} refused; ${harm.count()} connections lost, ${seen.lost} answers`,
      met: effects === keys && seen.unequal === 0 && seen.mismatches === keys,
    })
  },
)

t.test('a later repeat is the same answer, and says that it is a repeat', async (t) => {
  const key = randomUUID()
  const first = await raw(key, paymentOf(7))
  t.notOk(first.headers['idempotent-replayed'])
  await make.patch(`/v1/payments/${first.json().id}`, { metadata: { changed: 'since' } })
  const later = await raw(key, paymentOf(7))
  t.equal(later.statusCode, 201)
  t.equal(later.body, first.body)
  t.equal(later.headers['idempotent-replayed'], 'true')
})

t.test('a key that comes with another request is refused', async (t) => {
  const key = randomUUID()
  t.equal((await raw(key, paymentOf(7))).statusCode, 201)
  for (const reply of [
    await raw(key, paymentOf(8)),
    await raw(key, JSON.stringify(paymentOf(7), null, 1)),
    await raw(key, paymentOf(7), tenant.secret, '/v1/payments?dry_run=false'),
  ])
    t.match(
      { status: reply.statusCode, code: reply.json().code },
      { status: 422, code: 'idempotency_key_reused' },
    )
})

t.test('a key is needed where money is created or moved, and must be visible ASCII', async (t) => {
  const { id } = (await raw(randomUUID(), paymentOf(7))).json()
  const invoice = {
    customer_id: customer.id,
    currency: 'EUR',
    issue_date: '2026-03-01',
    due_date: '2026-03-02',
    total_amount: 1,
  }
  for (const [url, payload] of [
    ['/v1/payments', paymentOf(7)],
    ['/v1/invoices', invoice],
    [
      '/v1/credit-notes',
      {
        customer_id: customer.id,
        number: 'G',
        currency: 'EUR',
        issue_date: '2026-03-01',
        total_amount: 1,
      },
    ],
    [`/v1/payments/${id}/reversal`, { reason: 'x' }],
  ] as const) {
    const reply = await raw(undefined, payload, tenant.secret, url)
    t.match(
      { status: reply.statusCode, code: reply.json().code },
      { status: 400, code: 'idempotency_key_required' },
      url,
    )
  }
  for (const key of ['a'.repeat(256), 'ké', 'a\tb', ' ']) {
    const reply = await raw(key, paymentOf(7))
    t.equal(reply.statusCode, 400, JSON.stringify(key))
  }
  t.equal((await raw('a'.repeat(255), paymentOf(7))).statusCode, 201)
})

t.test('a key may be quoted or bare', async (t) => {
  const key = randomUUID()
  const bare = await raw(key, paymentOf(9))
  const quoted = await raw(`"${key}"`, paymentOf(9))
  t.equal(quoted.body, bare.body)
  t.equal(quoted.headers['idempotent-replayed'], 'true')
})

t.test('a failure leaves nothing behind and frees the key', async (t) => {
  const key = randomUUID()
  const refused = await raw(
    key,
    paymentOf(5, { currency: 'EUR', received_date: '2026-03-11', external_id: 'freed' }),
  )
  t.equal(refused.json().code, 'date_in_future')
  const invalid = await raw(key, paymentOf(0))
  t.equal(invalid.json().code, 'validation_failed')
  const corrected = await raw(key, paymentOf(5, { external_id: 'freed' }))
  t.equal(corrected.statusCode, 201)
  t.notOk(corrected.headers['idempotent-replayed'])
  t.equal(await paymentsOf('freed'), 1)
})

t.test('a dry run uses no key up', async (t) => {
  const key = randomUUID()
  const rehearsed = await raw(
    key,
    paymentOf(6, { external_id: 'dry' }),
    tenant.secret,
    '/v1/payments?dry_run=true',
  )
  t.equal(rehearsed.statusCode, 201)
  t.equal(await paymentsOf('dry'), 0)
  t.equal((await raw(key, paymentOf(6, { external_id: 'dry' }))).statusCode, 201)
})

t.test('the keys of two principals, two tenants and two operations never meet', async (t) => {
  const key = randomUUID()
  const first = await raw(key, paymentOf(4))
  const { secret } = (
    await api('POST', '/v1/api-keys', { name: 'second', scopes: ['payments:write'] })
  ).body
  const second = await raw(key, paymentOf(4), secret)
  t.equal(second.statusCode, 201)
  t.not(second.json().id, first.json().id)

  const stranger = await app.tenant()
  const third = await raw(key, paymentOf(4), stranger.secret)
  t.match(
    { status: third.statusCode, code: third.json().code },
    { status: 404, code: 'customer_not_found' },
  )

  const reversal = await raw(
    key,
    { reason: 'another operation' },
    tenant.secret,
    `/v1/payments/${first.json().id}/reversal`,
  )
  t.equal(reversal.statusCode, 200)
})

t.test('an action without a body may be repeated too', async (t) => {
  const { id } = await make.hold({ customer_id: customer.id })
  const key = randomUUID()
  const lift = () =>
    api('POST', `/v1/dunning-holds/${id}/lift`, undefined, { 'idempotency-key': key })
  const [first, second] = [await lift(), await lift()]
  t.match([first.status, second.status], [200, 200])
  t.same(second.body, first.body)
  t.match(await api('POST', `/v1/dunning-holds/${id}/lift`), {
    status: 409,
    body: { code: 'invalid_state' },
  })
})

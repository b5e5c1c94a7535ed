import { randomUUID } from 'node:crypto'
import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { appOn, type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { report, sizeOf } from '../support/certify.ts'
import { inParallel } from '../support/in-parallel.ts'
import { clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

async function creditor(options: object = {}) {
  const tenant = await app.tenant(options)
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const customer = await make.customer()
  const check = (body: object = {}, { id } = customer) =>
    tenant.api('POST', '/v1/credit-checks', {
      customer_id: id,
      amount: 40_000,
      currency: 'EUR',
      ...body,
    })
  const limit = async (amount: number, more: object = {}, { id } = customer) => {
    const reply = await tenant.api('PUT', `/v1/customers/${id}/credit-limit`, {
      amount,
      currency: 'EUR',
      reason: 'Agreed.',
      ...more,
    })
    if (reply.status > 202) throw new Error(JSON.stringify(reply.body))
    return reply.body
  }
  const credit = ({ id } = customer) => make.get(`/v1/customers/${id}/credit`)
  const decide = (one: Json, verb: string, body?: object, headers = {}) =>
    tenant.api('POST', `/v1/credit-checks/${one.id}/${verb}`, body, headers)
  return { tenant, make, clock, customer, check, limit, credit, decide }
}

/** A policy that reacts to what the test names, and to nothing else. */
const policyWith = ({ api }: TestTenant, checks: object, more: object = {}) =>
  api('PUT', '/v1/credit-policy', {
    name: 'Test',
    owner: 'Credit',
    checks: { limit: { reaction: 'refer' }, ...checks },
    ...more,
  })

const reacted = ({ body }: { body: Json }): string[] =>
  body.rules
    .filter(({ outcome }: Json) => outcome !== 'approve')
    .map(({ rule, outcome }: Json) => `${rule} ${outcome}`)

/** What does not decide the same once more: of all checks of a tenant, or of some. */
async function reproduces({ api }: TestTenant, some?: readonly string[]): Promise<Json[]> {
  const all = async () => (await api('GET', '/v1/credit-checks?limit=200')).body.data
  const ids = some ?? (await all()).map(({ id }: Json) => id)
  const replays = await inParallel(
    8,
    ids.map((id: string) => () => api('GET', `/v1/credit-checks/${id}/replay`)),
  )
  return replays.map(({ body }: Json) => body).filter(({ reproduced }) => reproduced !== true)
}

t.test('without a policy the limit decides, and a hold that somebody placed', async (t) => {
  const { tenant, make, clock, customer, check, limit, credit } = await creditor()
  t.same(reacted(await check()), ['no_limit refer'])
  await limit(100_000, { valid_until: '2026-03-10' })
  const approved = await check()
  t.match(approved, {
    status: 201,
    body: {
      object: 'credit_check',
      outcome: 'approve',
      status: 'approved',
      policy_version: null,
      reservation_id: null,
      exposure: {
        currency: 'EUR',
        exposure_amount: 0,
        limit_amount: 100_000,
        utilisation_percent: 0,
      },
    },
  })
  t.same(reacted(await check({ amount: 100_000 })), [], 'up to the limit')
  t.same(reacted(await check({ amount: 100_001 })), ['limit deny'], 'not a cent above it')
  await make.invoice(customer, { total_amount: 60_001 })
  t.match(await credit(), {
    exposure: { exposure_amount: 60_001, available_amount: 39_999, utilisation_percent: 60 },
  })
  t.same(reacted(await check()), ['limit deny'])
  await make.payment(customer, { amount: 70_000, received_date: '2026-03-01' })
  t.match(await credit(), { exposure: { exposure_amount: -9_999, utilisation_percent: 0 } })
  t.same(reacted(await check({ amount: 109_999 })), [], 'unallocated money makes room')

  const hold = await make.creditHold(customer)
  t.same(reacted(await check()), ['credit_hold deny'])
  await tenant.api('POST', `/v1/credit-holds/${hold.id}/lift`, { reason: 'Paid.' })
  await clock.advance('2026-03-11')
  t.same(reacted(await check()), ['limit_expired refer'])
  const events = (await tenant.events()).filter(({ type }) => type.startsWith('credit_check.'))
  t.same(
    events.map(({ type }) => type.replace('credit_check.', '')),
    ['referred', 'approved', 'approved', 'denied', 'denied', 'approved', 'denied', 'referred'],
  )
  t.same(await reproduces(tenant), [])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'what cannot be asked is refused with the field, and a rehearsal keeps nothing',
  async (t) => {
    const { tenant, customer, check, limit } = await creditor()
    await limit(100_000)
    t.match(await check({ customer_id: publicId('customer', newId()) }), {
      status: 404,
      body: { code: 'customer_not_found' },
    })
    for (const [body, pointer] of [
      [{ amount: 0 }, '#/amount'],
      [{ amount: 1.5 }, '#/amount'],
      [{ currency: 'XXY' }, '#/currency'],
      [{ reserve: { ttl_seconds: 0 } }, '#/reserve/ttl_seconds'],
      [{ nets_days: 3 }, '#/nets_days'],
    ] as const) {
      t.match(await check(body), { status: 422, body: { errors: [{ pointer }] } })
    }
    const rehearsed = await tenant.api('POST', '/v1/credit-checks?dry_run=true', {
      customer_id: customer.id,
      amount: 1,
      currency: 'EUR',
      reserve: { ttl_seconds: 60 },
    })
    t.match(rehearsed, { status: 201, body: { outcome: 'approve' } })
    t.same((await tenant.api('GET', '/v1/credit-checks')).body.data, [])
    t.same((await tenant.api('GET', '/v1/reservations')).body.data, [])
    const missing = publicId('credit_check', newId())
    for (const path of ['', '/replay'])
      t.match(await tenant.api('GET', `/v1/credit-checks/${missing}${path}`), { status: 404 })
    const other = await app.tenant()
    const { body: mine } = await check()
    t.match(await other.api('GET', `/v1/credit-checks/${mine.id}`), { status: 404 })
    t.match(
      await other.api('POST', `/v1/credit-checks/${mine.id}/reject`, { role: 'x', reason: 'y' }),
      { status: 404 },
    )
  },
)

t.test('each rule of a policy reacts above its figure, not at it', async (t) => {
  const { tenant, make, clock, customer, check, limit } = await creditor()
  await limit(10_000_000)
  await policyWith(tenant, {
    thresholds: [
      { rule: 'oldest_overdue_days', maximum: 10, reaction: 'refer' },
      { rule: 'overdue_percent', maximum: 50, reaction: 'deny' },
      { rule: 'dunning_level', maximum: 1, reaction: 'deny' },
    ],
    terms: { reaction: 'refer' },
  })
  await tenant.api('PATCH', `/v1/customers/${customer.id}`, { net_days: 30 })
  await make.invoice(customer, { total_amount: 5_000, due_date: '2026-03-05' })
  await make.invoice(customer, { total_amount: 5_000, due_date: '2026-05-31' })
  t.same(reacted(await check({ net_days: 30 })), [])
  t.same(reacted(await check({ net_days: 31 })), ['terms refer'])
  await clock.advance('2026-03-15')
  t.same(reacted(await check()), [], 'ten days late, half of it')
  await clock.advance('2026-03-16')
  t.same(reacted(await check()), ['oldest_overdue_days refer'])
  await make.invoice(customer, { total_amount: 1, due_date: '2026-03-15' })
  t.same(reacted(await check()), ['oldest_overdue_days refer', 'overdue_percent deny'])
  const hold = await make.hold({ customer_id: customer.id, reason: 'dispute' })
  t.same(reacted(await check()), [], 'what is disputed is not late')
  t.match(await make.get(`/v1/customers/${customer.id}/credit`), {
    exposure: { exposure_amount: 10_001 },
    oldest_overdue_date: null,
  })
  await tenant.api('POST', `/v1/dunning-holds/${hold.id}/lift`)
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await clock.advance('2026-04-10')
  t.ok(
    reacted(await check()).includes('dunning_level deny'),
    'dunned to the second level, which is above one',
  )
  t.same(await reproduces(tenant), [])
})

t.test('exposure counts what the policy says, up to the sub-limits', async (t) => {
  const { tenant, make, customer, check, limit, credit } = await creditor()
  await limit(100_000)
  const order = (open_amount: number, external_id = 'SO-1') =>
    tenant.api('POST', '/v1/orders-on-hand', {
      customer_id: customer.id,
      external_id,
      currency: 'EUR',
      open_amount,
    })
  t.match(await order(30_000), { status: 201 })
  await make.invoice(customer, { total_amount: 20_000 })
  t.match(await credit(), { exposure: { exposure_amount: 50_000 } })
  await policyWith(
    tenant,
    {},
    {
      exposure: [
        { component: 'orders', included: false },
        {
          component: 'reservations',
          included: true,
          sub_limits: [{ currency: 'EUR', amount: 10_000 }],
        },
      ],
    },
  )
  t.match(await credit(), { exposure: { exposure_amount: 20_000 } })
  t.same(reacted(await check({ amount: 10_000, reserve: { ttl_seconds: 60 } })), [])
  t.same(reacted(await check({ amount: 1 })), ['sub_limit refer'])
  t.same(await reproduces(tenant), [])
})

t.test('order, reservation and invoice share a reference and count once', async (t) => {
  const { tenant, make, customer, check, limit, credit } = await creditor()
  await limit(100_000)
  const held = await check({ amount: 60_000, reserve: { ttl_seconds: 3_600, external_id: 'SO-7' } })
  t.match(held.body, { outcome: 'approve', external_id: 'SO-7' })
  t.match(await credit(), { exposure: { exposure_amount: 60_000 } })
  t.same(reacted(await check({ amount: 90_000, external_id: 'SO-7' })), [], 'the 60,000 are in it')
  t.same(reacted(await check({ amount: 100_001, external_id: 'SO-7' })), ['limit deny'])
  t.match(await check({ amount: 1, reserve: { ttl_seconds: 60, external_id: 'SO-7' } }), {
    status: 409,
    body: { code: 'reservation_active', conflicting_id: held.body.reservation_id },
  })
  await tenant.api('POST', '/v1/orders-on-hand', {
    customer_id: customer.id,
    external_id: 'SO-7',
    currency: 'EUR',
    open_amount: 70_000,
  })
  t.match(await credit(), { exposure: { exposure_amount: 70_000 } })
  await make.invoice(customer, { total_amount: 50_000, order_reference: 'SO-7' })
  t.match(await credit(), { exposure: { exposure_amount: 70_000 } })
  await make.invoice(customer, { total_amount: 25_000, order_reference: 'SO-7' })
  t.match(await credit(), { exposure: { exposure_amount: 75_000 } })
  t.same(await reproduces(tenant), [])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'amounts in other currencies count by the tenant’s rates, and are named without one',
  async (t) => {
    const { tenant, make, customer, check, limit, credit } = await creditor()
    await limit(100_000)
    await make.invoice({ ...customer, currency: 'USD' }, { total_amount: 50_000 })
    t.match(await credit(), {
      exposure: { exposure_amount: 0, unconverted_currencies: ['USD'] },
    })
    t.same(reacted(await check()), ['missing_rate refer'])
    await tenant.api('POST', '/v1/exchange-rates', {
      from_currency: 'USD',
      to_currency: 'EUR',
      rate_date: '2026-02-27',
      rate: '0.9001',
    })
    t.match(await credit(), {
      exposure: {
        exposure_amount: 45_005,
        unconverted_currencies: [],
        rates: [{ from_currency: 'USD', rate: '0.9001', rate_date: '2026-02-27', inverse: false }],
      },
    })
    t.same(reacted(await check({ currency: 'USD', amount: 61_098 })), [], '54,994.31 cents fit')
    t.same(reacted(await check({ currency: 'USD', amount: 61_105 })), ['limit deny'])
    t.same(reacted(await check({ currency: 'JPY', amount: 1 })), ['missing_rate refer'])
    await tenant.api('POST', '/v1/exchange-rates', {
      from_currency: 'EUR',
      to_currency: 'JPY',
      rate_date: '2026-03-01',
      rate: '160',
    })
    t.same(
      reacted(await check({ currency: 'JPY', amount: 87_992 })),
      [],
      'by the rate the other way',
    )
    t.same(await reproduces(tenant), [])
  },
)

t.test('a referred check is a task; a person releases, rejects or asks again', async (t) => {
  const { tenant, make, clock, customer, check, limit, credit, decide } = await creditor()
  await limit(50_000)
  await policyWith(
    tenant,
    { thresholds: [{ rule: 'oldest_overdue_days', maximum: 5, reaction: 'refer' }] },
    { release_grace_days: 3 },
  )
  await make.invoice(customer, { total_amount: 30_000, due_date: '2026-03-02' })
  await clock.advance('2026-03-10')
  const { body: asked } = await check({ reserve: { ttl_seconds: 600, external_id: 'SO-1' } })
  t.match(asked, { status: 'referred', reservation_id: null })
  t.match((await make.get('/v1/tasks?status=open')).data, [
    { kind: 'credit_check', assignee: 'credit_manager', customer_id: customer.id },
  ])
  const word = { role: 'head_of_credit', reason: 'Pays every June.' }
  const until = { valid_until: '2026-03-12T09:00:00Z' }
  t.match(await decide(asked, 'release', { ...word, valid_until: '2026-03-01T00:00:00Z' }), {
    status: 422,
    body: { errors: [{ pointer: '#/valid_until', code: 'not_in_future' }] },
  })
  t.match(await decide(asked, 'release', { ...word, ...until }, { 'if-match': '"9"' }), {
    status: 412,
  })
  const released = await decide(asked, 'release', { ...word, ...until })
  t.match(released, {
    status: 200,
    body: {
      status: 'released',
      outcome: 'refer',
      decided_role: 'head_of_credit',
      decided_reason: 'Pays every June.',
      version: 2,
    },
  })
  t.match(await make.get(`/v1/reservations/${released.body.reservation_id}`), {
    status: 'active',
    open_amount: 40_000,
    expires_at: '2026-03-12T09:00:00.000Z',
  })
  t.match(await credit(), { exposure: { exposure_amount: 70_000, available_amount: -20_000 } })
  t.same((await make.get('/v1/tasks?status=open')).data, [])
  t.match(await decide(asked, 'reject', word), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'released' },
  })

  const small = await check({ amount: 1 })
  t.same(reacted(small), ['limit refer'], 'lateness rests, money never does')
  t.match(
    small.body.rules.find(({ rule }: Json) => rule === 'oldest_overdue_days'),
    { outcome: 'approve', released_by_check_id: asked.id },
  )
  await clock.advance('2026-03-13')
  t.ok(reacted(await check({ amount: 1 })).includes('oldest_overdue_days refer'), 'three days over')

  t.match(await decide(small.body, 'reject', word), { status: 200, body: { status: 'rejected' } })
  const { body: third } = await check({ amount: 2 })
  await limit(500_000)
  const { body: again } = await decide(third, 'recheck')
  t.match(again, { status: 'referred', recheck_of_id: third.id, amount: 2 })
  t.match(await make.get(`/v1/credit-checks/${third.id}`), { status: 'rechecked' })
  t.match(await decide(third, 'recheck'), { status: 409 })
  t.same(await reproduces(tenant), [])
})

t.test('what a policy leaves out of exposure makes no room for it either', async (t) => {
  const { tenant, make, customer, check, limit } = await creditor()
  await limit(10_000)
  await policyWith(tenant, {}, { exposure: [{ component: 'orders', included: false }] })
  await make.order(customer, { external_id: 'SO-9', open_amount: 900_000 })
  t.same(reacted(await check({ amount: 900_000, external_id: 'SO-9' })), ['limit refer'])
  const held = await check({ amount: 9_000, reserve: { ttl_seconds: 60, external_id: 'SO-9' } })
  t.same(reacted(held), [])
  t.same(reacted(await check({ amount: 1_001 })), ['limit refer'], 'the reservation counts in full')
  t.same(await reproduces(tenant), [])
})

t.test('an amount beyond all counting is above any limit, and stops nobody', async (t) => {
  const { tenant, make, customer, check, limit } = await creditor()
  await limit(10_000)
  await make.exchangeRate({ from_currency: 'USD', to_currency: 'EUR', rate: '1000000' })
  await make.order(customer, { currency: 'USD', open_amount: Number.MAX_SAFE_INTEGER })
  await make.order(customer, { external_id: 'SO-2', open_amount: Number.MAX_SAFE_INTEGER })
  t.same(reacted(await check()), ['limit deny'])
  t.same(await reproduces(tenant), [])
})

t.test('holding credit for longer takes its turn, and only while it is held', async (t) => {
  const { tenant, clock, check, limit } = await creditor()
  await limit(50_000)
  const { body } = await check({ reserve: { ttl_seconds: 7 * 86_400 } })
  const extend = (ttl_seconds: number) =>
    tenant.api('POST', `/v1/reservations/${body.reservation_id}/extend`, { ttl_seconds })
  t.match(await extend(60 * 86_400), { status: 200 })
  await clock.advance('2026-04-15')
  t.match(await extend(60 * 86_400), {
    status: 422,
    body: { errors: [{ pointer: '#/ttl_seconds', code: 'too_late' }] },
  })
  await clock.advance('2026-05-15')
  t.match(await extend(86_400), { status: 409, body: { code: 'invalid_state' } })
  t.same(reacted(await check()), [], 'and its room is another’s')
})

t.test('a natural person is never denied by the service alone', async (t) => {
  const { tenant, make, check, limit } = await creditor()
  const consumer = await make.customer({ kind: 'consumer' })
  const trader = await make.customer({ natural_person: true })
  t.match(await check({}, consumer), {
    body: { outcome: 'refer', human_review_required: false },
  })
  for (const one of [consumer, trader]) {
    await limit(10, {}, one)
    const reply = await check({ amount: 11 }, one)
    t.match(reply.body, { outcome: 'refer', status: 'referred', human_review_required: true })
    t.same(reacted(reply), ['limit deny'])
  }
  t.same(await reproduces(tenant), [])
})

t.test('a group’s limit holds besides the own one', async (t) => {
  const { tenant, make, customer, check, limit } = await creditor()
  const sister = await make.customer()
  await limit(100_000)
  await limit(100_000, {}, sister)
  const { body: group } = await tenant.api('POST', '/v1/credit-groups', { name: 'Muster Holding' })
  for (const { id } of [customer, sister])
    await tenant.api('PUT', `/v1/credit-groups/${group.id}/members/${id}`)
  await tenant.api('PUT', `/v1/credit-groups/${group.id}/credit-limit`, {
    amount: 120_000,
    currency: 'EUR',
    reason: 'Agreed.',
  })
  await make.invoice(sister, { total_amount: 90_000 })
  t.same(reacted(await check({ amount: 30_000 })), [])
  const above = await check({ amount: 30_001 })
  t.same(reacted(above), ['group_limit deny'])
  t.match(above.body.group_exposure, { exposure_amount: 90_000, limit_amount: 120_000 })
  await tenant.api('DELETE', `/v1/credit-groups/${group.id}/members/${customer.id}`)
  t.same(reacted(await check({ amount: 30_001 })), [])
  t.same(await reproduces(tenant), [])
})

t.test(
  'parallel checks never hold more than the limits allow, while invoices come in',
  async (t) => {
    const { tenant, make } = await creditor()
    const customers = sizeOf({ slice: 60, certify: 500, certification: 5_000 })
    const rows = Array.from({ length: customers }, (_, index) => ({
      external_id: `C-${index}`,
      name: `Customer ${index}`,
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
    }))
    const ids: string[] = await inParallel(
      24,
      rows.map((row) => async () => (await make.customer(row)).id),
    )
    await inParallel(
      24,
      ids.map((id) => () => make.creditLimit({ id, currency: 'EUR' }, { amount: 100_000 })),
    )
    await Promise.all(
      Array.from({ length: Math.min(20, customers / 5) }, async (_, index) => {
        const { body } = await tenant.api('POST', '/v1/credit-groups', { name: `Group ${index}` })
        for (const id of ids.slice(index * 5, index * 5 + 5))
          await tenant.api('PUT', `/v1/credit-groups/${body.id}/members/${id}`)
        await tenant.api('PUT', `/v1/credit-groups/${body.id}/credit-limit`, {
          amount: 250_000,
          currency: 'EUR',
          reason: 'Agreed.',
        })
      }),
    )
    const jobs = ids.flatMap((id, index) => [
      ...Array.from({ length: 10 }, (_, turn) => () => {
        const through = turn % 2 === 0 ? app : replica
        return through.call(tenant.secret, 'POST', '/v1/credit-checks', {
          customer_id: id,
          amount: 15_000 + ((index * 7 + turn * 13) % 11) * 1_000,
          currency: 'EUR',
          reserve: { ttl_seconds: 86_400, external_id: `SO-${id}-${turn}` },
        })
      }),
      () =>
        tenant.api('POST', '/v1/invoices', {
          customer_id: id,
          number: `R-${index}-${randomUUID()}`,
          currency: 'EUR',
          issue_date: '2026-03-01',
          due_date: '2026-03-31',
          total_amount: 12_345,
          issue: true,
          order_reference: `SO-${id}-${index % 10}`,
        }),
    ])
    const replies = await inParallel(24, jobs)
    t.same([...new Set(replies.map(({ status }) => status))], [201])
    const checks = replies
      .filter(({ body }) => body.object === 'credit_check')
      .map(({ body }) => body)
    t.equal(checks.length, customers * 10)
    const held = checks.filter(({ status }) => status === 'approved')
    t.ok(held.length > customers * 2 && held.length < checks.length, `${held.length} approved`)
    t.ok(held.every(({ reservation_id }) => reservation_id !== null))
    const over = held.filter(
      ({ amount, exposure, group_exposure: group }) =>
        exposure.exposure_amount + amount > exposure.limit_amount ||
        (group !== null && group.exposure_amount + amount > group.limit_amount),
    )
    t.same(over, [], 'no approval was above a limit that it saw')

    // An invoice is a fact and may exceed; without those, nothing may.
    const credits = await inParallel(
      24,
      ids.map((id) => () => make.get(`/v1/customers/${id}/credit`)),
    )
    const amountOf = (credit: Json, component: string): number =>
      credit.exposure.components.find((one: Json) => one.component === component).amount
    t.same(
      credits.filter((credit) => amountOf(credit, 'reservations') > 100_000),
      [],
      'what is held fits the limit',
    )
    t.same(
      credits.filter((credit) => credit.exposure.exposure_amount > 100_000 + 12_345),
      [],
      'beyond the limit there is at most the one fact',
    )
    t.same(
      credits
        .slice(0, 100)
        .filter(({ group_exposure: group }) => group.exposure_amount > 250_000 + 5 * 12_345),
      [],
    )
    const refused = replies.filter(({ status }) => status !== 201).length
    await report({
      suite: 'T-race',
      goal: `${customers} credit accounts × 10 checks at once: no limit exceeded, no deadlock shown`,
      seen: `${held.length} of ${checks.length} held, ${over.length} above a limit, ${refused} refused otherwise`,
      met: over.length === 0 && refused === 0,
    })
    const some = checks.filter((_, index) => index % 12 === 0).map(({ id }) => id)
    t.same(await reproduces(tenant, some), [], 'decisions come out the same once more')
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

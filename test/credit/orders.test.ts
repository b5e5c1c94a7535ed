import t from 'tap'
import { expireReservations } from '../../src/credit/reservations/expire-reservations.ts'
import { releaseReservation } from '../../src/credit/reservations/release-reservation.ts'
import type { Reserve } from '../../src/credit/reservations/reserve.ts'
import { byTheService, commit, type Tx } from '../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../src/foundation/id.ts'
import { MAX_AMOUNT } from '../../src/foundation/money.ts'
import { runImport } from '../../src/imports/run-import.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'
import { reserved } from '../support/reservations.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-28T12:00:00Z')
  const customer = await make.customer()
  const order = (more: object = {}) => ({
    customer_id: customer.id,
    external_id: 'PO-1',
    currency: 'EUR',
    open_amount: 100_000,
    ...more,
  })
  const work = <T>(does: (tx: Tx) => Promise<T>) =>
    commit(app.context.api, { tenantId: tenant.uuid, cause: byTheService }, does)
  return {
    tenant,
    make,
    clock,
    customer,
    work,
    order,
    report: async (more?: object): Promise<Json> =>
      accepted(await tenant.api('POST', '/v1/orders-on-hand', order(more))),
    batch: (orders: object[]) => tenant.api('POST', '/v1/orders-on-hand/batch', { orders }),
    orders: async (filters = ''): Promise<Json[]> =>
      (await make.get(`/v1/orders-on-hand?${filters}`)).data,
    hold: (more?: Partial<Reserve>): Promise<Json> => reserved(app, tenant, customer, more),
    act: (one: Json, verb: string, body: object, headers = {}) =>
      tenant.api('POST', `/v1/reservations/${one.id}/${verb}`, body, headers),
    held: (one: Json): Promise<Json> => make.get(`/v1/reservations/${one.id}`),
    /** What was announced of a thing, in order. */
    told: async (one: Json): Promise<string[]> =>
      (await tenant.events())
        .filter(({ data }) => data.object.id === one.id)
        .map(({ type, entity_sequence }) => `${type} ${entity_sequence}`),
    audited: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('an order is what was reported last; the same again changes nothing', async (t) => {
  const { tenant, order, orders, report, told, make } = await creditor()
  const first = await tenant.api('POST', '/v1/orders-on-hand', order())
  t.match(first, {
    status: 201,
    headers: { location: `/v1/orders-on-hand/${first.body.id}` },
    body: { object: 'order_on_hand', version: 1, ...order(), expected_date: null },
  })
  t.match(await tenant.api('POST', '/v1/orders-on-hand', order()), {
    status: 200,
    body: first.body,
  })
  t.match(await report({ open_amount: 40_000, expected_date: '2026-05-01' }), {
    id: first.body.id,
    version: 2,
    open_amount: 40_000,
    expected_date: '2026-05-01',
  })
  t.match(await report({ open_amount: 0 }), { version: 3, open_amount: 0, expected_date: null })
  t.same(await told(first.body), [
    'order_on_hand.reported 1',
    'order_on_hand.reported 2',
    'order_on_hand.reported 3',
  ])
  const { data } = (await tenant.events('order_on_hand.reported'))[2]
  t.same(data.previous_attributes, { open_amount: 40_000, expected_date: '2026-05-01' })
  t.same(data.object, await make.get(`/v1/orders-on-hand/${first.body.id}`))
  await report({ external_id: 'PO-2', currency: 'JPY', open_amount: MAX_AMOUNT })
  const refs = async (filters: string) =>
    (await orders(filters)).map(({ external_id }) => external_id)
  t.same(await refs(''), ['PO-2', 'PO-1'])
  t.same(await refs('open=true'), ['PO-2'])
  t.same(await refs('open=false&external_id=PO-1'), ['PO-1'])
  t.same(await refs(`customer_id=${publicId('customer', newId())}`), [])
})

t.test('an order that cannot be is refused; no limit ever refuses one', async (t) => {
  const { tenant, order, orders } = await creditor()
  const report = (more: object) => tenant.api('POST', '/v1/orders-on-hand', order(more))
  t.match(await report({ customer_id: publicId('customer', newId()) }), {
    status: 404,
    body: { code: 'customer_not_found' },
  })
  const fields: [string, unknown][] = [
    ['open_amount', -1],
    ['open_amount', MAX_AMOUNT + 1],
    ['currency', 'eur'],
    ['external_id', ''],
    ['expected_date', '2026-02-30'],
  ]
  for (const [field, value] of fields) {
    t.match(
      await report({ [field]: value }),
      { status: 422, body: { code: 'validation_failed', errors: [{ pointer: `#/${field}` }] } },
      field,
    )
  }
  t.same(await orders(), [])
  t.match(await tenant.api('GET', `/v1/orders-on-hand/${publicId('order_on_hand', newId())}`), {
    status: 404,
    body: { code: 'order_on_hand_not_found' },
  })
})

t.test('many orders are taken at once, or none, with every row in the way named', async (t) => {
  const { tenant, make, order, batch, orders, report } = await creditor()
  await report({ external_id: 'PO-1' })
  await report({ external_id: 'PO-2' })
  const stranger = await (await creditor()).make.customer()
  const refused = await batch([
    order({ open_amount: 5 }),
    order({ external_id: 'PO-3', customer_id: stranger.id }),
    order({ open_amount: 6 }),
  ])
  t.match(refused, { status: 422, body: { code: 'validation_failed' } })
  t.match(refused.body.errors, [
    { pointer: '#/orders/1/customer_id', code: 'customer_not_found' },
    { pointer: '#/orders/2/external_id', code: 'duplicate', params: { first: '#/orders/0' } },
  ])
  t.match((await batch([order(), order({ external_id: 'PO-4', open_amount: 0.5 })])).body.errors, [
    { pointer: '#/orders/1/open_amount' },
  ])
  t.equal((await batch([])).status, 422)
  t.same(
    (await orders()).map(({ open_amount }) => open_amount),
    [100_000, 100_000],
    'nothing is left behind',
  )
  const other = await make.customer()
  const many = Array.from({ length: 997 }, (_, index) =>
    order({
      external_id: `PO-${index + 10}`,
      customer_id: index % 2 ? other.id : order().customer_id,
    }),
  )
  t.match(
    await batch([
      order({ external_id: 'PO-1' }),
      order({ external_id: 'PO-2', open_amount: 7 }),
      order({ external_id: 'PO-1', customer_id: other.id }),
      ...many,
    ]),
    { status: 200, body: { created_count: 998, updated_count: 1, unchanged_count: 1 } },
  )
  t.equal((await batch([...many, ...many.slice(0, 4)])).status, 422, '1,001 are too many')
  t.equal((await tenant.events('order_on_hand.reported')).length, 200, 'a page of them')
})

t.test(
  'of two systems that report the same orders at once, each order is there once',
  async (t) => {
    const { tenant, make, order, orders, audited } = await creditor()
    const other = await make.customer()
    const all = ['PO-1', 'PO-2', 'PO-3'].flatMap((external_id) => [
      order({ external_id }),
      order({ external_id, customer_id: other.id }),
    ])
    const replies = await Promise.all(
      [app, replica, app, replica, app, replica].map((one, index) =>
        one.call(tenant.secret, 'POST', '/v1/orders-on-hand/batch', {
          orders: (index % 2 ? all : [...all].reverse()).map((each) => ({
            ...each,
            open_amount: index + 1,
          })),
        }),
      ),
    )
    t.same(
      replies.map(({ status }) => status),
      [200, 200, 200, 200, 200, 200],
    )
    const rows = await orders()
    t.equal(rows.length, 6)
    t.ok(rows.every(({ version }) => version === 6))
    t.equal(new Set(rows.map(({ open_amount }) => open_amount)).size, 1, 'the last batch, whole')
    t.same(await audited(), [])
  },
)

t.test(
  'an invoice uses up its order, not below nothing; void, the order gets it back',
  async (t) => {
    const { tenant, make, customer, report, orders, told, audited } = await creditor()
    const placed = await report()
    const bill = (total_amount: number, more: object = {}) =>
      make.invoice(customer, { total_amount, order_reference: 'PO-1', ...more })
    const open = async () => (await orders('external_id=PO-1'))[0].open_amount
    const first = await bill(30_000)
    t.equal(first.order_reference, 'PO-1')
    t.equal(await open(), 70_000)
    await bill(1, { currency: 'USD' })
    await make.invoice(await make.customer(), { order_reference: 'PO-1' })
    await make.invoice(customer, { order_reference: 'PO-9' })
    await make.invoice(customer)
    t.equal(await open(), 70_000, 'another currency, customer, reference or none leaves it')
    const draft = await bill(50_000, { issue: false })
    t.equal(await open(), 70_000, 'and so does a draft')
    await make.patch(`/v1/invoices/${draft.id}`, { order_reference: null })
    await make.patch(`/v1/invoices/${draft.id}`, { order_reference: 'PO-1' })
    accepted(await tenant.api('POST', `/v1/invoices/${draft.id}/issue`, {}))
    t.equal(await open(), 20_000)
    const last = await bill(90_000)
    t.equal(await open(), 0)
    await bill(1)
    const voided = async ({ id }: Json) =>
      accepted(await tenant.api('POST', `/v1/invoices/${id}/void`, { reason: 'wrong' }))
    await voided(last)
    t.equal(await open(), 20_000, 'what it had taken, not what it claimed')
    await voided(first)
    t.equal(await open(), 50_000)
    await report({ currency: 'USD', open_amount: 5 })
    await voided(draft)
    t.equal(await open(), 5, 'euros are no dollars')
    t.same(await told(placed), [
      'order_on_hand.reported 1',
      'order_on_hand.invoiced 2',
      'order_on_hand.invoiced 3',
      'order_on_hand.invoiced 4',
      'order_on_hand.reopened 5',
      'order_on_hand.reopened 6',
      'order_on_hand.reported 7',
    ])
    const [reopened] = (await tenant.events('order_on_hand.reopened')).map(({ data }) => data)
    t.match(reopened, { object: { open_amount: 20_000 }, previous_attributes: { open_amount: 0 } })
    t.match(await tenant.api('PATCH', `/v1/invoices/${last.id}`, { order_reference: 'PO-2' }), {
      status: 409,
      body: { code: 'invoice_not_editable' },
    })
    t.same(await audited(), [])
  },
)

t.test('the largest order can be invoiced, voided and reported, and stays in range', async (t) => {
  const { tenant, make, customer, report, orders, audited } = await creditor()
  await report({ open_amount: MAX_AMOUNT })
  const invoice = await make.invoice(customer, {
    total_amount: MAX_AMOUNT,
    order_reference: 'PO-1',
  })
  t.match(await orders(), [{ open_amount: 0 }])
  await report({ open_amount: MAX_AMOUNT - 1 })
  accepted(await tenant.api('POST', `/v1/invoices/${invoice.id}/void`, { reason: 'wrong' }))
  t.match(await orders(), [{ open_amount: MAX_AMOUNT }], 'no order is larger than money goes')
  t.same(await audited(), [])
})

t.test('imported invoices of one order take from it in their order, all at once', async (t) => {
  const { tenant, make, customer, report, hold, held, orders, told, audited } = await creditor()
  const placed = await report({ open_amount: 25_000 })
  const reserved = await hold({ amount: 70_000 })
  const row = (index: number, total_amount: number) => ({
    customer_id: customer.id,
    external_id: `I-${index}`,
    number: `I-${index}`,
    currency: 'EUR',
    issue_date: '2026-03-01',
    due_date: '2026-03-15',
    total_amount,
    order_reference: 'PO-1',
    issue: true,
  })
  const push = async (mode: string, items: object[]) => {
    const { id } = accepted(
      await tenant.api('POST', '/v1/imports', { resource: 'invoices', mode, items }),
    )
    await runImport(app.context, tenant.uuid, uuidOf(id), new AbortController().signal)
    return make.get(`/v1/imports/${id}`)
  }
  t.match(await push('create', [row(1, 10_000), row(2, 10_000)]), { succeeded_count: 2 })
  t.match(await orders(), [{ open_amount: 5_000 }])
  t.match(await held(reserved), { status: 'active', open_amount: 50_000 })
  t.same(await told(placed), ['order_on_hand.reported 1', 'order_on_hand.invoiced 2'])
  t.match(await push('upsert', [row(1, 10_000), row(3, 8_000), row(4, 9_000)]), {
    succeeded_count: 3,
  })
  t.match(await orders(), [{ open_amount: 0 }])
  t.match(
    await held(reserved),
    { status: 'confirmed', confirmed_by: 'invoice', open_amount: 0 },
    'once the order is invoiced, the rest was not needed',
  )
  t.same(await audited(), [])
})

t.test('credit is held from the check until the instant it expires', async (t) => {
  const { tenant, make, clock, hold, held, act, work, told, audited } = await creditor()
  const one = await hold()
  t.match(one, {
    object: 'reservation',
    version: 1,
    check_id: null,
    status: 'active',
    amount: 100_000,
    open_amount: 100_000,
    // Summer time begins in between: a day of seconds, not of the calendar.
    expires_at: '2026-03-29T12:00:00.000Z',
    confirmed_by: null,
    release_reason: null,
  })
  const list = async (status: string) =>
    (await make.get(`/v1/reservations?status=${status}`)).data.map(({ id }: Json) => id)
  await clock.set('2026-03-29T11:59:59.999Z')
  t.same([await list('active'), await list('expired')], [[one.id], []])
  const { headers } = await tenant.api('GET', `/v1/reservations/${one.id}`)
  t.equal(await work((tx) => expireReservations(tx, 10)), 0)
  await clock.set('2026-03-29T12:00:00.000Z')
  t.match(await held(one), { status: 'expired', open_amount: 0, version: 1 })
  const again = { 'if-none-match': String(headers.etag) }
  t.match(
    await tenant.api('GET', `/v1/reservations/${one.id}`, undefined, again),
    { status: 200, body: { status: 'expired' } },
    'no cache goes on holding it',
  )
  t.same([await list('active'), await list('expired')], [[], [one.id]])
  for (const [verb, body] of [
    ['release', { reason: 'Late.' }],
    ['extend', { ttl_seconds: 10 }],
    ['confirm', { invoice_id: publicId('invoice', newId()) }],
  ] as const) {
    t.match(
      await act(one, verb, body),
      { status: 409, body: { code: 'invalid_state', current_status: 'expired' } },
      verb,
    )
  }
  t.same(await told(one), ['reservation.created 1'])
  t.equal(await work((tx) => expireReservations(tx, 10)), 1)
  t.equal(await work((tx) => expireReservations(tx, 10)), 0)
  t.same(await told(one), ['reservation.created 1', 'reservation.expired 2'])
  t.same(await list('expired'), [one.id])
  await hold({ externalId: 'PO-2' })
  await clock.advance('2026-03-31')
  t.equal((await tenant.events('reservation.expired')).length, 2, 'the night marks it too')
  t.same(await audited(), [])
})

t.test('one reference is held for once at a time; without one as often as asked', async (t) => {
  const { clock, hold, act, make, told, audited } = await creditor()
  const one = await hold()
  await t.rejects(hold(), {
    code: 'reservation_active',
    details: { conflicting_id: one.id },
  })
  await clock.set('2026-03-29T12:00:00Z')
  const two = await hold({ currency: 'USD' })
  t.same(await told(one), ['reservation.created 1', 'reservation.expired 2'])
  accepted(await act(two, 'release', { reason: 'Withdrawn.' }))
  await hold()
  await hold({ externalId: null })
  await hold({ externalId: null })
  t.equal((await make.get('/v1/reservations?status=active')).data.length, 3)
  t.equal((await make.get('/v1/reservations?external_id=PO-1')).data.length, 3)
  t.equal((await make.get('/v1/reservations?status=released')).data.length, 1)
  t.same(await audited(), [])
})

t.test('held credit is extended, never shortened, and released with a reason', async (t) => {
  const { clock, hold, held, act, told } = await creditor()
  const one = await hold()
  await clock.set('2026-03-29T11:00:00Z')
  t.match(await act(one, 'extend', { ttl_seconds: 3_600 }), {
    status: 422,
    body: { errors: [{ pointer: '#/ttl_seconds', code: 'not_later' }] },
  })
  t.match(await act(one, 'extend', { ttl_seconds: 3_601 }), {
    status: 200,
    body: { version: 2, expires_at: '2026-03-29T12:00:01.000Z' },
  })
  await clock.set('2026-03-29T12:00:00Z')
  t.match(await held(one), { status: 'active' })
  t.match(await act(one, 'release', { reason: 'Gone.' }, { 'if-match': '"1"' }), { status: 412 })
  t.match(await act(one, 'release', { reason: 'Gone.' }, { 'if-match': '"2.0"' }), {
    status: 200,
    body: { version: 3, status: 'released', open_amount: 0, release_reason: 'Gone.' },
  })
  t.match(await act(one, 'extend', { ttl_seconds: 9_999 }), {
    status: 409,
    body: { current_status: 'released' },
  })
  t.match(await act({ id: publicId('reservation', newId()) }, 'release', { reason: 'x' }), {
    status: 404,
    body: { code: 'reservation_not_found' },
  })
  t.same(await told(one), [
    'reservation.created 1',
    'reservation.extended 2',
    'reservation.released 3',
  ])
})

t.test('an order takes the place of what was reserved for it', async (t) => {
  const { hold, held, report, told, audited } = await creditor()
  const other = await hold({ externalId: 'PO-2' })
  const one = await hold()
  await report({ open_amount: 80_000 })
  t.match(await held(one), { status: 'confirmed', confirmed_by: 'order', open_amount: 0 })
  t.match(await held(other), { status: 'active', open_amount: 100_000 })
  const more = await hold({ amount: 120_000 })
  await report({ open_amount: 80_000 })
  t.match(await held(more), { status: 'active' }, 'the same report again says nothing new')
  await report({ open_amount: 120_000 })
  t.match(await held(more), { status: 'confirmed', confirmed_by: 'order' })
  t.same(await told(more), ['reservation.created 1', 'reservation.confirmed 2'])
  t.same(await audited(), [])
})

t.test('an invoice with the reference uses up what was reserved', async (t) => {
  const { tenant, make, clock, customer, hold, held, told, audited } = await creditor()
  const bill = (total_amount: number, more: object = {}) =>
    make.invoice(customer, { total_amount, order_reference: 'PO-1', ...more })
  const one = await hold()
  await bill(5, { currency: 'USD' })
  const first = await bill(40_000)
  t.match(await held(one), { status: 'active', open_amount: 60_000 })
  accepted(await tenant.api('POST', `/v1/invoices/${first.id}/void`, { reason: 'wrong' }))
  t.match(await held(one), { open_amount: 60_000 }, 'only a check reserves credit')
  await bill(60_000)
  t.match(await held(one), { status: 'confirmed', confirmed_by: 'invoice', open_amount: 0 })
  t.same(await told(one), [
    'reservation.created 1',
    'reservation.used 2',
    'reservation.confirmed 3',
  ])
  const late = await hold()
  await clock.set('2026-03-29T12:00:00Z')
  await bill(1)
  t.match(await held(late), { status: 'expired', version: 1 }, 'what has expired stays so')
  t.same(await audited(), [])
})

t.test('an invoice without the reference confirms by hand, with no cent used twice', async (t) => {
  const { make, customer, hold, held, act, tenant, audited } = await creditor()
  const [one, two] = [await hold(), await hold({ externalId: 'PO-2' })]
  const confirm = (held: Json, invoice: Json) => act(held, 'confirm', { invoice_id: invoice.id })
  const refused = async (invoice: Json) => (await confirm(one, invoice)).body.code
  const both = await make.invoice(customer, { total_amount: 130_000 })
  t.equal(await refused({ id: publicId('invoice', newId()) }), 'invoice_not_found')
  t.equal(await refused(await make.invoice(await make.customer())), 'customer_mismatch')
  t.equal(await refused(await make.invoice(customer, { currency: 'USD' })), 'currency_mismatch')
  const draft = await make.invoice(customer, { issue: false })
  t.match(await confirm(one, draft), { status: 409, body: { current_status: 'draft' } })
  t.match(await confirm(one, both), { body: { status: 'confirmed', confirmed_by: 'invoice' } })
  t.match(await confirm(two, both), {
    status: 200,
    body: { status: 'active', open_amount: 70_000 },
  })
  t.match(await confirm(two, both), { status: 409, body: { code: 'invoice_used_up' } })
  t.match(await confirm(two, await make.invoice(customer, { total_amount: 70_000 })), {
    status: 200,
    body: { status: 'confirmed' },
  })
  t.match(await held(two), { version: 3, open_amount: 0 })
  t.equal((await tenant.events('reservation.confirmed')).length, 2)
  t.same(await audited(), [])
})

t.test('release, confirmation and expiry exclude each other, whoever comes first', async (t) => {
  const { tenant, make, clock, customer, hold, held, work, audited } = await creditor()
  const invoice = await make.invoice(customer, { total_amount: 900_000 })
  for (let round = 0; round < 5; round += 1) {
    const one = await hold()
    const ask = (via: typeof app, verb: string, body: object) =>
      via.call(tenant.secret, 'POST', `/v1/reservations/${one.id}/${verb}`, body)
    const replies = await Promise.all([
      ask(app, 'release', { reason: 'Gone.' }),
      ask(replica, 'confirm', { invoice_id: invoice.id }),
      ask(app, 'confirm', { invoice_id: invoice.id }),
      ask(replica, 'release', { reason: 'Gone.' }),
    ])
    t.equal(replies.filter(({ status }) => status === 200).length, 1)
    t.equal(replies.filter(({ status }) => status === 409).length, 3)
    t.match(await held(one), { version: 2, open_amount: 0 })
  }
  const last = await hold()
  await t.rejects(
    work(async (tx) => {
      await clock.set('2026-03-29T12:00:00Z')
      await work((sweep) => expireReservations(sweep, 10))
      return releaseReservation(tx, { id: uuidOf(last.id), reason: 'x', ifMatch: undefined })
    }),
    { code: 'invalid_state', details: { current_status: 'expired' } },
    'a sweep whose clock was ahead',
  )
  t.match(await held(last), { status: 'expired', version: 2, release_reason: null })
  t.same(await audited(), [])
})

t.test('reports, invoices and voids at once leave an order with what adds up', async (t) => {
  const { tenant, make, customer, report, hold, orders, audited } = await creditor()
  await report({ open_amount: 100_000 })
  await hold({ amount: 150_000 })
  const invoices = await Promise.all(
    Array.from({ length: 12 }, () =>
      make.invoice(customer, { total_amount: 10_000, order_reference: 'PO-1' }),
    ),
  )
  t.match(await orders(), [{ open_amount: 0, version: 11 }], 'ten of them took, two found nothing')
  await Promise.all(
    invoices.map(async ({ id }) =>
      accepted(await tenant.api('POST', `/v1/invoices/${id}/void`, { reason: 'wrong' })),
    ),
  )
  t.match(await orders(), [{ open_amount: 100_000, version: 21 }])
  t.same(await audited(), [])
})

t.test('a business may be a person; whoever says nothing is none', async (t) => {
  const { tenant, make } = await creditor()
  const trader = await make.customer({ natural_person: true, external_id: 'C-1' })
  t.equal(trader.natural_person, true)
  t.equal((await make.customer()).natural_person, false)
  t.equal((await make.customer({ kind: 'consumer' })).natural_person, false)
  const url = `/v1/customers/${trader.id}`
  t.match(await make.patch(url, { natural_person: false }), { version: 2, natural_person: false })
  t.match(await make.patch(url, { name: 'Anna Ott' }), { version: 3, natural_person: false })
  const whole = { name: 'Anna Ott', kind: 'business', country: 'DE', currency: 'EUR' }
  const put = (more: object) =>
    tenant.api('PUT', '/v1/customers/by-external-id/C-1', { ...whole, ...more })
  t.match((await put({ natural_person: true })).body, { version: 4, natural_person: true })
  t.match((await put({})).body, { version: 5, natural_person: false })
})

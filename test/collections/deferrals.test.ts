import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const interest = { interest: { kind: 'statutory' } }

/** 10,000.00 euros due on 10 March 2026 under levels at 5 and 15 days. */
async function debt(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const { id } = await make.policy({
    levels: [
      { level: 1, days: 5, name: 'Reminder', ...interest },
      { level: 2, days: 15, name: 'Demand', ...interest },
    ],
    ...policy,
  })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer()
  const invoice = await make.invoice(customer, { due_date: '2026-03-10', total_amount: 1_000_000 })
  const [item] = invoice.open_items
  const defer = (more: object = {}) =>
    tenant.api('POST', '/v1/deferrals', {
      item_id: item.id,
      due_date: '2026-04-30',
      reason: 'Their customer pays in April.',
      ...more,
    })
  const revoke = (id: string) =>
    tenant.api('POST', `/v1/deferrals/${id}/revoke`, { reason: 'It was not kept.' })
  const invoiceNow = (): Promise<Json> => make.get(`/v1/invoices/${invoice.id}`)
  const levels = async (): Promise<string[]> =>
    (await make.get('/v1/events?type=dunning.level_changed')).data.map(
      ({ timestamp, data: { object } }: Json) =>
        `${timestamp.slice(0, 10)} ${object.level} ${object.reason} cycle ${object.cycle}`,
    )
  const aging = async (day: string): Promise<Json> =>
    (await make.get(`/v1/reports/aging?as_of_date=${day}`)).rows[0]
  const claimed = async (): Promise<string[]> =>
    (await make.get('/v1/charges?status=claimed')).data
      .map((one: Json) => `${one.from_date} ${one.until_date} ${one.amount}`)
      .sort()
  const isSound = async () =>
    (await auditBooks(app.context, tenant.uuid)) ??
    (await make.get('/v1/ledger/verification')).differences
  return {
    ...{ tenant, make, clock, customer, invoice, item, defer, revoke },
    ...{ invoiceNow, levels, aging, claimed, isSound },
  }
}

t.test(
  'a deferral that changes no level tells of none, and what comes next is told without a gap',
  async (t) => {
    const { tenant, make, clock, defer, levels } = await debt()
    await clock.advance('2026-03-20')
    accepted(await defer())
    accepted(await defer({ due_date: '2026-05-15' }))
    await clock.advance('2026-05-25')
    t.same((await levels()).toSorted(), [
      '2026-03-15 1 level_due cycle 1',
      '2026-03-20 0 item_deferred cycle 2',
      '2026-05-20 1 level_due cycle 3',
    ])
    await tenant.events()
    t.match(await make.get('/v1/ledger/verification'), { ok: true })
  },
)

t.test('what is deferred is not late until then, and begins anew after it', async (t) => {
  const { make, clock, item, defer, invoiceNow, levels, aging, claimed, isSound } = await debt()
  await clock.advance('2026-03-20')
  t.same(await levels(), ['2026-03-15 1 level_due cycle 1'])

  const deferral = accepted(await defer({ acknowledged: true }))
  t.match(deferral, {
    object: 'deferral',
    version: 1,
    item_id: item.id,
    status: 'agreed',
    currency: 'EUR',
    amount: 1_000_000,
    previous_due_date: '2026-03-10',
    due_date: '2026-04-30',
    agreed_date: '2026-03-20',
    acknowledged: true,
    accrued_interest: 'claim',
    revoke_date: null,
  })
  t.match(await invoiceNow(), {
    due_date: '2026-03-10',
    overdue: false,
    dunning_level: 0,
    open_items: [{ due_date: '2026-04-30', open_amount: 1_000_000 }],
  })
  // 1,000,000 × 0.1027 × 5 / 365 = 1,406.85 at level 1; for 10 days it is 2,813.70, so that 1,407 were left.
  t.same(await claimed(), ['2026-03-11 2026-03-15 1407', '2026-03-11 2026-03-20 1407'])
  t.match(await aging('2026-03-19'), { not_due_amount: 0, days_1_30_amount: 1_001_407 })
  t.match(await aging('2026-03-20'), {
    not_due_amount: 1_001_407,
    days_1_30_amount: 1_407,
    total_amount: 1_002_814,
  })

  await clock.advance('2026-05-04')
  t.equal((await levels()).length, 2, 'nothing happens before it is late again')
  t.match(await invoiceNow(), { overdue: true, days_overdue: 4 })
  await clock.advance('2026-05-15')
  t.same(await levels(), [
    '2026-03-15 1 level_due cycle 1',
    '2026-03-20 0 item_deferred cycle 2',
    '2026-05-05 1 level_due cycle 2',
    '2026-05-15 2 level_due cycle 2',
  ])
  // In default from 1 May: 5 days at level 1, 15 at level 2, 1,000,000 × 0.1027 × 15 / 365 = 4,220.55.
  t.same((await claimed()).slice(2), ['2026-05-01 2026-05-05 1407', '2026-05-01 2026-05-15 2814'])
  const overdue = (await make.get('/v1/events?type=invoice.overdue')).data
  t.same(
    overdue.map(({ timestamp }: Json) => timestamp.slice(0, 10)),
    ['2026-03-10', '2026-04-30'],
    'at midnight in Berlin it becomes overdue once for each due date',
  )
  t.same(await isSound(), [])
})

t.test('interest that had run can be given up', async (t) => {
  const { make, clock, defer, claimed, isSound } = await debt()
  await clock.advance('2026-03-20')
  accepted(await defer({ accrued_interest: 'waive', agreed_date: '2026-03-18' }))
  t.equal((await claimed()).length, 1)
  t.match((await make.get('/v1/charges?status=waived')).data, [
    { reason: 'item_deferred', until_date: '2026-03-18', amount: 844 },
  ])
  t.same((await make.get('/v1/charges?status=accrued')).data, [])
  t.same(await isSound(), [])
})

t.test('agreed before it was late, and told afterwards: there was no interest', async (t) => {
  const { make, clock, defer, claimed, isSound } = await debt()
  await clock.advance('2026-03-20')
  t.equal((await claimed()).length, 1)
  accepted(await defer({ agreed_date: '2026-03-09' }))
  t.same((await make.get('/v1/charges?status=accrued')).data, [], 'none runs on')
  t.same(await claimed(), [])
  t.match((await make.get('/v1/charges?status=waived')).data, [{ amount: 1_407, open_amount: 0 }])
  t.same(await isSound(), [])
})

t.test('a demand that has not arrived is cancelled, one that has is not', async (t) => {
  const { make, clock, tenant, defer } = await debt()
  await clock.advance('2026-03-25')
  const [second, first] = (await make.get('/v1/dunning-notices')).data
  accepted(
    await tenant.api('POST', `/v1/dunning-notices/${first.id}/deliveries`, {
      status: 'delivered',
      channel: first.recipients[0]?.channel ?? 'email',
      occurred_at: '2026-03-15T09:00:00Z',
    }),
  )
  accepted(await defer())
  t.equal((await make.get(`/v1/dunning-notices/${second.id}`)).status, 'cancelled')
  t.equal((await make.get(`/v1/dunning-notices/${first.id}`)).status, 'delivered')
})

t.test('reminders before the due date are sent again before the new one', async (t) => {
  const { make, clock, defer } = await debt({
    courtesies: [{ days_before_due: 3, name: 'Due soon' }],
  })
  const days = async () =>
    (await make.get('/v1/dunning-notices')).data
      .map(({ notice_date, kind, status }: Json) => `${notice_date} ${kind} ${status}`)
      .reverse()
  await clock.advance('2026-03-08')
  t.same(await days(), ['2026-03-07 courtesy issued'])
  accepted(await defer())
  await clock.advance('2026-04-28')
  t.same(await days(), ['2026-03-07 courtesy cancelled', '2026-04-27 courtesy issued'])
})

t.test('a deferral is revoked: due as before, at the level where it stood', async (t) => {
  const { clock, defer, revoke, invoiceNow, levels, aging, isSound } = await debt()
  await clock.advance('2026-03-20')
  const { id } = accepted(await defer())
  await clock.advance('2026-04-01')
  const revoked = accepted(await revoke(id))
  t.match(revoked, {
    status: 'revoked',
    version: 2,
    revoke_date: '2026-04-01',
    revoke_reason: 'It was not kept.',
  })
  t.match(await invoiceNow(), { overdue: true, open_items: [{ due_date: '2026-03-10' }] })
  t.match(await aging('2026-03-31'), { not_due_amount: 1_000_000 })
  t.match(await aging('2026-04-01'), { not_due_amount: 0 })
  await clock.advance('2026-04-03')
  t.same((await levels()).slice(1), [
    '2026-03-20 0 item_deferred cycle 2',
    '2026-04-01 1 deferral_revoked cycle 3',
    '2026-04-02 2 level_due cycle 3',
  ])
  t.match(await revoke(id), { status: 409, body: { code: 'invalid_state' } })
  t.same(await isSound(), [])
})

t.test('part payments stand, and what is undone later is due later', async (t) => {
  const { make, clock, tenant, customer, invoice, defer, aging, isSound } = await debt()
  await clock.advance('2026-03-12')
  const payment = await make.payment(customer, {
    amount: 400_000,
    received_date: '2026-03-12',
    allocations: [{ invoice_id: invoice.id, amount: 400_000 }],
  })
  accepted(await defer())
  t.match(await aging('2026-03-12'), { not_due_amount: 600_000, total_amount: 600_000 })
  accepted(await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' }))
  t.match(await aging('2026-03-12'), { not_due_amount: 1_000_000, days_1_30_amount: 0 })
  t.same(await isSound(), [])
})

t.test('what makes no sense is refused', async (t) => {
  const { make, clock, tenant, customer, item, defer, revoke } = await debt()
  await clock.advance('2026-03-16')
  const [charge] = (await make.get('/v1/charges?status=claimed')).data
  t.match(await defer({ item_id: charge.claim_item_id ?? charge.open_item_id }), {
    status: 422,
    body: { code: 'not_an_instalment' },
  })
  t.match(await defer({ item_id: publicId('open_item', newId()) }), { status: 404 })
  t.match(await defer({ due_date: '2026-03-10' }), {
    status: 422,
    body: { errors: [{ pointer: '#/due_date', code: 'too_early' }] },
  })
  t.match(await defer({ agreed_date: '2026-03-17' }), {
    status: 422,
    body: { errors: [{ pointer: '#/agreed_date' }] },
  })
  t.match(await defer({ due_date: '2026-03-16' }), { status: 422 }, 'today is no time')
  t.match(await defer({ due_date: '2026-02-30' }), { status: 422 })
  t.match(await defer({ reason: '' }), { status: 422 })

  const rehearsed = accepted(
    await tenant.api('POST', '/v1/deferrals?dry_run=true', {
      item_id: item.id,
      due_date: '2026-04-30',
      reason: 'only asked',
    }),
  )
  t.match(rehearsed, { due_date: '2026-04-30' })
  t.same((await make.get('/v1/deferrals')).data, [])

  const first = accepted(await defer())
  const second = accepted(await defer({ due_date: '2026-05-31' }))
  t.match(await revoke(first.id), { status: 409, body: { code: 'invalid_state' } })
  t.same(
    (await make.get(`/v1/deferrals?item_id=${item.id}`)).data.map(({ id }: Json) => id),
    [second.id, first.id],
  )
  await make.payment(customer, {
    amount: 1_000_000,
    received_date: '2026-03-16',
    allocations: [{ item_id: item.id, amount: 1_000_000 }],
  })
  t.match(await revoke(second.id), { status: 409, body: { code: 'invalid_state' } })
  t.match(await defer({ due_date: '2026-06-30' }), {
    status: 409,
    body: { code: 'insufficient_open_amount' },
  })
})

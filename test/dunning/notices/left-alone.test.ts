import t from 'tap'
import { isAskedFor } from '../../../src/dunning/notices/asked-for.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, carryOn, clockOf, dunNow, recordsOf } from '../../support/records.ts'
import { itemOf } from '../../support/situations.ts'

const app = await testApp(t)

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

async function creditor(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20')
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  return {
    tenant,
    make,
    clock,
    customer: await make.customer(),
    run: () => dunNow(app, tenant),
    notices: async (filter = ''): Promise<Json[]> =>
      (await make.get(`/v1/dunning-notices?limit=200${filter}`)).data,
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('what may not be demanded is not asked for', async (t) => {
  const today = '2026-06-15'
  const asks = (more: object) => isAskedFor(itemOf('2026-06-01', more), today)
  const held = (fromDate: string, untilDate: string | null) =>
    asks({ holds: [{ id: 'h', reason: 'dispute', fromDate, untilDate }] })
  t.equal(asks({}), true)
  t.equal(held(today, null), false)
  t.equal(held('2026-06-01', today), false, 'on its last day')
  t.equal(held('2026-06-01', '2026-06-14'), true, 'after its last day')
  t.equal(held('2026-06-16', null), true, 'before its first day')
  t.equal(asks({ collectionDate: today }), false)
  t.equal(asks({ limitationDate: today }), true)
  t.equal(asks({ limitationDate: '2026-06-14' }), false)
  t.equal(asks({ policy: null }), false)
  t.equal(asks({ policy: null, principal: false }), true, 'a charge needs none')
})

t.test('what is disputed is left out of the list, the sums and the base of the fee', async (t) => {
  const { make, customer, run, notices, audit } = await creditor({
    levels: [
      {
        level: 1,
        days: 5,
        name: 'One',
        fees: [
          {
            currency: 'EUR',
            steps: [
              { from_amount: 0, amount: 300 },
              { from_amount: 15_000, amount: 900 },
            ],
          },
        ],
      },
    ],
  })
  await make.invoice(customer, { number: 'due', due_date: '2026-03-10' })
  const held = await make.invoice(customer, { number: 'held', due_date: '2026-03-10' })
  await make.hold({ invoice_id: held.id, reason: 'dispute' })
  await run()
  const [notice] = await notices()
  t.same(
    notice.items.map(({ invoice_number }: Json) => invoice_number),
    ['due'],
  )
  t.match(notice, { overdue_amount: 10_000, fee_amount: 300, total_due_amount: 10_300 })
  t.same(await audit(), [])
})

/** A demand about an invoice that is paid a day before another falls due for one, within the interval. */
async function paidBeforeTheNext(policy: object) {
  const all = await creditor(policy)
  const { tenant, make, customer, run, notices } = all
  const paid = await make.invoice(customer, { due_date: '2026-03-10' })
  const next = await make.invoice(customer, { due_date: '2026-03-16' })
  await run()
  const [notice] = await notices()
  const url = `/v1/dunning-notices/${notice.id}`
  return {
    ...all,
    url,
    levelOfNext: async () => (await make.get(`/v1/invoices/${next.id}`)).dunning_level,
    sent: async () =>
      accepted(
        await tenant.api('POST', `${url}/deliveries`, {
          status: 'sent',
          channel: 'letter',
          occurred_at: '2026-03-20T09:00:00Z',
        }),
      ),
    pay: () => make.payment(customer, { allocations: [{ invoice_id: paid.id, amount: 10_000 }] }),
  }
}

for (const [name, policy] of [
  ['the interval', { min_notice_interval_days: 7 }],
  ['the budget', { contact_budget: { contacts: 1, days: 7 } }],
] as const) {
  t.test(`a notice that was cancelled before it was sent does not count for ${name}`, async (t) => {
    const { make, clock, url, pay, levelOfNext, audit } = await paidBeforeTheNext(policy)
    await pay()
    await clock.advance('2026-03-21')
    t.match(await make.get(url), { status: 'cancelled' })
    t.equal(await levelOfNext(), 1)
    t.same(await audit(), [])
  })

  t.test(`one that had been sent does count for ${name}, until it is taken back`, async (t) => {
    const { tenant, make, clock, run, url, sent, pay, levelOfNext, audit } =
      await paidBeforeTheNext(policy)
    await sent()
    await pay()
    await clock.advance('2026-03-21')
    t.match(await make.get(url), { status: 'cancelled' })
    t.equal(await levelOfNext(), 0)
    accepted(await tenant.api('POST', `${url}/reverse`, { reason: 'wrong prices' }))
    await run()
    t.equal(await levelOfNext(), 1, 'all of the customer is looked at again')
    t.same(await audit(), [])
  })
}

t.test('what a run releases on two days are two contacts', async (t) => {
  const contact_budget = { contacts: 2, days: 7 }
  const { tenant, make, clock, customer, run, notices, audit } = await creditor({ contact_budget })
  const reviewed = await make.policy({ contact_budget, release: 'review' })
  const { id } = reviewed
  await make.invoice(customer, { due_date: '2026-03-10' })
  await make.invoice(customer, { due_date: '2026-03-10', dunning_policy_id: id })
  const late = await make.invoice(customer, { due_date: '2026-03-18' })
  const done = await run()
  t.match(done, { status: 'proposed', notice_count: 1, proposed_count: 1 })
  await clock.set('2026-03-22')
  accepted(await tenant.api('POST', `/v1/dunning-runs/${done.id}/release`))
  await carryOn(app, tenant, done)
  t.same(
    (await notices()).map(({ notice_date }) => notice_date),
    ['2026-03-22', '2026-03-20'],
  )
  await clock.set('2026-03-23')
  t.match(await make.get(`/v1/invoices/${late.id}/dunning`), {
    items: [{ outcome: 'wait', reason: 'contact_budget', inputs: { contacts: 2 } }],
  })
  t.same(await audit(), [])
})

t.test('a deadline that a reviewer has chosen is not shortened on the way', async (t) => {
  const { tenant, make, run, notices } = await creditor({
    release: 'review',
    levels: [{ level: 1, days: 5, name: 'One', payment_days: 7, channels: ['email', 'letter'] }],
  })
  const contacts = [{ role: 'billing', name: 'B', email: 'b@muster.example' }]
  const address = { line1: 'Musterweg 1', postal_code: '10115', city: 'Berlin' }
  const customer = await make.customer({ contacts, address })
  await make.invoice(customer, { due_date: '2026-03-10' })
  const done = await run()
  const [{ id }] = (await make.get(`/v1/dunning-runs/${done.id}/decisions`)).data
  accepted(
    await tenant.api('PATCH', `/v1/dunning-decisions/${id}`, { deadline_date: '2026-04-30' }),
  )
  accepted(await tenant.api('POST', `/v1/dunning-runs/${done.id}/release`))
  await carryOn(app, tenant, done)
  const [notice] = await notices()
  accepted(
    await tenant.api('POST', `/v1/dunning-notices/${notice.id}/deliveries`, {
      status: 'bounced',
      channel: 'email',
      occurred_at: '2026-03-20T09:00:00Z',
    }),
  )
  t.match(await make.get(`/v1/dunning-notices/${notice.id}`), {
    status: 'rerouted',
    channel: 'letter',
    deadline_date: '2026-04-30',
  })
})

t.test('what was released automatically of a discarded run is taken back with it', async (t) => {
  const { tenant, make, customer, run, notices, audit } = await creditor()
  const { id } = await make.policy({ release: 'review' })
  await make.invoice(await make.customer({ dunning_policy_id: id }), { due_date: '2026-03-10' })
  const discard = async (done: Json) => {
    accepted(await tenant.api('POST', `/v1/dunning-runs/${done.id}/discard`))
    t.match(await carryOn(app, tenant, done), { status: 'discarded' })
    return tenant.api('POST', `/v1/dunning-runs/${done.id}/reverse`, { reason: 'wrong' })
  }
  t.match(
    await discard(await run()),
    { status: 409, body: { current_status: 'discarded', allowed_actions: [] } },
    'nothing of it has happened',
  )
  const told = await make.invoice(customer, { due_date: '2026-03-10' })
  const done = await run()
  t.match(await discard(done), { status: 202, body: { status: 'reversing' } })
  t.match(await carryOn(app, tenant, done), { status: 'reversed', reversed_count: 1 })
  t.match(await notices(), [{ status: 'reversed' }])
  t.match(await make.get(`/v1/invoices/${told.id}`), { dunning_level: 0 })
  t.same(await audit(), [])
})

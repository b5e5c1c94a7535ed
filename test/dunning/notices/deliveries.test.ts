import t from 'tap'
import { cancelSettledNotices } from '../../../src/dunning/notices/cancel-settled-notices.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, clockOf, dunNow, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const forever = new AbortController().signal

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const contacts = [
  { role: 'collections', name: 'A', email: 'a@muster.example', phone: '+49 30 1' },
  { role: 'billing', name: 'B', email: 'b@muster.example' },
]
const address = { line1: 'Musterweg 1', postal_code: '10115', city: 'Berlin' }

async function told(more: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20')
  const { id } = await make.policy({
    levels: [
      { level: 1, days: 5, name: 'One', payment_days: 7, channels: ['email', 'letter'] },
      { level: 2, days: 3, anchor: 'previous_deadline', name: 'Two' },
    ],
  })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer({ contacts, address, ...more })
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  await dunNow(app, tenant)
  const [notice] = (await make.get('/v1/dunning-notices')).data
  const url = `/v1/dunning-notices/${notice.id}`
  let minute = 0
  return {
    tenant,
    make,
    clock,
    customer,
    invoice,
    notice,
    now: () => make.get(url),
    hear: async (status: string, channel: string, report: object = {}): Promise<Json> => {
      minute += 1
      const occurred_at = `2026-03-20T09:${String(minute).padStart(2, '0')}:00Z`
      return tenant.api('POST', `${url}/deliveries`, { status, channel, occurred_at, ...report })
    },
    heard: async (): Promise<Json[]> => (await make.get(`${url}/deliveries`)).data,
    types: async () =>
      (await tenant.events())
        .map(({ type }) => type)
        .filter((type) => type.startsWith('dunning.notice')),
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('a notice follows what is heard of it, and never goes back', async (t) => {
  const { now, hear, heard, types, audit, notice } = await told()
  t.match(notice, { status: 'issued', channel: 'email', recipient_place: 0, version: 1 })
  const sent = await hear('sent', 'email')
  t.match(sent, {
    status: 201,
    body: { object: 'dunning_delivery', notice_id: notice.id, status: 'sent', evidence: 'none' },
  })
  t.match(await now(), { status: 'sent', version: 2 })
  await hear('viewed', 'email', { evidence: 'link', detail: 'opened the link' })
  t.match(await now(), { status: 'viewed', version: 3 })
  for (const [late, channel] of [
    ['delivered', 'email'],
    ['bounced', 'email'],
    ['failed', 'letter'],
  ])
    t.match(await hear(late as string, channel as string), { status: 201 })
  t.match(await now(), { status: 'viewed', version: 3 })
  t.same(
    (await heard()).map(({ status }) => status).sort(),
    ['bounced', 'delivered', 'failed', 'sent', 'viewed'],
    'everything is kept',
  )
  t.same(await types(), [
    'dunning.notice_issued',
    'dunning.notice_updated',
    'dunning.notice_updated',
  ])
  t.same(await audit(), [])
})

t.test(
  'a notice that bounces goes on to everybody in turn, with a new deadline, until nobody is left',
  async (t) => {
    const { tenant, make, clock, invoice, now, hear, types, audit, notice } = await told()
    t.same(
      notice.recipients.map(({ channel, address: to }: Json) => `${channel} ${to}`),
      ['email a@muster.example', 'email b@muster.example', 'letter null'],
    )
    t.equal(notice.deadline_date, '2026-03-27')
    await clock.set('2026-03-22')
    await hear('sent', 'email', { recipient: 'a@muster.example' })
    await hear('bounced', 'email', { recipient: 'a@muster.example', detail: '550 no such user' })
    t.match(await now(), {
      status: 'rerouted',
      recipient_place: 1,
      channel: 'email',
      deadline_date: '2026-03-29',
    })
    t.match((await make.get(`/v1/invoices/${invoice.id}/dunning`)).items, [
      { next_level: 2, next_date: '2026-04-01' },
    ])
    await hear('bounced', 'email', { recipient: 'a@muster.example' })
    t.match(await now(), { recipient_place: 1 }, 'the one before bounces again')
    await hear('failed', 'email', { recipient: 'b@muster.example' })
    t.match(await now(), { status: 'rerouted', recipient_place: 2, channel: 'letter' })
    await hear('sent', 'letter')
    await hear('bounced', 'letter', { evidence: 'registered' })
    t.match(await now(), { status: 'undeliverable', recipient_place: null, channel: null })
    await hear('bounced', 'letter')
    t.match(await tenant.events('task.opened'), [
      { data: { object: { kind: 'notice_undeliverable', notice_id: notice.id } } },
    ])
    t.same(await types(), [
      'dunning.notice_issued',
      'dunning.notice_updated',
      'dunning.notice_rerouted',
      'dunning.notice_rerouted',
      'dunning.notice_updated',
      'dunning.notice_undeliverable',
    ])
    const [rerouted] = await tenant.events('dunning.notice_rerouted')
    t.match(rerouted.data, {
      object: { recipients: [{}, {}, {}], items: [{ invoice_id: invoice.id }], recipient_place: 1 },
      previous_attributes: { status: 'sent' },
    })
    await hear('delivered', 'phone')
    t.match(await now(), { status: 'delivered' }, 'somebody has reached them after all')
    t.same(await audit(), [])
  },
)

t.test('the same said twice counts once, also when it names nobody', async (t) => {
  const { now, hear, heard, types } = await told()
  const report = { occurred_at: '2026-03-20T10:00:00Z' }
  const first = await hear('bounced', 'email', report)
  const again = await hear('bounced', 'email', report)
  t.equal(again.body.id, first.body.id)
  t.match(await now(), { recipient_place: 1, version: 2 })
  t.equal((await heard()).length, 1)
  t.same(await types(), ['dunning.notice_issued', 'dunning.notice_rerouted'])
})

t.test('where nobody can be reached, what comes back is undeliverable at once', async (t) => {
  const { now, hear, notice } = await told({ contacts: [], address: null })
  t.match(notice, { status: 'issued', channel: null, recipient_place: null, recipients: [] })
  await hear('failed', 'letter')
  t.match(await now(), { status: 'undeliverable' })
})

t.test('a notice that has not arrived when its items are paid is cancelled, once', async (t) => {
  const { tenant, make, customer, invoice, now, hear, types, audit } = await told()
  const cancel = async () => {
    await tenant.events()
    return cancelSettledNotices(app.context, forever)
  }
  await make.payment(customer, {
    amount: 9_999,
    allocations: [{ invoice_id: invoice.id, amount: 9_999 }],
  })
  await cancel()
  t.match(await now(), { status: 'issued' }, 'a cent is open')
  await make.payment(customer, { amount: 1, allocations: [{ invoice_id: invoice.id, amount: 1 }] })
  await Promise.all([cancel(), cancel()])
  await cancel()
  t.match(await now(), { status: 'cancelled', version: 2 })
  await hear('delivered', 'email')
  t.match(await now(), { status: 'cancelled' }, 'whatever is heard later')
  t.same(await types(), ['dunning.notice_issued', 'dunning.notice_cancelled'])
  t.same(await audit(), [])
})

t.test(
  'what has arrived is not cancelled, nor what is open again; a day of a test clock looks too',
  async (t) => {
    const arrived = await told()
    await arrived.hear('delivered', 'email')
    await arrived.make.payment(arrived.customer)
    await arrived.clock.advance('2026-03-21')
    t.match(await arrived.now(), { status: 'delivered' })

    const reopened = await told()
    const { id } = await reopened.make.payment(reopened.customer)
    accepted(await reopened.tenant.api('POST', `/v1/payments/${id}/reversal`, { reason: 'other' }))
    await reopened.clock.advance('2026-03-21')
    t.match(await reopened.now(), { status: 'issued' })
    await reopened.make.payment(reopened.customer)
    await reopened.clock.advance('2026-03-22')
    t.match(await reopened.now(), { status: 'cancelled' })
  },
)

t.test('a report that makes no sense is refused', async (t) => {
  const { hear, notice, tenant } = await told()
  for (const [status, channel, more] of [
    ['lost', 'email', {}],
    ['sent', 'pigeon', {}],
    ['sent', 'email', { occurred_at: 'yesterday' }],
    ['sent', 'email', { evidence: 'hearsay' }],
  ] as const)
    t.match(await hear(status, channel, more), { status: 422, body: { code: 'validation_failed' } })
  t.match(await tenant.api('POST', `/v1/dunning-notices/${notice.id}/deliveries`, {}), {
    status: 422,
  })
})

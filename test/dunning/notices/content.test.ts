import t from 'tap'
import { testApp } from '../../support/app.ts'
import { importStatement } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, carryOn, clockOf, dunNow, recordsOf } from '../../support/records.ts'

const app = await testApp(t)

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

async function creditor(policy: object) {
  const tenant = await app.tenant({ name: 'Muster Maschinenbau AG' })
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20T21:30:00Z')
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  return {
    tenant,
    make,
    clock,
    policyId: id,
    run: () => dunNow(app, tenant),
    notices: async (filter = ''): Promise<Json[]> =>
      (await make.get(`/v1/dunning-notices?limit=200${filter}`)).data,
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('a notice says all that is needed to send it', async (t) => {
  const { tenant, make, run, notices, policyId, audit } = await creditor({
    quiet_hours: { from: '20:00', to: '08:00' },
    levels: [
      {
        level: 1,
        days: 5,
        name: 'Reminder',
        tone: 'friendly',
        template: 'reminder-1',
        channels: ['email', 'letter'],
        payment_days: 7,
      },
      { level: 2, days: 15, name: 'Demand' },
    ],
  })
  await importStatement(tenant, [
    { bookingDate: '2026-03-19', amount: 100, direction: 'debit', bankReference: 'x1' },
  ])
  const customer = await make.customer({
    external_id: 'SAP-1',
    language: 'en',
    address: { line1: 'Musterweg 1', city: 'Berlin' },
    contacts: [{ role: 'billing', name: 'B', email: 'b@muster.example', language: 'fr' }],
  })
  const invoice = await make.invoice(customer, {
    number: 'R-2026-0815',
    creditor_reference: 'RF18539007547034',
    due_date: '2026-03-12',
  })
  await make.creditNote(customer, { number: 'G-1', total_amount: 2_000 })
  await make.payment(customer, { amount: 500, allocate: 'none' })
  const { id: run_id } = await run()
  const [notice] = await notices()
  const [decision] = (await make.get(`/v1/dunning-runs/${run_id}/decisions?outcome=escalate`)).data
  t.match(notice, {
    object: 'dunning_notice',
    run_id,
    kind: 'demand',
    status: 'issued',
    policy_id: policyId,
    policy_version: 1,
    level: 1,
    level_name: 'Reminder',
    tone: 'friendly',
    template: 'reminder-1',
    statutory_notice: null,
    notice_date: '2026-03-20',
    deadline_date: '2026-03-27',
    send_from_at: '2026-03-21T07:00:00.000Z',
    language: 'en',
    channel: 'email',
    recipient_place: 0,
    recipients: [
      {
        channel: 'email',
        role: 'billing',
        name: 'B',
        address: 'b@muster.example',
        language: 'fr',
        postal_address: null,
      },
      {
        channel: 'letter',
        name: 'Muster GmbH',
        language: 'en',
        postal_address: { city: 'Berlin' },
      },
    ],
    customer: { id: customer.id, external_id: 'SAP-1', contacts: [{ name: 'B' }] },
    items: [
      {
        invoice_id: invoice.id,
        invoice_number: 'R-2026-0815',
        creditor_reference: 'RF18539007547034',
        days_overdue: 8,
        open_amount: 10_000,
        level: 1,
        escalated: true,
        decision_id: decision.id,
      },
    ],
    credits: [{ number: 'G-1', unallocated_amount: 2_000 }],
    charges: [],
    overdue_amount: 10_000,
    unallocated_amount: 2_500,
    total_due_amount: 7_500,
    payment: {
      creditor_name: 'Muster Maschinenbau AG',
      iban: 'DE89370400440532013000',
      reference: 'RF18539007547034',
      remittance: null,
    },
    next_level: 2,
    next_date: '2026-03-27',
    decision_ids: [decision.id],
  })
  t.same(notice.payment.epc_qr.split('\n').slice(5), [
    'Muster Maschinenbau AG',
    'DE89370400440532013000',
    'EUR75.00',
    '',
    'RF18539007547034',
  ])
  const [issued] = await tenant.events('dunning.notice_issued')
  t.same(issued.data.object, notice, 'and the event says the same')
  t.same(await notices('&status=cancelled,reversed'), [])
  t.equal((await notices('&status=issued')).length, 1)
  t.same(await audit(), [])
})

t.test('several currencies are several notices, each with its own items', async (t) => {
  const { make, run, notices, audit } = await creditor({})
  const customer = await make.customer()
  for (const currency of ['EUR', 'CHF', 'USD'])
    await make.invoice({ ...customer, currency }, { due_date: '2026-03-12' })
  t.match(await run(), { notice_count: 3, escalated_count: 3 })
  const told = await notices()
  t.same(told.map(({ currency }) => currency).sort(), ['CHF', 'EUR', 'USD'])
  for (const { items } of told) t.equal(items.length, 1)
  t.same(await audit(), [])
})

t.test(
  'a courtesy is a notice at level 0, once for each of its days, and moves no level',
  async (t) => {
    const { tenant, make, clock, run, notices, audit } = await creditor({
      courtesies: [
        { days_before_due: 3, name: 'Coming up', tone: 'friendly', template: 'soon' },
        { days_before_due: 0, name: 'Due today', tone: 'friendly' },
      ],
      levels: [{ level: 1, days: 2, name: 'One' }],
    })
    const customer = await make.customer()
    const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-24' })
    await make.invoice(customer, {
      number: 'late',
      due_date: '2026-03-19',
      issue_date: '2026-03-01',
    })
    await clock.advance('2026-03-27')
    const told = (await notices())
      .map(({ notice_date, kind, level, level_name, items }) =>
        [notice_date, kind, level, level_name, items.map((one: Json) => one.invoice_number)].join(
          ' ',
        ),
      )
      .reverse()
    t.same(told, [
      '2026-03-21 demand 1 One late',
      '2026-03-21 courtesy 0 Coming up A',
      '2026-03-24 courtesy 0 Due today A',
      '2026-03-26 demand 1 One late,A',
    ])
    t.equal((await notices('&level=0')).length, 2)
    const [courtesy] = await notices('&level=0')
    t.match(courtesy, {
      deadline_date: null,
      fee_amount: 0,
      total_due_amount: 10_000,
      next_level: null,
    })
    t.equal((await tenant.events('dunning.level_changed')).length, 2)
    t.match(await run(), { notice_count: 0 })
    t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 1 })
    t.same(await audit(), [])
  },
)

t.test('a courtesy can wait for review, lapse, and be taken back to be given again', async (t) => {
  const { tenant, make, clock, run, notices, audit } = await creditor({
    release: 'review',
    courtesies: [{ days_before_due: 3, name: 'Coming up', tone: 'friendly' }],
  })
  const customer = await make.customer()
  await make.invoice(customer, { due_date: '2026-03-23' })
  const release = async ({ id }: Json) => {
    accepted(await tenant.api('POST', `/v1/dunning-runs/${id}/release`))
    return carryOn(app, tenant, { id })
  }
  t.match(await release(await run()), { notice_count: 1, escalated_count: 0 })
  const [courtesy] = await notices()
  t.match(courtesy, { kind: 'courtesy', level: 0 })
  t.match(await run(), { proposed_count: 0 })
  await tenant.api('POST', `/v1/dunning-notices/${courtesy.id}/reverse`, { reason: 'wrong text' })
  const again = await run()
  t.match(again, { proposed_count: 1 }, 'it was never given')
  await clock.set('2026-03-24T21:30:00Z')
  t.match(await release(again), { notice_count: 0 }, 'its day has passed')
  t.match((await make.get(`/v1/dunning-runs/${again.id}/decisions`)).data, [
    { status: 'lapsed', lapse_reason: 'next_level_not_due', courtesy_days: 3 },
  ])
  t.same(await audit(), [])
})

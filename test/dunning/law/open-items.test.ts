import t from 'tap'
import { accrue } from '../../../src/dunning/law/accrue.ts'
import { read } from '../../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, clockOf, dunNow, recordsOf } from '../../support/records.ts'

const app = await testApp(t)

async function creditor(today = '2025-06-30') {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(today)
  /** EUR 10,000.00, due on 31 March 2025. */
  const claim = async (customer: object = {}, more: object = {}) => {
    const invoice = await make.invoice(await make.customer(customer), {
      issue_date: '2025-03-01',
      due_date: '2025-03-31',
      total_amount: 1_000_000,
      ...more,
    })
    return { ...invoice, item: invoice.open_items[0].id as string }
  }
  const law = (item: string, query = '') => make.get(`/v1/open-items/${item}/late-payment${query}`)
  return { tenant, make, clock, claim, law }
}

t.test('an open item in Germany, with a part payment the ledger knows', async (t) => {
  const { tenant, make, claim, law } = await creditor()
  const { item, customer_id } = await claim()
  const paid = {
    amount: 400_000,
    received_date: '2025-04-30',
    allocations: [{ item_id: item, amount: 400_000 }],
  }
  const payment = await make.payment({ id: customer_id, currency: 'EUR' }, paid)
  // § 288 (2): 2.27 + 9 = 11.27 %: 10,000 × 30/365 = 92.630137 until 30 April, then 6,000 × 61/365 = 113.008767.
  const found = await law(item)
  t.match(found, {
    object: 'late_payment',
    item_id: item,
    jurisdiction: 'DE',
    debtor_kind: 'business',
    principal_amount: 1_000_000,
    open_amount: 600_000,
    as_of_date: '2025-06-30',
    default_from_date: '2025-04-01',
    interest: {
      amount: 20_564,
      segments: [
        { from_date: '2025-04-01', until_date: '2025-04-30', principal_amount: 1_000_000 },
        { from_date: '2025-05-01', until_date: '2025-06-30', principal_amount: 600_000 },
      ],
    },
    lump_sum_amount: 4_000,
    limitation_date: '2028-12-31',
  })
  t.match(await law(item, '?as_of_date=2025-04-30'), {
    open_amount: 600_000,
    interest: { amount: 9_263, segments: [{ days: 30 }] },
  })
  t.match(await law(item, '?as_of_date=2025-03-31'), {
    in_default: false,
    interest: null,
    interest_refusal: 'not_in_default',
    lump_sum_amount: 0,
  })
  // The money goes back on 20 June, which still bears interest on 6,000 only: 51 days of them, then 10 of 10,000.
  const returned = { reason: 'returned', reversal_date: '2025-06-20' }
  accepted(await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, returned))
  t.match(await law(item), {
    open_amount: 1_000_000,
    interest: { amount: 21_799, segments: [{ days: 30 }, { days: 51 }, { days: 10 }] },
  })
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('what is paid in full bears nothing from then on, and needs no rate', async (t) => {
  const { make, claim, law } = await creditor('2026-11-20')
  const { item, customer_id } = await claim()
  t.match(await law(item), {
    interest: null,
    interest_refusal: 'reference_rate_unknown',
    reference: { last_known_date: '2026-01-01', unknown_from_date: '2026-07-01' },
  })
  t.match(await law(item, '?carry_forward=true'), {
    interest: { carried_forward_from_date: '2026-07-01' },
    warnings: [{ code: 'rate_carried_forward' }],
  })
  await make.payment(
    { id: customer_id, currency: 'EUR' },
    {
      amount: 1_000_000,
      received_date: '2025-04-30',
      allocations: [{ item_id: item, amount: 1_000_000 }],
    },
  )
  t.match(await law(item), { open_amount: 0, interest: { amount: 9_263 }, warnings: [] })
})

t.test('the invoice says how its due date came about, and when it was received', async (t) => {
  const { tenant, make, claim, law } = await creditor()
  const { id, item } = await claim({}, { due_date_basis: 'invoice_only' })
  t.match(await law(item), { default_from_date: '2025-05-01', default_cause: 'days_after_receipt' })
  const received = await make.patch(`/v1/invoices/${id}`, { received_date: '2025-04-10' })
  t.match(received, { due_date_basis: 'invoice_only', received_date: '2025-04-10', version: 2 })
  t.match(await law(item), { default_from_date: '2025-05-11' })
  t.match(await tenant.events('invoice.updated'), [
    { data: { previous_attributes: { received_date: null } } },
  ])

  for (const [received_date, code] of [
    ['2025-02-28', 'before_issue_date'],
    ['2025-07-01', 'in_future'],
  ]) {
    const { status, body } = await tenant.api('PATCH', `/v1/invoices/${id}`, { received_date })
    t.match({ status, ...body }, { status: 422, errors: [{ pointer: '#/received_date', code }] })
  }
  for (const frozen of [{ due_date_basis: 'agreed' }, { consumer_notice_given: true }]) {
    t.match(await tenant.api('PATCH', `/v1/invoices/${id}`, frozen), {
      status: 409,
      body: { code: 'invoice_not_editable' },
    })
  }
})

t.test('a consumer is in default by notice and receipt, or by the first demand', async (t) => {
  const { tenant, make, clock, claim, law } = await creditor('2025-03-02')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const consumer = { kind: 'consumer', name: 'Erika Mustermann' }
  const told = await claim(consumer, {
    due_date_basis: 'invoice_only',
    received_date: '2025-03-02',
    consumer_notice_given: true,
  })
  const silent = await claim(consumer, { due_date_basis: 'invoice_only' })
  await clock.set('2025-04-06')
  t.match(await law(told.item), { default_from_date: '2025-05-01', lump_sum_amount: 0 })
  t.match(await law(silent.item), { default_from_date: null, default_cause: null })
  await dunNow(app, tenant)
  for (const { item } of [told, silent]) {
    t.match(await law(item), {
      in_default: false,
      default_from_date: '2025-04-07',
      default_cause: 'demand',
    })
  }
})

t.test('a demand restarts limitation in the Netherlands, not in Germany', async (t) => {
  const { tenant, make, clock, claim, law } = await creditor('2025-03-02')
  const policy = await make.policy({ levels: [{ level: 1, days: 5, name: 'Demand' }] })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const [german, dutch] = [await claim(), await claim({ country: 'NL' })]
  t.equal((await law(dutch.item)).limitation_date, '2030-03-31')
  await clock.set('2025-04-06')
  await dunNow(app, tenant)
  t.equal((await law(dutch.item)).limitation_date, '2030-04-06', 'art. 3:317, 3:319 BW')
  t.equal((await law(german.item)).limitation_date, '2028-12-31')
})

t.test('many items in one go: each by its own law, charges left out', async (t) => {
  const { tenant, claim } = await creditor('2025-12-31')
  const claims = await Promise.all([
    claim(),
    claim({ country: 'GB', currency: 'GBP' }),
    claim({ country: 'NL', kind: 'consumer' }),
    claim({ country: 'FR' }),
    claim({ country: 'CH', currency: 'CHF' }),
  ])
  const ids = claims.map(({ item }) => uuidOf(item))
  const found = await read(app.context.api, tenant.uuid, (reader) =>
    accrue(
      reader,
      [...ids, newId()].map((itemId, index) => ({
        itemId,
        interest: index === 4 ? { kind: 'contract', percent: '5' } : { kind: 'statutory' },
      })),
      '2025-12-31',
    ),
  )
  t.equal(found.size, 5)
  t.same(
    ids.map((id) => {
      const accrual = found.get(id)
      return [
        accrual?.claim.jurisdiction,
        accrual?.interest?.amount,
        accrual?.lumpSumAmount,
        accrual?.interest?.segments.map(({ ppm, days }) => [ppm, days]),
      ]
    }),
    [
      // 11.27 % × 91/365 + 10.27 % × 184/365 of 10,000
      [
        'DE',
        79_870,
        4_000,
        [
          [112_700, 91],
          [102_700, 184],
        ],
      ],
      // 4.75 on 31 December 2024 + 8, fixed: 12.75 % × 275/365
      ['GB', 96_062, 10_000, [[127_500, 275]]],
      // 6 % × 275/365
      [
        'NL',
        45_205,
        0,
        [
          [60_000, 91],
          [60_000, 184],
        ],
      ],
      // 3.15 + 8 and 2.15 + 8
      [
        'EU',
        78_966,
        4_000,
        [
          [111_500, 91],
          [101_500, 184],
        ],
      ],
      // 5 % × 275/365, since no law is known
      [null, 37_671, 0, [[50_000, 275]]],
    ],
  )
})

t.test('there is nothing to say about a charge, nor about what is not there', async (t) => {
  const { tenant, make, clock, claim, law } = await creditor('2025-03-02')
  const policy = await make.policy({
    levels: [{ level: 1, days: 5, name: 'Reminder', fees: [{ currency: 'EUR', amount: 500 }] }],
  })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const { item } = await claim()
  await clock.advance('2025-04-07')
  const { data } = await make.get('/v1/open-items?kind=charge')
  t.match(await tenant.api('GET', `/v1/open-items/${data[0].id}/late-payment`), {
    status: 422,
    body: { code: 'not_a_principal' },
  })
  const stranger = await app.tenant()
  for (const [api, id] of [
    [tenant.api, publicId('open_item', newId())],
    [stranger.api, item],
  ] as const) {
    t.match(await api('GET', `/v1/open-items/${id}/late-payment`), {
      status: 404,
      body: { code: 'open_item_not_found' },
    })
  }
  for (const query of ['as_of_date=2025-02-30', 'carry_forward=perhaps', 'until=2025-01-01']) {
    const { status } = await tenant.api('GET', `/v1/open-items/${item}/late-payment?${query}`)
    t.equal(status, 400, query)
  }
  t.ok((await law(item)).interest)
})

t.test('a British lump sum goes by what was open when default began', async (t) => {
  const { make, claim, law } = await creditor()
  const british = { country: 'GB', currency: 'GBP' }
  const { item, customer_id } = await claim(british, { currency: 'GBP', total_amount: 120_000 })
  const pay = (amount: number, received_date: string) =>
    make.payment(
      { id: customer_id, currency: 'GBP' },
      { amount, received_date, allocations: [{ item_id: item, amount }] },
    )
  await pay(10_000, '2025-04-01')
  t.match(await law(item), { lump_sum_amount: 7_000 }, 'a payment on the first day of default')
  await pay(20_001, '2025-03-31')
  t.match(await law(item), { lump_sum_amount: 4_000 }, 'and one on the day it was due')
})

t.test('a demand that was taken back, or that reached nobody, begins no default', async (t) => {
  const { tenant, make, clock, claim, law } = await creditor('2025-04-01')
  const { id } = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const unsure = { due_date_basis: 'invoice_only', received_date: '2025-03-31' }
  const demanded = { default_from_date: '2025-04-06', default_cause: 'demand' }
  const byDays = { default_from_date: '2025-05-01', default_cause: 'days_after_receipt' }
  const [reversed, lost] = [await claim({}, unsure), await claim({}, unsure)]
  await clock.advance('2025-04-05')
  const noticeOf = async ({ customer_id }: { customer_id: string }) =>
    (await make.get(`/v1/dunning-notices?customer_id=${customer_id}`)).data[0].id
  t.match(await law(reversed.item), demanded)
  const reason = 'Sent by mistake.'
  const taken = await noticeOf(reversed)
  accepted(await tenant.api('POST', `/v1/dunning-notices/${taken}/reverse`, { reason }))
  t.match(await law(reversed.item), byDays)
  t.match(await law(lost.item), demanded)
  const report = { status: 'bounced', channel: 'email', occurred_at: '2025-04-05T07:30:00Z' }
  accepted(
    await tenant.api('POST', `/v1/dunning-notices/${await noticeOf(lost)}/deliveries`, report),
  )
  t.match(await law(lost.item), byDays)
})

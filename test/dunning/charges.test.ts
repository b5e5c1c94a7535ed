import t from 'tap'
import { settleAccruals } from '../../src/dunning/charges/settle-accruals.ts'
import { cancelNoticesOf } from '../../src/dunning/notices/cancel-settled-notices.ts'
import { byTheService, commit, type Tx } from '../../src/foundation/database/commit.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

/** Levels at 5, 15 and 25 days; what they cost is the test's. */
const levels = (...costs: object[]) =>
  costs.map((cost, n) => ({ level: n + 1, days: 5 + 10 * n, name: `Level ${n + 1}`, ...cost }))
const interest = { interest: { kind: 'statutory' } }
const fee = (amount: number) => ({ fees: [{ currency: 'EUR', amount }] })

/** 10,000.00 euros due on 10 March 2026: in default from the 11th, level 1 on the 15th. */
async function debt(
  policy: object,
  { customer: who = {}, invoice: what = {}, today = '2026-03-01' } = {},
) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(today)
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer(who)
  const invoice = await make.invoice(customer, {
    due_date: '2026-03-10',
    total_amount: 1_000_000,
    ...what,
  })
  const charges = async (query = ''): Promise<Json[]> =>
    (await make.get(`/v1/charges?${query}`)).data.reverse()
  /** Kind, status and amount, by the day and the kind. */
  const told = async (query = '') =>
    (await charges(query))
      .map((one) => `${one.created_at.slice(0, 10)} ${one.kind} ${one.status} ${one.amount}`)
      .sort()
  const pay = (amount: number, day: string) =>
    make.payment(customer, {
      amount,
      received_date: day,
      allocations: [{ invoice_id: invoice.id, amount }],
    })
  const latest = async (): Promise<Json> => (await make.get('/v1/dunning-notices')).data[0]
  const hear = async ({ id }: Json, status: string, channel: string, day: string) =>
    accepted(
      await tenant.api('POST', `/v1/dunning-notices/${id}/deliveries`, {
        status,
        channel,
        occurred_at: `${day}T07:00:00Z`,
      }),
    )
  const takeBack = ({ id }: Json) =>
    tenant.api('POST', `/v1/dunning-notices/${id}/reverse`, { reason: 'Sent by mistake.' })
  const inTx = <T>(work: (tx: Tx) => Promise<T>, on = app) =>
    commit(on.context.workers, { tenantId: tenant.uuid, cause: byTheService }, work)
  const audit = () => auditBooks(app.context, tenant.uuid)
  return {
    tenant,
    make,
    clock,
    customer,
    invoice,
    charges,
    told,
    pay,
    latest,
    hear,
    takeBack,
    inTx,
    audit,
  }
}

t.test('a level claims the interest since default, and the next what has come since', async (t) => {
  const { make, clock, invoice, charges, told, tenant, audit } = await debt({
    levels: levels(interest, interest),
  })
  await clock.advance('2026-03-15')
  // Base rate 1.27 + 9 = 10.27 percent: 1,000,000 × 0.1027 × 5 / 365 = 1,406.85
  t.same(await told(), ['2026-03-15 interest accrued null', '2026-03-15 interest claimed 1407'])
  const [claimed] = await charges('status=claimed')
  t.match(claimed, {
    object: 'charge',
    customer_id: invoice.customer_id,
    item_id: invoice.open_items[0].id,
    invoice_id: invoice.id,
    level: 1,
    currency: 'EUR',
    open_amount: 1_407,
    percent: null,
    from_date: '2026-03-11',
    until_date: '2026-03-15',
    reason: null,
    explanation: {
      asked_amount: 1_407,
      default_from_date: '2026-03-11',
      default_cause: 'agreed_due_date',
      settled_before_amount: 0,
      segments: [
        {
          from_date: '2026-03-11',
          until_date: '2026-03-15',
          principal_amount: 1_000_000,
          percent: '10.27',
          reference_percent: '1.27',
          reference_date: '2026-01-01',
          days: 5,
          day_base: 365,
          exact_interest: '1406.849315',
        },
      ],
    },
  })
  t.same(await make.get(`/v1/charges/${claimed.id}`), claimed)
  t.match(await make.get(`/v1/open-items/${claimed.claim_item_id}`), {
    kind: 'charge',
    charge_kind: 'interest',
    total_amount: 1_407,
    due_date: '2026-03-15',
    notice_id: claimed.notice_id,
  })
  t.match((await make.get('/v1/dunning-notices')).data[0], {
    fee_amount: 0,
    total_due_amount: 1_001_407,
  })
  await clock.advance('2026-03-25')
  // 15 days are 4,220.55, of which 1,407 are claimed
  t.same(await told('kind=interest&status=claimed'), [
    '2026-03-15 interest claimed 1407',
    '2026-03-25 interest claimed 2814',
  ])
  t.match(await charges('status=accrued'), [{ level: 2, from_date: '2026-03-26', amount: null }])
  t.same(
    (await tenant.events('charge.claimed')).map(({ data: { object } }) => [
      object.charge_kind,
      object.total_amount,
    ]),
    [
      ['interest', 1_407],
      ['interest', 2_814],
    ],
  )
  t.same(await audit(), [])
})

t.test('a part payment in between bears interest on its own day and no more', async (t) => {
  const { clock, told, charges, pay, audit } = await debt({ levels: levels(interest, interest) })
  await clock.advance('2026-03-21')
  await pay(400_000, '2026-03-20')
  await clock.advance('2026-03-25')
  // 10 days of 1,000,000 are 2,813.70, 5 days of 600,000 are 844.11: 3,657.81, of which 1,407 are claimed
  t.same(await told('status=claimed'), [
    '2026-03-15 interest claimed 1407',
    '2026-03-25 interest claimed 2251',
  ])
  t.same(
    (await charges('status=claimed'))[1].explanation.segments.map((one: Json) => [
      one.until_date,
      one.principal_amount,
    ]),
    [
      ['2026-03-20', 1_000_000],
      ['2026-03-25', 600_000],
    ],
  )
  t.same(await audit(), [])
})

t.test('in the Netherlands interest that was paid is not capitalised', async (t) => {
  const { clock, make, customer, charges, told, audit } = await debt(
    {
      levels: [370, 400].map((days, n) => ({ level: n + 1, days, name: 'One', ...interest })),
    },
    {
      customer: { country: 'NL' },
      invoice: { issue_date: '2024-02-01', due_date: '2024-03-10' },
      today: '2025-03-14',
    },
  )
  await clock.advance('2025-03-15')
  // 12.5 % for 112 days and 12.25 % for 184 of 366, 11.15 % for 69 of 365: 1,209.14; then 5 days on 11,209.14: 17.12
  const [{ claim_item_id: item_id, amount }] = (await charges('status=claimed')) as [Json]
  t.equal(amount, 122_626)
  await clock.advance('2025-03-20')
  await make.payment(customer, {
    amount,
    received_date: '2025-03-20',
    allocations: [{ item_id, amount }],
  })
  await clock.advance('2025-04-14')
  // 5 days more on 11,209.14: 17.12; 25 days on 10,000.00 alone: 76.37
  t.same(await told('status=claimed,cleared'), [
    '2025-03-15 interest cleared 122626',
    '2025-04-14 interest claimed 9349',
  ])
  t.same(await audit(), [])
})

t.test('interest of consumers, and agreed interest, have rates of their own', async (t) => {
  const consumer = await debt({ levels: levels(interest) }, { customer: { kind: 'consumer' } })
  await consumer.clock.advance('2026-03-15')
  // 1.27 + 5 = 6.27 percent: 858.90
  t.same(await consumer.told('status=claimed'), ['2026-03-15 interest claimed 859'])
  const agreed = await debt(
    { levels: levels({ interest: { kind: 'contract', percent: '8' } }) },
    { customer: { country: 'US' } },
  )
  await agreed.clock.advance('2026-03-15')
  // 1,000,000 × 0.08 × 5 / 365 = 1,095.89
  t.match(await agreed.charges('status=claimed'), [{ amount: 1_096, percent: '8' }])
  const abroad = await debt({ levels: levels(interest) }, { customer: { country: 'US' } })
  await abroad.clock.advance('2026-03-15')
  t.match(await abroad.charges(), [{ status: 'refused', amount: 0, reason: 'no_interest_rule' }])
})

t.test(
  'where the rate of a day is not known nothing is guessed: the refusal is kept',
  async (t) => {
    const { clock, charges, make, audit } = await debt(
      { levels: levels({ ...interest, ...fee(500) }) },
      { today: '2027-02-01', invoice: { due_date: '2027-02-05', issue_date: '2027-02-01' } },
    )
    await clock.advance('2027-02-10')
    t.match(await charges('kind=interest&status=refused'), [{ reason: 'reference_rate_unknown' }])
    t.match(
      await charges('kind=interest&status=accrued'),
      [{ level: 1 }],
      'and it runs: what comes of it is settled once the rate is known',
    )
    t.match(await charges('kind=fee'), [{ status: 'claimed', amount: 500 }])
    t.equal((await make.get('/v1/dunning-notices')).data.length, 1)
    t.same(await audit(), [])
  },
)

t.test('a lump sum is claimed once, of businesses only, and fees only beyond it', async (t) => {
  const cost = { lump_sum: true, ...fee(5_000) }
  const { clock, told, charges, audit, make } = await debt({ levels: levels(cost, cost, fee(700)) })
  await clock.advance('2026-03-15')
  t.match(await charges('kind=fee'), [
    { amount: 1_000, reason: 'within_lump_sum', explanation: { asked_amount: 5_000 } },
  ])
  t.match((await make.get('/v1/dunning-notices')).data[0], {
    fee_amount: 1_000,
    total_due_amount: 1_005_000,
  })
  await clock.advance('2026-04-05')
  t.same(await told(), [
    '2026-03-15 fee claimed 1000',
    '2026-03-15 lump_sum claimed 4000',
    '2026-03-25 fee claimed 2000',
    '2026-04-04 fee refused 0',
  ])
  t.same(await audit(), [])

  const consumer = await debt({ levels: levels(cost) }, { customer: { kind: 'consumer' } })
  await consumer.clock.advance('2026-03-15')
  t.same(await consumer.told(), ['2026-03-15 fee claimed 5000', '2026-03-15 lump_sum refused 0'])
  t.match(await consumer.charges('kind=lump_sum'), [{ reason: 'no_lump_sum', claim_item_id: null }])
})

t.test('a lump sum is cut by the fees before it, each of them once', async (t) => {
  const { make, clock, customer, told, charges, audit } = await debt({
    scope: 'customer',
    levels: levels(fee(1_000), { lump_sum: true }, fee(3_500)),
  })
  await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-04-05')
  t.same(await told(), [
    '2026-03-15 fee claimed 1000',
    '2026-03-25 lump_sum claimed 3000',
    '2026-03-25 lump_sum claimed 4000',
    '2026-04-04 fee refused 0',
  ])
  t.match(
    (await charges('kind=lump_sum')).filter(({ amount }) => amount === 3_000),
    [{ reason: 'fees_charged_before', explanation: { asked_amount: 4_000 } }],
  )
  t.same(await audit(), [])
})

t.test('a fee that has cut one lump sum does not cut another of a later notice', async (t) => {
  const { make, clock, customer, told, charges, tenant, audit } = await debt({
    scope: 'customer',
    levels: levels(fee(1_000), { lump_sum: true }, fee(5_000)),
  })
  const other = await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-15')
  const [first] = (await make.get('/v1/dunning-notices')).data
  await make.hold({ invoice_id: other.id, until_date: '2026-03-28' })
  await clock.advance('2026-03-29')
  t.same(await told('kind=lump_sum'), [
    '2026-03-25 lump_sum claimed 3000',
    '2026-03-29 lump_sum claimed 4000',
  ])
  t.match(await charges('kind=lump_sum'), [
    { explanation: { credited_fees: [{ notice_id: first.id, amount: 1_000 }] } },
    { reason: null, explanation: { asked_amount: 4_000 } },
  ])
  await make.hold({ item_id: (await charges('kind=lump_sum'))[0].item_id })
  await clock.advance('2026-04-08')
  t.match(
    await charges('kind=fee&status=claimed'),
    [{ amount: 1_000 }, { amount: 1_000, reason: 'within_lump_sum' }],
    'nor does it come on top of what the other lump sum covers',
  )
  const [cut] = await charges('kind=lump_sum')
  const reversal = await tenant.api('POST', `/v1/dunning-notices/${cut.notice_id}/reverse`, {
    reason: 'Wrong.',
  })
  t.match(reversal, { status: 200 })
  t.same(await audit(), [])
})

t.test('a fee above a lump sum cuts the next with what is left of it', async (t) => {
  const { make, clock, customer, told, audit } = await debt({
    scope: 'customer',
    levels: levels(fee(5_000), { lump_sum: true }),
  })
  await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-25')
  t.same(await told('kind=lump_sum'), [
    '2026-03-25 lump_sum claimed 3000',
    '2026-03-25 lump_sum refused 0',
  ])
  t.same(await audit(), [])
})

t.test('a fee is an amount, a percentage, or a step by what is overdue', async (t) => {
  const percent = { fees: [{ currency: 'EUR', percent: '1.5' }] }
  const german = await debt({ levels: levels(percent) })
  await german.clock.advance('2026-03-15')
  t.match(await german.charges(), [
    { kind: 'fee', status: 'refused', reason: 'percentage_fee', rule: 'DE_business_fees' },
  ])
  const abroad = await debt({ levels: levels(percent) }, { customer: { country: 'US' } })
  await abroad.clock.advance('2026-03-15')
  t.same(await abroad.told(), ['2026-03-15 fee claimed 15000'])
  const steps = [
    { from_amount: 100, amount: 300 },
    { from_amount: 1_000_000, amount: 900 },
    { from_amount: 1_000_001, amount: 1_200 },
  ]
  const stepped = await debt({ levels: levels({ fees: [{ currency: 'EUR', steps }] }) })
  await stepped.clock.advance('2026-03-15')
  t.same(await stepped.told(), ['2026-03-15 fee claimed 900'])
})

t.test(
  'the notice that causes default carries no fee, and interest begins the day after it',
  async (t) => {
    const { clock, told, charges, audit } = await debt(
      { levels: levels({ ...fee(500), ...interest }, { ...fee(500), ...interest }) },
      { invoice: { due_date_basis: 'invoice_only', received_date: '2026-03-01' } },
    )
    await clock.advance('2026-03-15')
    t.match(await charges(), [
      {
        kind: 'interest',
        status: 'refused',
        reason: 'not_in_default',
        rule: 'DE_business_default',
      },
      { kind: 'fee', status: 'refused', reason: 'not_in_default' },
    ])
    await clock.advance('2026-03-25')
    // Demanded on the 15th: ten days from the 16th, 2,813.70
    t.same(await told('status=claimed'), [
      '2026-03-25 fee claimed 500',
      '2026-03-25 interest claimed 2814',
    ])
    t.match(await charges('kind=interest&status=claimed'), [
      { from_date: '2026-03-16', explanation: { default_cause: 'demand' } },
    ])
    t.same(await audit(), [])
  },
)

const dutch = { customer: { kind: 'consumer', country: 'NL' } }
const letter = { statutory_notice: 'nl_14_day', payment_days: 15 }

t.test(
  'a Dutch consumer is charged by the scale, once the 14-day letter has run out',
  async (t) => {
    const warned = await debt({ levels: levels(letter, {}, fee(100_000)) }, dutch)
    await warned.clock.advance('2026-03-15')
    await warned.hear(await warned.latest(), 'sent', 'email', '2026-03-15')
    await warned.clock.advance('2026-04-04')
    // 15 % of 2,500, 10 % of 2,500 and 5 % of 5,000 are 875.00
    t.match(await warned.charges(), [
      { amount: 87_500, reason: 'above_cap', explanation: { asked_amount: 100_000 } },
    ])
    const hurried = await debt({ levels: levels(letter, fee(100_000)) }, dutch)
    await hurried.clock.advance('2026-03-15')
    await hurried.hear(await hurried.latest(), 'sent', 'email', '2026-03-15')
    await hurried.clock.advance('2026-03-25')
    t.match(await hurried.charges(), [
      { status: 'refused', reason: 'statutory_notice_term_running', rule: 'NL_consumer_fees' },
    ])
    const unwarned = await debt({ levels: levels({}, {}, fee(100_000)) }, dutch)
    await unwarned.clock.advance('2026-04-04')
    t.match(await unwarned.charges(), [{ status: 'refused', reason: 'statutory_notice_missing' }])
  },
)

t.test(
  'the term of a statutory notice counts from its receipt, not from when it was written',
  async (t) => {
    const unsent = await debt({ levels: levels(letter, {}, fee(500)) }, dutch)
    await unsent.clock.advance('2026-04-04')
    t.match(await unsent.charges(), [{ status: 'refused', reason: 'statutory_notice_not_sent' }])

    const late = await debt({ levels: levels(letter, {}, fee(500)) }, dutch)
    await late.clock.advance('2026-03-25')
    const [, first] = (await late.make.get('/v1/dunning-notices')).data
    await late.hear(first, 'delivered', 'letter', '2026-03-25')
    await late.clock.advance('2026-04-04')
    t.match(await late.charges(), [{ status: 'refused', reason: 'statutory_notice_term_running' }])

    const back = await debt({ levels: levels(letter, {}, fee(500)) }, dutch)
    await back.clock.advance('2026-03-16')
    await back.hear(await back.latest(), 'sent', 'email', '2026-03-15')
    await back.hear(await back.latest(), 'bounced', 'email', '2026-03-16')
    await back.clock.advance('2026-04-04')
    t.match(
      await back.charges(),
      [{ status: 'refused', reason: 'statutory_notice_missing' }],
      'a notice that reached nobody is none',
    )
  },
)

t.test('costs are reckoned from what has had its own statutory notice, nothing else', async (t) => {
  const percent = { fees: [{ currency: 'EUR', percent: '15' }] }
  const policy = { scope: 'customer', levels: levels(letter, {}, percent) }
  const { make, clock, customer, charges, hear, latest, audit } = await debt(policy, {
    ...dutch,
    invoice: { total_amount: 50_000 },
  })
  await clock.advance('2026-03-15')
  await hear(await latest(), 'sent', 'email', '2026-03-15')
  await make.invoice(customer, { due_date: '2026-03-10', total_amount: 100_000 })
  await clock.advance('2026-04-04')
  t.match(
    await charges('kind=fee'),
    [{ status: 'claimed', amount: 7_500, explanation: { base_amount: 50_000 } }],
    'the invoice that came later has had no letter that anybody has sent',
  )
  t.same(await audit(), [])
})

t.test('a statutory notice still counts after a later notice was taken back', async (t) => {
  const { make, clock, charges, hear, latest, tenant, audit } = await debt(
    { levels: levels(letter, {}, fee(500)) },
    dutch,
  )
  await clock.advance('2026-03-15')
  await hear(await latest(), 'sent', 'email', '2026-03-15')
  await clock.advance('2026-04-03')
  const second = await latest()
  const reversal = await tenant.api('POST', `/v1/dunning-notices/${second.id}/reverse`, {
    reason: 'Wrong.',
  })
  t.equal(reversal.status, 200)
  await clock.advance('2026-04-05')
  t.equal((await make.get('/v1/dunning-notices?level=3')).data.length, 1)
  t.match(await charges('kind=fee'), [{ status: 'claimed', amount: 500 }])
  t.same(await audit(), [])
})

t.test('one fee for a notice, whatever number of items it lifts', async (t) => {
  const { clock, make, customer, told, audit } = await debt({ levels: levels(fee(500)) })
  await make.invoice(customer, { due_date: '2026-03-10' })
  await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-15')
  t.same(await told(), ['2026-03-15 fee claimed 500'])
  t.same(await audit(), [])
})

for (const [on_principal_paid, settled] of [
  ['enforce', '2026-03-15 interest claimed 1407'],
  ['waive', '2026-03-15 interest waived 1407'],
] as const) {
  t.test(`interest that runs when the principal is paid: ${on_principal_paid}`, async (t) => {
    const { clock, told, charges, pay, audit, tenant, inTx } = await debt({
      levels: levels(interest, interest),
      on_principal_paid,
    })
    await clock.advance('2026-03-20')
    await pay(1_000_000, '2026-03-20')
    t.equal((await charges('status=accrued')).length, 1)
    const counts = await Promise.all(
      [app, replica, app, replica].map((one) => inTx((tx) => settleAccruals(tx, 10), one)),
    )
    t.ok(counts.some((count) => count === 1))
    // 10 days are 2,813.70, of which 1,407 are claimed
    t.same(await told(), ['2026-03-15 interest claimed 1407', settled])
    const waived = await tenant.events('charge.accrual_waived')
    if (on_principal_paid === 'waive') {
      t.match(waived, [
        {
          data: { object: { object: 'charge', amount: 1_407, reason: 'principal_paid', level: 0 } },
        },
      ])
    } else {
      t.same(waived, [])
      t.equal((await tenant.events('charge.claimed')).length, 2)
    }
    await clock.advance('2026-04-10')
    t.equal((await charges()).length, 2, 'and nothing more comes of it')
    t.same(await audit(), [])
  })
}

t.test('the job of the day settles what runs, before the run', async (t) => {
  const { clock, told, pay, audit } = await debt({
    levels: levels(interest, interest),
    on_principal_paid: 'enforce',
  })
  await clock.advance('2026-03-15')
  await pay(1_000_000, '2026-03-15')
  await clock.advance('2026-03-16')
  t.same(
    await told(),
    ['2026-03-15 interest claimed 1407'],
    'nothing had come since: nothing is left',
  )
  t.same(await audit(), [])
})

t.test('interest of what is written off is given up, whatever the policy says', async (t) => {
  const { clock, make, invoice, charges, audit } = await debt({
    levels: levels(interest),
    on_principal_paid: 'enforce',
  })
  await clock.advance('2026-03-20')
  await make.writeOff(invoice.open_items[0])
  await clock.advance('2026-03-21')
  t.match(await charges('status=waived'), [{ reason: 'principal_given_up', amount: 1_407 }])
  t.same(await audit(), [])
})

t.test('a payment that goes back has its principal bear interest on', async (t) => {
  const { clock, told, pay, audit, tenant } = await debt({
    levels: levels(interest, {}, interest),
    on_principal_paid: 'enforce',
  })
  await clock.advance('2026-03-20')
  const payment = await pay(1_000_000, '2026-03-20')
  await clock.advance('2026-03-22')
  await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'Returned.' })
  await clock.advance('2026-04-20')
  // 2,813.70 until the 20th; from the 23rd of March to the 4th of April 13 days more: 3,657.81; 6,471.51 less 2,814
  t.same(await told('status=claimed'), [
    '2026-03-15 interest claimed 1407',
    '2026-03-15 interest claimed 1407',
    '2026-04-04 interest claimed 3658',
  ])
  t.same(await audit(), [])
})

t.test(
  'interest given up with a principal is claimed after all when that is open again',
  async (t) => {
    const { clock, charges, told, pay, audit, tenant } = await debt({
      levels: levels(interest, {}, interest),
      on_principal_paid: 'waive',
    })
    await clock.advance('2026-03-20')
    const payment = await pay(1_000_000, '2026-03-20')
    await clock.advance('2026-03-22')
    t.match(await charges('status=waived'), [{ amount: 1_407, reason: 'principal_paid' }])
    await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'Returned.' })
    await clock.advance('2026-04-20')
    // 6,471.51 as in the test before, less the 1,407 that were claimed
    t.same(await told('status=claimed'), [
      '2026-03-15 interest claimed 1407',
      '2026-04-04 interest claimed 5065',
    ])
    t.same(await audit(), [])
  },
)

t.test('interest of what a credit note closes is given up', async (t) => {
  const { clock, make, customer, invoice, charges, tenant, audit } = await debt({
    levels: levels(interest),
    on_principal_paid: 'enforce',
  })
  await clock.advance('2026-03-20')
  const note = await make.creditNote(customer, {
    issue_date: '2026-03-20',
    total_amount: 1_000_000,
  })
  const allocations = [{ invoice_id: invoice.id, amount: 1_000_000 }]
  accepted(await tenant.api('POST', `/v1/credit-notes/${note.id}/allocations`, { allocations }))
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { open_amount: 0 })
  await clock.advance('2026-03-22')
  t.match(await charges('status=waived'), [{ reason: 'principal_given_up' }])
  t.same(await audit(), [])
})

t.test('what a payment that was booked late shows to be claimed too much is waived', async (t) => {
  const { clock, make, charges, pay, audit } = await debt({
    levels: levels(interest, interest, interest),
  })
  await clock.advance('2026-03-16')
  await pay(500_000, '2026-03-12')
  await clock.advance('2026-03-17')
  // 2 days of 1,000,000 and 3 of 500,000 until the 15th; 984.80 by then, 1,547.54 by the 23rd
  t.match(await charges('status=claimed'), [{ amount: 1_407, open_amount: 1_407 }])
  await pay(400_000, '2026-03-13')
  await clock.advance('2026-03-25')
  // 562.74 until the 12th, 140.68 on the 13th, 337.64 for 12 days of 100,000: 1,041.07
  t.match(await charges('kind=interest'), [
    { status: 'accrued', level: 2 },
    {
      status: 'claimed',
      amount: 1_407,
      open_amount: 1_041,
      waived_amount: 366,
      explanation: { over_claimed_amount: 366 },
    },
  ])
  await pay(100_000, '2026-03-13')
  await clock.advance('2026-03-26')
  // Paid in full on the 13th: 703.42
  const [claim] = await charges('kind=interest')
  t.match(claim, { open_amount: 703, explanation: { over_claimed_amount: 704 } })
  t.match(await make.get(`/v1/open-items/${claim.claim_item_id}`), { waived_amount: 704 })
  t.same(await charges('status=accrued'), [])
  t.same(await audit(), [])
})

t.test('what was paid of interest that was claimed too much is the customer’s again', async (t) => {
  const { clock, make, customer, charges, pay, tenant, audit } = await debt({
    levels: levels(interest, interest, interest),
  })
  await clock.advance('2026-03-16')
  const [{ claim_item_id }] = (await charges('status=claimed')) as [Json]
  const paid: Json[] = []
  for (const amount of [1_000, 407]) {
    const allocations = [{ item_id: claim_item_id, amount }]
    paid.push(await make.payment(customer, { amount, received_date: '2026-03-16', allocations }))
  }
  const unallocated = async () =>
    Promise.all(
      paid.map(async ({ id }) => (await make.get(`/v1/payments/${id}`)).unallocated_amount),
    )
  await pay(500_000, '2026-03-12')
  await pay(400_000, '2026-03-13')
  await clock.advance('2026-03-25')
  // 1,041.07 as in the test before, though 1,407 were claimed and paid
  t.match(await charges('status=cleared'), [
    { amount: 1_407, waived_amount: 366, explanation: { over_claimed_amount: 366 } },
  ])
  t.same(await unallocated(), [0, 366], 'what was paid last comes back first')
  await pay(100_000, '2026-03-13')
  await clock.advance('2026-03-26')
  t.match(await charges('status=cleared'), [
    { open_amount: 0, waived_amount: 704, explanation: { over_claimed_amount: 704 } },
  ])
  t.match(await make.get(`/v1/open-items/${claim_item_id}`), { paid_amount: 703 })
  t.same(await unallocated(), [297, 407])
  t.equal((await tenant.events('payment.allocation_undone')).length, 3)
  t.same(await audit(), [])
})

for (const [amount, day, unallocated, item] of [
  // 3 days of 1,000,000 are 844.11, 12 of 100,000 are 337.64: 1,181.75
  [
    900_000,
    '2026-03-13',
    [225, 0],
    { paid_amount: 775, credited_amount: 400, deducted_amount: 7, waived_amount: 225 },
  ],
  [
    1_000_000,
    '2026-03-10',
    [1_000, 400],
    { paid_amount: 0, credited_amount: 0, deducted_amount: 0, waived_amount: 1_407 },
  ],
] as const) {
  t.test(
    `what credit and a difference settled of too much interest: ${amount} on ${day}`,
    async (t) => {
      const { clock, make, customer, charges, pay, tenant, audit } = await debt({
        levels: levels(interest, interest),
      })
      await clock.advance('2026-03-16')
      const [{ claim_item_id: item_id }] = (await charges('status=claimed')) as [Json]
      const note = await make.creditNote(customer, { total_amount: 400 })
      const allocations = [{ item_id, amount: 400 }]
      accepted(await tenant.api('POST', `/v1/credit-notes/${note.id}/allocations`, { allocations }))
      const deductions = [{ kind: 'payment_difference', amount: 7 }]
      const payment = await make.payment(customer, {
        amount: 1_000,
        received_date: '2026-03-16',
        allocations: [{ item_id, amount: 1_000, deductions }],
      })
      await pay(amount, day)
      await clock.advance('2026-03-25')
      const sources = [`/v1/payments/${payment.id}`, `/v1/credit-notes/${note.id}`]
      const left = await Promise.all(sources.map(make.get))
      t.same(
        left.map(({ unallocated_amount }) => unallocated_amount),
        unallocated,
      )
      t.match(await make.get(`/v1/open-items/${item_id}`), { ...item, open_amount: 0 })
      t.same(await audit(), [])
    },
  )
}

t.test('what is waived or settled as an open item shows in the charge', async (t) => {
  const { clock, make, customer, charges, tenant, audit } = await debt({
    levels: levels({ ...interest, lump_sum: true }),
  })
  await clock.advance('2026-03-15')
  const [lump] = await charges('kind=lump_sum')
  const [late] = await charges('kind=interest&status=claimed')
  await tenant.api('POST', `/v1/open-items/${lump.claim_item_id}/waiver`, {
    amount: 1_000,
    reason: 'Goodwill.',
  })
  t.match(await make.get(`/v1/charges/${lump.id}`), {
    status: 'claimed',
    open_amount: 3_000,
    waived_amount: 1_000,
  })
  await tenant.api('POST', `/v1/open-items/${lump.claim_item_id}/waiver`, { reason: 'Goodwill.' })
  t.match(await make.get(`/v1/charges/${lump.id}`), { status: 'waived', open_amount: 0 })
  await make.payment(customer, {
    amount: 1_407,
    received_date: '2026-03-15',
    allocations: [{ item_id: late.claim_item_id, amount: 1_407 }],
  })
  t.match(await make.get(`/v1/charges/${late.id}`), { status: 'cleared', open_amount: 0 })
  t.same((await charges('status=waived,cleared')).map(({ kind }) => kind).sort(), [
    'interest',
    'lump_sum',
  ])
  t.same(
    (await tenant.events('charge.waived')).map(({ entity_sequence }) => entity_sequence),
    [2, 3],
  )
  t.same(await audit(), [])
})

t.test('charges of a notice that is taken back are as if they had never been', async (t) => {
  const { clock, make, customer, charges, told, takeBack, tenant, audit } = await debt({
    levels: levels({ ...interest, lump_sum: true, ...fee(5_000) }, interest),
  })
  await clock.advance('2026-03-25')
  const notices = (await make.get('/v1/dunning-notices')).data
  const [second, first] = notices as [Json, Json]
  const [lump] = await charges('kind=lump_sum')
  await make.payment(customer, {
    amount: 4_000,
    received_date: '2026-03-25',
    allocations: [{ item_id: lump.claim_item_id, amount: 4_000 }],
  })
  t.match(await takeBack(second), { status: 200 })
  t.match(await charges('status=accrued'), [
    { level: 1, notice_id: first.id, from_date: '2026-03-16' },
  ])
  t.match(await takeBack(first), { status: 200 })
  t.same(await charges('status=accrued'), [])
  t.same(await told(), [
    '2026-03-15 fee waived 1000',
    '2026-03-15 interest waived 1407',
    '2026-03-15 lump_sum waived 4000',
    '2026-03-25 interest waived 2814',
  ])
  t.ok((await charges()).every(({ reversed_date }) => reversed_date === '2026-03-25'))
  t.match((await make.get(`/v1/payments?customer_id=${customer.id}`)).data, [
    { unallocated_amount: 4_000 },
  ])
  t.equal((await tenant.events('charge.waived')).length, 4)
  t.match(await takeBack(first), { status: 409, body: { code: 'invalid_state' } })
  t.equal((await tenant.events('charge.waived')).length, 4, 'once')
  t.same(await audit(), [])
})

t.test('interest of a notice that claimed none yet runs on when a later one goes', async (t) => {
  const { clock, charges, told, pay, latest, takeBack, make, audit } = await debt(
    { levels: levels(interest, interest), on_principal_paid: 'enforce' },
    { invoice: { total_amount: 300 } },
  )
  await clock.advance('2026-03-25')
  // 5 days of 3.00 are 0.42 cents, 15 days 1.27
  t.same(await told('status=claimed'), ['2026-03-25 interest claimed 1'])
  t.match(await takeBack(await latest()), { status: 200 })
  const [first] = (await make.get('/v1/dunning-notices?level=1')).data
  t.match(await charges('status=accrued'), [
    { level: 1, notice_id: first.id, from_date: '2026-03-16' },
  ])
  await pay(300, '2026-03-25')
  await clock.advance('2026-03-26')
  t.match(await charges('status=claimed'), [{ level: 0, notice_id: first.id, amount: 1 }])
  t.same(await audit(), [])
})

t.test('interest that the law refused an earlier notice does not run under it', async (t) => {
  const { clock, charges, latest, takeBack, audit } = await debt(
    { levels: levels(interest, interest) },
    { invoice: { due_date_basis: 'invoice_only', received_date: '2026-03-01' } },
  )
  await clock.advance('2026-03-25')
  t.match(await charges('status=accrued'), [{ level: 2 }])
  t.match(await takeBack(await latest()), { status: 200 })
  t.same(await charges('status=accrued'), [])
  t.same(await audit(), [])
})

t.test(
  'a notice that is cancelled before it was sent costs nothing but the interest',
  async (t) => {
    const cost = { ...interest, lump_sum: true, ...fee(5_000) }
    const unsent = await debt({ levels: levels(cost), on_principal_paid: 'enforce' })
    await unsent.clock.advance('2026-03-15')
    await unsent.pay(1_000_000, '2026-03-15')
    await unsent.clock.advance('2026-03-16')
    await cancelNoticesOf(app.context, unsent.tenant.uuid, new AbortController().signal)
    t.match(await unsent.latest(), { status: 'cancelled' })
    t.same(await unsent.told(), [
      '2026-03-15 fee waived 1000',
      '2026-03-15 interest claimed 1407',
      '2026-03-15 lump_sum waived 4000',
    ])
    t.same(await unsent.audit(), [])
  },
)

t.test('charges are listed by what they belong to; others’ do not exist', async (t) => {
  const { clock, make, customer, invoice, charges, audit } = await debt({
    levels: levels({ ...interest, ...fee(500) }),
  })
  const other = await make.customer()
  await make.invoice(other, { due_date: '2026-03-10' })
  await clock.advance('2026-03-15')
  t.equal((await charges()).length, 6)
  t.equal((await charges(`customer_id=${customer.id}`)).length, 3)
  t.equal((await charges(`invoice_id=${invoice.id}`)).length, 2)
  t.equal((await charges(`item_id=${invoice.open_items[0].id}&kind=interest`)).length, 2)
  const [fees] = await charges(`customer_id=${customer.id}&kind=fee`)
  t.equal((await charges(`notice_id=${fees.notice_id}&status=claimed`)).length, 2)
  const page = await make.get('/v1/charges?limit=4')
  t.equal((await make.get(`/v1/charges?limit=4&cursor=${page.next_cursor}`)).data.length, 2)
  const stranger = await app.tenant()
  for (const id of [fees.id, publicId('charge', newId())]) {
    t.match(await stranger.api('GET', `/v1/charges/${id}`), {
      status: 404,
      body: { code: 'charge_not_found' },
    })
  }
  t.same(await audit(), [])
})

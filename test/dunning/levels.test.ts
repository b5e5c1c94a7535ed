import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const MAHNUNG = [
  { level: 1, days: 5, name: 'Reminder' },
  {
    level: 2,
    days: 15,
    name: 'Demand',
    fees: [
      { currency: 'EUR', amount: 500 },
      { currency: 'USD', amount: 700 },
    ],
  },
  { level: 3, days: 30, name: 'Final demand', fees: [{ currency: 'EUR', amount: 1_000 }] },
]

/** A tenant of its own with its policy, on 1 March 2026. */
async function creditor(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const steps = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed')).map(
      ({ timestamp, data: { object } }) =>
        `${timestamp.slice(0, 10)} ${object.invoice_number} ${object.level}`,
    )
  return { tenant, make, clock, steps, policyId: id }
}

t.test(
  'an invoice escalates on the day on which it is overdue by a level’s days, at the tenant’s hour',
  async (t) => {
    const { tenant, make, clock, steps } = await creditor()
    await make.invoice(await make.customer(), { number: 'A', due_date: '2026-03-10' })
    await clock.advance('2026-03-15T04:59:59Z')
    t.same(await steps(), [])
    await clock.advance('2026-03-15T05:00:00Z')
    t.same(await steps(), ['2026-03-15 A 1'])
    await clock.advance('2026-05-31')
    t.same(await steps(), ['2026-03-15 A 1', '2026-03-25 A 2', '2026-04-09 A 3'])
    const [first, , last] = await tenant.events('dunning.level_changed')
    t.equal(first.timestamp, '2026-03-15T05:00:00.000Z', '06:00 in winter')
    t.equal(last.timestamp, '2026-04-09T04:00:00.000Z', '06:00 in summer')
    t.match(first, {
      entity_sequence: 1,
      cause: { origin: 'schedule' },
      data: {
        object: { object: 'open_item', level: 1, level_name: 'Reminder', days_overdue: 5 },
        previous_attributes: { level: 0 },
      },
    })
    t.match(await make.get('/v1/invoices?number=A'), { data: [{ dunning_level: 3 }] })
  },
)

t.test(
  'payment before the run of the day spares the level, payment after it does not undo it',
  async (t) => {
    const { make, clock, steps } = await creditor()
    const customer = await make.customer()
    await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
    await make.invoice(customer, { number: 'B', due_date: '2026-03-10' })
    const parts = await make.invoice(customer, { number: 'C', due_date: '2026-03-10' })
    await clock.advance('2026-03-15T04:00:00Z')
    await make.payment(customer, { reference: 'A', received_date: '2026-03-15' })
    await make.payment(customer, {
      amount: 9_999,
      allocations: [{ invoice_id: parts.id, amount: 9_999 }],
      received_date: '2026-03-15',
    })
    await clock.advance('2026-03-15T06:00:00Z')
    await make.payment(customer, { reference: 'B', received_date: '2026-03-15' })
    await clock.advance('2026-05-01')
    t.same(
      await steps(),
      ['2026-03-15 B 1', '2026-03-15 C 1', '2026-03-25 C 2', '2026-04-09 C 3'].sort(),
    )
  },
)

t.test(
  'one notice tells a customer everything of a currency, at the highest level, and each currency by itself',
  async (t) => {
    const { tenant, make, clock } = await creditor({ levels: MAHNUNG })
    const customer = await make.customer({
      external_id: 'K-7',
      contacts: [{ role: 'billing', name: 'Erika', email: 'e@example.com' }],
    })
    const [a, b] = [
      await make.invoice(customer, { due_date: '2026-03-03' }),
      await make.invoice(customer, { due_date: '2026-03-13', total_amount: 4_000 }),
    ]
    await make.invoice(customer, { due_date: '2026-04-30' })
    const dollars = await make.invoice(customer, { due_date: '2026-03-03', currency: 'USD' })
    await clock.advance('2026-03-18')
    const notices = (await make.get(`/v1/dunning-notices?customer_id=${customer.id}`)).data.filter(
      ({ notice_date }: { notice_date: string }) => notice_date === '2026-03-18',
    )
    t.equal(notices.length, 2)
    const euro = notices.find(({ currency }: { currency: string }) => currency === 'EUR')
    t.match(euro, {
      object: 'dunning_notice',
      level: 2,
      level_name: 'Demand',
      fee_amount: 500,
      overdue_amount: 14_000,
      total_due_amount: 14_500,
      customer: { id: customer.id, external_id: 'K-7', contacts: [{ email: 'e@example.com' }] },
      next_level: 2,
      next_date: '2026-03-28',
    })
    t.same(
      euro.items.map((item: Record<string, unknown>) => [
        item.invoice_id,
        item.level,
        item.escalated,
        item.days_overdue,
      ]),
      [
        [a.id, 2, true, 15],
        [b.id, 1, true, 5],
      ],
    )
    t.match(
      notices.find(({ currency }: { currency: string }) => currency === 'USD'),
      { level: 2, fee_amount: 700, items: [{ invoice_id: dollars.id }] },
    )
    const told = await tenant.events('dunning.notice_issued')
    t.equal(told.filter(({ data }) => data.object.id === euro.id).length, 1)
    const { lines: _, ...shown } = told.find(({ data }) => data.object.id === euro.id).data.object
    t.same(
      shown,
      await make.get(`/v1/dunning-notices/${euro.id}`),
      'the event carries all that is needed',
    )
  },
)

t.test(
  'a fee is a charge: an item of its own, claimed and due at once, never escalated',
  async (t) => {
    const { tenant, make, clock, steps } = await creditor({ levels: MAHNUNG })
    const customer = await make.customer()
    const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
    await clock.advance('2026-04-20')
    t.equal((await steps()).length, 3)
    const charges = await tenant.events('charge.claimed')
    t.match(charges, [
      {
        data: {
          object: {
            kind: 'charge',
            charge_kind: 'fee',
            total_amount: 500,
            currency: 'EUR',
            due_date: '2026-03-25',
          },
        },
      },
      { data: { object: { total_amount: 1_000, due_date: '2026-04-09' } } },
    ])
    t.match(
      await make.get(`/v1/invoices/${invoice.id}`),
      { open_amount: 10_000 },
      'not in the invoice’s own amount',
    )
    t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
      { open_amount: 11_500, overdue_amount: 11_500 },
    ])
    t.match((await make.get(`/v1/ledger/entries?item_id=${charges[0].data.object.id}`)).data, [
      {
        happening: 'charge_claimed',
        debit_account: 'receivable',
        credit_account: 'fee_income',
        amount: 500,
        origin: 'own',
        effective_date: '2026-03-25',
      },
    ])
    const payment = await make.payment(customer, { amount: 11_500, received_date: '2026-04-20' })
    t.match(payment, { allocated_amount: 11_500, unallocated_amount: 0 })
    t.equal(
      payment.allocations.filter(
        ({ invoice_id }: { invoice_id: string | null }) => invoice_id === null,
      ).length,
      2,
    )
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test(
  'scope customer lifts all that is due to the highest level, and then they go together',
  async (t) => {
    const { make, clock, steps } = await creditor({ scope: 'customer' })
    const customer = await make.customer()
    await make.invoice(customer, { number: 'old', due_date: '2026-03-01' })
    await make.invoice(customer, { number: 'young', due_date: '2026-03-11' })
    await make.invoice(customer, { number: 'dollars', due_date: '2026-03-11', currency: 'USD' })
    await make.invoice(customer, { number: 'later', due_date: '2026-03-20' })
    await make.invoice(await make.customer(), { number: 'stranger', due_date: '2026-03-11' })
    await clock.advance('2026-04-30')
    t.same((await steps()).sort(), [
      '2026-03-06 old 1',
      '2026-03-16 dollars 1',
      '2026-03-16 old 2',
      '2026-03-16 stranger 1',
      '2026-03-16 young 2',
      '2026-03-25 later 2',
      '2026-03-26 dollars 2',
      '2026-03-26 stranger 2',
      '2026-03-31 later 3',
      '2026-03-31 old 3',
      '2026-03-31 young 3',
      '2026-04-10 dollars 3',
      '2026-04-10 stranger 3',
    ])
  },
)

t.test('a customer is told at most once per interval', async (t) => {
  const { make, clock, steps } = await creditor({ min_notice_interval_days: 7 })
  const customer = await make.customer()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-05' })
  await make.invoice(customer, { number: 'B', due_date: '2026-03-07' })
  await make.invoice(await make.customer(), { number: 'other', due_date: '2026-03-07' })
  await clock.advance('2026-03-25')
  t.same((await steps()).sort(), [
    '2026-03-10 A 1',
    '2026-03-12 other 1',
    '2026-03-17 B 1',
    '2026-03-22 other 2',
    '2026-03-24 A 2',
    '2026-03-24 B 2',
  ])
})

t.test(
  'an invoice that comes late catches up one level a day, or at once where the policy says so',
  async (t) => {
    const slow = await creditor()
    await slow.make.invoice(await slow.make.customer(), {
      number: 'A',
      issue_date: '2025-12-01',
      due_date: '2025-12-31',
    })
    await slow.clock.advance('2026-03-10')
    t.same(
      await slow.steps(),
      ['2026-03-01 A 1', '2026-03-02 A 2', '2026-03-03 A 3'].map((step) =>
        step.replace(/^\S+/, (day) => `2026-03-0${Number(day.slice(-1)) + 1}`),
      ),
    )
    const quick = await creditor({ catch_up: 'highest' })
    await quick.make.invoice(await quick.make.customer(), {
      number: 'A',
      issue_date: '2025-12-01',
      due_date: '2025-12-31',
    })
    await quick.clock.advance('2026-03-10')
    t.same(await quick.steps(), ['2026-03-02 A 3'])
  },
)

t.test('instalments escalate each by itself', async (t) => {
  const { make, clock, steps } = await creditor()
  const invoice = await make.invoice(await make.customer(), {
    number: 'A',
    instalments: [
      { due_date: '2026-03-10', amount: 4_000 },
      { due_date: '2026-03-30', amount: 6_000 },
    ],
  })
  await clock.advance('2026-04-04')
  t.same(await steps(), ['2026-03-15 A 1', '2026-03-25 A 2', '2026-04-04 A 1'])
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    dunning_level: 2,
    open_items: [{ level: 2 }, { level: 1 }],
  })
})

t.test(
  'where nothing is said there is no dunning, and where a customer has a policy it is the customer’s',
  async (t) => {
    const { tenant, make, clock, steps } = await creditor()
    await make.patch('/v1/tenant', { dunning_policy_id: null })
    const own = await make.policy({ levels: [{ level: 1, days: 2, name: 'Own' }] })
    await make.invoice(await make.customer(), { number: 'none', due_date: '2026-03-05' })
    await make.invoice(await make.customer({ dunning_policy_id: own.id }), {
      number: 'own',
      due_date: '2026-03-05',
    })
    await clock.advance('2026-04-30')
    t.same(await steps(), ['2026-03-07 own 1'])
    t.match(
      await tenant.api('PATCH', '/v1/tenant', {
        dunning_policy_id: 'dpo_00000000000000000000000000',
      }),
      { status: 404, body: { code: 'dunning_policy_not_found' } },
    )
  },
)

t.test('a policy that contradicts itself is refused with every place where it does', async (t) => {
  const { tenant } = await creditor()
  const { status, body } = await tenant.api('POST', '/v1/dunning-policies', {
    name: 'Wrong',
    scope: 'invoice',
    levels: [
      {
        level: 1,
        days: 10,
        name: 'a',
        fees: [
          { currency: 'EUR', amount: 1 },
          { currency: 'EUR', amount: 2 },
        ],
      },
      { level: 3, days: 10, name: 'b' },
    ],
  })
  t.match({ status, code: body.code }, { status: 422, code: 'dunning_policy_contradictory' })
  t.same(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
    '#/levels/0/fees/1',
    '#/levels/1/days',
    '#/levels/1/level',
  ])
  t.match(
    await tenant.api('POST', '/v1/dunning-policies', { name: 'x', scope: 'invoice', levels: [] }),
    { status: 422, body: { code: 'validation_failed' } },
  )
})

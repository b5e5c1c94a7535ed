import t from 'tap'
import { policyTemplates } from '../../src/dunning/templates/templates.ts'
import { addDays, daysBetween } from '../../src/foundation/calendar.ts'
import { isBusinessDay } from '../../src/foundation/holidays.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const reader = await app.tenant()
const { body: listed } = await reader.api('GET', '/v1/dunning-policy-templates')

t.test(
  'every template is listed, found by its code, and says whose law it keeps and where that stands',
  async (t) => {
    t.same(
      listed.data.map(({ code }: Json) => code),
      ['de_business', 'de_consumer', 'eu_business', 'nl_consumer', 'be_consumer', 'gb_business'],
    )
    for (const template of listed.data) {
      t.ok(template.sources.length > 0, template.code)
      const one = await reader.api('GET', `/v1/dunning-policy-templates/${template.code}`)
      t.same(one.body, template)
    }
    t.match(await reader.api('GET', '/v1/dunning-policy-templates/xx_business'), {
      status: 404,
      body: { code: 'dunning_policy_template_not_found' },
    })
    const writer = await app.tenant({ scopes: ['dunning:write'] })
    t.match(await writer.api('GET', '/v1/dunning-policy-templates'), { status: 403 })
  },
)

t.test('every template sets what is considerate, and keeps the law of its kind', async (t) => {
  for (const { code, customer_kind, policy } of listed.data) {
    t.match(
      policy,
      {
        contact_budget: { contacts: 1, days: 7 },
        business_days: { country: String },
        quiet_hours: { from: '20:00', to: '08:00' },
        payment_data_max_age_days: Number,
      },
      code,
    )
    const [first, , third] = policy.levels
    t.equal(first.tone, 'friendly', `${code} begins gently`)
    t.notOk(first.fees ?? first.interest ?? first.lump_sum, `${code} charges nothing at first`)
    t.match(third.consequences.tasks, [{ assignee: 'sales' }], `${code} asks sales after the third`)
    t.ok(
      policy.levels.every((level: Json) => level.minimum_amounts.length === 1),
      code,
    )
    if (customer_kind === 'consumer')
      t.notOk(
        policy.levels.some((level: Json) => level.lump_sum),
        `${code} has no lump sum`,
      )
  }
})

t.test(
  'the Dutch steps never exceed the statutory scale, nor fall below its minimum',
  async (t) => {
    const { policy } = policyTemplates.find(({ code }) => code === 'nl_consumer') as Json
    const scale = (principal: number) =>
      Math.max(
        40_00,
        0.15 * Math.min(principal, 2_500_00) +
          0.1 * Math.min(Math.max(principal - 2_500_00, 0), 2_500_00) +
          0.05 * Math.min(Math.max(principal - 5_000_00, 0), 5_000_00) +
          0.01 * Math.min(Math.max(principal - 10_000_00, 0), 190_000_00),
      )
    const { steps } = policy.levels[3].fees[0]
    t.ok(steps.length > 10)
    for (const { from_amount, amount } of steps)
      t.equal(amount, scale(from_amount), `from ${from_amount}`)
  },
)

for (const { code, jurisdiction, customer_kind, policy } of policyTemplates) {
  t.test(`${code} is accepted as it is, and takes a customer through all its levels`, async (t) => {
    const currency = jurisdiction === 'GB' ? 'GBP' : 'EUR'
    const tenant = await app.tenant({ currency })
    const make = recordsOf(tenant)
    const clock = clockOf(app, tenant)
    await clock.set('2026-03-12')
    const template = listed.data.find((one: Json) => one.code === code)
    const created = accepted(await tenant.api('POST', '/v1/dunning-policies', template.policy))
    await make.patch('/v1/tenant', { dunning_policy_id: created.id })
    const country = jurisdiction === 'EU' ? 'FR' : jurisdiction
    const customer = await make.customer({ kind: customer_kind, country, currency })
    const other = await make.customer({ currency })
    const invoice = await make.invoice(customer, { currency, total_amount: 500_00 })

    let steps: { level: number; date: string }[] = []
    for (
      let today = '2026-03-12';
      steps.length < 4 && today < '2026-07-01';
      today = addDays(today, 5)
    ) {
      await clock.advance(addDays(today, 5))
      await make.payment(other, { currency, amount: 1, received_date: today, allocate: 'none' })
      steps = (await make.get(`/v1/invoices/${invoice.id}/dunning`)).history
    }
    t.same(
      steps.map(({ level }) => level),
      [1, 2, 3, 4],
    )
    const { country: at, region = null } = policy.business_days ?? { country: '' }
    for (const [index, { date }] of steps.entries()) {
      t.ok(isBusinessDay(date, at, region ?? null), `${date} is a business day`)
      const before = steps[index - 1]
      const paymentDays = policy.levels[index - 1]?.payment_days ?? 0
      if (before !== undefined)
        t.ok(daysBetween(before.date, date) > paymentDays, `${date} is after the deadline`)
    }
    t.same(await auditBooks(app.context, tenant.uuid), [])
  })
}

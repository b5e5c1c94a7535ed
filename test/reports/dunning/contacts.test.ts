import { parse } from 'csv-parse/sync'
import t from 'tap'
import { testApp } from '../../support/app.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
const url = '/v1/reports/contact-intensity?from_date=2026-03-01'

await clock.set('2026-03-10')
const policy = await make.policy()
await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
const [often, once] = [await make.customer(), await make.customer()]
// Notices on 20 and 30 March in two currencies: two contacts, on a Friday and on the Monday after the next.
await make.invoice(often)
await make.invoice(often, { currency: 'USD' })
await make.invoice(once, { due_date: '2026-03-18' })
await clock.advance('2026-03-31')

t.test('notices of one run are one contact, whatever their currencies', async (t) => {
  const weeks = await make.get(url)
  t.match(weeks, { object: 'contact_intensity_report', by: 'week' })
  t.match(weeks.rows, [
    { period_from_date: '2026-03-16', customer_count: 1, contact_count: 1, max_contacts: 1 },
    { period_from_date: '2026-03-23', customer_count: 1, contact_count: 1 },
    { period_from_date: '2026-03-30', customer_count: 1, contact_count: 1 },
  ])
  t.match((await make.get(`${url}&by=month`)).rows, [
    {
      period_from_date: '2026-03-01',
      customer_count: 2,
      contact_count: 3,
      notice_contact_count: 3,
      activity_contact_count: 0,
      average_contacts: '1.50',
      max_contacts: 2,
      customers_1_count: 1,
      customers_2_count: 1,
      customers_over_3_count: 0,
      budget_exceeded_customer_count: 0,
    },
  ])
  const csv = await make.get(`${url}&by=month&format=csv`)
  t.match(parse(csv, { columns: true }), [{ contact_count: '3', average_contacts: '1.50' }])
})

t.test(
  'what people do counts too, and the budget of the policy is held against both',
  async (t) => {
    const tenant = await app.tenant()
    const make = recordsOf(tenant)
    const clock = clockOf(app, tenant)
    await clock.set('2026-03-10')
    const policy = await make.policy({ contact_budget: { contacts: 1, days: 7 } })
    await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
    const customer = await make.customer()
    await make.invoice(customer)
    await clock.advance('2026-03-20')
    const call = { kind: 'call', direction: 'outgoing', outcome: 'reached' }
    const log = (more: object) =>
      tenant.api('POST', '/v1/activities', { ...call, customer_id: customer.id, ...more })
    // A notice and a call on Friday 20 March are one contact too many; being called is none.
    t.equal((await log({})).status, 201)
    t.equal((await log({ direction: 'incoming' })).status, 201)
    t.match((await make.get(url)).rows, [
      {
        period_from_date: '2026-03-16',
        customer_count: 1,
        contact_count: 2,
        notice_contact_count: 1,
        activity_contact_count: 1,
        customers_2_count: 1,
        budget_exceeded_customer_count: 1,
      },
    ])
  },
)

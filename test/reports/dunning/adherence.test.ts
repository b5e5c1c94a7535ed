import { parse } from 'csv-parse/sync'
import t from 'tap'
import { testApp } from '../../support/app.ts'
import { accepted, clockOf, dunNow, recordsOf } from '../../support/records.ts'

const app = await testApp(t)

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-10')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  return { tenant, make, clock, policy, customer: await make.customer() }
}

t.test('steps on their day, steps that came late, and what stood in the way', async (t) => {
  const { tenant, make, clock, customer } = await creditor()
  const [, held] = [await make.invoice(customer), await make.invoice(customer)]
  await clock.advance('2026-03-20')
  const hold = await make.hold({ invoice_id: held.id, from_date: '2026-03-25' })
  // Nobody looks from here on: the clock is put on, jobs do not run.
  await clock.set('2026-04-02')
  await dunNow(app, tenant)
  const read = () => make.get('/v1/reports/dunning-adherence?from_date=2026-03-01')
  t.match(await read(), {
    object: 'dunning_adherence_report',
    to_date: '2026-04-02',
    levels: [
      {
        level: 1,
        executed_count: 2,
        in_time_count: 2,
        in_time_percent: '100.0',
        late_count: 0,
        average_late_days: null,
        max_late_days: 0,
      },
      // Due on 30 March, taken on 2 April.
      {
        level: 2,
        executed_count: 1,
        in_time_count: 0,
        in_time_percent: '0.0',
        late_count: 1,
        average_late_days: '3.0',
        max_late_days: 3,
      },
    ],
    overdue_look_count: 0,
  })
  t.match(
    (await read()).reasons.find(({ reason }: { reason: string }) => reason === 'on_hold'),
    { outcome: 'blocked', item_count: 1, decision_count: 1 },
  )

  accepted(
    await tenant.api('POST', `/v1/dunning-holds/${hold.id}/lift`, {}, {}),
    'lifting the hold',
  )
  await dunNow(app, tenant)
  t.match(await read(), {
    levels: [{}, { level: 2, executed_count: 2, in_time_count: 1, late_count: 1 }],
  })

  await clock.set('2026-04-20')
  t.match(await read(), { overdue_look_count: 2 })
  const csv = await make.get('/v1/reports/dunning-adherence?from_date=2026-03-01&format=csv')
  t.match(parse(csv, { columns: true }), [
    { level: '1', executed_count: '2' },
    { level: '2', average_late_days: '3.0', reason: '' },
    { level: '', outcome: 'blocked', reason: 'on_hold', item_count: '1' },
    { outcome: 'wait', reason: 'next_level_not_due', item_count: '2' },
  ])
})

t.test('how soon customers hear of what is overdue', async (t) => {
  const { tenant, make, clock, customer, policy } = await creditor()
  await make.invoice(customer)
  await make.invoice(customer, { issue_date: '2026-02-01', due_date: '2026-02-25' })
  await clock.advance('2026-03-20')
  const report = await make.get('/v1/reports/dunning-reaction')
  // One after 14 days, on the day it became known; one after 5.
  t.match(report, {
    object: 'dunning_reaction_report',
    first_notices: [
      {
        policy_id: policy.id,
        item_count: 2,
        average_days: '9.5',
        median_days: '9.5',
        p90_days: 14,
        max_days: 14,
        days_1_7_count: 1,
        days_8_14_count: 1,
      },
    ],
    fall_backs: [],
  })
  const csv = await make.get('/v1/reports/dunning-reaction?format=csv')
  t.match(parse(csv, { columns: true }), [{ item_count: '2', channel: '' }])
  t.same((await make.get('/v1/reports/dunning-reaction?to_date=2026-03-09')).first_notices, [])
  t.match(await tenant.api('GET', '/v1/reports/dunning-reaction?to_date=x'), { status: 400 })
})

t.test('how soon a notice that did not arrive is sent another way', async (t) => {
  const { tenant, make, clock, customer } = await creditor()
  await make.invoice(customer)
  await clock.advance('2026-03-20')
  const [notice] = (await make.get('/v1/dunning-notices')).data
  const report = async (status: string, channel: string, hour: string) =>
    accepted(
      await tenant.api('POST', `/v1/dunning-notices/${notice.id}/deliveries`, {
        status,
        channel,
        occurred_at: `2026-03-20T${hour}:00Z`,
      }),
    )
  await report('sent', 'email', '06:00')
  await report('bounced', 'email', '06:30')
  t.match((await make.get('/v1/reports/dunning-reaction')).fall_backs, [
    { channel: 'email', bounced_count: 1, followed_count: 0, average_hours: null },
  ])
  await report('sent', 'letter', '08:00')
  t.match((await make.get('/v1/reports/dunning-reaction')).fall_backs, [
    { channel: 'email', followed_count: 1, average_hours: '1.5', max_hours: '1.5' },
  ])
})

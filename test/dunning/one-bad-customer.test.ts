import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const LARGEST = 9_007_199_254_740_991

t.test('a customer that cannot be dunned hinders no other', async (t) => {
  const app = await testApp(t, { LOG_LEVEL: 'silent' })
  const tenant = await app.tenant({ time_zone: 'UTC' })
  const records = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const level = {
    level: 1,
    days: 5,
    name: 'Reminder',
    fees: [{ currency: 'EUR', amount: 250 }],
  }
  const policy = await records.policy({ levels: [level] })
  await records.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const overfull = await records.customer()
  const ordinary = await records.customer()
  const stuck = await records.invoice(overfull, { total_amount: LARGEST })
  const dunned = await records.invoice(ordinary, { total_amount: 100 })

  await clock.advance('2026-03-21')
  t.equal((await records.get('/v1/test-clock')).status, 'ready', 'the clock arrives')
  t.equal((await records.get(`/v1/invoices/${dunned.id}`)).dunning_level, 1)
  t.equal(
    (await records.get(`/v1/invoices/${stuck.id}`)).dunning_level,
    0,
    'its balance has no room for the fee',
  )
  const { data: runs } = await records.get('/v1/dunning-runs')
  t.ok(runs.every(({ status }: { status: string }) => status === 'completed'))

  await records.payment(overfull, { amount: 1_000, received_date: '2026-03-21' })
  await clock.advance('2026-03-23')
  t.equal(
    (await records.get(`/v1/invoices/${stuck.id}`)).dunning_level,
    1,
    'and it is tried again every day',
  )
  t.ok((await records.get('/v1/ledger/verification')).ok)
})

t.test('a fee that can only be a typing error is refused', async (t) => {
  const { api } = await (await testApp(t)).tenant()
  const level = {
    level: 1,
    days: 5,
    name: 'A',
    fees: [{ currency: 'EUR', amount: LARGEST }],
  }
  const refused = await api('POST', '/v1/dunning-policies', {
    name: 'A',
    scope: 'invoice',
    levels: [level],
  })
  t.match(refused, {
    status: 422,
    body: { errors: [{ pointer: '#/levels/0/fees/0/amount', code: 'maximum' }] },
  })
})

t.test('nobody hears of a level before the invoice is announced overdue', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant({ time_zone: 'UTC' })
  const records = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-10T00:30:00Z')
  const policy = await records.policy()
  await records.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await records.invoice(await records.customer(), {
    due_date: '2026-03-04',
    issue_date: '2026-03-01',
  })
  await clock.advance('2026-03-12')
  const types = (await tenant.events()).map(({ type }) => type)
  const overdue = types.indexOf('invoice.overdue')
  t.ok(overdue !== -1 && overdue < types.indexOf('dunning.level_changed'))
  t.equal(types.lastIndexOf('invoice.overdue'), overdue, 'once')
})

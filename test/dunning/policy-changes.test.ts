import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const at = (...given: number[]) =>
  given.map((days, n) => ({ level: n + 1, days, name: `Level ${n + 1}` }))

async function creditor(levels = at(5, 15, 30)) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const policy = await make.policy({ levels })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const steps = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed')).map(
      ({ timestamp, data: { object } }) =>
        `${timestamp.slice(5, 10)} ${object.invoice_number} ${object.level} v${object.policy_version}`,
    )
  const replace = (id: string, version: number, more: object) =>
    tenant.api(
      'PUT',
      `/v1/dunning-policies/${id}`,
      { name: 'Next', scope: 'invoice', ...more },
      { 'if-match': `"${version}"` },
    )
  return { tenant, make, clock, policy, steps, replace }
}

t.test(
  'with a new version, items under way stay on theirs and all others follow at the next run',
  async (t) => {
    const { tenant, make, clock, policy, steps, replace } = await creditor()
    const customer = await make.customer()
    await make.invoice(customer, { number: 'begun', due_date: '2026-03-05' })
    await make.invoice(customer, { number: 'looked', due_date: '2026-03-08' })
    await make.invoice(customer, { number: 'fresh', due_date: '2026-03-12' })
    await clock.advance('2026-03-11')
    t.match(await replace(policy.id, 1, { levels: at(2, 4) }), {
      status: 200,
      body: { id: policy.id, version: 2, levels: at(2, 4) },
    })
    await clock.advance('2026-04-10')
    t.same(await steps(), [
      '03-10 begun 1 v1',
      '03-12 looked 1 v2',
      '03-13 looked 2 v2',
      '03-14 fresh 1 v2',
      '03-16 fresh 2 v2',
      '03-20 begun 2 v1',
      '04-04 begun 3 v1',
    ])
    t.match((await tenant.events('dunning_policy.updated'))[0], {
      entity_sequence: 2,
      data: { previous_attributes: { version: 1, levels: at(5, 15, 30) } },
    })
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test('a version that waits longer makes those wait that have not begun', async (t) => {
  const { make, clock, policy, steps, replace } = await creditor()
  await make.invoice(await make.customer(), { number: 'A', due_date: '2026-03-05' })
  await clock.advance('2026-03-09')
  await replace(policy.id, 1, { levels: at(10) })
  await clock.advance('2026-03-20')
  t.same(await steps(), ['03-15 A 1 v2'])
})

t.test(
  'when the tenant chooses another policy, what has not begun follows; what has, stays',
  async (t) => {
    const { make, clock, steps } = await creditor()
    const customer = await make.customer()
    await make.invoice(customer, { number: 'begun', due_date: '2026-03-05' })
    await make.invoice(customer, { number: 'waits', due_date: '2026-03-09' })
    await clock.advance('2026-03-10')
    const strict = await make.policy({ levels: at(1, 2), name: 'Strict' })
    await make.patch('/v1/tenant', { dunning_policy_id: strict.id })
    await clock.advance('2026-03-21')
    t.same(await steps(), [
      '03-10 begun 1 v1',
      '03-11 waits 1 v1',
      '03-12 waits 2 v1',
      '03-20 begun 2 v1',
    ])
  },
)

t.test(
  'when a tenant that had none chooses a policy, everything that is late is seen',
  async (t) => {
    const { make, clock, steps, policy } = await creditor()
    await make.patch('/v1/tenant', { dunning_policy_id: null })
    await make.invoice(await make.customer(), { number: 'A', due_date: '2026-03-05' })
    await clock.advance('2026-03-25')
    t.same(await steps(), [])
    await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
    await clock.advance('2026-03-27')
    t.same(await steps(), ['03-26 A 1 v1', '03-27 A 2 v1'])
  },
)

t.test('a customer’s own choice goes before the tenant’s, and back', async (t) => {
  const { make, clock, steps } = await creditor()
  const patient = await make.policy({ levels: at(20), name: 'Patient' })
  const customer = await make.customer()
  const other = await make.customer()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-05' })
  await make.invoice(other, { number: 'B', due_date: '2026-03-05' })
  await clock.advance('2026-03-08')
  await make.patch(`/v1/customers/${customer.id}`, { dunning_policy_id: patient.id })
  await clock.advance('2026-03-12')
  t.same(await steps(), ['03-10 B 1 v1'])
  await make.patch(`/v1/customers/${customer.id}`, { dunning_policy_id: null })
  await clock.advance('2026-03-13')
  t.same(await steps(), ['03-10 B 1 v1', '03-13 A 1 v1'])
})

t.test('another dunning hour moves the run, and never makes two of one day', async (t) => {
  const { tenant, make, clock, steps } = await creditor()
  await make.invoice(await make.customer(), { number: 'A', due_date: '2026-03-05' })
  await make.patch('/v1/tenant', { dunning_time: '14:30' })
  await clock.advance('2026-03-10T13:29:59Z')
  t.same(await steps(), [])
  await clock.advance('2026-03-10T13:30:00Z')
  t.same(await steps(), ['03-10 A 1 v1'])
  await make.patch('/v1/tenant', { dunning_time: '18:00' })
  await clock.advance('2026-03-10T23:30:00Z')
  const { data } = await make.get('/v1/dunning-runs?run_date_gte=2026-03-10')
  t.equal(data.length, 1)
  for (const dunning_time of ['24:00', '6:00', '06:00:00', '', 'noon'])
    t.match(
      await tenant.api('PATCH', '/v1/tenant', { dunning_time }),
      { status: 422 },
      dunning_time,
    )
})

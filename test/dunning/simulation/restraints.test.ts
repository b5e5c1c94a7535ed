import t from 'tap'
import { runSimulation } from '../../../src/dunning/simulation/run-simulation.ts'
import { uuidOf } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'
import { importStatement } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf } from '../../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)

t.test('what really kept items back keeps them back in a replay, to the day', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const debits = debitsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-02')
  const policy = await make.policy({ payment_data_max_age_days: 3 })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await debits.settings()
  const hearOfPayments = async () => make.payment(await make.customer(), { amount: 1 })
  const owing = async (due_date: string, more: object = {}) => {
    const customer = await make.customer()
    const invoice = await make.invoice(customer, { due_date, ...more })
    return { customer, item: invoice.open_items[0] }
  }

  const collected = await owing('2026-03-09')
  const limited = await owing('2026-03-09')
  const cancelled = await owing('2026-03-09')
  await owing('2026-04-09')
  await owing('2022-12-01', { issue_date: '2022-11-01' })
  const limit = (maximum_level: number | null) =>
    tenant.api('PUT', `/v1/open-items/${limited.item.id}/dunning-limit`, {
      maximum_level,
      reason: 'Talks',
    })

  await clock.advance('2026-03-05')
  await debits.mandate(collected.customer)
  const batch = await debits.submitted('2026-03-18', { customer_ids: [collected.customer.id] })
  const waiting = await debits.debit(await debits.mandate(cancelled.customer), {
    collection_date: '2026-03-31',
  })
  await clock.advance('2026-03-13')
  await hearOfPayments()
  await clock.advance('2026-03-20')
  const [debit] = await debits.debitsIn(batch)
  accepted(await debits.returned(debit, 'AC04'))
  await clock.advance('2026-03-26')
  await hearOfPayments()
  await clock.advance('2026-03-27')
  accepted(await tenant.api('POST', `/v1/direct-debits/${waiting.id}/cancel`))
  await clock.advance('2026-03-28')
  await limit(2)
  await clock.advance('2026-04-08')
  await hearOfPayments()
  await clock.advance('2026-04-12')
  await limit(null)
  await importStatement(tenant, [{ bookingDate: '2026-04-10', amount: 1 }])
  await clock.advance('2026-04-20')

  const notices: Json[] = (await make.get('/v1/dunning-notices?limit=100')).data
  const steps = notices
    .flatMap(({ notice_date, level, customer_id }) =>
      Object.entries({ collected, limited, cancelled })
        .filter(([, { customer }]) => customer.id === customer_id)
        .map(([name]) => `${notice_date} ${name} ${level}`),
    )
    .sort()
  t.same(steps, [
    '2026-03-14 limited 1',
    '2026-03-27 collected 1',
    '2026-03-27 limited 2',
    '2026-03-28 cancelled 1',
    '2026-03-28 collected 2',
    '2026-03-29 cancelled 2',
    '2026-04-09 cancelled 3',
    '2026-04-09 collected 3',
    '2026-04-13 limited 3',
  ])
  t.equal(notices.length, steps.length, 'the others heard nothing')

  for (const to_date of new Set([...notices.map(({ notice_date }) => notice_date), '2026-04-20'])) {
    const simulation = accepted(
      await tenant.api('POST', '/v1/dunning-simulations', {
        from_date: '2026-03-02',
        to_date,
        basis: 'known',
        policies: [{ policy_id: policy.id }],
      }),
    )
    const stop = new AbortController().signal
    await runSimulation(app.context, tenant.uuid, uuidOf(simulation.id), stop)
    const [{ levels }] = (await make.get(`/v1/dunning-simulations/${simulation.id}`)).results
    const really = notices.filter(({ notice_date }) => notice_date <= to_date)
    t.same(
      levels.map(({ level, notice_count }: Json) => [level, notice_count]),
      [1, 2, 3].flatMap((level) => {
        const count = really.filter((one) => one.level === level).length
        return count === 0 ? [] : [[level, count]]
      }),
      to_date,
    )
  }
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

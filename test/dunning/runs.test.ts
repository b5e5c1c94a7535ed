import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, dunNow, recordsOf } from '../support/records.ts'

const app = await testApp(t)

async function creditor(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20')
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer()
  const preview = async (body: object = {}) => {
    const reply = await tenant.api('POST', '/v1/dunning-runs?dry_run=true', body)
    if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
    return reply.body
  }
  const levels = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed')).map(
      ({ data: { object } }) => `${object.invoice_number} ${object.level}`,
    )
  return { tenant, make, clock, customer, preview, levels, policyId: id }
}

t.test('a run that somebody asks for does what the daily run would do, at once', async (t) => {
  const { tenant, make, customer, levels } = await creditor()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
  await make.invoice(customer, { number: 'B', due_date: '2026-03-19' })
  const started = await tenant.api('POST', '/v1/dunning-runs', {})
  t.match(started, {
    status: 202,
    body: {
      object: 'dunning_run',
      status: 'running',
      trigger: 'request',
      run_date: '2026-03-20',
      version: 1,
    },
  })
  t.equal(started.headers.location, `/v1/dunning-runs/${started.body.id}`)
  const run = await dunNow(app, tenant)
  t.match(run, {
    status: 'completed',
    item_count: 2,
    escalated_count: 1,
    notice_count: 1,
    version: 2,
  })
  t.same(await levels(), ['A 1'])
  const { data } = await make.get(`/v1/dunning-runs/${run.id}/decisions`)
  t.match(
    data.sort((a: { outcome: string }, b: { outcome: string }) => (a.outcome < b.outcome ? -1 : 1)),
    [
      {
        object: 'dunning_decision',
        outcome: 'escalate',
        reason: 'level_due',
        from_level: 0,
        to_level: 1,
        inputs: { days_overdue: 10, level_days: 5 },
      },
      { outcome: 'wait', reason: 'next_level_not_due', next_look_date: '2026-03-24' },
    ],
  )
  t.equal((await make.get(`/v1/dunning-runs/${run.id}/decisions?outcome=escalate`)).data.length, 1)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'a second run of the same day lifts nothing again, whatever has moved in between',
  async (t) => {
    const { tenant, make, clock, customer, levels } = await creditor()
    await make.invoice(customer, { number: 'A', issue_date: '2025-12-01', due_date: '2026-01-01' })
    await dunNow(app, tenant)
    await make.payment(customer, { amount: 1 })
    await make.invoice(customer, { number: 'B', due_date: '2026-03-14' })
    await dunNow(app, tenant)
    await dunNow(app, tenant)
    t.same(await levels(), ['A 1', 'B 1'])
    await clock.advance('2026-03-21')
    t.same(await levels(), ['A 1', 'B 1', 'A 2'])
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test('a run over one customer leaves the others for their own', async (t) => {
  const { tenant, make, customer, levels } = await creditor()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
  await make.invoice(await make.customer(), { number: 'B', due_date: '2026-03-10' })
  t.match(await dunNow(app, tenant, { customer_id: customer.id }), {
    customer_id: customer.id,
    escalated_count: 1,
  })
  t.same(await levels(), ['A 1'])
  t.match(
    await tenant.api('POST', '/v1/dunning-runs', { customer_id: 'cus_00000000000000000000000000' }),
    { status: 404, body: { code: 'customer_not_found' } },
  )
  await dunNow(app, tenant)
  t.same(await levels(), ['A 1', 'B 1'])
})

t.test('a preview says what a run would do, and leaves nothing', async (t) => {
  const { tenant, make, customer, preview, levels } = await creditor({
    levels: [{ level: 1, days: 5, name: 'One', fees: [{ currency: 'EUR', amount: 500 }] }],
  })
  const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
  await make.invoice(customer, { number: 'B', due_date: '2026-03-19' })
  const count = async () => {
    const { rows } = await app.context.workers.pool.query(
      `select (select count(*) from dunning_run where tenant_id = $1) + (select count(*) from dunning_notice where tenant_id = $1)
        + (select count(*) from dunning_decision where tenant_id = $1) + (select count(*) from open_item where tenant_id = $1) * 1000
        + (select count(*) from event where tenant_id = $1) * 1000000 as count`,
      [tenant.uuid],
    )
    return rows[0].count
  }
  await tenant.events()
  const before = await count()
  const previewed = await preview()
  t.match(previewed, {
    item_count: 2,
    escalated_count: 1,
    notice_count: 1,
    decisions: [{ outcome: 'escalate', to_level: 1 }, { outcome: 'wait' }],
  })
  t.same(
    (await preview()).decisions.map(stripped),
    previewed.decisions.map(stripped),
    'and says it again',
  )
  t.equal(await count(), before)
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 0 })
  const run = await dunNow(app, tenant)
  const decided = (await make.get(`/v1/dunning-runs/${run.id}/decisions`)).data
  t.same(
    decided.map(stripped).sort(),
    previewed.decisions.map(stripped).sort(),
    'the run does what the preview said',
  )
  t.same(await levels(), ['A 1'])

  function stripped({
    item_id,
    outcome,
    reason,
    to_level,
    next_look_date,
    inputs,
  }: Record<string, unknown>): string {
    return JSON.stringify([
      item_id,
      outcome,
      reason,
      to_level,
      next_look_date,
      Object.entries(inputs as object).sort(),
    ])
  }
})

t.test('a preview and a run see settings that have only just been changed', async (t) => {
  const { tenant, make, customer, preview, levels } = await creditor()
  await make.invoice(customer, { number: 'A', due_date: '2026-03-17' })
  await dunNow(app, tenant)
  const strict = await make.policy({ levels: [{ level: 1, days: 1, name: 'One' }] })
  await make.patch('/v1/tenant', { dunning_policy_id: strict.id })
  t.match(await preview(), { escalated_count: 1 })
  t.match(await dunNow(app, tenant), { escalated_count: 1 })
  t.same(await levels(), ['A 1'])
})

t.test('the explanation is the evaluation a run would make, with its history', async (t) => {
  const { tenant, make, clock, customer, policyId } = await creditor({
    min_notice_interval_days: 7,
  })
  const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-05' })
  const explain = () => make.get(`/v1/invoices/${invoice.id}/dunning`)
  t.match(await explain(), {
    object: 'invoice_dunning',
    invoice_id: invoice.id,
    as_of_date: '2026-03-20',
    level: 0,
    items: [
      {
        level: 0,
        policy_id: policyId,
        policy_version: 1,
        outcome: 'escalate',
        reason: 'level_due',
        next_level: 1,
        next_date: '2026-03-20',
        open_amount: 10_000,
      },
    ],
    history: [],
  })
  await clock.advance('2026-03-21')
  t.match(await explain(), {
    level: 1,
    items: [
      {
        level: 1,
        outcome: 'wait',
        reason: 'notice_interval',
        next_level: 2,
        next_date: '2026-03-28',
        inputs: { last_notice_date: '2026-03-21' },
      },
    ],
    history: [
      { item_id: invoice.open_items[0].id, level: 1, date: '2026-03-21', days_overdue: 16 },
    ],
  })
  await clock.advance('2026-03-29')
  t.match(await explain(), {
    level: 2,
    items: [
      { outcome: 'wait', reason: 'next_level_not_due', next_level: 3, next_date: '2026-04-04' },
    ],
  })
  await clock.advance('2026-04-10')
  t.match(await explain(), {
    level: 3,
    items: [
      { outcome: 'finished', reason: 'last_level_reached', next_level: null, next_date: null },
    ],
  })
  await make.payment(customer, { received_date: '2026-04-10' })
  t.match(await explain(), {
    level: 3,
    items: [],
    history: [{ level: 1 }, { level: 2 }, { level: 3 }],
  })
  const lone = await make.invoice(await make.customer({ dunning_policy_id: null }), {
    due_date: '2026-03-10',
  })
  await make.patch('/v1/tenant', { dunning_policy_id: null })
  t.match(await make.get(`/v1/invoices/${lone.id}/dunning`), {
    items: [
      {
        outcome: 'blocked',
        reason: 'no_policy',
        policy_id: null,
        next_level: null,
        next_date: null,
      },
    ],
  })
  t.match(await tenant.api('GET', '/v1/invoices/inv_00000000000000000000000000/dunning'), {
    status: 404,
    body: { code: 'invoice_not_found' },
  })
})

t.test('an explanation on the day of a step promises the next one for another day', async (t) => {
  const { make, clock, customer } = await creditor()
  const invoice = await make.invoice(customer, { issue_date: '2025-12-01', due_date: '2026-01-01' })
  await clock.advance('2026-03-21')
  t.match(await make.get(`/v1/invoices/${invoice.id}/dunning`), {
    level: 1,
    items: [{ outcome: 'wait', next_level: 2, next_date: '2026-03-22' }],
  })
})

t.test('a day on which nothing is due has no run, and runs are listed by day', async (t) => {
  const { make, clock, customer } = await creditor()
  await make.invoice(customer, { due_date: '2026-03-20' })
  await clock.advance('2026-03-30')
  const { data } = await make.get('/v1/dunning-runs')
  t.same(
    data.map(
      ({ run_date, escalated_count }: Record<string, unknown>) => `${run_date} ${escalated_count}`,
    ),
    ['2026-03-25 1', '2026-03-21 0'],
  )
  t.equal(
    (await make.get('/v1/dunning-runs?run_date_gte=2026-03-22&run_date_lte=2026-03-25')).data
      .length,
    1,
  )
})

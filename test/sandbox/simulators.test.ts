import t from 'tap'
import { runTasks, type TaskKind, type TaskRunner } from '../../src/foundation/jobs/tasks.ts'
import { MAX_AMOUNT } from '../../src/foundation/money.ts'
import { runAdvance } from '../../src/sandbox/advance-clock.ts'
import { playDueRuns } from '../../src/sandbox/simulators/play-runs.ts'
import { simulators } from '../../src/sandbox/simulators/simulators.ts'
import { jobs } from '../../src/schedule.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { debitsOf } from '../support/debits.ts'
import { until } from '../support/receiver.ts'
import { accepted, clockOf, recordsOf, threeLevels } from '../support/records.ts'

const app = await testApp(t)

/** A test tenant on 2 March 2026 with a customer, and its simulators. */
async function company() {
  const tenant = await app.tenant()
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-02')
  const make = recordsOf(tenant)
  const customer = await make.customer({
    contacts: [
      { role: 'billing', name: 'Billing', email: 'billing@muster.example' },
      { role: 'management', name: 'Boss', email: 'boss@muster.example' },
    ],
  })
  const run = (name: string, parameters: object) =>
    tenant.api('POST', `/v1/simulators/${name}/run`, parameters)
  const done = async (name: string, parameters: object) =>
    accepted(await run(name, parameters), name)
  const audit = async () => auditBooks(app.context, tenant.uuid)
  return { tenant, clock, make, customer, run, done, audit }
}

const idOf = (run: { changes: { object: string; id: string }[] }, object: string): string =>
  run.changes.find((one) => one.object === object)?.id as string

t.test('every simulator says what it does and what it takes, with an example', async (t) => {
  const { tenant, make } = await company()
  const { simulators: listed } = await make.get('/v1/simulators')
  t.same(
    listed.map(({ name }: { name: string }) => name),
    simulators.map(({ name }) => name),
  )
  for (const { run_path, parameters, example } of listed) {
    t.equal(parameters.additionalProperties, false)
    const unknown = await tenant.api('POST', run_path, { ...example, colour: 'red' })
    t.match(unknown, { status: 422, body: { errors: [{ pointer: '#/colour' }] } }, run_path)
    const body = { ...example, run_at: '2026-03-05T09:00:00Z' }
    const scheduled = await tenant.api('POST', run_path, body)
    t.match(
      scheduled,
      { status: 201, body: { status: 'scheduled', parameters: example } },
      run_path,
    )
    const { location } = scheduled.headers
    t.equal((await make.get(String(location))).id, scheduled.body.id)
  }
  t.equal((await tenant.api('POST', '/v1/simulators/customer_flies/run', {})).status, 404)
})

t.test('live tenants have no simulators', async (t) => {
  const live = await app.tenant({ mode: 'live' })
  const requests: [method: 'GET' | 'POST', url: string, body?: object][] = [
    ['GET', '/v1/simulators'],
    ['GET', '/v1/simulator-runs'],
    ['GET', '/v1/simulator-runs/smr_00000000000000000000000000'],
    ['POST', '/v1/simulator-runs/smr_00000000000000000000000000/cancel'],
    ...simulators.map(({ name, example }): ['POST', string, object] => [
      'POST',
      `/v1/simulators/${name}/run`,
      example,
    ]),
  ]
  for (const [method, url, body] of requests)
    t.match(await live.api(method, url, body), { status: 403, body: { code: 'test_tenant_only' } })
})

t.test('a customer pays in full, in part, too much, with discount, and wrongly', async (t) => {
  const { make, run, done, audit } = await company()
  const invoice = async (more: object = {}) => make.invoice(await make.customer(), more)
  const openAfter = async (way: object, more: object = {}) => {
    const { id } = await invoice(more)
    const paid = await done('customer_pays', { invoice_id: id, ...way })
    t.match(paid, { status: 'done', changes: [{ object: 'payment' }, { object: 'invoice', id }] })
    const { open_amount } = await make.get(`/v1/invoices/${id}`)
    const payment = await make.get(`/v1/payments/${idOf(paid, 'payment')}`)
    return [open_amount, payment.amount, payment.unallocated_amount]
  }
  t.same(await openAfter({}), [0, 10_000, 0])
  t.same(await openAfter({ way: 'in_part' }), [5_000, 5_000, 0])
  t.same(await openAfter({ way: 'in_part', amount: 1 }), [9_999, 1, 0])
  t.same(await openAfter({ way: 'too_much' }, { total_amount: 777 }), [0, 855, 78])
  t.same(
    await openAfter(
      { way: 'with_discount' },
      { early_payment_discounts: [{ days: 10, percent: '2' }], total_amount: 5_000 },
    ),
    [0, 4_900, 0],
  )
  const { id } = await invoice()
  const wrong = await done('customer_pays', { invoice_id: id, way: 'wrong_reference' })
  const payment = await make.get(`/v1/payments/${idOf(wrong, 'payment')}`)
  t.equal(payment.reference, 'ORDER 0000-0000')
  for (const [way, amount, code] of [
    ['in_part', 10_000, 'not_a_part'],
    ['too_much', 10_000, 'not_too_much'],
  ]) {
    const { id: invoice_id } = await invoice()
    t.match(await run('customer_pays', { invoice_id, way, amount }), {
      status: 422,
      body: { errors: [{ pointer: '#/amount', code }] },
    })
    await done('customer_pays', { invoice_id })
    t.match(await run('customer_pays', { invoice_id }), {
      body: { code: 'insufficient_open_amount' },
    })
  }
  t.same(await audit(), [])
})

t.test('one key, one effect', async (t) => {
  const { tenant, make, customer, audit } = await company()
  const body = { invoice_id: (await make.invoice(customer)).id, way: 'in_part' }
  const headers = { 'idempotency-key': 'pay-once' }
  const url = '/v1/simulators/customer_pays/run'
  const first = await tenant.api('POST', url, body, headers)
  t.same((await tenant.api('POST', url, body, headers)).body, first.body)
  t.equal((await make.get('/v1/payments')).data.length, 1)
  t.match(await tenant.api('POST', url, body, { 'idempotency-key': '' }), { status: 400 })
  t.same(await audit(), [])
})

t.test(
  'who pays late does so when the clock gets there, between the jobs of the day',
  async (t) => {
    const { tenant, clock, make, customer, done, audit } = await company()
    const policy = await make.policy({ ...threeLevels, levels: threeLevels.levels.slice(0, 1) })
    await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
    const due = { due_date: '2026-03-10' }
    const [soon, late, never] = [
      await make.invoice(customer, due),
      await make.invoice(customer, { ...due, total_amount: 20_000 }),
      await make.invoice(customer, { ...due, total_amount: 30_000 }),
    ]
    // Level 1 is five days after the due date, at six in the morning: three hours before people pay.
    const run = await done('customer_pays_late', { invoice_id: soon.id, days_late: 4 })
    await done('customer_pays_late', { invoice_id: late.id, days_late: 5 })
    const cancelled = await done('customer_pays_late', { invoice_id: never.id, days_late: 6 })
    t.match(run, { status: 'scheduled', run_at: '2026-03-14T08:00:00.000Z', changes: [] })
    const url = `/v1/simulator-runs/${cancelled.id}/cancel`
    t.match(await tenant.api('POST', url), { status: 200, body: { status: 'cancelled' } })
    t.match(await tenant.api('POST', url), { status: 409, body: { code: 'invalid_state' } })
    t.equal((await make.get('/v1/simulator-runs?status=scheduled')).data.length, 2)

    await clock.advance('2026-03-20')
    t.match(await make.get(`/v1/simulator-runs/${run.id}`), { status: 'done', version: 2 })
    t.match(await make.get(`/v1/invoices/${soon.id}`), { status: 'paid', dunning_level: 0 })
    t.match(await make.get(`/v1/invoices/${late.id}`), { status: 'paid', dunning_level: 1 })
    t.match(await make.get(`/v1/invoices/${never.id}`), { status: 'issued', dunning_level: 1 })
    t.same(
      (await tenant.events('payment.received')).map(({ timestamp }) => timestamp),
      ['2026-03-14T08:00:00.000Z', '2026-03-15T08:00:00.000Z'],
    )
    t.same(await audit(), [])
  },
)

t.test('what cannot happen any more fails, leaves nothing behind, and stops nobody', async (t) => {
  const { clock, make, customer, run, done, audit } = await company()
  const [paid, other] = [await make.invoice(customer), await make.invoice(customer)]
  const failing = await done('customer_pays_late', { invoice_id: paid.id, days_late: 1 })
  const after = await done('customer_pays_late', { invoice_id: other.id, days_late: 2 })
  t.match(await run('customer_pays', { invoice_id: paid.id, run_at: '2026-03-01T00:00:00Z' }), {
    status: 422,
    body: { code: 'instant_in_past', errors: [{ pointer: '#/run_at' }] },
  })
  await done('customer_pays', { invoice_id: paid.id })
  await clock.advance('2026-03-20')
  t.match(await make.get(`/v1/simulator-runs/${failing.id}`), {
    status: 'failed',
    changes: [],
    problem: { code: 'insufficient_open_amount', status: 409 },
  })
  t.match(await make.get(`/v1/simulator-runs/${after.id}`), { status: 'done' })
  t.equal((await make.get('/v1/payments')).data.length, 2)
  t.same(await audit(), [])
})

t.test('an advance that dies and is raced plays each run once', async (t) => {
  const { tenant, make, customer, done, run, audit } = await company()
  for (let n = 0; n < 12; n += 1) {
    const { id } = await make.invoice(customer, { total_amount: 1_000 + n })
    await done('customer_pays_late', { invoice_id: id, days_late: n % 5 })
  }
  accepted(await tenant.api('POST', '/v1/test-clock/advance', { to: '2026-03-25T00:00:00Z' }))
  t.match(await run('order_arrives', { customer_id: customer.id, amount: 1 }), {
    status: 409,
    body: { code: 'clock_advancing' },
  })
  for (const steps of [2, 5, 9]) {
    let left = steps
    const stop = new AbortController()
    const dying = Object.fromEntries(
      Object.entries(jobs).map(([name, job]) => [
        name,
        async (work: Parameters<typeof job>[0]) => {
          left -= 1
          if (left === 0) stop.abort(new Error('killed'))
          return job(work)
        },
      ]),
    ) as typeof jobs
    await runAdvance(app.context, dying, tenant.uuid, stop.signal).catch(() => undefined)
  }
  const { signal } = new AbortController()
  await Promise.all([
    runAdvance(app.context, jobs, tenant.uuid, signal),
    playDueRuns(app.context, tenant.uuid, '', signal),
  ])
  t.equal((await make.get('/v1/simulator-runs?status=done')).data.length, 12)
  t.equal((await make.get('/v1/payments')).data.length, 12)
  t.same(await audit(), [])
})

t.test('where the clock follows real time, what was scheduled happens by itself', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const customer = await make.customer()
  const run_at = new Date(Date.now() + 300).toISOString()
  const body = { customer_id: customer.id, amount: 1_000, run_at }
  const { id } = accepted(await tenant.api('POST', '/v1/simulators/order_arrives/run', body))
  const stop = new AbortController()
  const others: TaskRunner = async () => undefined
  const runners = new Proxy({} as Record<TaskKind, TaskRunner>, {
    get: (_, kind) => (kind === 'simulator_runs' ? playDueRuns : others),
  })
  const tasks = runTasks(app.context, runners, stop.signal)
  await until(async () => (await make.get(`/v1/simulator-runs/${id}`)).status === 'done')
  stop.abort()
  await tasks
  t.equal((await make.get('/v1/orders-on-hand')).data.length, 1)
})

t.test('payments come back: a transfer, a cheque, a direct debit with its mandate', async (t) => {
  const { tenant, clock, make, customer, done, run, audit } = await company()
  const debits = debitsOf(tenant)
  await debits.settings()
  const mandate = await debits.mandate(customer)
  const [returned, reversed, debited] = [
    await make.invoice(customer),
    await make.invoice(customer),
    await make.invoice(customer, { due_date: '2026-03-04' }),
  ]
  const paymentOf = async ({ id }: { id: string }) =>
    idOf(await done('customer_pays', { invoice_id: id }), 'payment')
  const first = await paymentOf(returned)
  await done('payment_returns', { payment_id: first, reason_code: 'AC04' })
  t.match(await make.get(`/v1/payments/${first}`), {
    status: 'reversed',
    reversal_reason_code: 'AC04',
  })
  await done('payment_reversed', { payment_id: await paymentOf(reversed) })
  t.match(await make.get(`/v1/invoices/${reversed.id}`), { status: 'issued', open_amount: 10_000 })
  t.match(await run('payment_reversed', { payment_id: first }), {
    body: { code: 'payment_already_reversed' },
  })

  const sent = await done('direct_debit_collected', { mandate_id: mandate.id })
  const debit = idOf(sent, 'direct_debit')
  t.match(await make.get(`/v1/direct-debits/${debit}`), { status: 'submitted' })
  await clock.advance('2026-03-31')
  t.match(await make.get(`/v1/direct-debits/${debit}`), { status: 'collected' })
  t.match(await make.get(`/v1/invoices/${debited.id}`), { status: 'paid' })
  await done('payment_returns', { payment_id: idOf(sent, 'payment'), reason_code: 'MD01' })
  t.match(await make.get(`/v1/direct-debits/${debit}`), { status: 'returned', reason_code: 'MD01' })
  t.match(await make.get(`/v1/mandates/${mandate.id}`), { status: 'blocked' })
  t.same(await audit(), [])
})

t.test('a bank statement arrives: paid, unclear and unknown lines', async (t) => {
  const { make, customer, run, done, audit } = await company()
  const [paid, part, unclear] = [
    await make.invoice(customer, { total_amount: 11_111 }),
    await make.invoice(customer, { total_amount: 22_222 }),
    await make.invoice(await make.customer({ name: 'Other & Sons' }), { total_amount: 33_333 }),
  ]
  const arrived = await done('bank_statement_arrives', {
    paid: [{ invoice_id: paid.id }, { invoice_id: part.id, amount: 20_000 }],
    unclear: [{ invoice_id: unclear.id }],
    unknown: [{ amount: 4_711, payer: '<Unbekannt> & Söhne' }],
  })
  const { data: lines } = await make.get('/v1/bank-lines')
  t.same(
    lines.map(({ amount, status }: { amount: number; status: string }) => [amount, status]).sort(),
    [
      [11_111, 'matched'],
      [16_667, 'unmatched'],
      [20_000, 'matched'],
      [4_711, 'unmatched'],
    ],
  )
  t.match(await make.get(`/v1/invoices/${paid.id}`), { status: 'paid' })
  t.match(await make.get(`/v1/invoices/${part.id}`), { open_amount: 2_222 })
  t.match(await make.get(`/v1/bank-statements/${idOf(arrived, 'bank_statement')}`), {
    continuity: 'first',
    balanced: true,
    opening_amount: 0,
  })
  t.equal(
    arrived.changes.filter(({ object }: { object: string }) => object === 'payment').length,
    2,
  )
  const next = await done('bank_statement_arrives', { unknown: [{ amount: 1 }] })
  t.match(await make.get(`/v1/bank-statements/${idOf(next, 'bank_statement')}`), {
    continuity: 'continuous',
    opening_amount: 52_489,
  })
  t.match(await run('bank_statement_arrives', {}), { status: 422 })
  const tooMuch = { paid: [], unknown: [{ amount: MAX_AMOUNT }] }
  t.match(await run('bank_statement_arrives', tooMuch), {
    status: 422,
    body: { code: 'amount_out_of_range' },
  })
  const huge = await make.invoice(customer, { total_amount: MAX_AMOUNT - 100_000 })
  t.match(await run('customer_pays', { invoice_id: huge.id, way: 'too_much' }), {
    status: 422,
    body: { code: 'amount_out_of_range' },
  })
  t.same(await audit(), [])
})

t.test('notices are delivered, seen, or bounce to the next recipient', async (t) => {
  const { clock, make, customer, done, audit } = await company()
  const policy = await make.policy({
    levels: [{ level: 1, days: 5, name: 'Reminder', channels: ['email'] }],
  })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  for (const total_amount of [100, 200, 300])
    await make.invoice(await make.customer({ contacts: customer.contacts.map(contactOf) }), {
      total_amount,
      due_date: '2026-03-05',
    })
  await clock.advance('2026-03-12')
  const { data: notices } = await make.get('/v1/dunning-notices')
  t.equal(notices.length, 3)
  for (const [index, [name, status]] of [
    ['notice_delivered', 'delivered'],
    ['notice_viewed', 'viewed'],
    ['notice_bounces', /rerouted|undeliverable/],
  ].entries()) {
    const url = `/v1/dunning-notices/${notices[index].id}`
    const run = await done(String(name), { notice_id: notices[index].id })
    t.match(await make.get(url), { status })
    t.match(run.changes, [{ object: 'dunning_delivery' }, { object: 'dunning_notice' }])
  }
  t.same(await audit(), [])
})

const contactOf = ({ role, name, email }: Record<string, string>) => ({ role, name, email })

t.test('a dispute makes dunning wait', async (t) => {
  const { clock, make, customer, done, audit } = await company()
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const invoice = await make.invoice(customer, { due_date: '2026-03-03' })
  const run = await done('dispute_opened', { invoice_id: invoice.id, note: 'Two are missing.' })
  t.match(await make.get(`/v1/dunning-holds/${idOf(run, 'dunning_hold')}`), {
    reason: 'dispute',
    note: 'Two are missing.',
  })
  await clock.advance('2026-03-20')
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 0 })
  t.same(await audit(), [])
})

t.test('orders, reports and insurers move what may be sold on account', async (t) => {
  const { make, customer, done, run, audit } = await company()
  const customer_id = customer.id
  t.match(await run('customer_exceeds_limit', { customer_id }), {
    status: 404,
    body: { code: 'credit_limit_not_found' },
  })
  await make.creditLimit(customer, {
    amount: 50_000,
    insured: { amount: 40_000, insurer: 'Insurer', valid_until: '2027-03-01' },
  })
  const first = await done('order_arrives', { customer_id, amount: 10_000, external_id: 'PO-9' })
  t.match(await make.get(`/v1/orders-on-hand/${idOf(first, 'order_on_hand')}`), {
    external_id: 'PO-9',
    open_amount: 10_000,
  })
  const beyond = await done('customer_exceeds_limit', { customer_id, beyond_amount: 5 })
  t.match(await make.get(`/v1/orders-on-hand/${idOf(beyond, 'order_on_hand')}`), {
    open_amount: 50_005,
  })
  t.match(await run('insurer_cuts_limit', { customer_id, insured_amount: 40_000 }), {
    status: 422,
    body: { errors: [{ code: 'no_cut' }] },
  })
  for (const insured_amount of [30_000, 0]) {
    const cut = await done('insurer_cuts_limit', { customer_id, insured_amount })
    t.match(await make.get(`/v1/credit-limits/${idOf(cut, 'credit_limit')}`), {
      amount: insured_amount,
      insured: insured_amount === 0 ? null : { amount: insured_amount, insurer: 'Insurer' },
    })
  }
  const report = await done('external_report_arrives', { customer_id, score: 35 })
  t.match(await make.get(`/v1/credit-reports/${idOf(report, 'credit_report')}`), { score: 35 })
  t.same(await audit(), [])
})

t.test('customers buy: the same seed makes the same trade', async (t) => {
  const tradeOf = async (tenant: TestTenant, seed: number) => {
    await clockOf(app, tenant).set('2026-03-02')
    const body = { customers: 4, invoices: 20, seed }
    accepted(await tenant.api('POST', '/v1/simulators/customers_buy/run', body))
    t.match(await tenant.api('POST', '/v1/simulators/customers_buy/run', body), { status: 409 })
    t.same(await auditBooks(app.context, tenant.uuid), [])
    const { data } = await recordsOf(tenant).get('/v1/invoices?limit=200')
    return data
      .map((one: Record<string, unknown>) => [
        one.number,
        one.total_amount,
        one.due_date,
        one.status,
      ])
      .sort()
  }
  const first = await tradeOf(await app.tenant(), 7)
  t.equal(first.length, 20)
  t.same(await tradeOf(await app.tenant(), 7), first)
  t.notSame(await tradeOf(await app.tenant(), 8), first)
})

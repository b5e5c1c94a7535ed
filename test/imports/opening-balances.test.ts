import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, dunNow, recordsOf } from '../support/records.ts'
import { customer, type Imported, importAll } from './support.ts'

const app = await testApp(t)
const { context } = app

const problemsOf = ({ results }: Imported) =>
  results.map(({ outcome, problem }) => problem?.code ?? outcome)

const item = (external_id: string, more: object = {}) => ({
  external_id,
  customer_external_id: 'C-1',
  number: `OLD-${external_id}`,
  currency: 'EUR',
  issue_date: '2025-11-03',
  due_date: '2025-12-03',
  original_amount: 119_000,
  open_amount: 59_500,
  ...more,
})

const credit = (external_id: string, more: object = {}) => ({
  type: 'credit',
  external_id,
  customer_external_id: 'C-1',
  number: `ADV-${external_id}`,
  currency: 'EUR',
  open_amount: 20_001,
  ...more,
})

/** A company that has its customers and its policy here, and moves in on the first of January. */
async function movingIn() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-01-02')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const items = [customer('C-1'), customer('C-2')]
  await importAll(context, tenant, { resource: 'customers', items })
  const move = (items: object[], totals: object[], more: object = {}) =>
    importAll(context, tenant, {
      resource: 'opening_balances',
      cut_over_date: '2026-01-01',
      control_totals: totals,
      items,
      ...more,
    })
  return { tenant, make, clock, move }
}

t.test('a company moves in, and everything goes on where it stood', async (t) => {
  const { tenant, make, clock, move } = await movingIn()
  const { uuid, api, events } = tenant
  const rows = [
    item('O-1', { dunning_level: 1, dunning_date: '2025-12-20' }),
    item('O-2', { customer_external_id: 'C-2', open_amount: 1, due_date: '2026-02-10' }),
    item('O-3', { currency: 'USD', open_amount: 700 }),
    credit('O-4'),
  ]
  const totals = [
    { currency: 'EUR', open_amount: 59_501, unallocated_amount: 20_001 },
    { currency: 'USD', open_amount: 700, unallocated_amount: 0 },
  ]
  const moved = await move(rows, totals)
  t.match(moved.import, { status: 'succeeded', created_count: 4, cut_over_date: '2026-01-01' })
  t.match(moved.results[3], { resource_id: /^pay_/ })

  const open = (await make.get('/v1/open-items')).data
  t.same(open.map((one: Record<string, unknown>) => [one.currency, one.open_amount]).sort(), [
    ['EUR', 1],
    ['EUR', 59_500],
    ['USD', 700],
  ])
  const invoice = (await make.get('/v1/invoices?external_id=O-1')).data[0]
  t.match(invoice, {
    number: 'OLD-O-1',
    kind: 'opening',
    issue_date: '2025-11-03',
    due_date: '2025-12-03',
    taken_over_date: '2026-01-01',
    original_amount: 119_000,
    total_amount: 59_500,
    open_amount: 59_500,
    tax_amount: null,
    dunning_level: 1,
  })
  const [first] = (await make.get('/v1/customers?external_id=C-1')).data
  const balanceOn = async (day: string) =>
    (await make.get(`/v1/customers/${first.id}/balance?as_of_date=${day}`)).balances
  t.same(await balanceOn('2025-12-31'), [], 'before the move there is nothing')
  t.match(await balanceOn('2026-01-01'), [
    { currency: 'EUR', open_amount: 59_500, unallocated_amount: 20_001 },
    { currency: 'USD', open_amount: 700 },
  ])
  const entries = (await make.get('/v1/ledger/journal?origin=all')).data
  t.same(
    [...new Set(entries.map((entry: { posting_date: string }) => entry.posting_date))],
    ['2026-01-01'],
  )
  t.notMatch(JSON.stringify(entries), /output_tax|sales/)
  t.match((await events('dunning.level_changed')).at(-1)?.data.object, {
    level: 1,
    reason: 'taken_over',
  })

  const again = await move(rows, totals)
  t.same(problemsOf(again), ['unchanged', 'unchanged', 'unchanged', 'unchanged'])
  t.equal((await make.get('/v1/open-items')).data.length, 3)
  const others = [
    item('O-1', { dunning_level: 2, dunning_date: '2025-12-20' }),
    item('O-1', { dunning_level: 1, dunning_date: '2025-12-21' }),
    item('O-1', { dunning_level: 1, dunning_date: '2025-12-20', original_amount: 60_000 }),
  ]
  for (const other of others) {
    const changed = await move([other, ...rows.slice(1)], totals)
    t.equal(problemsOf(changed)[0], 'external_id_taken', 'what was taken over is not changed')
  }

  await clock.set('2026-01-06')
  await dunNow(app, tenant)
  const notices = (await make.get(`/v1/dunning-notices?customer_id=${first.id}`)).data
  const levels = notices.filter(({ currency }: { currency: string }) => currency === 'EUR')
  t.same(
    levels.map(({ level }: { level: number }) => level),
    [2],
    'level 1 is not told again',
  )

  const [{ id: noticeId }] = levels
  const back = await api('POST', `/v1/dunning-notices/${noticeId}/reverse`, { reason: 'Too soon.' })
  t.equal(back.status, 200)
  t.match((await make.get('/v1/invoices?external_id=O-1')).data[0], { dunning_level: 1 })
  t.same(await auditBooks(context, uuid), [])
  await make.payment(first, { amount: 59_500, received_date: '2026-01-05', reference: 'OLD-O-1' })
  t.match((await make.get('/v1/invoices?external_id=O-1')).data[0], {
    status: 'paid',
    open_amount: 0,
  })
  t.match((await api('GET', '/v1/ledger/verification')).body, { ok: true })
  const [{ id: taken }] = (await make.get('/v1/invoices?external_id=O-2')).data
  const voided = await api('POST', `/v1/invoices/${taken}/void`, {
    number: 'V-1',
    reason: 'Wrong.',
  })
  t.equal(voided.status, 200)
  const late = await move(rows, totals)
  t.equal(problemsOf(late)[1], 'external_id_taken', 'what was taken back is missing')
  t.same(await auditBooks(context, uuid), [])
})

t.test('what does not add up, or is wrong in one row, is taken over not at all', async (t) => {
  const { tenant, make, move } = await movingIn()
  const rows = [item('O-1'), credit('O-2')]
  const right = [{ currency: 'EUR', open_amount: 59_500, unallocated_amount: 20_001 }]
  const off = await move(rows, [{ ...right[0], open_amount: 59_501 }])
  t.equal(off.import.status, 'failed')
  t.match(off.results[0].problem, {
    code: 'control_total_mismatch',
    differences: [
      { currency: 'EUR', expected: { open_amount: 59_501 }, actual: { open_amount: 59_500 } },
    ],
  })
  const missing = await move([...rows, item('O-3', { currency: 'CHF' })], right)
  t.match(missing.results[2].problem, { differences: [{ currency: 'CHF' }] })
  const rehearsed = await move(rows, [{ ...right[0], unallocated_amount: 0 }], { dry_run: true })
  t.same(problemsOf(rehearsed), ['control_total_mismatch', 'control_total_mismatch'])

  const wrong = await move(
    [
      ...rows,
      item('O-3', { due_date: undefined, original_amount: 1, issue_date: '2026-01-02' }),
      item('O-4', { dunning_level: 9 }),
      item('O-5', { dunning_level: 1, dunning_date: '2025-12-01' }),
      credit('O-6', { dunning_level: 1 }),
      item('O-7', { number: 'OLD-O-1' }),
      { ...item('O-8'), external_id: undefined },
    ],
    right,
  )
  t.same(problemsOf(wrong), [
    'atomic_import_failed',
    'atomic_import_failed',
    'validation_failed',
    'validation_failed',
    'validation_failed',
    'validation_failed',
    'invoice_number_taken',
    'validation_failed',
  ])
  const pointersOf = (row: number) =>
    wrong.results[row - 1].problem.errors.map((error: { pointer: string }) => error.pointer).sort()
  t.same(pointersOf(3), ['#/due_date', '#/issue_date', '#/original_amount'])
  t.same(pointersOf(4), ['#/dunning_level'])
  t.same(pointersOf(6), ['#/dunning_level'])
  t.same((await make.get('/v1/open-items')).data, [])
  t.same((await make.get('/v1/payments')).data, [])

  t.same(problemsOf(await move(rows, right)), ['created', 'created'])
  const other = await move([item('O-1', { open_amount: 59_501 }), credit('O-2')], right)
  t.same(problemsOf(other), ['external_id_taken', 'atomic_import_failed'])
  t.same(await auditBooks(context, tenant.uuid), [])
})

t.test('a move says its day and its totals, and no other import does', async (t) => {
  const { api } = (await movingIn()).tenant
  const post = (body: object) => api('POST', '/v1/imports', { items: [], ...body })
  const opening = { resource: 'opening_balances', cut_over_date: '2026-01-01' }
  const control_totals = [{ currency: 'EUR', open_amount: 0, unallocated_amount: 0 }]
  const refused = (pointer: string) => ({ status: 400, body: { errors: [{ pointer }] } })
  t.match(await post(opening), refused('control_totals'))
  t.match(await post({ ...opening, control_totals, atomic: false }), refused('atomic'))
  t.match(
    await post({ resource: 'invoices', cut_over_date: '2026-01-01' }),
    refused('cut_over_date'),
  )
  t.match(await post({ ...opening, control_totals, cut_over_date: '2026-01-03' }), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  const narrow = await app.tenant({ scopes: ['imports:write', 'invoices:write'] })
  const body = { ...opening, control_totals, items: [] }
  t.match(await narrow.api('POST', '/v1/imports', body), {
    status: 403,
    body: { required_scopes: ['payments:write', 'dunning:write'] },
  })
})

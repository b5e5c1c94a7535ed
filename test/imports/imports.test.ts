import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { runTasks, type TaskRunner } from '../../src/foundation/jobs/tasks.ts'
import { forgetOldResults } from '../../src/imports/forget-old-results.ts'
import { runImport } from '../../src/imports/run-import.ts'
import { testApp } from '../support/app.ts'
import { customer, type Imported, importAll, invoice, payment, read } from './support.ts'

const app = await testApp(t)
const { context } = app

const outcomesOf = ({ results }: Imported) =>
  results.map(({ outcome, problem }) => problem?.code ?? outcome)

t.test('a row that is wrong fails alone, and says where', async (t) => {
  const tenant = await app.tenant()
  const imported = await importAll(context, tenant, {
    resource: 'customers',
    items: [
      customer('C-1'),
      customer('C-2', { currency: 'XXX', nickname: 'Two' }),
      'not even an object',
      null,
      customer('C-3', { contacts: [{ role: 'boss', name: '' }] }),
      customer('C-1', { name: 'The second of its name' }),
      customer('C-4', { metadata: { text: 'a\u0000b' }, name: '\ud800' }),
      customer('C-5'),
    ],
  })
  t.match(imported.import, {
    object: 'import',
    status: 'succeeded',
    total_count: 8,
    succeeded_count: 2,
    created_count: 2,
    failed_count: 6,
    finished_at: /Z$/,
  })
  t.same(outcomesOf(imported), [
    'created',
    'validation_failed',
    'validation_failed',
    'validation_failed',
    'validation_failed',
    'external_id_taken',
    'validation_failed',
    'created',
  ])
  const pointersOf = (row: number) =>
    imported.results[row - 1].problem.errors.map((error: { pointer: string }) => error.pointer)
  t.same(pointersOf(2).sort(), ['#/currency', '#/nickname'])
  t.same(pointersOf(3), ['#'])
  t.same(pointersOf(5).sort(), ['#/contacts/0/name', '#/contacts/0/role'])
  t.same(pointersOf(7).sort(), ['#/metadata/text', '#/name'])
  t.equal(imported.results[5].problem.conflicting_id, imported.results[0].resource_id)
  t.match(imported.results[1], { row: 2, external_id: 'C-2', resource_id: null })

  const { id } = imported.import
  const failed = await tenant.api('GET', `/v1/imports/${id}/results?status=failed&limit=2`)
  t.same(
    failed.body.data.map(({ row }: { row: number }) => row),
    [2, 3],
  )
  const rest = await tenant.api(
    'GET',
    `/v1/imports/${id}/results?status=failed&cursor=${failed.body.next_cursor}`,
  )
  t.equal(rest.body.data.length, 4)
  t.equal((await tenant.api('GET', '/v1/customers')).body.data.length, 2)

  const [completed] = await tenant.events('import.completed')
  t.match(completed.data.object, { id, status: 'succeeded', failed_count: 6 })
  const created = await tenant.events('customer.created')
  t.match(created[0].cause, { origin: 'import', actor: /^key_/, request_id: /^req_/ })
})

t.test('what is accepted is answered at once and done later, once', async (t) => {
  const tenant = await app.tenant()
  const body = { resource: 'customers', items: [customer('C-1')] }
  const headers = { 'idempotency-key': 'import-1' }
  const accepted = await tenant.api('POST', '/v1/imports', body, headers)
  t.equal(accepted.status, 202)
  t.equal(accepted.headers.location, `/v1/imports/${accepted.body.id}`)
  t.match(accepted.body, { status: 'queued', total_count: 1, mode: 'create', atomic: false })
  const repeated = await tenant.api('POST', '/v1/imports', body, headers)
  t.same(repeated.body, accepted.body)
  t.equal(repeated.headers['idempotent-replayed'], 'true')

  const stop = new AbortController()
  const runner: TaskRunner = runImport
  const tasks = runTasks(
    context,
    {
      import: runner,
      bank_matching: runner,
      clock_advance: runner,
      dunning_run: runner,
      dunning_simulation: runner,
      reservation_expiry: runner,
      webhook_recovery: runner,
      simulator_runs: runner,
      tenant_reset: runner,
    },
    stop.signal,
  )
  const etag = String(accepted.headers.etag)
  let now = accepted
  for (let tries = 0; now.body.status !== 'succeeded' && tries < 200; tries += 1) {
    await sleep(25)
    now = await tenant.api('GET', `/v1/imports/${accepted.body.id}`)
  }
  stop.abort()
  await tasks
  t.match(now.body, { status: 'succeeded', created_count: 1, version: 2 })
  t.not(now.headers.etag, etag)
  const list = await tenant.api('GET', '/v1/imports?status=succeeded&resource=customers')
  t.equal(list.body.data.length, 1)
  t.same(
    (await tenant.events())
      .filter(({ type }) => type.startsWith('import.'))
      .map(({ type }) => type),
    ['import.created', 'import.completed'],
  )
})

t.test('an import of nothing succeeds', async (t) => {
  const tenant = await app.tenant()
  const imported = await importAll(context, tenant, { resource: 'payments', items: [] })
  t.match(imported.import, { status: 'succeeded', total_count: 0 })
})

t.test('an upsert that is sent twice changes nothing the second time', async (t) => {
  const tenant = await app.tenant()
  const upsert = (resource: string, items: object[]) =>
    importAll(context, tenant, { resource, mode: 'upsert', items })
  const customers = [customer('C-1'), customer('C-2')]
  t.same(outcomesOf(await upsert('customers', customers)), ['created', 'created'])
  t.same(outcomesOf(await upsert('customers', customers)), ['unchanged', 'unchanged'])
  const changed = await upsert('customers', [
    customer('C-1', { name: 'New name' }),
    customer('C-3'),
    customer('C-1', { name: 'Newer name' }),
    { ...customer('C-4'), external_id: null },
  ])
  t.same(outcomesOf(changed), ['updated', 'created', 'updated', 'validation_failed'])
  t.equal(changed.results[3].problem.errors[0].pointer, '#/external_id')

  const invoices = [invoice('I-1'), invoice('I-2', { issue: false })]
  t.same(outcomesOf(await upsert('invoices', invoices)), ['created', 'created'])
  t.same(outcomesOf(await upsert('invoices', invoices)), ['unchanged', 'unchanged'])
  t.same(
    outcomesOf(
      await upsert('invoices', [
        invoice('I-1', { total_amount: 1 }),
        invoice('I-2', { total_amount: 500, issue: false }),
        invoice('I-2', { total_amount: 500 }),
      ]),
    ),
    ['invoice_not_editable', 'updated', 'updated'],
  )

  const payments = [payment('P-1', { amount: 400 })]
  t.same(outcomesOf(await upsert('payments', payments)), ['created'])
  t.same(outcomesOf(await upsert('payments', payments)), ['unchanged'])
  const other = await upsert('payments', [payment('P-1', { amount: 401 })])
  t.same(outcomesOf(other), ['external_id_taken'])
  t.match(other.results[0].problem.conflicting_id, /^pay_/)
  t.equal(other.import.status, 'failed')
  const pending = payment('P-9', { status: 'pending' })
  t.same(outcomesOf(await upsert('payments', [pending])), ['created'])
  const received = payment('P-9', { status: 'received' })
  t.same(outcomesOf(await upsert('payments', [received])), ['updated'])
  t.same(outcomesOf(await upsert('payments', [received])), ['unchanged'])
  t.match((await tenant.api('GET', '/v1/ledger/verification')).body, { ok: true })
})

t.test('external ids stand for customers and invoices', async (t) => {
  const tenant = await app.tenant()
  await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
  const { body } = await tenant.api('GET', '/v1/customers')
  const customer_id = body.data[0].id
  const invoices = await importAll(context, tenant, {
    resource: 'invoices',
    items: [
      invoice('I-1'),
      { ...invoice('I-2'), customer_external_id: undefined, customer_id },
      invoice('I-3', { customer_external_id: 'nobody' }),
      invoice('I-4', { customer_id }),
      invoice('I-5', { customer_external_id: 7, total_amount: 0 }),
      { ...invoice('I-6'), customer_external_id: undefined },
      invoice('I-7', { customer_external_id: 'no\u0000body' }),
      invoice('I-8', { issue_date: '2199-01-01', due_date: '2199-01-31' }),
    ],
  })
  t.same(outcomesOf(invoices), [
    'created',
    'created',
    'customer_not_found',
    'validation_failed',
    'validation_failed',
    'validation_failed',
    'customer_not_found',
    'date_in_future',
  ])
  const pointersOf = (row: number) =>
    invoices.results[row - 1].problem.errors.map((error: { pointer: string }) => error.pointer)
  t.same(pointersOf(3), ['#/customer_external_id'])
  t.same(pointersOf(4), ['#/customer_external_id'])
  t.same(pointersOf(5), ['#/customer_external_id', '#/total_amount'])
  t.same(pointersOf(6), ['#/customer_id'])

  const payments = await importAll(context, tenant, {
    resource: 'payments',
    items: [
      payment('P-1', { allocations: [{ invoice_external_id: 'I-1', amount: 10_000 }] }),
      payment('P-2', { allocations: [{ invoice_external_id: 'I-1', amount: 1 }] }),
      payment('P-3', { allocations: [{ invoice_external_id: 'none', amount: 1 }] }),
    ],
  })
  t.same(outcomesOf(payments), ['created', 'insufficient_open_amount', 'invoice_not_found'])
})

t.test('payments of one customer are taken in their order', async (t) => {
  const tenant = await app.tenant()
  await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
  await importAll(context, tenant, {
    resource: 'invoices',
    items: [invoice('I-1'), invoice('I-2', { due_date: '2026-04-30', total_amount: 700 })],
  })
  await importAll(context, tenant, {
    resource: 'payments',
    items: [payment('P-1', { amount: 9_999 }), payment('P-2', { amount: 2 })],
  })
  const { body } = await tenant.api('GET', '/v1/payments?external_id=P-2')
  t.equal(body.data[0].allocations.length, 2, 'the rest of the first invoice, then the second')
})

t.test('payments of one batch take a discount once', async (t) => {
  const tenant = await app.tenant()
  const early_payment_discounts = [{ until_date: '2026-03-14', percent: '2' }]
  await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
  await importAll(context, tenant, {
    resource: 'invoices',
    items: [invoice('I-1', { early_payment_discounts })],
  })
  const { data } = (await tenant.api('GET', '/v1/invoices')).body
  const deductions = [{ kind: 'discount', amount: 200 }]
  const allocations = [{ invoice_id: data[0].id, amount: 4_800, deductions }]
  const items = [
    payment('P-1', { amount: 4_800, allocations }),
    payment('P-2', { amount: 4_800, reference: 'N-I-1' }),
  ]
  await importAll(context, tenant, { resource: 'payments', items })
  const { body } = await tenant.api('GET', `/v1/invoices/${data[0].id}`)
  t.match(body, { paid_amount: 9_600, discounted_amount: 200, open_amount: 200 })
})

t.test('an atomic import keeps all rows or none', async (t) => {
  const tenant = await app.tenant()
  const broken = await importAll(context, tenant, {
    resource: 'customers',
    atomic: true,
    items: [customer('C-1'), customer('C-2', { kind: 'pet' }), customer('C-3')],
  })
  t.match(broken.import, { status: 'failed', failed_count: 3, succeeded_count: 0 })
  t.same(outcomesOf(broken), ['atomic_import_failed', 'validation_failed', 'atomic_import_failed'])
  t.same((await tenant.api('GET', '/v1/customers')).body.data, [])
  t.same(await tenant.events('customer.created'), [])

  const whole = await importAll(context, tenant, {
    resource: 'customers',
    atomic: true,
    items: Array.from({ length: 1_500 }, (_, n) => customer(`C-${n}`)),
  })
  t.match(whole.import, { status: 'succeeded', created_count: 1_500, failed_count: 0 })
  t.match((await tenant.api('GET', '/v1/customers?external_id=C-1499')).body.data.length, 1)
})

t.test('a dry run says what would happen and leaves nothing', async (t) => {
  const tenant = await app.tenant()
  await importAll(context, tenant, {
    resource: 'customers',
    items: [customer('C-1'), customer('C-2')],
  })
  const before = (await tenant.events()).length
  const items = [
    customer('C-1'),
    customer('C-2', { name: 'Other' }),
    customer('C-3'),
    customer('C-3', { name: 'Again' }),
    customer('C-4', { country: 'Germany' }),
  ]
  const body = { resource: 'customers', mode: 'upsert', items }
  const rehearsed = await importAll(context, tenant, { ...body, dry_run: true })
  t.same(outcomesOf(rehearsed), ['unchanged', 'updated', 'created', 'updated', 'validation_failed'])
  t.match(rehearsed.import, { status: 'succeeded', dry_run: true, failed_count: 1 })
  t.equal(rehearsed.results[2].resource_id, null)
  t.equal((await tenant.api('GET', '/v1/customers')).body.data.length, 2)
  t.equal((await tenant.events()).length, before + 2, 'only the import itself is told')

  const byQuery = await importAll(context, tenant, body, '?dry_run=true')
  t.same(outcomesOf(byQuery), outcomesOf(rehearsed))
  t.equal((await tenant.api('GET', '/v1/customers')).body.data.length, 2)
  const contradiction = await tenant.api('POST', '/v1/imports?dry_run=true', {
    ...body,
    dry_run: false,
  })
  t.match(contradiction, { status: 400, body: { code: 'invalid_parameter' } })

  t.same(outcomesOf(await importAll(context, tenant, body)), outcomesOf(rehearsed))
})

t.test('lines are rows of their own', async (t) => {
  const tenant = await app.tenant()
  const lines = [
    `\ufeff${JSON.stringify(customer('C-1'))}\r`,
    '',
    '{"external_id": "C-2", ',
    '{"external_id": "C-3", "__proto__": {"name": "x"}}',
    '[1, 2]',
    JSON.stringify(customer('C-4', { metadata: { note: 'x'.repeat(1_100_000) } })),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    JSON.stringify(customer('C-5')),
    '',
  ]
  const imported = await importAll(context, tenant, lines.join('\n'), '?resource=customers')
  t.same(outcomesOf(imported), [
    'created',
    'malformed_request',
    'malformed_request',
    'validation_failed',
    'payload_too_large',
    'validation_failed',
    'created',
  ])
  t.match(imported.results[1].problem, { status: 400, detail: /JSON/ })

  const none = await tenant.api('POST', '/v1/imports', '{}', {
    'content-type': 'application/x-ndjson',
  })
  t.match(none, { status: 400, body: { errors: [{ in: 'query', pointer: 'resource' }] } })
})

t.test('an import that is too large, or cannot be read, is refused as a whole', async (t) => {
  const tenant = await app.tenant()
  const items = Array.from({ length: 10_001 }, () => ({}))
  const many = await tenant.api('POST', '/v1/imports', { resource: 'customers', items })
  t.match(many, { status: 422, body: { errors: [{ pointer: '#/items', code: 'maxItems' }] } })
  const ndjson = { 'content-type': 'application/x-ndjson' }
  const lines = await tenant.api(
    'POST',
    '/v1/imports?resource=customers',
    '{}\n'.repeat(10_001),
    ndjson,
  )
  t.match(lines, { status: 422, body: { errors: [{ code: 'maxItems' }] } })
  const bytes = await tenant.api(
    'POST',
    '/v1/imports?resource=customers',
    ' '.repeat(20 * 1_048_576 + 1),
    ndjson,
  )
  t.match(bytes, { status: 413, body: { code: 'payload_too_large' } })
  const large = { resource: 'customers', items: [{ name: 'x'.repeat(2 * 1_048_576) }] }
  t.equal((await tenant.api('POST', '/v1/imports', large)).status, 202, 'more than other bodies')
  t.equal((await tenant.api('POST', '/v1/customers', { name: 'x'.repeat(2_000_000) })).status, 413)
  const broken = await tenant.api('POST', '/v1/imports', '{"resource":', {
    'content-type': 'application/json',
  })
  t.match(broken, { status: 400, body: { code: 'malformed_request' } })
})

t.test('nobody imports what they could not write, or sees what is not theirs', async (t) => {
  const tenant = await app.tenant()
  const narrow = await app.tenant({ scopes: ['imports:write', 'imports:read', 'customers:write'] })
  const items: object[] = []
  t.equal((await narrow.api('POST', '/v1/imports', { resource: 'customers', items })).status, 202)
  t.match(await narrow.api('POST', '/v1/imports', { resource: 'payments', items }), {
    status: 403,
    body: { code: 'insufficient_scope', required_scopes: ['payments:write'] },
  })
  const { body } = await tenant.api('POST', '/v1/imports', { resource: 'payments', items })
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/results'],
    ['POST', '/cancel'],
  ] as const) {
    const refused = await narrow.api(method, `/v1/imports/${body.id}${path}`)
    t.match(refused, { status: 404, body: { code: 'import_not_found' } })
  }
  const foreign = await tenant.api('POST', '/v1/customers', customer('C-1'))
  const rows = await importAll(context, await app.tenant(), {
    resource: 'invoices',
    items: [
      invoice('I-1'),
      { ...invoice('I-2'), customer_external_id: undefined, customer_id: foreign.body.id },
    ],
  })
  t.same(outcomesOf(rows), ['customer_not_found', 'customer_not_found'])
})

t.test('an import can be cancelled as long as it has not ended', async (t) => {
  const tenant = await app.tenant()
  const signal = new AbortController().signal
  const items = Array.from({ length: 3_000 }, (_, n) => customer(`C-${n}`))
  const queued = await tenant.api('POST', '/v1/imports', { resource: 'customers', items })
  const { id } = queued.body
  const stale = await tenant.api('POST', `/v1/imports/${id}/cancel`, undefined, {
    'if-match': '"7"',
  })
  t.equal(stale.status, 412)

  const running = runImport(context, tenant.uuid, uuidOf(id), signal)
  let seen = queued.body
  while (seen.created_count === 0) seen = (await tenant.api('GET', `/v1/imports/${id}`)).body
  const cancelled = await tenant.api('POST', `/v1/imports/${id}/cancel`)
  await running
  t.match(cancelled, { status: 200, body: { status: 'cancelled', finished_at: /Z$/ } })
  const after = await read(tenant.api, id)
  t.ok(after.import.created_count >= 1_000 && after.import.created_count < 3_000)
  t.equal(after.results.length, after.import.created_count)
  t.equal((await tenant.events('import.cancelled')).length, 1)

  t.match(await tenant.api('POST', `/v1/imports/${id}/cancel`), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'cancelled' },
  })
  await runImport(context, tenant.uuid, uuidOf(id), signal)
  t.equal((await read(tenant.api, id)).import.status, 'cancelled')
})

t.test('two workers at one import do each row once', async (t) => {
  const tenant = await app.tenant()
  const signal = new AbortController().signal
  const items = Array.from({ length: 2_500 }, (_, n) => ({
    ...customer(`C-${n}`),
    external_id: null,
  }))
  const { body } = await tenant.api('POST', '/v1/imports', { resource: 'customers', items })
  await Promise.allSettled(
    [1, 2].map(() => runImport(context, tenant.uuid, uuidOf(body.id), signal)),
  )
  await runImport(context, tenant.uuid, uuidOf(body.id), signal)
  const { import: done, results } = await read(tenant.api, body.id)
  t.match(done, { status: 'succeeded', created_count: 2_500 })
  t.equal(new Set(results.map(({ resource_id }) => resource_id)).size, 2_500)
})

t.test('two imports of the same rows at the same time create each once', async (t) => {
  const tenant = await app.tenant()
  const items = Array.from({ length: 300 }, (_, n) => customer(`C-${n}`))
  const both = await Promise.all([
    importAll(context, tenant, { resource: 'customers', items }),
    importAll(context, tenant, { resource: 'customers', items: items.toReversed() }),
  ])
  t.equal(
    both.reduce((total, one) => total + one.import.created_count, 0),
    300,
  )
})

t.test('what the database refuses for one row is no fault of the others', async (t) => {
  const tenant = await app.tenant()
  await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
  const most = 9_007_199_254_740_991
  const imported = await importAll(context, tenant, {
    resource: 'invoices',
    items: [
      invoice('I-1', { total_amount: most }),
      invoice('I-2', { total_amount: most }),
      invoice('I-3', { total_amount: 5, customer_external_id: 'C-1', currency: 'USD' }),
    ],
  })
  t.same(outcomesOf(imported), ['created', 'amount_out_of_range', 'created'])
  t.match((await tenant.api('GET', '/v1/ledger/verification')).body, { ok: true })
  t.equal((await tenant.events('invoice.issued')).length, 2)
})

t.test('contacts join their customers and are brought up to date', async (t) => {
  const tenant = await app.tenant()
  await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
  const contact = (more: object) => ({
    customer_external_id: 'C-1',
    role: 'billing',
    name: 'Erika Mustermann',
    ...more,
  })
  const contacts = (mode: string, items: object[]) =>
    importAll(context, tenant, { resource: 'contacts', mode, items })
  const first = [contact({ email: 'e@example.com' }), contact({ name: 'Max' })]
  t.same(outcomesOf(await contacts('create', first)), ['created', 'created'])
  t.same(outcomesOf(await contacts('create', first)), ['validation_failed', 'validation_failed'])
  const again = await contacts('upsert', [
    first[0] as object,
    contact({ name: 'Max', phone: '+49 30 1' }),
    contact({ customer_external_id: 'C-9' }),
    contact({ role: 'king' }),
  ])
  t.same(outcomesOf(again), ['unchanged', 'updated', 'customer_not_found', 'validation_failed'])
  const [{ contacts: all }] = (await tenant.api('GET', '/v1/customers')).body.data
  t.match(all, [
    { id: again.results[0].resource_id, email: 'e@example.com' },
    { id: again.results[1].resource_id, phone: '+49 30 1' },
  ])
})

t.test('credit notes settle what they correct, and limits hold', async (t) => {
  const tenant = await app.tenant()
  await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
  await importAll(context, tenant, { resource: 'invoices', items: [invoice('I-1')] })
  const note = (external_id: string, more: object = {}) => ({
    external_id,
    customer_external_id: 'C-1',
    invoice_external_id: 'I-1',
    number: `CN-${external_id}`,
    currency: 'EUR',
    issue_date: '2026-03-10',
    total_amount: 4_000,
    ...more,
  })
  const notes = [note('N-1'), note('N-2'), note('N-3', { invoice_external_id: 'none' })]
  const upsert = () =>
    importAll(context, tenant, { resource: 'credit_notes', mode: 'upsert', items: notes })
  t.same(outcomesOf(await upsert()), ['created', 'created', 'invoice_not_found'])
  const again = await upsert()
  t.same(outcomesOf(again), ['unchanged', 'unchanged', 'invoice_not_found'])
  t.match(again.results[0].resource_id, /^crn_/)
  const [{ open_amount }] = (await tenant.api('GET', '/v1/invoices')).body.data
  t.equal(open_amount, 2_000)

  const limit = { customer_external_id: 'C-1', amount: 5_000, currency: 'EUR', reason: 'Moved in.' }
  const group = await tenant.api('POST', '/v1/credit-groups', { name: 'Holding' })
  const items = [
    limit,
    { ...limit, customer_external_id: undefined, group_id: group.body.id },
    { ...limit, group_id: group.body.id },
    { ...limit, amount: -1 },
  ]
  const limits = () => importAll(context, tenant, { resource: 'credit_limits', items })
  t.same(outcomesOf(await limits()), [
    'created',
    'created',
    'validation_failed',
    'validation_failed',
  ])
  t.same(outcomesOf(await limits()).slice(0, 2), ['unchanged', 'unchanged'])
  t.equal((await tenant.api('GET', '/v1/credit-limits?in_force=true')).body.data.length, 2)
  t.match((await tenant.api('GET', '/v1/ledger/verification')).body, { ok: true })
})

t.test(
  'a file of another system is read by its mapping, and comes back with its errors',
  async (t) => {
    const tenant = await app.tenant()
    await importAll(context, tenant, { resource: 'customers', items: [customer('C-1')] })
    const columns = [
      { column: 'Beleg', field: 'external_id' },
      { column: 'Beleg', field: 'number' },
      { column: 'Kunde', field: 'customer_external_id' },
      { column: 'Datum', field: 'issue_date' },
      { column: '#4', field: 'due_date' },
      { column: 'Betrag', field: 'total_amount' },
      { column: 'Größe', field: 'metadata.size' },
    ]
    const mapping = {
      name: 'Old ERP',
      resource: 'invoices',
      encoding: 'windows-1252',
      skip_line_count: 1,
      date_format: 'DD.MM.YYYY',
      decimal_sign: ',',
      columns: columns.filter(({ field }) => field !== 'number'),
      defaults: [
        { field: 'currency', value: 'EUR' },
        { field: 'issue', value: true },
        { field: 'number', value: 'R-1' },
      ],
    }
    const nonsense = await tenant.api('POST', '/v1/import-mappings', {
      ...mapping,
      columns: [{ column: 'A', field: 'shoe_size' }],
    })
    t.match(nonsense, { status: 422, body: { errors: [{ pointer: '#/columns/0/field' }] } })
    const twice = await tenant.api('POST', '/v1/import-mappings', { ...mapping, columns })
    t.match(twice, { status: 422, body: { errors: [{ pointer: '#/columns/1/column' }] } })
    const { body: saved } = await tenant.api('POST', '/v1/import-mappings', mapping)
    t.match(saved, { object: 'import_mapping', version: 1, separator: ';', has_header: true })

    const file = [
      'Offene Posten zum Stichtag',
      'Beleg;Kunde;Datum;Fällig;Betrag;Größe;Notiz',
      'I-1;C-1;01.03.2026;31.03.2026;1.234,56;groß;"zwei\nZeilen"',
      '',
      'I-2;C-1;01.03.2026;31.02.2026;12,345;;',
      'I-3;C-9;01.03.2026;31.03.2026;1,00;;',
    ].join('\r\n')
    const send = (body: string | Buffer, query = '') =>
      importAll(
        context,
        tenant,
        body,
        `?mapping_id=${saved.id}&resource=invoices${query}`,
        'text/csv',
      )
    const imported = await send(Buffer.from(file, 'latin1'))
    t.same(outcomesOf(imported), ['created', 'validation_failed', 'customer_not_found'])
    t.match(imported.results, [{ line: 3 }, { line: 6 }, { line: 7 }])
    t.same(
      imported.results[1].problem.errors
        .map(({ pointer, params }: { pointer: string; params: { column: string } }) => [
          pointer,
          params.column,
        ])
        .sort(),
      [
        ['#/due_date', 'Fällig'],
        ['#/total_amount', 'Betrag'],
      ],
    )
    t.match(imported.results[2].problem.errors, [{ params: { column: 'Kunde' } }])
    const { data } = (await tenant.api('GET', '/v1/invoices')).body
    t.match(data, [
      {
        external_id: 'I-1',
        total_amount: 123_456,
        due_date: '2026-03-31',
        metadata: { size: 'groß' },
      },
    ])

    const errors = await tenant.api('GET', `/v1/imports/${imported.import.id}/errors`)
    t.equal(errors.headers['content-type'], 'text/csv; charset=utf-8')
    t.match(
      errors.body,
      /I-2;C-1;01\.03\.2026;31\.02\.2026;12,345;;;"?validation_failed: #\/due_date \(Fällig\)/,
    )
    const corrected = errors.body
      .replace('31.02.2026;12,345', '31.03.2026;12,34')
      .replace('C-9', 'C-1')
    const second = await send(corrected, '&dry_run=true')
    t.same(
      outcomesOf(second),
      ['invoice_number_taken', 'invoice_number_taken'],
      'all of one number',
    )
    t.match(second.results, [{ line: 3 }, { line: 4 }])

    await tenant.api('DELETE', `/v1/import-mappings/${saved.id}`)
    t.same(
      (await tenant.events()).flatMap(({ type }) =>
        type.startsWith('import_mapping') ? type : [],
      ),
      ['import_mapping.created', 'import_mapping.deleted'],
    )
  },
)

t.test('an export is a file to import, and what failed comes back as it was', async (t) => {
  const from = await app.tenant()
  const into = await app.tenant()
  const items = [
    customer('C-1', { metadata: { 'cost.center': '7' } }),
    customer('=C-2', { name: '-1 "quoted", name', address: { city: 'Köln' } }),
  ]
  await importAll(context, from, { resource: 'customers', items })
  const fields = 'external_id,name,kind,country,currency,address,metadata'
  const { body } = await from.api('GET', `/v1/customers?format=csv&fields=${fields}`)
  const expected = [
    ['created', 'created'],
    ['unchanged', 'unchanged'],
  ]
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const file = Buffer.from(`\ufeff${body}`, encoding)
    const query = '?resource=customers&mode=upsert'
    t.same(outcomesOf(await importAll(context, into, file, query, 'text/csv')), expected.shift())
  }
  const whatMatters = ({ external_id, name, address, metadata }: Record<string, unknown>) => ({
    external_id,
    name,
    address,
    metadata,
  })
  t.same(
    (await into.api('GET', '/v1/customers?sort=created_at')).body.data.map(whatMatters).sort(),
    (await from.api('GET', '/v1/customers')).body.data.map(whatMatters).sort(),
  )

  const refused = async (text: string, code: string) => {
    const reply = await into.api('POST', '/v1/imports?resource=customers', text, {
      'content-type': 'text/csv',
    })
    t.match(reply, { status: 422, body: { errors: [{ code }] } })
  }
  await refused('external_id,shoe_size\nC-1,44\n', 'unknown_column')
  await refused('\n\n', 'empty')
  const broken = await into.api('POST', '/v1/imports?resource=customers', 'a"b,"c\nx', {
    'content-type': 'text/csv',
  })
  t.match(broken, { status: 400, body: { code: 'malformed_request' } })

  const lines = ['{"external_id":"C-7"}', 'no json', JSON.stringify(customer('C-8'))]
  const failing = await importAll(context, into, lines.join('\n'), '?resource=customers')
  const { body: back } = await into.api('GET', `/v1/imports/${failing.import.id}/errors`)
  const [first, second] = String(back).split('\n')
  t.match(JSON.parse(first as string), {
    external_id: 'C-7',
    import_error: /^validation_failed: #\/name/,
  })
  t.equal(second, 'no json')
  const corrected = JSON.stringify({ ...JSON.parse(first as string), ...customer('C-7') })
  t.same(outcomesOf(await importAll(context, into, corrected, '?resource=customers')), ['created'])
})

t.test(
  'the rows of an import are forgotten ninety days after its end, its counts are not',
  async (t) => {
    const tenant = await app.tenant()
    const ended = async (days: number) => {
      const { import: done } = await importAll(context, tenant, {
        resource: 'customers',
        items: [customer(`C-${days}`), { external_id: 'nobody' }],
      })
      await commit(context.workers, { tenantId: tenant.uuid, cause: byTheService }, ({ db }) =>
        sql`
        update import set finished_at = now() - make_interval(days => ${days})
        where tenant_id = ${tenant.uuid} and id = ${uuidOf(done.id)}
      `.execute(db),
      )
      return done
    }
    const [young, old] = [await ended(89), await ended(91)]
    await forgetOldResults(context, new AbortController().signal)
    t.equal((await read(tenant.api, young.id)).results.length, 2)
    const forgotten = await read(tenant.api, old.id)
    t.same(forgotten.results, [])
    t.match(forgotten.import, { created_count: 1, failed_count: 1, total_count: 2 })
    t.equal((await tenant.api('GET', '/v1/customers')).body.data.length, 2)
  },
)

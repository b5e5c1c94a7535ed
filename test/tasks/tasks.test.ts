import t from 'tap'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../src/foundation/id.ts'
import { openTasks } from '../../src/tasks/open-tasks.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-10')
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  const act = (task: { id: string }, action: string, body?: object, headers?: object) =>
    tenant.api('POST', `/v1/tasks/${task.id}/${action}`, body, { ...headers })
  const told = async (task: { id: string }) =>
    (await tenant.events())
      .filter(({ data }) => data.object.id === task.id)
      .map(({ type, entity_sequence }) => `${type} ${entity_sequence}`)
  return { tenant, make, clock, customer, invoice, act, told }
}

t.test('a person opens a task about what they name, for today and a collector', async (t) => {
  const { tenant, make, customer, invoice, told } = await creditor()
  const task = await make.task({ item_id: invoice.open_items[0].id, note: 'Ask for Ms Weber.' })
  t.match(task, {
    object: 'task',
    version: 1,
    livemode: false,
    customer_id: customer.id,
    invoice_id: invoice.id,
    item_id: invoice.open_items[0].id,
    notice_id: null,
    kind: 'call',
    assignee: 'collector',
    due_date: '2026-03-10',
    status: 'open',
    origin: 'person',
    reason: null,
    outcome: null,
    ended_date: null,
  })
  t.same(await make.get(`/v1/tasks/${task.id}`), task)
  t.same(await told(task), ['task.opened 1'])
  t.match((await tenant.events('task.opened'))[0].data.object, task)
  t.match(await make.task({ customer_id: customer.id, due_date: '2026-04-01' }), {
    invoice_id: null,
    due_date: '2026-04-01',
  })
})

t.test('a task lives: changed while open, ended once, reopened, ended again', async (t) => {
  const { tenant, make, clock, customer, act, told } = await creditor()
  const task = await make.task({ customer_id: customer.id, note: 'old' })
  t.match(await make.patch(`/v1/tasks/${task.id}`, { assignee: 'sales', due_date: '2026-03-20' }), {
    version: 2,
    assignee: 'sales',
    due_date: '2026-03-20',
    note: 'old',
  })
  t.match(await make.patch(`/v1/tasks/${task.id}`, { assignee: 'sales' }), { version: 2 })
  t.match(await make.patch(`/v1/tasks/${task.id}`, { note: null }), { version: 3, note: null })
  t.match((await tenant.events('task.updated'))[0].data.previous_attributes, {
    assignee: 'collector',
    due_date: '2026-03-10',
  })
  t.match(await act(task, 'reopen'), { status: 409, body: { code: 'invalid_state' } })
  await clock.advance('2026-03-12')
  t.match(await act(task, 'complete', { outcome: 'Pays on Friday.' }), {
    status: 200,
    body: { version: 4, status: 'done', ended_date: '2026-03-12', outcome: 'Pays on Friday.' },
  })
  for (const refused of [
    await act(task, 'complete', {}),
    await act(task, 'cancel', { reason: 'late' }),
    await tenant.api('PATCH', `/v1/tasks/${task.id}`, { title: 'x' }),
  ]) {
    t.match(refused, {
      status: 409,
      body: { code: 'invalid_state', current_status: 'done', allowed_actions: ['reopen'] },
    })
  }
  t.match(await act(task, 'reopen'), {
    body: { version: 5, status: 'open', ended_date: null, outcome: null },
  })
  t.match(await act(task, 'cancel', { reason: 'Paid.' }, { 'if-match': '"4"' }), { status: 412 })
  t.match(await act(task, 'cancel', { reason: 'Paid.' }, { 'if-match': '"5"' }), {
    body: { version: 6, status: 'cancelled', outcome: 'Paid.' },
  })
  t.same(await told(task), [
    'task.opened 1',
    'task.updated 2',
    'task.updated 3',
    'task.completed 4',
    'task.reopened 5',
    'task.cancelled 6',
  ])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('of two who complete a task at once one is told that it is done', async (t) => {
  const { tenant, make, customer, told } = await creditor()
  for (let round = 0; round < 5; round += 1) {
    const task = await make.task({ customer_id: customer.id })
    const both = await Promise.all(
      [app, replica].map((one) =>
        one.call(tenant.secret, 'POST', `/v1/tasks/${task.id}/complete`, {}),
      ),
    )
    t.same(both.map(({ status }) => status).sort(), [200, 409])
    t.equal(both.find(({ status }) => status === 409)?.body.code, 'invalid_state')
    t.same(await told(task), ['task.opened 1', 'task.completed 2'])
  }
})

t.test('the service opens a task once, however often and by whomever it is asked', async (t) => {
  const { tenant, customer, make, act } = await creditor()
  const task = (key: string) => ({
    originKey: key,
    reason: 'level_reached',
    kind: 'dunning_level',
    title: 'Ask the sales rep.',
    note: null,
    assignee: 'sales',
    dueDate: '2026-03-11',
    customerId: uuidOf(customer.id),
    invoiceId: null,
    itemId: null,
    noticeId: null,
  })
  const open = (...keys: string[]) =>
    commit(app.context.workers, { tenantId: tenant.uuid, cause: byTheService }, (tx) =>
      openTasks(tx, keys.map(task)),
    )
  const opened = await Promise.all(Array.from({ length: 10 }, () => open('a', 'b')))
  t.equal(opened.flat().length, 2)
  t.equal((await tenant.events('task.opened')).length, 2)
  const listed = (await make.get('/v1/tasks?origin=service')).data
  t.same(
    listed.map(({ origin, reason, assignee }: Record<string, string>) => [
      origin,
      reason,
      assignee,
    ]),
    [
      ['service', 'level_reached', 'sales'],
      ['service', 'level_reached', 'sales'],
    ],
  )
  await act(listed[0], 'complete', {})
  t.same(await open('a', 'b'), [], 'not even after the first was done')
  t.equal((await open('b', 'c')).length, 1)
})

t.test('what does not fit is refused, by field', async (t) => {
  const { tenant, make, customer, invoice } = await creditor()
  const other = await make.customer()
  const task = { kind: 'call', title: 'Call.' }
  const named = { ...task, customer_id: customer.id }
  for (const [body, status, code, pointer] of [
    [task, 422, 'validation_failed', '#/customer_id'],
    [{ ...named, kind: undefined }, 422, 'validation_failed', '#/kind'],
    [{ ...named, kind: 'Call back' }, 422, 'validation_failed', '#/kind'],
    [{ ...named, title: '' }, 422, 'validation_failed', '#/title'],
    [{ ...named, note: 'x'.repeat(2_001) }, 422, 'validation_failed', '#/note'],
    [{ ...named, assignee: 'Sales!' }, 422, 'validation_failed', '#/assignee'],
    [{ ...named, due_date: '2026-02-30' }, 422, 'validation_failed', '#/due_date'],
    [{ ...named, status: 'done' }, 422, 'validation_failed', '#/status'],
    [{ ...named, customer_id: publicId('customer', newId()) }, 404, 'customer_not_found'],
    [{ ...task, invoice_id: publicId('invoice', newId()) }, 404, 'invoice_not_found'],
    [{ ...task, item_id: publicId('open_item', newId()) }, 404, 'open_item_not_found'],
    [{ ...task, notice_id: publicId('dunning_notice', newId()) }, 404, 'dunning_notice_not_found'],
    [{ ...task, customer_id: other.id, invoice_id: invoice.id }, 422, 'customer_mismatch'],
  ] as const) {
    const refused = await tenant.api('POST', '/v1/tasks', body)
    t.match(refused, { status, body: { code } }, JSON.stringify(body))
    if (pointer !== undefined) t.match(refused.body.errors, [{ pointer }])
  }
  t.match(await tenant.api('GET', `/v1/tasks/${publicId('task', newId())}`), {
    status: 404,
    body: { code: 'task_not_found' },
  })
  t.same(await tenant.events('task.opened'), [])
})

t.test('tasks are listed by what is asked, the most urgent first, page by page', async (t) => {
  const { make, customer, invoice, act } = await creditor()
  const other = await make.customer()
  const late = await make.task({ customer_id: customer.id, due_date: '2026-04-01', kind: 'visit' })
  const soon = await make.task({ invoice_id: invoice.id, due_date: '2026-03-11' })
  const sales = await make.task({
    customer_id: other.id,
    assignee: 'sales',
    due_date: '2026-03-20',
  })
  await act(late, 'cancel', { reason: 'no' })
  const ids = async (query: string) =>
    (await make.get(`/v1/tasks?${query}`)).data.map(({ id }: { id: string }) => id)
  t.same(await ids(''), [soon.id, sales.id, late.id])
  t.same(await ids('status=open'), [soon.id, sales.id])
  t.same(await ids('status=done,cancelled'), [late.id])
  t.same(await ids(`customer_id=${customer.id}`), [soon.id, late.id])
  t.same(await ids(`invoice_id=${invoice.id}`), [soon.id])
  t.same(await ids('assignee=sales'), [sales.id])
  t.same(await ids('kind=visit'), [late.id])
  t.same(await ids('due_date_gte=2026-03-20&due_date_lte=2026-03-31'), [sales.id])
  const first = await make.get('/v1/tasks?limit=2')
  t.same(
    (await make.get(`/v1/tasks?limit=2&cursor=${first.next_cursor}`)).data.map(
      ({ id }: { id: string }) => id,
    ),
    [late.id],
  )
})

t.test('reading and writing need their scopes', async (t) => {
  const reader = await app.tenant({ scopes: ['tasks:read'] })
  t.equal((await reader.api('GET', '/v1/tasks')).status, 200)
  t.match(await reader.api('POST', '/v1/tasks', { kind: 'call', title: 'x' }), {
    status: 403,
    body: { code: 'insufficient_scope' },
  })
})

import t from 'tap'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

const nothing = { credit_hold: false, tasks: [], proposal: null }

async function creditor(...consequences: object[]) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const levels = consequences.map((one, n) => ({
    level: n + 1,
    days: 5 + 10 * n,
    name: `Level ${n + 1}`,
    consequences: { ...nothing, ...one },
  }))
  const { id } = await make.policy({ levels })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer()
  const list = async (what: string): Promise<Json[]> => (await make.get(`/v1/${what}`)).data
  const audit = () => auditBooks(app.context, tenant.uuid)
  return { tenant, make, clock, customer, list, audit }
}

t.test(
  'a level opens its tasks once per notice, about the item where it is the only one',
  async (t) => {
    const tasks = [
      { assignee: 'collector', title: 'Call the customer.' },
      { assignee: 'sales', title: 'Ask what is wrong.' },
    ]
    const { make, clock, customer, list, audit } = await creditor({}, { tasks })
    const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
    const other = await make.customer()
    await make.invoice(other, { number: 'B', due_date: '2026-03-10' })
    await make.invoice(other, { number: 'C', due_date: '2026-03-10' })
    await clock.advance('2026-03-24')
    t.same(await list('tasks'), [])
    await clock.advance('2026-03-27')
    const [notice] = await list(`dunning-notices?customer_id=${customer.id}&level=2`)
    t.match(await list(`tasks?customer_id=${customer.id}`), [
      {
        kind: 'dunning_level',
        reason: 'level_reached',
        origin: 'service',
        title: 'Call the customer.',
        note: 'Level 2: A (100.00 EUR)',
        assignee: 'collector',
        due_date: '2026-03-25',
        notice_id: notice.id,
        invoice_id: invoice.id,
        item_id: invoice.open_items[0].id,
      },
      { title: 'Ask what is wrong.', assignee: 'sales' },
    ])
    const both = await list(`tasks?customer_id=${other.id}`)
    t.equal(both.length, 2)
    t.match(both[0], { invoice_id: null, item_id: null })
    t.match(both[0].note, /^Level 2: [BC] \(100\.00 EUR\), [BC] \(100\.00 EUR\)$/)
    t.same(await audit(), [])
  },
)

t.test('a level places one credit hold, which payment does not lift', async (t) => {
  const { tenant, make, clock, customer, list, audit } = await creditor(
    { credit_hold: true },
    { credit_hold: true },
  )
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-30')
  const [first] = await list('dunning-notices?level=1')
  t.match(await list('credit-holds?active=true'), [
    {
      customer_id: customer.id,
      reason: 'overdue',
      origin: 'dunning',
      notice_id: first.id,
      from_date: '2026-03-15',
    },
  ])
  await make.payment(customer, { received_date: '2026-03-30' })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
  await clock.advance('2026-04-02')
  const [hold] = await list('credit-holds?active=true')
  await tenant.api('POST', `/v1/credit-holds/${hold.id}/lift`, { reason: 'Paid.' })
  await make.invoice(customer, { due_date: '2026-04-03' })
  await clock.advance('2026-04-08')
  t.equal((await list('credit-holds')).length, 2, 'and what is overdue again places another')
  t.same(await audit(), [])
})

t.test('the end of the ladder is a proposal, item by item, opened once', async (t) => {
  const { tenant, make, clock, customer, list, audit } = await creditor(
    {},
    { proposal: 'hand_over' },
  )
  for (const number of ['A', 'B']) await make.invoice(customer, { number, due_date: '2026-03-10' })
  await clock.advance('2026-03-24')
  await clock.set('2026-03-25')
  const signal = new AbortController().signal
  await Promise.all(
    [app, replica, app].map((one) => runScheduledDunning(one.context, tenant.uuid, signal)),
  )
  await clock.advance('2026-04-20')
  t.match(
    (await list('tasks')).map(({ title, kind, item_id }) => ({
      title,
      kind,
      item: typeof item_id,
    })),
    [
      { title: /^Hand over [AB] \(100\.00 EUR\)\?$/, kind: 'proposal_hand_over', item: 'string' },
      { title: /^Hand over [AB] \(100\.00 EUR\)\?$/, kind: 'proposal_hand_over', item: 'string' },
    ],
  )
  t.equal((await tenant.events('task.opened')).length, 2)
  t.same(await audit(), [])
})

t.test('what a notice brought about goes with it when it is taken back', async (t) => {
  const { tenant, make, clock, customer, list, audit } = await creditor({
    credit_hold: true,
    tasks: [
      { assignee: 'collector', title: 'Call the customer.' },
      { assignee: 'sales', title: 'Ask what is wrong.' },
    ],
  })
  await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-15')
  const [notice] = await list('dunning-notices')
  const [, done] = await list('tasks')
  await tenant.api('POST', `/v1/tasks/${done.id}/complete`, {})
  await make.creditHold(customer, { reason: 'fraud' })
  const mine = await make.task({ customer_id: customer.id })
  const reason = 'Wrong prices.'
  await tenant.api('POST', `/v1/dunning-notices/${notice.id}/reverse`, { reason })
  t.match(await list('credit-holds?active=true'), [{ reason: 'fraud' }])
  t.match(await list('tasks?status=open'), [{ id: mine.id }])
  t.match(await list('tasks?status=cancelled'), [{ origin: 'service', outcome: reason }])
  t.match(await list('tasks?status=done'), [{ id: done.id }])
  t.match(await tenant.events('credit_hold.lifted'), [
    { data: { object: { lift_reason: reason } } },
  ])
  t.equal((await tenant.events('task.cancelled')).length, 1)
  t.same(await audit(), [])
})

t.test('a credit hold stands until the last notice that wants it is taken back', async (t) => {
  const { tenant, make, clock, customer, list, audit } = await creditor({ credit_hold: true }, {})
  await make.invoice(customer, { due_date: '2026-03-10' })
  await make.invoice(customer, { due_date: '2026-03-10', currency: 'USD' })
  await clock.advance('2026-03-15')
  await make.invoice(customer, { due_date: '2026-03-15', currency: 'CHF' })
  await clock.advance('2026-03-20')
  const inForce = () => list('credit-holds?active=true')
  const [placed] = await inForce()
  const notices = await list('dunning-notices?level=1')
  t.equal(notices.length, 3)
  const takeBack = (id: string) =>
    tenant.api('POST', `/v1/dunning-notices/${id}/reverse`, { reason: 'Wrong.' })
  const wanting = new Set(notices.map(({ id }) => id))
  for (const version of [2, 3]) {
    const [{ notice_id }] = (await inForce()) as [Json]
    t.match(await takeBack(notice_id), { status: 200 })
    wanting.delete(notice_id)
    const [hold] = await inForce()
    t.match(hold, { id: placed.id, version, lifted_date: null })
    t.ok(wanting.has(hold.notice_id), 'it stands for one that still wants it')
  }
  t.equal((await tenant.events('credit_hold.updated')).length, 2)
  const [last] = await inForce()
  t.match(await takeBack(last.notice_id), { status: 200 })
  t.same(await inForce(), [])
  t.same(await audit(), [])
})

t.test('a hold that a person has lifted does not come back by an older notice', async (t) => {
  const { tenant, make, clock, customer, list, audit } = await creditor({ credit_hold: true }, {})
  await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-16')
  const [first] = await list('credit-holds?active=true')
  await tenant.api('POST', `/v1/credit-holds/${first.id}/lift`, { reason: 'Promised.' })
  await make.invoice(customer, { due_date: '2026-03-14' })
  await clock.advance('2026-03-19')
  const [second] = await list('credit-holds?active=true')
  t.not(second.notice_id, first.notice_id)
  await tenant.api('POST', `/v1/dunning-notices/${second.notice_id}/reverse`, { reason: 'Wrong.' })
  t.same(await list('credit-holds?active=true'), [])
  t.same(await audit(), [])
})

t.test('a level without consequences has none', async (t) => {
  const { make, clock, customer, list } = await creditor({}, {})
  await make.invoice(customer, { due_date: '2026-03-10' })
  await clock.advance('2026-03-30')
  t.equal((await list('dunning-notices')).length, 2)
  t.same([...(await list('tasks')), ...(await list('credit-holds'))], [])
})

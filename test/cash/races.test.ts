import { sql } from 'kysely'
import t from 'tap'
import { commit } from '../../src/foundation/database/commit.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { lockCustomers } from '../../src/ledger/queries.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { report, seed, sizeOf } from '../support/certify.ts'
import { inParallel } from '../support/in-parallel.ts'
import { chanceOf } from '../support/random.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const tenant = await app.tenant()
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')

const paymentOf = (customer: { id: string }, amount: number, allocations?: object[]) => ({
  customer_id: customer.id,
  currency: 'EUR',
  amount,
  received_date: '2026-03-18',
  method: 'bank_transfer',
  ...(allocations ? { allocations } : {}),
})

/** Sends a payment to one replica or the other. */
const pay = (turn: number, body: object) =>
  (turn % 2 === 0 ? app : replica).call(tenant.secret, 'POST', '/v1/payments', body)

/** Ten payments of one customer at once, over two replicas. */
const tenPayments = (customer: { id: string }, more: object) =>
  Promise.all(
    Array.from({ length: 10 }, (_, n) => pay(n, { ...paymentOf(customer, 3_000), ...more })),
  )

t.test(
  'ten payments that all name one invoice: three are met in full, seven are refused',
  async (t) => {
    for (let round = 0; round < 6; round += 1) {
      const customer = await make.customer()
      const invoice = await make.invoice(customer)
      const replies = await tenPayments(customer, {
        allocations: [{ invoice_id: invoice.id, amount: 3_000 }],
      })
      t.same(replies.map(({ status }) => status).sort(), [201, 201, 201, ...Array(7).fill(409)])
      for (const { status, body } of replies)
        if (status === 409) t.equal(body.code, 'insufficient_open_amount')
      t.match(await make.get(`/v1/invoices/${invoice.id}`), {
        open_amount: 1_000,
        paid_amount: 9_000,
        status: 'issued',
      })
    }
  },
)

t.test(
  'ten payments left to the rules: all are kept, ten thousand of it is allocated',
  async (t) => {
    for (let round = 0; round < 6; round += 1) {
      const customer = await make.customer()
      const invoice = await make.invoice(customer)
      const replies = await tenPayments(customer, {})
      t.same(new Set(replies.map(({ status }) => status)), new Set([201]))
      const sum = (field: string) => replies.reduce((total, { body }) => total + body[field], 0)
      t.equal(sum('allocated_amount'), 10_000)
      t.equal(sum('unallocated_amount'), 20_000)
      t.match(await make.get(`/v1/invoices/${invoice.id}`), {
        open_amount: 0,
        paid_amount: 10_000,
        status: 'paid',
      })
      t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
        { open_amount: 0, unallocated_amount: 20_000 },
      ])
    }
  },
)

t.test(
  'payments, credit notes, reversals and new invoices of one customer, all at once',
  async (t) => {
    const customer = await make.customer()
    const invoices = await Promise.all([
      make.invoice(customer),
      make.invoice(customer),
      make.invoice(customer),
    ])
    const payments = await Promise.all([make.payment(customer), make.payment(customer)])
    const replies = await Promise.all([
      tenPayments(customer, {}),
      tenPayments(customer, { allocations: [{ invoice_id: invoices[2]?.id, amount: 3_000 }] }),
      ...payments.map(async ({ id }) => [
        await replica.call(tenant.secret, 'POST', `/v1/payments/${id}/reversal`, { reason: 'x' }),
      ]),
      ...invoices.map(async ({ id }) => [
        await tenant.api('POST', '/v1/credit-notes', {
          customer_id: customer.id,
          invoice_id: id,
          number: `G-${id}`,
          currency: 'EUR',
          issue_date: '2026-03-19',
          total_amount: 4_000,
        }),
      ]),
      ...Array.from({ length: 5 }, async () => [
        { status: 201, body: await make.invoice(customer) },
      ]),
    ])
    for (const { status, body } of replies.flat())
      t.ok([200, 201, 409].includes(status), `${status} ${body.code ?? ''}`)
  },
)

t.test(
  'payments of two customers that name each other’s order never lock each other out',
  async (t) => {
    const customers = await Promise.all([make.customer(), make.customer(), make.customer()])
    for (const customer of customers) await make.invoice(customer, { total_amount: 1_000_000 })
    const replies = await Promise.all(
      customers.flatMap((customer) => [tenPayments(customer, {}), tenPayments(customer, {})]),
    )
    t.same(new Set(replies.flat().map(({ status }) => status)), new Set([201]))
  },
)

t.test(
  'an invoice that uses what is unallocated waits for its customer first, for nothing before',
  async (t) => {
    const customer = await make.customer()
    await make.payment(customer)
    const url = `/v1/customers/${customer.id}/allocation-settings`
    await tenant.api('PUT', url, { use_unallocated: true })
    const cause = { origin: 'api', actor: null, requestId: null } as const
    const waiting = async () => {
      const { rows } = await app.context.workers.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      return rows.length > 0
    }
    let issued: ReturnType<typeof make.invoice> | undefined
    await commit(app.context.api, { tenantId: tenant.uuid, cause }, async (tx) => {
      await lockCustomers(tx, [uuidOf(customer.id)])
      issued = make.invoice(customer)
      for (let n = 0; n < 100 && !(await waiting()); n += 1)
        await new Promise((done) => setTimeout(done, 20))
      t.ok(await waiting(), 'the invoice waits for the customer')
      await sql`select 1 from customer_balance where customer_id = ${uuidOf(customer.id)} for update nowait`.execute(
        tx.db,
      )
    })
    t.match(await issued, { status: 'paid', paid_amount: 10_000 })
  },
)

t.test('six writers for each invoice: three are met in full, three are refused', async (t) => {
  const invoices = sizeOf({ slice: 40, certify: 1_000, certification: 10_000 })
  const writers = 6
  const seen = { met: 0, refused: 0, other: 0 }
  const race = async () => {
    const customer = await make.customer()
    const { id } = await make.invoice(customer)
    const body = paymentOf(customer, 3_000, [{ invoice_id: id, amount: 3_000 }])
    const replies = await Promise.all(Array.from({ length: writers }, (_, n) => pay(n, body)))
    for (const reply of replies) {
      if (reply.status === 201) seen.met += 1
      else if (reply.body.code === 'insufficient_open_amount') seen.refused += 1
      else seen.other += 1
    }
    return (await make.get(`/v1/invoices/${id}`)).open_amount === 1_000
  }
  const right = await inParallel(4, Array(invoices).fill(race))
  const wrong = right.filter((one) => !one).length
  t.equal(wrong, 0)
  t.same(seen, { met: invoices * 3, refused: invoices * 3, other: 0 })
  await report({
    suite: 'T-race',
    goal: `${invoices} invoices × ${writers} writers: no over-allocation, no deadlock shown`,
    seen: `${seen.met} met, ${seen.refused} refused, ${seen.other} otherwise, ${wrong} invoices wrong`,
    met: wrong === 0 && seen.other === 0 && seen.met === invoices * 3,
  })
})

t.test(
  'payments that name the same six invoices in every order never lock each other out',
  async (t) => {
    const payments = sizeOf({ slice: 60, certify: 500, certification: 5_000 })
    const chance = chanceOf(seed)
    const customer = await make.customer()
    const invoices = await Promise.all(Array.from({ length: 6 }, () => make.invoice(customer)))
    const replies = await inParallel(
      24,
      Array.from({ length: payments }, (_, n) => () => {
        const shuffled = invoices
          .map(({ id }) => ({ id, rank: chance.next() }))
          .sort((a, b) => a.rank - b.rank)
        const allocations = shuffled.map(({ id }) => ({ invoice_id: id, amount: 1 }))
        return pay(n, paymentOf(customer, 6, allocations))
      }),
    )
    const expected = Math.min(payments, 10_000)
    const met = replies.filter(({ status }) => status === 201).length
    const other = replies.filter(({ status }) => status !== 201 && status !== 409).length
    t.equal(met, expected, `seed ${seed}`)
    t.equal(other, 0)
    const opens = await Promise.all(invoices.map(({ id }) => make.get(`/v1/invoices/${id}`)))
    for (const { open_amount } of opens) t.equal(open_amount, 10_000 - met)
    await report({
      suite: 'T-race',
      goal: `${payments} payments × 6 invoices in every order of locks: no over-allocation, no deadlock shown`,
      seen: `${met} met, ${other} failed`,
      met:
        met === expected && other === 0 && opens.every((one) => one.open_amount === 10_000 - met),
    })
  },
)

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true, differences: [] })
})

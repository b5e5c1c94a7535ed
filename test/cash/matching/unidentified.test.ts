import t from 'tap'
import { appOn, testApp } from '../../support/app.ts'
import { importStatement, matchAll } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const DAY = '2026-03-10'

/** A tenant on 31 March 2026 whose bank booked 100.00 on the 10th that say nothing, and was gone over. */
async function withUnknownMoney(more: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set('2026-03-31')
  const [line] = await importStatement(tenant, [{ bookingDate: DAY, amount: 10_000, ...more }])
  const url = `/v1/bank-lines/${line.id}`
  await matchAll(app, tenant)
  return {
    tenant,
    make,
    line,
    post: (verb: string, body: object = {}) => tenant.api('POST', `${url}/${verb}`, body),
    match: () => matchAll(app, tenant),
    /** What stands on the accounts, on a day; only those on which something does. */
    balances: async (date = '2026-03-31'): Promise<Record<string, number>> => {
      const { accounts } = await make.get(`/v1/ledger/balances?as_of_date=${date}`)
      return Object.fromEntries(
        accounts
          .map((one: { account: string; balance_amount: number }) => [
            one.account,
            one.balance_amount,
          ])
          .filter(([, amount]: [string, number]) => amount !== 0),
      )
    },
    happenings: async (): Promise<string[]> =>
      (await make.get('/v1/ledger/entries?limit=200')).data
        .map(({ happening }: { happening: string }) => happening)
        .sort(),
    /** What does not fit in the books; nothing, if all is right. */
    wrong: async () => [
      ...(await auditBooks(app.context, tenant.uuid)),
      ...(await make.get('/v1/ledger/verification')).differences,
    ],
  }
}

t.test('an unknown payer’s money is unidentified from its day on, once', async (t) => {
  const { tenant, line, match, balances, happenings, wrong } = await withUnknownMoney()
  const here = { cash: 10_000, unidentified: -10_000 }
  t.same(await balances(DAY), here)
  t.same(await balances('2026-03-09'), {})
  await match()
  await Promise.all([match(), matchAll(replica, tenant)])
  t.same(await happenings(), ['money_unidentified'])
  t.same(await balances(), here)
  t.equal(line.status, 'unmatched')
  t.same(await wrong(), [])
})

t.test('money of ours, and what is booked ahead, is not unidentified', async (t) => {
  const { tenant, match, balances, wrong } = await withUnknownMoney({ direction: 'debit' })
  await importStatement(tenant, [{ bookingDate: '2026-04-01', amount: 500 }])
  await match()
  t.same(await balances(), {})
  t.same(await wrong(), [])
})

t.test('accepted later, it is identified as of its day', async (t) => {
  const { make, post, balances, happenings, wrong } = await withUnknownMoney()
  const customer = await make.customer()
  const invoice = await make.invoice(customer, { total_amount: 9_000 })
  t.equal((await post('accept', { customer_id: customer.id })).status, 200)
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
  t.match((await make.get('/v1/payments')).data, [{ account: 'cash', received_date: DAY }])
  const owned = { cash: 10_000, unallocated: -1_000, sales: -9_000 }
  t.same(await balances(), owned)
  t.same(await balances(DAY), owned)
  t.same(await happenings(), [
    'allocation',
    'invoice_issued',
    'money_identified',
    'money_unidentified',
  ])
  t.same(await wrong(), [])
})

t.test('matched by itself in a later pass, it is identified too', async (t) => {
  const { make, match, balances, happenings, wrong } = await withUnknownMoney({
    text: 'R-2026-4711',
  })
  await make.invoice(await make.customer(), { number: 'R-2026-4711' })
  await match()
  t.same(await balances(), { cash: 10_000, sales: -10_000 })
  t.ok((await happenings()).includes('money_identified'))
  t.same(await wrong(), [])
})

t.test('split over two customers, each has their part', async (t) => {
  const { make, post, balances, wrong } = await withUnknownMoney()
  const [a, b] = [await make.customer(), await make.customer()]
  const parts = [
    { customer_id: a.id, amount: 3_333 },
    { customer_id: b.id, amount: 6_667 },
  ]
  t.equal((await post('split', { parts })).status, 200)
  t.same(await balances(), { cash: 10_000, unallocated: -10_000 })
  t.same(await wrong(), [])
  t.equal((await post('undo', { reason: 'Neither' })).status, 200)
  t.same(await balances(DAY), { cash: 10_000, unidentified: -10_000 })
  t.same(await wrong(), [])
})

t.test('undone, it is unidentified again, and cash was never touched', async (t) => {
  const { make, post, balances, happenings, wrong } = await withUnknownMoney()
  const [wrongOne, right] = [await make.customer(), await make.customer()]
  await make.invoice(wrongOne)
  t.equal((await post('accept', { customer_id: wrongOne.id })).status, 200)
  t.equal((await post('undo', { reason: 'A namesake' })).status, 200)
  const nobodys = { receivable: 10_000, sales: -10_000, cash: 10_000, unidentified: -10_000 }
  t.same(await balances(), nobodys)
  t.same(await balances(DAY), nobodys)
  t.same(await wrong(), [])
  t.equal((await post('accept', { customer_id: right.id })).status, 200)
  const { unidentified: _, ...rest } = nobodys
  t.same(await balances(DAY), { ...rest, unallocated: -10_000 })
  t.equal((await happenings()).filter((one) => one === 'money_unidentified').length, 1)
  t.same(await wrong(), [])
})

t.test('money received straight away becomes unidentified when it is undone', async (t) => {
  const { tenant, make, match, balances, wrong } = await withUnknownMoney()
  const customer = await make.customer()
  await make.invoice(customer, { number: 'R-2026-4712', total_amount: 2_000 })
  const paid = { bookingDate: '2026-03-20', amount: 2_000, text: 'R-2026-4712' }
  const [line] = await importStatement(tenant, [paid])
  await match()
  t.same(await balances(), { cash: 12_000, unidentified: -10_000, sales: -2_000 })
  const url = `/v1/bank-lines/${line.id}`
  t.equal((await tenant.api('POST', `${url}/undo`, { reason: 'x' })).status, 200)
  const undone = { cash: 12_000, unidentified: -12_000, receivable: 2_000, sales: -2_000 }
  t.same(await balances('2026-03-20'), undone)
  t.same(await wrong(), [])
  t.equal((await tenant.api('POST', `${url}/ignore`, { reason: 'x' })).status, 200)
  t.same(await balances('2026-03-20'), { ...undone, cash: 10_000, unidentified: -10_000 })
  t.same(await wrong(), [])
})

t.test(
  'what was released and refunded before the undo: nobody has it before it was free',
  async (t) => {
    const { tenant, make, post, balances, wrong } = await withUnknownMoney()
    const [wrongOne, right] = [await make.customer(), await make.customer()]
    await make.invoice(wrongOne, { total_amount: 4_000 })
    const accepted = await post('accept', { customer_id: wrongOne.id })
    const { payment_id } = accepted.body.matches[0]
    const { id } = await make.refund({ payment_id }, { amount: 6_000 })
    t.match(await tenant.api('POST', `/v1/refunds/${id}/pay`, {}), { body: { status: 'paid' } })
    t.equal(
      (await tenant.api('PUT', `/v1/payments/${payment_id}/allocations`, { allocations: [] }))
        .status,
      200,
    )
    t.equal((await post('undo', { reason: 'x' })).status, 200)
    t.same(await balances('2026-03-30'), {
      cash: 10_000,
      sales: -4_000,
      unallocated: -6_000,
    })
    t.same(await balances(), {
      cash: 4_000,
      receivable: 10_000,
      sales: -4_000,
      unidentified: -10_000,
    })
    for (const verb of ['ignore', 'undo']) t.equal((await post(verb, { reason: 'x' })).status, 200)
    t.equal((await balances('2026-03-30')).cash, 10_000, 'it was the other’s until then')
    t.equal((await post('accept', { customer_id: right.id })).status, 200)
    const { data } = await make.get(`/v1/payments?customer_id=${right.id}`)
    t.match(data, [{ received_date: '2026-03-31', unallocated_amount: 10_000 }])
    t.same(await wrong(), [])
  },
)

t.test(
  'a payment that had left before the undo comes in again; one the bank returned does not',
  async (t) => {
    const { tenant, make, post, match, balances, wrong } = await withUnknownMoney({
      endToEndId: 'E2E-77',
    })
    const customer = await make.customer()
    const accept = async () => {
      const { body } = await post('accept', { customer_id: customer.id })
      return body.matches[0].payment_id
    }
    const reversal = { reversal_date: '2026-03-12', reason: 'Typed wrongly' }
    const url = `/v1/payments/${await accept()}/reversal`
    t.equal((await tenant.api('POST', url, reversal)).status, 200)
    t.same(await balances(), {})
    t.equal((await post('undo', { reason: 'x' })).status, 200)
    t.same(await balances('2026-03-11'), { cash: 10_000, unallocated: -10_000 })
    t.same(await balances('2026-03-12'), { cash: 10_000, unidentified: -10_000 })
    t.same(await wrong(), [])
    await accept()
    const back = { bookingDate: '2026-03-20', amount: 10_000, endToEndId: 'E2E-77' }
    await importStatement(tenant, [{ ...back, direction: 'debit', isReversal: true }])
    await match()
    t.same(await balances(), {})
    t.match(await post('undo', { reason: 'x' }), { body: { code: 'bank_line_not_matchable' } })
    t.same(await wrong(), [])
  },
)

t.test('ignored, it leaves the books; no longer ignored, it is back', async (t) => {
  const { make, post, balances, wrong } = await withUnknownMoney()
  for (const _ of [1, 2]) {
    t.equal((await post('ignore', { reason: 'Interest' })).status, 200)
    t.same(await balances(DAY), {})
    t.same(await wrong(), [])
    t.equal((await post('undo', { reason: 'It was not' })).status, 200)
    t.same(await balances(DAY), { cash: 10_000, unidentified: -10_000 })
  }
  const customer = await make.customer()
  t.equal((await post('accept', { customer_id: customer.id })).status, 200)
  t.same(await balances(DAY), { cash: 10_000, unallocated: -10_000 })
  t.same(await wrong(), [])
})

const announced = { amount: 10_000, received_date: '2026-03-05', end_to_end_id: 'E2E-1' }
for (const more of [
  { account: 'clearing' },
  { account: 'clearing', status: 'pending' },
  { account: 'cash', status: 'pending' },
]) {
  t.test(
    `unidentified money that confirms one ${JSON.stringify(more)} comes in once`,
    async (t) => {
      const { make, match, line, balances, wrong } = await withUnknownMoney({ endToEndId: 'E2E-1' })
      const payment = await make.payment(await make.customer(), { ...announced, ...more })
      await match()
      t.match(await make.get(`/v1/payments/${payment.id}`), {
        status: 'received',
        account: 'cash',
        bank_line_id: line.id,
      })
      t.same(await balances(), { cash: 10_000, unallocated: -10_000 })
      t.same(await wrong(), [])
    },
  )
}

t.test(
  'decided by ten at once while it is being gone over: had by one, entered once',
  async (t) => {
    for (const known of [true, false]) {
      const { tenant, make, match, balances, wrong } = await withUnknownMoney()
      const customers = [await make.customer(), await make.customer()]
      const [line] = await importStatement(tenant, [{ bookingDate: DAY, amount: 500 }])
      if (known) await match()
      const decide = (n: number) =>
        (n % 2 === 0 ? app : replica).call(
          tenant.secret,
          'POST',
          `/v1/bank-lines/${line.id}/accept`,
          { customer_id: customers[n % customers.length].id },
        )
      const passes = Promise.all([match(), matchAll(replica, tenant)])
      const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => decide(n)))
      await passes
      t.equal(replies.filter(({ status }) => status === 200).length, 1)
      t.same(await balances(), { cash: 10_500, unidentified: -10_000, unallocated: -500 })
      t.same(await wrong(), [])
    }
  },
)

t.test('the nightly proof finds a line that says otherwise than the ledger', async (t) => {
  const { tenant, make, line } = await withUnknownMoney()
  await app.context.workers.pool.query(
    'update unidentified_money set open_amount = open_amount - 1 where tenant_id = $1',
    [tenant.uuid],
  )
  const { differences } = await make.get('/v1/ledger/verification')
  t.same(differences, [
    {
      check: 'unidentified_equals_entries',
      kind: 'bank_line',
      id: line.id,
      currency: 'EUR',
      expected_amount: 10_000,
      actual_amount: 9_999,
    },
  ])
})

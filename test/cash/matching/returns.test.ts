import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { testApp } from '../../support/app.ts'
import { importFile, importStatement, matchAll } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

t.setTimeout(120_000)

const app = await testApp(t)
const folder = process.env.SAMPLE_DATA_DIR
const withSamples = folder ? {} : { skip: 'SAMPLE_DATA_DIR does not say where bank/camt is' }
const sample = (name: string) => readFile(join(String(folder), 'bank/camt', name), 'utf8')

/** A tenant on a day, whose payments by direct debit of January 2012 have settled one invoice each. */
async function collector(currency: string, today: string) {
  const tenant = await app.tenant({ currency })
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set(today)
  const customer = await make.customer({ name: 'Bernasconi Maria', currency })
  const collect = async (amount: number, more: object = {}) => {
    const dates = { issue_date: '2012-01-02', due_date: '2012-01-16' }
    const invoice = await make.invoice(customer, { total_amount: amount, ...dates })
    const payment = await make.payment(customer, {
      amount,
      received_date: '2012-01-10',
      method: 'direct_debit',
      allocations: [{ invoice_id: invoice.id, amount }],
      ...more,
    })
    return { invoice, payment }
  }
  return { tenant, make, customer, collect }
}

t.test(
  'Swiss debits that came back (camt.054): the right items open again',
  withSamples,
  async (t) => {
    const { tenant, make, collect } = await collector('CHF', '2016-05-31')
    const returned = [
      await collect(600, { end_to_end_id: 'EndToEnd-2B6C-CHDDBB5' }),
      await collect(1_553, { end_to_end_id: 'E2E-1-1-16030913' }),
    ]
    const kept = await collect(600, { end_to_end_id: 'EndToEnd-of-another' })
    await importFile(tenant, await sample('viafintech-054-valid_example.xml'))
    await matchAll(app, tenant)
    for (const { invoice, payment } of returned) {
      t.match(await make.get(`/v1/payments/${payment.id}`), {
        status: 'reversed',
        reversal_date: '2016-04-10',
        reversal_reason: 'Lastschrift-Widerspruch durch den Zahlungspflichtigen',
        reversal_reason_code: 'MD06',
        allocations: [],
      })
      t.match(await make.get(`/v1/invoices/${invoice.id}`), {
        status: 'issued',
        open_amount: invoice.total_amount,
        due_date: '2012-01-16',
      })
    }
    t.equal((await make.get(`/v1/payments/${kept.payment.id}`)).status, 'received')
    const matched = await make.get('/v1/bank-lines?status=matched')
    t.equal(matched.data.length, 2, 'the credits are nobody’s we know')
    const { data: entries } = await make.get('/v1/ledger/entries?limit=200')
    t.same(
      entries
        .filter((one: { happening: string }) => one.happening === 'return_charged_by_bank')
        .map((one: { amount: number }) => one.amount),
      [70, 70],
      'and what the bank took is booked',
    )
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test('Dutch debits that came back (camt.053)', withSamples, async (t) => {
  const { tenant, make, collect } = await collector('EUR', '2016-05-31')
  const returned = [
    await collect(100, { end_to_end_id: '1234567X908303803' }),
    await collect(92_100, { end_to_end_id: '1234567X908303804' }),
  ]
  await importFile(tenant, await sample('iso20022js-abn_amro.xml'))
  await matchAll(app, tenant)
  for (const { invoice, payment } of returned) {
    t.match(await make.get(`/v1/payments/${payment.id}`), {
      status: 'reversed',
      reversal_reason_code: 'MS03',
    })
    t.equal((await make.get(`/v1/invoices/${invoice.id}`)).open_amount, invoice.total_amount)
  }
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('a transfer of ours that came back is no payment', withSamples, async (t) => {
  const { tenant, make } = await collector('CHF', '2020-05-31')
  const customer = await make.customer({ name: 'Robert Schneider SA', currency: 'CHF' })
  await make.invoice(customer, {
    total_amount: 40_000,
    issue_date: '2019-05-01',
    due_date: '2019-05-15',
  })
  const xml = await sample('moov-postfinance-camt054-returns.xml')
  const [line] = await importFile(tenant, xml)
  await matchAll(app, tenant)
  t.same((await make.get(`/v1/bank-lines/${line.id}/proposals`)).data, [])
  t.equal((await make.get('/v1/bank-lines?status=matched')).data.length, 0)
})

t.test('without its id, a return is proposed by account and amount', async (t) => {
  const { tenant, make, customer } = await collector('EUR', '2026-03-31')
  const iban = 'DE02120300000000202051'
  const dates = { issue_date: '2026-03-01', due_date: '2026-03-15' }
  const invoice = await make.invoice(customer, { number: 'R-2026-1001', ...dates })
  const paid = { bookingDate: '2026-03-10', amount: 10_000, iban, text: 'R-2026-1001' }
  await importStatement(tenant, [paid])
  await matchAll(app, tenant)
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
  const back = { bookingDate: '2026-03-20', amount: 10_000, iban, returnReason: 'AC04' }
  const [line] = await importStatement(tenant, [{ ...back, direction: 'debit', isReversal: true }])
  await matchAll(app, tenant)
  const { data } = await make.get(`/v1/bank-lines/${line.id}/proposals`)
  t.match(data, [
    { kind: 'return', customer_id: customer.id, reasons: [{ code: 'returned_iban' }] },
  ])
  const accept = `/v1/bank-lines/${line.id}/accept`
  const reply = await tenant.api('POST', accept, { payment_id: data[0].payment_id })
  t.match(reply, { status: 200, body: { matches: [{ kind: 'return', amount: 10_000 }] } })
  t.match(await make.get(`/v1/payments/${data[0].payment_id}`), {
    status: 'reversed',
    reversal_date: '2026-03-20',
    reversal_reason_code: 'AC04',
  })
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).open_amount, 10_000)
  t.match(await tenant.api('POST', `/v1/bank-lines/${line.id}/undo`, { reason: 'x' }), {
    status: 409,
    body: { code: 'bank_line_not_matchable' },
  })
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('one payment goes back once, of two that fit neither goes by itself', async (t) => {
  const { tenant, make, collect } = await collector('EUR', '2026-03-31')
  const { payment } = await collect(500, { end_to_end_id: 'E2E-TWICE' })
  const back = { bookingDate: '2026-03-20', amount: 500, endToEndId: 'E2E-TWICE' }
  const twice = { ...back, direction: 'debit', isReversal: true } as const
  const lines = await importStatement(tenant, [twice, twice])
  await matchAll(app, tenant)
  const statuses = []
  for (const { id } of lines) statuses.push((await make.get(`/v1/bank-lines/${id}`)).status)
  t.same(statuses.sort(), ['matched', 'unmatched'])
  t.equal((await make.get(`/v1/payments/${payment.id}`)).status, 'reversed')
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('money that was on its way is confirmed, not recorded again', async (t) => {
  const { tenant, make, collect } = await collector('EUR', '2026-03-31')
  const { payment } = await collect(4_200, { end_to_end_id: 'DD-2026-1', account: 'clearing' })
  const credit = { bookingDate: '2026-03-20', amount: 4_200, endToEndId: 'DD-2026-1' }
  const [line] = await importStatement(tenant, [credit])
  await matchAll(app, tenant)
  t.match(await make.get(`/v1/payments/${payment.id}`), { status: 'received', account: 'cash' })
  t.equal((await make.get(`/v1/bank-lines/${line.id}`)).status, 'matched')
  t.equal((await make.get('/v1/payments')).data.length, 1)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'money that was moved on is confirmed and returned as the payment it came in with',
  async (t) => {
    const { tenant, make, customer } = await collector('EUR', '2026-03-31')
    const other = await make.customer()
    const iban = 'DE02120300000000202051'
    const credit = { bookingDate: '2026-03-20', amount: 4_200, endToEndId: 'DD-2026-2' }
    const payment = await make.payment(customer, {
      amount: 4_200,
      received_date: '2026-03-10',
      account: 'clearing',
      end_to_end_id: credit.endToEndId,
      payer: { name: 'Bernasconi Maria', iban },
    })
    const moved = await tenant.api('POST', `/v1/payments/${payment.id}/transfers`, {
      customer_id: other.id,
      amount: 4_200,
    })
    t.match(moved.body, { account: 'cash', end_to_end_id: null, payer: { iban: null } })
    await importStatement(tenant, [credit])
    await matchAll(app, tenant)
    t.equal((await make.get(`/v1/payments/${payment.id}`)).account, 'cash')
    const back = {
      ...credit,
      bookingDate: '2026-03-25',
      direction: 'debit',
      isReversal: true,
    } as const
    await importStatement(tenant, [back])
    await matchAll(app, tenant)
    t.equal((await make.get(`/v1/payments/${payment.id}`)).status, 'reversed')
    t.equal((await make.get(`/v1/payments/${moved.body.id}`)).status, 'received')
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

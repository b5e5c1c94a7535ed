import t from 'tap'
import { testApp } from '../../support/app.ts'
import { importStatement, matchAll } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

t.setTimeout(120_000)

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-31')

const IBAN = 'DE02120300000000202051'
const entry = (more: object = {}) => ({ bookingDate: '2026-03-20', amount: 10_000, ...more })
const lineOf = async (more: object = {}) => (await importStatement(tenant, [entry(more)]))[0]
const readLine = ({ id }: { id: string }) => make.get(`/v1/bank-lines/${id}`)
const post = (line: { id: string }, verb: string, body: object = {}, headers = {}) =>
  tenant.api('POST', `/v1/bank-lines/${line.id}/${verb}`, body, headers)
let numbers = 1_000
/** A number that payers can be told by. */
const numbered = () => {
  numbers += 1
  return { number: `R-2026-${numbers}` }
}
const paymentsOf = async (customer: { id: string }) =>
  (await make.get(`/v1/payments?customer_id=${customer.id}`)).data

t.test('an exact reference and amount are posted by themselves, with their reasons', async (t) => {
  const customer = await make.customer({ name: 'Acme Anlagenbau GmbH' })
  const invoice = await make.invoice(customer, numbered())
  const line = await lineOf({ text: `Rechnung ${invoice.number}`, name: 'ACME', iban: IBAN })
  t.equal(line.status, 'unmatched')
  await matchAll(app, tenant)
  t.match(await readLine(line), { status: 'matched', version: 2 })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid', open_amount: 0 })
  const [payment] = await paymentsOf(customer)
  t.match(payment, {
    status: 'received',
    amount: 10_000,
    received_date: '2026-03-20',
    bank_line_id: line.id,
    allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
  })
  const [event] = await tenant.events('bank_line.matched')
  t.match(event.data.object, {
    id: line.id,
    matches: [{ kind: 'payment', payment_id: payment.id, decided_by: 'service' }],
  })
  t.ok(event.data.object.matches[0].score >= 85)
  await matchAll(app, tenant)
  t.equal((await paymentsOf(customer)).length, 1, 'a second run finds nothing to do')
})

t.test('an early-payment discount that was taken in time settles the whole invoice', async (t) => {
  const customer = await make.customer()
  const early_payment_discounts = [{ days: 20, percent: '2' }]
  const invoice = await make.invoice(customer, { ...numbered(), early_payment_discounts })
  await lineOf({ text: invoice.number, amount: 9_800 })
  await matchAll(app, tenant)
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'paid',
    paid_amount: 9_800,
    discounted_amount: 200,
  })
})

t.test('below the threshold a person decides: the best proposal is accepted', async (t) => {
  const customer = await make.customer({ name: 'Brauerei Ost AG' })
  const invoice = await make.invoice(customer, { total_amount: 12_345 })
  const line = await lineOf({ amount: 12_345, name: 'BRAUEREI OST', text: 'NOTPROVIDED' })
  await matchAll(app, tenant)
  t.equal((await readLine(line)).status, 'unmatched')
  const { data, auto_post_score } = await make.get(`/v1/bank-lines/${line.id}/proposals`)
  t.match(data[0], {
    kind: 'payment',
    customer_id: customer.id,
    shares: [{ invoice_id: invoice.id, amount: 12_345 }],
    reasons: [{ code: 'amount_one_item' }, { code: 'name_same' }],
  })
  t.ok(data[0].score < auto_post_score)
  const reply = await post(line, 'accept', { note: 'Called them.' })
  t.equal(reply.status, 200)
  t.match(reply.body, {
    status: 'matched',
    matches: [{ decided_by: 'person', note: 'Called them.', score: data[0].score }],
  })
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
})

t.test('what a person says teaches whose account it is', async (t) => {
  const customer = await make.customer({ name: 'Carl Ziegler' })
  const iban = 'DE89370400440532013000'
  const amounts = [1_001, 1_002, 1_003]
  for (const amount of amounts) await make.invoice(customer, { total_amount: amount })
  const lines = await importStatement(
    tenant,
    amounts.map((amount) => entry({ amount, iban, name: 'C. Z. Privat' })),
  )
  for (const one of lines)
    t.equal((await post(one, 'accept', { customer_id: customer.id })).status, 200)
  await make.invoice(customer, { total_amount: 7_777 })
  const line = await lineOf({ amount: 7_777, iban })
  await matchAll(app, tenant)
  t.equal((await readLine(line)).status, 'matched')
})

t.test('a customer with designated items, more than is open and nothing', async (t) => {
  const customer = await make.customer()
  const [first, second] = [await make.invoice(customer), await make.invoice(customer)]
  const told = await lineOf({ amount: 15_000 })
  const allocations = [
    { invoice_id: second.id, amount: 10_000 },
    { invoice_id: first.id, amount: 2_000 },
  ]
  const tooMuch = [{ invoice_id: first.id, amount: 10_001 }]
  const refused = await post(told, 'accept', { customer_id: customer.id, allocations: tooMuch })
  t.match(refused, { status: 409, body: { code: 'insufficient_open_amount' } })
  t.equal((await readLine(told)).status, 'unmatched', 'a refusal leaves nothing behind')
  t.equal((await post(told, 'accept', { customer_id: customer.id, allocations })).status, 200)
  t.match(await paymentsOf(customer), [{ allocated_amount: 12_000, unallocated_amount: 3_000 }])
})

t.test('one line for several customers is split, to the cent', async (t) => {
  const [a, b] = [await make.customer(), await make.customer()]
  const invoice = await make.invoice(a, { total_amount: 4_000 })
  const line = await lineOf({ amount: 9_999 })
  const parts = [
    { customer_id: a.id, amount: 4_000, allocations: [{ invoice_id: invoice.id, amount: 4_000 }] },
    { customer_id: b.id, amount: 5_998 },
  ]
  t.match(await post(line, 'split', { parts }), {
    status: 422,
    body: { code: 'amounts_do_not_add_up', errors: [{ pointer: '#/parts' }] },
  })
  const whole = [parts[0], { ...parts[1], amount: 5_999 }]
  t.match(await post(line, 'split', { parts: whole }), {
    status: 200,
    body: { matches: [{ amount: 4_000 }, { amount: 5_999 }] },
  })
  t.match(await paymentsOf(b), [{ amount: 5_999, unallocated_amount: 5_999 }])
})

t.test('ignored lines leave the queue and may come back', async (t) => {
  const line = await lineOf({ text: 'Zinsen' })
  t.match(await post(line, 'ignore', { reason: 'Interest' }), {
    status: 200,
    body: { status: 'ignored', matches: [{ kind: 'ignored', note: 'Interest' }] },
  })
  t.match(await post(line, 'ignore', { reason: 'Interest' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'ignored' },
  })
  t.match(await post(line, 'undo', { reason: 'It was not' }), { body: { status: 'unmatched' } })
  t.match(await post(line, 'undo', { reason: 'It was not' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'unmatched' },
  })
})

t.test('undo: the money never was theirs, and the account is forgotten', async (t) => {
  const [wrong, right] = [await make.customer(), await make.customer({ name: 'Dora Weiß' })]
  const invoice = await make.invoice(wrong)
  const iban = 'DE75512108001245126199'
  const line = await lineOf({ iban, bookingDate: '2026-03-10' })
  const { body } = await post(line, 'accept', { customer_id: wrong.id })
  const payment = body.matches[0].payment_id
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
  const undone = await post(line, 'undo', { reason: 'A namesake' })
  t.match(undone, { status: 200, body: { status: 'unmatched', matches: [] } })
  t.match(await make.get(`/v1/payments/${payment}`), {
    status: 'reversed',
    reversal_date: '2026-03-10',
    reversal_reason: 'A namesake',
    reversal_reason_code: 'wrongly_matched',
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'issued', open_amount: 10_000 })
  const { data } = await make.get(`/v1/bank-lines/${line.id}/proposals`)
  t.notMatch(JSON.stringify(data), /iban_known/)
  t.equal((await post(line, 'accept', { customer_id: right.id })).status, 200)
  t.match(await paymentsOf(right), [{ unallocated_amount: 10_000 }])
  const { version } = await readLine(line)
  t.equal(version, 4, 'matched, undone and matched again')
})

t.test('refusals', async (t) => {
  const customer = await make.customer()
  const other = await make.invoice(await make.customer())
  const nobody = await lineOf({ amount: 31 })
  t.match(await post(nobody, 'accept'), { status: 409, body: { code: 'no_proposal' } })
  const out = await lineOf({ direction: 'debit' })
  t.match(await post(out, 'accept', { customer_id: customer.id }), {
    status: 409,
    body: { code: 'bank_line_not_matchable' },
  })
  t.same((await make.get(`/v1/bank-lines/${out.id}/proposals`)).data, [])
  t.match(
    await post(nobody, 'accept', {
      customer_id: customer.id,
      allocations: [{ invoice_id: other.id, amount: 31 }],
    }),
    { status: 422, body: { code: 'customer_mismatch' } },
  )
  t.match(await post({ id: customer.id.replace('cus_', 'bln_') }, 'accept'), {
    status: 404,
    body: { code: 'bank_line_not_found' },
  })
  t.match(await post(nobody, 'ignore', { reason: 'x' }, { 'if-match': '"7"' }), {
    status: 412,
    body: { code: 'version_mismatch' },
  })
  const stranger = await app.tenant()
  const reply = await stranger.api('POST', `/v1/bank-lines/${nobody.id}/ignore`, { reason: 'x' })
  t.match(reply, { status: 404, body: { code: 'bank_line_not_found' } })
})

t.test('the threshold is the tenant’s', async (t) => {
  const careful = await app.tenant()
  const own = recordsOf(careful)
  await clockOf(app, careful).set('2026-03-31')
  t.match(await own.get('/v1/matching-settings'), { auto_post_score: 85, version: 0 })
  t.match(await own.patch('/v1/matching-settings', { auto_post_score: 101 }), {
    auto_post_score: 101,
    version: 1,
  })
  const customer = await own.customer()
  const invoice = await own.invoice(customer, numbered())
  await importStatement(careful, [entry({ text: invoice.number })])
  await matchAll(app, careful)
  t.equal((await own.get(`/v1/invoices/${invoice.id}`)).status, 'issued')
  await own.patch('/v1/matching-settings', { auto_post_score: 90 })
  await matchAll(app, careful)
  t.equal((await own.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
  t.same(await auditBooks(app.context, careful.uuid), [])
})

t.test('the same money twice on one statement: the second settles nothing else', async (t) => {
  const customer = await make.customer({ name: 'Emil Grün' })
  const [invoice, other] = [
    await make.invoice(customer, numbered()),
    await make.invoice(customer, { ...numbered(), total_amount: 20_000 }),
  ]
  const paid = { text: invoice.number, name: 'Emil Grün', iban: 'DE12500105170648489890' }
  const lines = await importStatement(tenant, [entry(paid), entry(paid)])
  await matchAll(app, tenant)
  for (const line of lines) t.equal((await readLine(line)).status, 'matched')
  t.equal((await make.get(`/v1/invoices/${other.id}`)).status, 'issued')
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 20_000, unallocated_amount: 10_000 },
  ])
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

import t from 'tap'
import { testApp } from '../support/app.ts'
import { recordsOf } from '../support/records.ts'

t.test('null and absent mean the same, but for a merge patch', async (t) => {
  const tenant = await (await testApp(t)).tenant()
  const records = recordsOf(tenant)
  const customer = await records.customer({
    external_id: null,
    contacts: null,
    metadata: { none: null, some: 'x' },
  })
  t.match(customer, { external_id: null, contacts: [] })
  t.same(customer.metadata, { some: 'x' })
  const invoice = {
    customer_id: customer.id,
    number: 'R-1',
    currency: 'EUR',
    issue_date: '2026-03-01',
    due_date: '2026-03-15',
    total_amount: 100,
    tax_amount: null,
    net_days: null,
    instalments: null,
    lines: null,
    metadata: null,
    issue: true,
  }
  t.equal((await tenant.api('POST', '/v1/invoices', invoice)).status, 201)
  const missing = await tenant.api('POST', '/v1/invoices', {
    ...invoice,
    number: 'R-2',
    total_amount: null,
  })
  t.match(missing, {
    status: 422,
    body: { errors: [{ pointer: '#/total_amount', code: 'required' }] },
  })

  await records.patch(`/v1/customers/${customer.id}`, {
    language: 'de',
    metadata: { a: '1', b: '2' },
  })
  const patched = await records.patch(`/v1/customers/${customer.id}`, {
    language: null,
    metadata: { a: null },
  })
  t.match(patched, { language: null, metadata: { b: '2' } })
  t.notOk('a' in patched.metadata, 'a merge patch removes by null')
})

t.test('a cancellation document has a number of its own', async (t) => {
  const tenant = await (await testApp(t)).tenant()
  const records = recordsOf(tenant)
  const customer = await records.customer()
  const [first, second] = [await records.invoice(customer), await records.invoice(customer)]
  const cancel = { number: 'S-1', reason: 'Sent to the wrong company.' }
  t.equal((await tenant.api('POST', `/v1/invoices/${first.id}/void`, cancel)).status, 200)
  const taken = await tenant.api('POST', `/v1/invoices/${second.id}/void`, cancel)
  t.match(taken, { status: 409, body: { code: 'invoice_number_taken' } })
  t.equal((await records.get(`/v1/invoices/${second.id}`)).status, 'issued')
})

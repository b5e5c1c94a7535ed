import t from 'tap'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf } from '../../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-25')
await debits.settings()

const create = (body: object) => api('POST', '/v1/direct-debits', body)

t.test('the collection date leaves time to tell the debtor, and is a TARGET day', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  await make.invoice(customer)
  const refused = async (collection_date: string) =>
    (await create({ mandate_id: mandate.id, collection_date })).body.errors?.[0]
  t.match(await refused('2026-03-24'), {
    pointer: '#/collection_date',
    code: 'too_early',
    params: { earliest_date: '2026-03-30' },
  })
  t.match(await refused('2026-03-29'), { code: 'too_early' })
  for (const day of ['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'])
    t.match(await refused(day), {
      pointer: '#/collection_date',
      code: 'not_a_target_day',
      params: { next_target_day: '2026-04-07' },
    })
  t.match(await refused('2026-05-01'), { params: { next_target_day: '2026-05-04' } })
  const batch = (collection_date: string) => api('POST', '/v1/debit-batches', { collection_date })
  t.match(await batch('2026-03-29'), { status: 422, body: { errors: [{ code: 'too_early' }] } })
  t.match(await batch('2026-12-25'), { body: { errors: [{ code: 'not_a_target_day' }] } })
  t.match(await create({ mandate_id: mandate.id }), {
    status: 201,
    body: { collection_date: '2026-03-30' },
  })
  await debits.settings({ prenotification_days: 1, lead_days: 3 })
  const other = await make.customer()
  await make.invoice(other)
  t.match(
    await debits.debit(await debits.mandate(other)),
    { collection_date: '2026-03-30' },
    'three TARGET days for the bank',
  )
  await debits.settings()
})

t.test('only what is open, in euros, the customer’s own and not on its way', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  const invoice = await make.invoice(customer)
  const [item] = invoice.open_items
  const of = (...items: object[]) => create({ mandate_id: mandate.id, items })

  const dollars = await make.invoice({ ...customer, currency: 'USD' })
  t.match(await of({ invoice_id: invoice.id }, { invoice_id: dollars.id }), {
    status: 422,
    body: { code: 'currency_mismatch', errors: [{ pointer: '#/items/1' }] },
  })
  const foreign = await make.invoice(await make.customer())
  t.match(await of({ invoice_id: foreign.id }), { body: { code: 'customer_mismatch' } })
  t.match(await of({ item_id: foreign.open_items[0].id }), { body: { code: 'customer_mismatch' } })
  for (const wrong of [
    {},
    { item_id: item.id, invoice_id: invoice.id },
    { invoice_id: invoice.id, amount: 1 },
  ])
    t.match(await of(wrong), {
      status: 422,
      body: { errors: [{ pointer: '#/items/0', code: 'one_of' }] },
    })
  t.match(await of({ item_id: item.id, amount: 1 }, { item_id: item.id, amount: 1 }), {
    body: { errors: [{ pointer: '#/items', code: 'repeated' }] },
  })
  t.match(await of({ item_id: item.id, amount: 10_001 }), {
    status: 409,
    body: { code: 'item_not_collectable', open_amount: 10_000, pending_amount: 0 },
  })
  t.match(await of({ item_id: item.id, amount: 4_000 }), { status: 201, body: { amount: 4_000 } })
  t.match(await of({ item_id: item.id, amount: 6_001 }), {
    body: { code: 'item_not_collectable', item_id: item.id, pending_amount: 4_000 },
  })
  t.match(await of({ invoice_id: invoice.id }), { status: 201, body: { amount: 6_000 } })
  t.match(await of({ invoice_id: invoice.id }), { body: { code: 'item_not_collectable' } })
  t.match(await create({ mandate_id: mandate.id }), { body: { code: 'nothing_to_collect' } })
  const paid = await make.invoice(customer)
  await make.payment(customer, { allocations: [{ invoice_id: paid.id, amount: 10_000 }] })
  t.match(await of({ invoice_id: paid.id }), {
    status: 409,
    body: { code: 'item_not_collectable' },
  })
})

t.test('a one-off mandate is on its way once', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer, { sequence: 'one_off' })
  const invoice = await make.invoice(customer)
  const items = [{ item_id: invoice.open_items[0].id, amount: 1_000 }]
  const debit = await debits.debit(mandate, { items })
  t.match(await create({ mandate_id: mandate.id, items }), { body: { code: 'mandate_not_usable' } })
  t.match(await api('POST', `/v1/direct-debits/${debit.id}/cancel`), {
    status: 200,
    body: { status: 'cancelled' },
  })
  t.match(await create({ mandate_id: mandate.id, items }), { status: 201 })
})

t.test('a debit is cancelled before its file, not after', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  const invoice = await make.invoice(customer)
  const debit = await debits.debit(mandate, { collection_date: '2026-04-01' })
  const cancel = (id: string, headers = {}) =>
    api('POST', `/v1/direct-debits/${id}/cancel`, undefined, headers)
  t.match(await cancel(debit.id, { 'if-match': '"7"' }), { status: 412 })
  t.match(await cancel(debit.id), { body: { status: 'cancelled', ended_date: '2026-03-25' } })
  t.match(await cancel(debit.id), { status: 409, body: { code: 'invalid_state' } })
  t.match(await make.get(`/v1/payments/${debit.payment_id}`), { status: 'reversed' })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { open_amount: 10_000 })

  const again = await debits.debit(mandate, { collection_date: '2026-04-01' })
  const only = { customer_ids: [customer.id] }
  const batch = await debits.submitted('2026-04-01', only)
  t.match(await cancel(again.id), { status: 409, body: { current_status: 'submitted' } })
  t.match(await debits.close(batch), { status: 409, body: { current_status: 'closed' } })
  t.match(await debits.returned(again, 'AM04', { return_date: '2026-03-26' }), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  t.match(await api('POST', '/v1/debit-batches', { collection_date: '2026-04-01', ...only }), {
    status: 409,
    body: { code: 'nothing_to_collect' },
  })
})

t.test('a hold keeps an item out of batches, but not from being named', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  const held = await make.invoice(customer)
  const free = await make.invoice(customer)
  await make.hold({ invoice_id: held.id, reason: 'dispute' })
  const batch = await debits.batch('2026-04-01', { customer_ids: [customer.id] })
  t.match(await debits.debitsIn(batch), [{ items: [{ invoice_id: free.id }] }])
  t.match(await create({ mandate_id: mandate.id, items: [{ invoice_id: held.id }] }), {
    status: 201,
  })
})

t.test('what was settled otherwise before the file is made stays out of it', async (t) => {
  const [one, two] = [await make.customer(), await make.customer()]
  for (const customer of [one, two]) await debits.mandate(customer)
  const invoice = await make.invoice(one)
  await make.invoice(two)
  const batch = await debits.batch('2026-04-01', { customer_ids: [one.id, two.id] })
  t.equal(batch.debit_count, 2)
  await make.payment(one, { allocations: [{ invoice_id: invoice.id, amount: 4_000 }] })
  t.match(accepted(await debits.close(batch)), { debit_count: 1, total_amount: 10_000 })
  const inBatch = await debits.debitsIn(batch)
  t.same(inBatch.map(({ status }) => status).sort(), ['cancelled', 'submitted'])

  const again = await debits.batch('2026-04-01', { customer_ids: [one.id] })
  await make.payment(one, { amount: 6_000 })
  t.match(accepted(await debits.close(again)), { status: 'cancelled', debit_count: 0 })
  t.match(await api('GET', `/v1/debit-batches/${again.id}/file`), { status: 409 })
})

t.test('what was settled after the file was made stays unallocated', async (t) => {
  const customer = await make.customer()
  await debits.mandate(customer)
  const invoice = await make.invoice(customer)
  const batch = await debits.submitted('2026-04-02', { customer_ids: [customer.id] })
  await make.payment(customer, { allocations: [{ invoice_id: invoice.id, amount: 3_000 }] })
  await clock.advance('2026-04-02')
  const [debit] = await debits.debitsIn(batch)
  t.match(await make.get(`/v1/payments/${debit.payment_id}`), {
    status: 'received',
    allocated_amount: 7_000,
    unallocated_amount: 3_000,
  })
})

t.test('a file that missed its day is fixed for a later one', async (t) => {
  const customer = await make.customer()
  await debits.mandate(customer)
  await make.invoice(customer)
  const batch = await debits.batch('2026-04-08', { customer_ids: [customer.id] })
  await clock.advance('2026-04-08')
  t.match(await debits.close(batch), { status: 422, body: { errors: [{ code: 'too_early' }] } })
  t.match(await debits.close(batch, { collection_date: '2026-04-11' }), {
    body: { errors: [{ code: 'not_a_target_day' }] },
  })
  const closed = accepted(await debits.close(batch, { collection_date: '2026-04-13' }))
  t.match(closed, { collection_date: '2026-04-13' })
  t.match(await debits.file(batch), '<ReqdColltnDt>2026-04-13</ReqdColltnDt>')
})

t.test('dunning does not chase what is on its way, and resumes when it is not', async (t) => {
  const policy = await make.policy()
  const customer = await make.customer({ dunning_policy_id: policy.id })
  const mandate = await debits.mandate(customer)
  const invoice = await make.invoice(customer, { issue_date: '2026-04-01', due_date: '2026-04-08' })
  const debit = await debits.debit(mandate, { collection_date: '2026-04-20' })
  const explained = async () => (await make.get(`/v1/invoices/${invoice.id}/dunning`)).items[0]
  await clock.advance('2026-04-15')
  t.match(await explained(), {
    outcome: 'blocked',
    reason: 'debit_pending',
    inputs: { collection_date: '2026-04-20' },
  })
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).dunning_level, 0)
  accepted(await api('POST', `/v1/direct-debits/${debit.id}/cancel`))
  await clock.advance('2026-04-16')
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).dunning_level, 1)
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

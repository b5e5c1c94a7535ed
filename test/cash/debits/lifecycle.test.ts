import t from 'tap'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf } from '../../support/debits.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')
await debits.settings({ return_fee_amount: 500 })

t.test('from mandate to money', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  t.match(mandate, { status: 'active', usable_until_date: '2029-02-01', last_used_date: null })
  const invoice = await make.invoice(customer, { due_date: '2026-03-09' })
  const batch = await debits.batch('2026-03-10')
  t.match(batch, { status: 'open', debit_count: 1, total_amount: 10_000, currency: 'EUR' })
  const [debit] = await debits.debitsIn(batch)
  t.match(debit, {
    status: 'scheduled',
    amount: 10_000,
    collection_date: '2026-03-10',
    sequence_type: null,
    remittance: invoice.number,
    items: [{ invoice_id: invoice.id, amount: 10_000 }],
    mandate_reference: mandate.reference,
    creditor_id: 'DE98ZZZ09999999999',
    attempt: 1,
    will_retry: false,
  })
  const [notified] = await tenant.events('direct_debit.pre_notified')
  t.match(notified.data.object, { id: debit.id, amount: 10_000, debtor_iban: mandate.iban })
  t.match(await make.get(`/v1/payments/${debit.payment_id}`), {
    status: 'pending',
    amount: 10_000,
    unallocated_amount: 0,
    received_date: '2026-03-10',
    end_to_end_id: debit.end_to_end_id,
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'issued', open_amount: 10_000 })

  t.match(await api('GET', `/v1/debit-batches/${batch.id}/file`), {
    status: 409,
    body: { code: 'invalid_state', allowed_actions: ['close'] },
  })
  const { status, body: closed } = await debits.close(batch)
  t.match({ status, closed }, { status: 200, closed: { status: 'closed', debit_count: 1 } })
  const file = await api('GET', `/v1/debit-batches/${batch.id}/file`)
  t.match(file.headers['content-type'], /^application\/xml/)
  t.match(file.body, `<EndToEndId>${debit.end_to_end_id}</EndToEndId>`)
  t.match(file.body, '<InstdAmt Ccy="EUR">100.00</InstdAmt>')
  t.match(file.body, '<Nm>Mueller + Soehne GmbH</Nm>')
  t.equal((await debits.file(batch)) === file.body, true, 'the same to the byte')
  t.match(await make.get(`/v1/direct-debits/${debit.id}`), {
    status: 'submitted',
    sequence_type: 'FRST',
  })
  t.match(await make.get(`/v1/mandates/${mandate.id}`), {
    last_used_date: '2026-03-10',
    usable_until_date: '2029-03-10',
  })

  await clock.advance('2026-03-10')
  t.match(await make.get(`/v1/direct-debits/${debit.id}`), { status: 'collected' })
  t.match(await make.get(`/v1/payments/${debit.payment_id}`), {
    status: 'received',
    account: 'clearing',
    received_date: '2026-03-10',
    provisional_until_date: '2026-05-05',
    allocated_amount: 10_000,
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
  t.same(
    (await tenant.events()).filter(({ data }) => data.object.id === debit.id).map((e) => e.type),
    ['direct_debit.pre_notified', 'direct_debit.submitted', 'direct_debit.collected'],
  )
})

t.test('what comes back is open again on its old due date, and costs a fee', async (t) => {
  const customer = await make.customer()
  await debits.mandate(customer)
  const invoice = await make.invoice(customer, { due_date: '2026-03-15' })
  const batch = await debits.submitted('2026-03-17', { customer_ids: [customer.id] })
  const [debit] = await debits.debitsIn(batch)
  await clock.advance('2026-03-17')
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
  await clock.advance('2026-03-19')
  const { status, body } = await debits.returned(debit, 'AM04', { return_date: '2026-03-18' })
  t.match(
    { status, body },
    {
      status: 200,
      body: {
        status: 'returned',
        reason_code: 'AM04',
        reason_text: 'The funds are insufficient',
        ended_date: '2026-03-18',
        will_retry: true,
        retry_date: '2026-03-24',
      },
    },
  )
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'issued',
    open_amount: 10_000,
    open_items: [{ due_date: '2026-03-15' }],
  })
  t.match(await make.get(`/v1/payments/${debit.payment_id}`), {
    status: 'reversed',
    reversal_date: '2026-03-18',
    reversal_reason_code: 'AM04',
  })
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 10_500, unallocated_amount: 0 },
  ])
  const [again] = (await make.get(`/v1/direct-debits?customer_id=${customer.id}`)).data
  t.match(again, {
    status: 'scheduled',
    retry_of_id: debit.id,
    attempt: 2,
    amount: 10_000,
    collection_date: '2026-03-24',
  })
  t.match(await debits.returned(debit, 'AM04'), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'returned' },
  })

  const second = await debits.submitted('2026-03-24', { customer_ids: [customer.id] })
  const file = await debits.file(second)
  t.match(file, '<SeqTp>RCUR</SeqTp>')
  t.match(file, `<EndToEndId>${again.end_to_end_id}</EndToEndId>`)
  await clock.advance('2026-03-24')
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

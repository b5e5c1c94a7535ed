import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')

interface Entry {
  happening: string
  debit_account: string
  credit_account: string
  amount: number
  effective_date: string
}

/** The entries of a document, `debit/credit amount`, in the order they were recorded. */
const entriesOf = async ({ id }: { id: string }) =>
  (await make.get(`/v1/ledger/entries?source_id=${id}`)).data
    .map(
      (one: Entry) => `${one.happening} ${one.debit_account}/${one.credit_account} ${one.amount}`,
    )
    .sort()

const deposit = (customer: object, more: object = {}) =>
  make.invoice(customer, { kind: 'deposit', total_amount: 11_900, tax_amount: 1_900, ...more })

t.test(
  'a deposit is booked to deposits, and deducted with its tax on the final invoice',
  async (t) => {
    const customer = await make.customer()
    const asked = await deposit(customer)
    t.same(await entriesOf(asked), [
      'invoice_issued receivable/deposits 10000',
      'invoice_issued receivable/output_tax 1900',
    ])
    await make.payment(customer, { amount: 11_900, reference: asked.number })

    const final = await make.invoice(customer, {
      total_amount: 35_700,
      tax_amount: 5_700,
      issue_date: '2026-03-08',
      due_date: undefined,
      instalments: [
        { due_date: '2026-03-20', amount: 5_700 },
        { due_date: '2026-04-20', amount: 30_000 },
      ],
      deposit_deductions: [{ invoice_id: asked.id, amount: 11_900 }],
    })
    t.match(final, {
      kind: 'standard',
      status: 'issued',
      open_amount: 23_800,
      deposit_amount: 11_900,
      deposit_deductions: [{ invoice_id: asked.id, amount: 11_900, tax_amount: 1_900 }],
      open_items: [
        { open_amount: 0, deposit_amount: 5_700 },
        { open_amount: 23_800, deposit_amount: 6_200 },
      ],
    })
    t.same(await entriesOf(final), [
      'deposit_deducted deposits/receivable 4300',
      'deposit_deducted deposits/receivable 5700',
      'deposit_deducted output_tax/receivable 1900',
      'invoice_issued receivable/output_tax 4790',
      'invoice_issued receivable/output_tax 910',
      'invoice_issued receivable/sales 25210',
      'invoice_issued receivable/sales 4790',
    ])
    t.match(await make.get(`/v1/invoices/${asked.id}`), {
      status: 'paid',
      deposit_used_amount: 11_900,
    })
    t.same((await tenant.events()).map(({ type }) => type).slice(-3), [
      'invoice.issued',
      'invoice.deposit_deducted',
      'invoice.partly_paid',
    ])
  },
)

t.test(
  'a final invoice that deposits cover wholly is paid at once, and can be taken back',
  async (t) => {
    const customer = await make.customer()
    const asked = await deposit(customer)
    await make.payment(customer, { amount: 11_900, reference: asked.number })
    const final = await make.invoice(customer, {
      total_amount: 5_000,
      issue_date: '2026-03-08',
      deposit_deductions: [{ invoice_id: asked.id, amount: 5_000 }],
    })
    t.match(final, { status: 'paid', open_amount: 0, deposit_amount: 5_000 })
    t.match(
      await api('POST', `/v1/invoices/${final.id}/void`, {
        reason: 'wrong',
        void_date: '2026-03-09',
      }),
      { status: 200, body: { status: 'void', open_amount: 0, deposit_amount: 0 } },
    )
    t.match(await make.get(`/v1/invoices/${asked.id}`), { deposit_used_amount: 0 })
    t.match(
      await make.invoice(customer, {
        total_amount: 11_900,
        issue_date: '2026-03-09',
        deposit_deductions: [{ invoice_id: asked.id, amount: 11_900 }],
      }),
      { status: 'paid' },
    )
  },
)

t.test('the tax of a deposit that is deducted in parts is deducted to the cent', async (t) => {
  const customer = await make.customer()
  const asked = await deposit(customer, { total_amount: 100, tax_amount: 16 })
  await make.payment(customer, { amount: 100, reference: asked.number })
  const taxes: number[] = []
  for (const amount of [33, 33, 34]) {
    const { deposit_deductions } = await make.invoice(customer, {
      total_amount: 1_000,
      deposit_deductions: [{ invoice_id: asked.id, amount }],
    })
    taxes.push(deposit_deductions[0].tax_amount)
  }
  t.same(taxes, [5, 6, 5])
})

t.test('a draft only means to deduct; issuing does it, or says why not', async (t) => {
  const customer = await make.customer()
  const asked = await deposit(customer)
  const draft = await make.invoice(customer, {
    issue: false,
    deposit_deductions: [{ invoice_id: asked.id, amount: 4_000 }],
  })
  t.match(draft, { status: 'draft', deposit_amount: 0, deposit_deductions: [{ tax_amount: 0 }] })
  t.match(await api('POST', `/v1/invoices/${draft.id}/issue`, {}), {
    status: 422,
    body: { code: 'deposit_exhausted', invoice_id: asked.id, available_amount: 0 },
  })
  await make.payment(customer, { amount: 3_000, reference: asked.number })
  t.match(await api('POST', `/v1/invoices/${draft.id}/issue`, {}), {
    status: 422,
    body: { available_amount: 3_000 },
  })
  await make.patch(`/v1/invoices/${draft.id}`, {
    deposit_deductions: [{ invoice_id: asked.id, amount: 3_000 }],
  })
  t.match(await api('POST', `/v1/invoices/${draft.id}/issue`, {}), {
    status: 200,
    body: { open_amount: 7_000, deposit_amount: 3_000, deposit_deductions: [{ tax_amount: 479 }] },
  })
})

t.test('what cannot be deducted is refused, and nothing of the invoice is kept', async (t) => {
  const [customer, other] = [await make.customer(), await make.customer()]
  const asked = await deposit(customer)
  await make.payment(customer, { amount: 11_900, reference: asked.number })
  const sale = await make.invoice(customer)
  const foreign = await deposit(other)
  const wanting = (deposit_deductions: object[], more: object = {}) =>
    api('POST', '/v1/invoices', {
      customer_id: customer.id,
      number: 'REFUSED',
      currency: 'EUR',
      issue_date: '2026-03-05',
      due_date: '2026-03-20',
      total_amount: 10_000,
      issue: true,
      deposit_deductions,
      ...more,
    })
  const one = { invoice_id: asked.id, amount: 100 }
  const pointer = '#/deposit_deductions/0/invoice_id'
  t.match(await wanting([{ ...one, invoice_id: sale.id }]), {
    status: 422,
    body: { errors: [{ pointer, code: 'not_a_deposit' }] },
  })
  t.match(await wanting([{ ...one, invoice_id: foreign.id }]), {
    body: { code: 'customer_mismatch' },
  })
  t.match(await wanting([one], { currency: 'USD' }), { body: { code: 'currency_mismatch' } })
  t.match(await wanting([{ ...one, amount: 10_001 }]), {
    body: { errors: [{ pointer: '#/deposit_deductions', code: 'maximum' }] },
  })
  t.match(await wanting([one, one]), {
    body: { errors: [{ pointer: '#/deposit_deductions/1/invoice_id', code: 'duplicate' }] },
  })
  t.match(await wanting([one], { kind: 'deposit' }), {
    body: { errors: [{ pointer: '#/deposit_deductions', code: 'contradiction' }] },
  })
  t.match(await wanting([{ ...one, invoice_id: publicId('invoice', newId()) }]), { status: 404 })
  t.same((await make.get('/v1/invoices?number=REFUSED')).data, [])
})

t.test('ten final invoices racing for one deposit never deduct more than was paid', async (t) => {
  const customer = await make.customer()
  const asked = await deposit(customer)
  await make.payment(customer, { amount: 11_900, reference: asked.number })
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      api('POST', '/v1/invoices', {
        customer_id: customer.id,
        number: `RACE-${n}`,
        currency: 'EUR',
        issue_date: '2026-03-05',
        due_date: '2026-03-20',
        total_amount: 9_000,
        issue: true,
        deposit_deductions: [{ invoice_id: asked.id, amount: 3_000 }],
      }),
    ),
  )
  t.same(replies.map(({ status, body }) => body.code ?? status).sort(), [
    201,
    201,
    201,
    ...Array.from({ length: 7 }, () => 'deposit_exhausted'),
  ])
  t.match(await make.get(`/v1/invoices/${asked.id}`), { deposit_used_amount: 9_000 })
})

t.test('a credit note on a deposit takes it from deposits', async (t) => {
  const customer = await make.customer()
  const asked = await deposit(customer)
  const note = await make.creditNote(customer, {
    invoice_id: asked.id,
    total_amount: 1_190,
    tax_amount: 190,
  })
  t.match(await entriesOf(note), [
    'allocation unallocated/receivable 1190',
    'credit_note_issued deposits/unallocated 1000',
    'credit_note_issued output_tax/unallocated 190',
  ])
})

t.test('what is credited of a deposit is not deducted, nor the other way round', async (t) => {
  const customer = await make.customer()
  const asked = await deposit(customer, { total_amount: 10_000, tax_amount: 0 })
  await make.payment(customer, { amount: 10_000, reference: asked.number })
  await make.creditNote(customer, { invoice_id: asked.id, total_amount: 4_000 })
  const final = (amount: number) =>
    api('POST', '/v1/invoices', {
      customer_id: customer.id,
      number: `FINAL-${amount}`,
      currency: 'EUR',
      issue_date: '2026-03-05',
      due_date: '2026-03-20',
      total_amount: 20_000,
      issue: true,
      deposit_deductions: [{ invoice_id: asked.id, amount }],
    })
  t.match(await final(6_001), { body: { code: 'deposit_exhausted', available_amount: 6_000 } })
  t.match(await final(5_000), { status: 201 })
  const credit = (total_amount: number) =>
    api('POST', '/v1/credit-notes', {
      customer_id: customer.id,
      invoice_id: asked.id,
      number: `CREDIT-${total_amount}`,
      currency: 'EUR',
      issue_date: '2026-03-06',
      total_amount,
    })
  t.match(await credit(1_001), {
    status: 422,
    body: {
      errors: [{ pointer: '#/total_amount', code: 'exceeds_deposit', params: { limit: 1_000 } }],
    },
  })
  t.match(await credit(1_000), { status: 201 })
  t.match(await final(1), { body: { code: 'deposit_exhausted', available_amount: 0 } })
})

t.test('what was open in the system before is owed, and was never our sale', async (t) => {
  const customer = await make.customer()
  const opening = await make.invoice(customer, {
    kind: 'opening',
    issue_date: '2025-11-03',
    due_date: '2025-12-03',
    total_amount: 11_900,
    tax_amount: 1_900,
  })
  t.match(opening, { kind: 'opening', status: 'issued', overdue: true, days_overdue: 97 })
  t.same(await entriesOf(opening), ['opening_item receivable/opening_balance 11900'])
  await make.payment(customer, { amount: 11_900, reference: opening.number })
  t.match(await make.get(`/v1/invoices/${opening.id}`), { status: 'paid' })

  const taken = await make.payment(customer, { amount: 700, account: 'opening_balance' })
  t.match(taken, { account: 'opening_balance', unallocated_amount: 700 })
  t.same(await entriesOf(taken), ['opening_money opening_balance/unallocated 700'])
  t.match(await api('POST', `/v1/payments/${taken.id}/reversal`, { reason: 'was never there' }), {
    status: 200,
  })
  t.same(await entriesOf(taken), [
    'opening_money opening_balance/unallocated 700',
    'payment_reversed unallocated/opening_balance 700',
  ])
  t.match(
    await api('POST', '/v1/payments', {
      customer_id: customer.id,
      currency: 'EUR',
      amount: 1,
      received_date: '2026-03-10',
      method: 'direct_debit',
      status: 'pending',
      account: 'opening_balance',
    }),
    { status: 422, body: { errors: [{ pointer: '#/account', code: 'pending' }] } },
  )

  const mistaken = await make.invoice(customer, { kind: 'opening' })
  await api('POST', `/v1/invoices/${mistaken.id}/void`, { reason: 'was paid before' })
  t.same(await entriesOf(mistaken), [
    'invoice_voided opening_balance/receivable 10000',
    'opening_item receivable/opening_balance 10000',
  ])
})

t.test('the books are right', async (t) => {
  await tenant.events()
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-10')
const customer = await make.customer()
const draftOf = (more: object = {}) =>
  make.invoice(customer, { issue: false, number: undefined, ...more })
const url = ({ id }: { id: string }, action = '') => `/v1/invoices/${id}${action}`

t.test('a draft can be changed in every way but its customer and currency', async (t) => {
  const draft = await draftOf()
  const { status, body } = await api('PATCH', url(draft), {
    number: 'C-1',
    issue_date: '2026-03-05',
    due_date: '2026-04-05',
    total_amount: 500,
    tax_amount: 80,
    metadata: { a: '1' },
  })
  t.match(
    { status, body },
    {
      status: 200,
      body: {
        version: 2,
        number: 'C-1',
        total_amount: 500,
        open_amount: 0,
        instalments: [{ due_date: '2026-04-05', amount: 500 }],
      },
    },
  )
  t.match(await api('PATCH', url(draft), { customer_id: customer.id }), {
    status: 422,
    body: { errors: [{ code: 'unknown_field' }] },
  })
  t.match(
    await api('PATCH', url(draft), {
      number: null,
      tax_amount: null,
      metadata: { a: null, b: '2' },
    }),
    {
      body: { number: null, tax_amount: null, metadata: { b: '2' } },
    },
  )
  t.match(await api('PATCH', url(draft), { net_days: 10 }), { body: { due_date: '2026-03-15' } })
  t.match(
    await api('PATCH', url(draft), {
      due_date: undefined,
      instalments: [
        { due_date: '2026-05-01', amount: 300 },
        { due_date: '2026-04-01', amount: 200 },
      ],
    }),
    {
      body: { due_date: '2026-04-01', instalments: [{ amount: 200 }, { amount: 300 }] },
    },
  )
  t.match(await api('PATCH', url(draft), { total_amount: 600 }), {
    status: 422,
    body: { errors: [{ pointer: '#/instalments', code: 'sum' }] },
  })
})

t.test('a change that changes nothing makes no version and no event', async (t) => {
  const draft = await draftOf({
    instalments: [
      { due_date: '2026-04-01', amount: 4_000 },
      { due_date: '2026-05-01', amount: 6_000 },
    ],
    lines: [{ description: 'x', net_amount: 10_000 }],
    metadata: { bb: '1', a: '2' },
  })
  const same = {
    instalments: draft.instalments,
    metadata: { a: '2', bb: '1' },
    total_amount: 10_000,
  }
  t.match(await api('PATCH', url(draft), same), { status: 200, body: { version: 1 } })
  t.match(await api('PATCH', url(draft), { lines: draft.lines }, { 'if-match': '"1"' }), {
    status: 200,
    body: { version: 1 },
  })
  t.match(await api('PATCH', url(draft), {}), { status: 200, body: { version: 1 } })
})

t.test('lines have no identity of their own, so replacing them needs If-Match', async (t) => {
  const draft = await draftOf()
  const lines = [{ description: 'x', net_amount: 10_000 }]
  t.match(await api('PATCH', url(draft), { lines }), {
    status: 428,
    body: { code: 'precondition_required' },
  })
  t.match(await api('PATCH', url(draft), { lines }, { 'if-match': '"1"' }), {
    status: 200,
    body: { version: 2, lines },
  })
})

t.test('a draft is issued once, with a number, not before its day', async (t) => {
  const draft = await draftOf()
  t.match(await api('POST', url(draft, '/issue')), {
    status: 422,
    body: { errors: [{ pointer: '#/number', code: 'required' }] },
  })
  const issued = await api('POST', url(draft, '/issue'), { number: 'I-1' })
  t.match(issued, {
    status: 200,
    body: {
      version: 2,
      status: 'issued',
      number: 'I-1',
      open_amount: 10_000,
      open_items: [{ open_amount: 10_000 }],
    },
  })
  t.match(await api('POST', url(draft, '/issue')), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'issued' },
  })
  const second = await draftOf()
  t.match(await api('POST', url(second, '/issue'), { number: 'I-1' }), {
    status: 409,
    body: { code: 'invoice_number_taken' },
  })
  const future = await draftOf({ issue_date: '2026-03-11', number: 'I-2', due_date: '2026-03-20' })
  t.match(await api('POST', url(future, '/issue')), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  await clock.advance('2026-03-11')
  t.match(await api('POST', url(future, '/issue')), { status: 200 })
})

t.test('of ten that race to issue a draft, one does', async (t) => {
  const draft = await draftOf({ number: 'I-RACE' })
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => api('POST', url(draft, '/issue'))),
  )
  t.equal(replies.filter(({ status }) => status === 200).length, 1)
  for (const { status, body } of replies)
    t.ok(status === 200 || status === 409 || status === 412, body.code)
  t.equal((await make.get(`/v1/ledger/entries?source_id=${draft.id}`)).data.length, 1)
})

t.test('of an issued invoice only the metadata can change', async (t) => {
  const invoice = await make.invoice(customer)
  for (const changes of [
    { total_amount: 1 },
    { due_date: '2026-12-31' },
    { number: 'X' },
    { lines: [] },
    { tax_amount: null },
    { issue_date: '2026-03-01' },
  ])
    t.match(
      await api('PATCH', url(invoice), changes),
      { status: 409, body: { code: 'invoice_not_editable', current_status: 'issued' } },
      JSON.stringify(changes),
    )
  t.match(await api('PATCH', url(invoice), { metadata: { k: 'v' } }), {
    status: 200,
    body: { version: 2, metadata: { k: 'v' }, open_amount: 10_000 },
  })
  const [event] = (await tenant.events('invoice.updated')).slice(-1)
  t.match(event, {
    entity_sequence: 2,
    data: { object: { id: invoice.id }, previous_attributes: { metadata: {} } },
  })
})

t.test('a draft is deleted as if it had never been; what was issued is not', async (t) => {
  const draft = await draftOf({ external_id: 'DEL', number: 'DEL' })
  t.match(await api('DELETE', url(draft)), { status: 204, body: undefined })
  t.match(await api('GET', url(draft)), { status: 404, body: { code: 'invoice_not_found' } })
  t.match(await api('DELETE', url(draft)), { status: 404 })
  const again = await make.invoice(customer, { external_id: 'DEL', number: 'DEL' })
  t.match(await api('DELETE', url(again)), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'issued', allowed_actions: ['void'] },
  })
  const [event] = (await tenant.events('invoice.deleted')).slice(-1)
  t.match(event, { entity_sequence: 2, data: { object: { id: draft.id } } })
  const discussed = await draftOf({ external_id: 'TALK', number: 'TALK' })
  await make.task({ invoice_id: discussed.id })
  t.match(await api('DELETE', url(discussed)), { status: 409, body: { code: 'invoice_in_use' } })
})

t.test('an invoice that nothing has touched is taken back whole', async (t) => {
  const invoice = await make.invoice(customer, {
    tax_amount: 1_597,
    instalments: [
      { due_date: '2026-04-01', amount: 4_000 },
      { due_date: '2026-05-01', amount: 6_000 },
    ],
  })
  const before = (await make.get(`/v1/customers/${customer.id}/balance`)).balances[0].open_amount
  const { status, body } = await api('POST', url(invoice, '/void'), {
    number: 'S-1',
    void_date: '2026-03-09',
    reason: 'wrong company',
  })
  t.match(
    { status, body },
    {
      status: 200,
      body: {
        status: 'void',
        version: 2,
        open_amount: 0,
        overdue: false,
        void_number: 'S-1',
        void_date: '2026-03-09',
        void_reason: 'wrong company',
      },
    },
  )
  const entries = (await make.get(`/v1/ledger/entries?source_id=${invoice.id}`)).data
  t.equal(entries.length, 8)
  for (const undo of entries.filter(
    ({ happening }: { happening: string }) => happening === 'invoice_voided',
  )) {
    const done = entries.find(({ id }: { id: string }) => id === undo.undoes_id)
    t.match(undo, {
      amount: done.amount,
      debit_account: done.credit_account,
      credit_account: 'receivable',
      effective_date: '2026-03-09',
    })
  }
  t.equal(
    (await make.get(`/v1/customers/${customer.id}/balance`)).balances[0].open_amount,
    before - 10_000,
  )
  t.match(await api('POST', url(invoice, '/void'), { reason: 'x' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'void' },
  })
})

t.test(
  'money or a notice that touched an invoice, even if it is gone again, leaves only the credit note',
  async (t) => {
    const paid = await make.invoice(customer)
    const payment = await make.payment(customer, {
      amount: 1,
      allocations: [{ invoice_id: paid.id, amount: 1 }],
    })
    t.match(await api('POST', url(paid, '/void'), { reason: 'x' }), {
      status: 409,
      body: { code: 'invoice_not_voidable' },
    })
    await api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' })
    t.match(await make.get(url(paid)), { open_amount: 10_000, status: 'issued' })
    t.match(await api('POST', url(paid, '/void'), { reason: 'x' }), {
      status: 409,
      body: { code: 'invoice_not_voidable' },
    })
    const draft = await draftOf()
    t.match(await api('POST', url(draft, '/void'), { reason: 'x' }), {
      status: 409,
      body: {
        code: 'invalid_state',
        current_status: 'draft',
        allowed_actions: ['issue', 'delete'],
      },
    })
    const fresh = await make.invoice(customer)
    t.match(await api('POST', url(fresh, '/void'), { reason: 'x', void_date: '2026-03-12' }), {
      status: 422,
      body: { code: 'date_in_future' },
    })
    t.match(await api('POST', url(fresh, '/void'), { reason: 'x', void_date: '2026-02-28' }), {
      status: 422,
      body: { errors: [{ code: 'before_issue_date' }] },
    })
  },
)

t.test('void and payment that race: one of them wins', async (t) => {
  for (let round = 0; round < 8; round += 1) {
    const invoice = await make.invoice(customer)
    const [voided, paid] = await Promise.all([
      api('POST', url(invoice, '/void'), { reason: 'x' }),
      api('POST', '/v1/payments', {
        customer_id: customer.id,
        currency: 'EUR',
        amount: 10_000,
        received_date: '2026-03-05',
        method: 'card',
        allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
      }),
    ])
    const outcome = `${voided.status} ${paid.status}`
    t.ok(['200 409', '409 201'].includes(outcome), outcome)
    t.equal((await make.get(url(invoice))).status, voided.status === 200 ? 'void' : 'paid')
  }
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

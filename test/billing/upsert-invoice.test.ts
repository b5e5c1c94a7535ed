import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')
const customer = await make.customer()
const pushed = {
  customer_id: customer.id,
  number: 'U-1',
  currency: 'EUR',
  issue_date: '2026-03-01',
  due_date: '2026-03-15',
  total_amount: 10_000,
}
const put = (external_id: string, more: object = {}, headers = {}) =>
  api(
    'PUT',
    `/v1/invoices/by-external-id/${external_id}`,
    { ...pushed, number: `U-${external_id}`, ...more },
    headers,
  )

t.test('an ERP may push the same invoice as often as it likes', async (t) => {
  const first = await put('A', { issue: true })
  t.match(first, { status: 201, body: { external_id: 'A', status: 'issued', version: 1 } })
  t.equal(first.headers.location, `/v1/invoices/${first.body.id}`)
  for (let time = 0; time < 3; time += 1) {
    const again = await put('A', { issue: true })
    t.equal(again.status, 200)
    t.same(again.body, first.body)
  }
  t.equal((await make.get(`/v1/ledger/entries?source_id=${first.body.id}`)).data.length, 1)
})

t.test('the same with instalments, with net days, and with metadata that differs', async (t) => {
  const plan = {
    due_date: undefined,
    instalments: [
      { due_date: '2026-05-01', amount: 6_000 },
      { due_date: '2026-04-01', amount: 4_000 },
    ],
  }
  t.match(await put('B', { ...plan, issue: true }), { status: 201 })
  t.match(await put('B', { ...plan, issue: true }), { status: 200, body: { version: 1 } })
  t.match(await put('C', { due_date: undefined, net_days: 14, issue: true }), {
    status: 201,
    body: { due_date: '2026-03-15' },
  })
  t.match(await put('C', { issue: true, metadata: { x: 'y' } }), {
    status: 200,
    body: { version: 1 },
  })
})

t.test(
  'how the due date came about is part of what is said, and when it came is not',
  async (t) => {
    const told = { due_date_basis: 'invoice_only', consumer_notice_given: true }
    t.match(await put('N', { ...told, received_date: '2026-03-03', issue: true }), {
      status: 201,
      body: { ...told, received_date: '2026-03-03' },
    })
    t.match(await put('N', { ...told, issue: true }), { status: 200, body: { version: 1 } })
    for (const more of [{}, { ...told, consumer_notice_given: false }]) {
      t.match(await put('N', { ...more, issue: true }), {
        status: 409,
        body: { code: 'invoice_not_editable' },
      })
    }
    t.match(await put('M', told), { status: 201, body: { status: 'draft', ...told } })
    t.match(await put('M', { received_date: '2026-03-09' }), {
      status: 200,
      body: {
        due_date_basis: 'agreed',
        consumer_notice_given: false,
        received_date: '2026-03-09',
        version: 2,
      },
    })
    t.match(await put('M', { received_date: '2026-02-28' }), {
      status: 422,
      body: { errors: [{ pointer: '#/received_date', code: 'before_issue_date' }] },
    })
    t.match(await put('O', { received_date: '2026-03-11' }), {
      status: 422,
      body: { errors: [{ pointer: '#/received_date', code: 'in_future' }] },
    })
  },
)

t.test('an issued invoice that says something else is refused', async (t) => {
  for (const more of [
    { total_amount: 10_001 },
    { due_date: '2026-03-16' },
    { issue_date: '2026-03-02' },
    { number: 'other' },
    { currency: 'USD' },
  ])
    t.match(
      await put('A', more),
      { status: 409, body: { code: 'invoice_not_editable', current_status: 'issued' } },
      JSON.stringify(more),
    )
})

t.test('a draft is brought up to date, and issued when it is told so', async (t) => {
  const draft = await put('D', { metadata: { a: '1' } })
  t.match(draft, { status: 201, body: { status: 'draft', version: 1 } })
  t.match(await put('D', { metadata: { a: '1' } }), { status: 200, body: { version: 1 } })
  t.match(await put('D', { total_amount: 5_000, due_date: '2026-04-01' }), {
    status: 200,
    body: { version: 2, total_amount: 5_000, due_date: '2026-04-01' },
  })
  t.match(await put('D', { total_amount: 5_000, due_date: '2026-04-01', issue: true }), {
    status: 200,
    body: { version: 3, status: 'issued', open_amount: 5_000 },
  })
  const foreign = await make.customer()
  await put('E')
  t.match(await put('E', { customer_id: foreign.id }), {
    status: 409,
    body: { code: 'invoice_not_editable' },
  })
})

t.test('If-Match holds for a push too', async (t) => {
  t.match(await put('F', {}, { 'if-match': '"1"' }), {
    status: 412,
    body: { code: 'version_mismatch' },
  })
  await put('F')
  t.match(await put('F', { total_amount: 1 }, { 'if-match': '"2"' }), { status: 412 })
  t.match(await put('F', { total_amount: 1 }, { 'if-match': '"1"' }), {
    status: 200,
    body: { version: 2 },
  })
})

t.test('ten that race to push one invoice make one, and all hear of it', async (t) => {
  for (let round = 0; round < 5; round += 1) {
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => put(`R${round}`, { issue: true })),
    )
    t.same(replies.map(({ status }) => status).sort(), [...Array(9).fill(200), 201])
    t.equal(new Set(replies.map(({ body }) => body.id)).size, 1)
  }
})

t.test('a path may hold any external id', async (t) => {
  const external_id = 'SAP/2026 0815%?#ü'
  const first = await api('PUT', `/v1/invoices/by-external-id/${encodeURIComponent(external_id)}`, {
    ...pushed,
    number: 'odd',
  })
  t.match(first, { status: 201, body: { external_id } })
  t.equal(
    (await make.get(`/v1/invoices?external_id=${encodeURIComponent(external_id)}`)).data[0].id,
    first.body.id,
  )
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

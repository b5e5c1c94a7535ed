import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-01')
const customer = await make.customer()
const policy = await make.policy({
  levels: [{ level: 1, days: 5, name: 'First', fees: [{ currency: 'EUR', amount: 500 }] }],
})
await make.patch(`/v1/customers/${customer.id}`, { dunning_policy_id: policy.id })
const invoice = await make.invoice(customer)
await clock.advance('2026-03-21')

const list = async (query: string) => (await make.get(`/v1/open-items?${query}`)).data
const [fee] = await list('kind=charge')
const waive = (body: object, id = fee.id) => api('POST', `/v1/open-items/${id}/waiver`, body)

t.test('open items are listed by due date, whatever they are', async (t) => {
  t.match(await list(`customer_id=${customer.id}`), [
    { kind: 'invoice', invoice_id: invoice.id, open_amount: 10_000, overdue: true, level: 1 },
    { kind: 'charge', charge_kind: 'fee', invoice_id: null, open_amount: 500, overdue: true },
  ])
  t.match(await list(`invoice_id=${invoice.id}`), [{ kind: 'invoice' }])
  t.match(await list('overdue=false'), [])
  t.match(await list('open=false'), [])
  t.match(await list('currency=USD'), [])
  t.match(await list('due_date_gte=2026-03-16'), [{ kind: 'charge' }])
  t.match(await list('due_date_lte=2026-03-16'), [{ kind: 'invoice' }])
  const first = await make.get('/v1/open-items?limit=1')
  t.match(await make.get(`/v1/open-items?limit=1&cursor=${first.next_cursor}`), {
    data: [{ id: fee.id }],
    has_more: false,
  })
  t.same(await make.get(`/v1/open-items/${fee.id}`), fee)
  t.match(await api('GET', `/v1/open-items/${publicId('open_item', newId())}`), {
    status: 404,
    body: { code: 'open_item_not_found' },
  })
})

t.test('a charge is given up in part, then wholly, and is not owed any more', async (t) => {
  const [claimed] = await tenant.events('charge.claimed')
  t.match(claimed.data.object, { id: fee.id, total_amount: 500, notice_id: /^ntc_/ })

  t.match(await waive({ amount: 200, reason: 'Goodwill' }), {
    status: 200,
    body: { open_amount: 300, waived_amount: 200 },
  })
  t.match(await waive({ reason: 'Goodwill' }), { body: { open_amount: 0, waived_amount: 500 } })
  t.match(await waive({ reason: 'Again' }), {
    status: 409,
    body: { code: 'insufficient_open_amount', open_amount: 0 },
  })
  t.match(
    (await tenant.events('charge.waived')).map(({ data }) => data.object),
    [
      { waived_amount: 200, waive_reason: 'Goodwill' },
      { waived_amount: 500, waive_reason: 'Goodwill' },
    ],
  )
  t.match(await make.get(`/v1/customers/${customer.id}/balance`), {
    balances: [{ open_amount: 10_000 }],
  })
  t.match((await make.get(`/v1/ledger/entries?item_id=${fee.id}`)).data, [
    { debit_account: 'charges_waived', credit_account: 'receivable', amount: 300 },
    { debit_account: 'charges_waived', credit_account: 'receivable', amount: 200 },
    { debit_account: 'receivable', credit_account: 'fee_income', amount: 500 },
  ])
})

t.test('only charges are waived, and only from the day they were claimed', async (t) => {
  const other = await make.customer({ dunning_policy_id: policy.id })
  await make.invoice(other)
  await clock.advance('2026-03-22')
  const [late] = await list(`customer_id=${other.id}&kind=charge`)
  t.match(await waive({ reason: 'x' }, invoice.open_items[0].id), {
    status: 422,
    body: { code: 'not_a_charge' },
  })
  t.match(await waive({ reason: 'x', amount: 501 }, late.id), { status: 409 })
  t.match(await waive({ reason: 'x', waive_date: '2026-03-23' }, late.id), {
    body: { code: 'date_in_future' },
  })
  t.match(await waive({ reason: 'x', waive_date: '2026-03-01' }, late.id), {
    body: { errors: [{ pointer: '#/waive_date', code: 'before_claim_date' }] },
  })
  t.match(await waive({}, late.id), { body: { errors: [{ pointer: '#/reason' }] } })
  const replies = await Promise.all(
    Array.from({ length: 5 }, () => waive({ amount: 200, reason: 'Race' }, late.id)),
  )
  t.same(replies.map(({ status }) => status).sort(), [200, 200, 409, 409, 409])
})

t.test('the books are right', async (t) => {
  await tenant.events()
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

t.test(
  'invoices are counted and summed by status and currency, with the filters of the list',
  async (t) => {
    const app = await testApp(t)
    const tenant = await app.tenant()
    const records = recordsOf(tenant)
    await clockOf(app, tenant).set('2026-03-20')
    const euro = await records.customer()
    const franc = await records.customer({ currency: 'CHF' })
    const paid = await records.invoice(euro, { total_amount: 10_000 })
    await records.payment(euro, { allocations: [{ invoice_id: paid.id, amount: 10_000 }] })
    await records.invoice(euro, { total_amount: 2_000, due_date: '2026-03-19' })
    await records.invoice(euro, { total_amount: 3_000, due_date: '2026-03-20' })
    await records.invoice(franc, { total_amount: 500, issue: false })

    const { rows } = await records.get('/v1/invoices/summary')
    t.same(rows, [
      {
        status: 'draft',
        currency: 'CHF',
        count: 1,
        total_amount: 500,
        open_amount: 0,
        overdue_amount: 0,
      },
      {
        status: 'issued',
        currency: 'EUR',
        count: 2,
        total_amount: 5_000,
        open_amount: 5_000,
        overdue_amount: 2_000,
      },
      {
        status: 'paid',
        currency: 'EUR',
        count: 1,
        total_amount: 10_000,
        open_amount: 0,
        overdue_amount: 0,
      },
    ])
    const overdue = await records.get('/v1/invoices/summary?overdue=true')
    t.match(overdue.rows, [{ count: 1, open_amount: 2_000 }])
    const refused = await tenant.api('GET', '/v1/invoices/summary?limit=5')
    t.match(refused, { status: 400, body: { code: 'invalid_parameter' } })
  },
)

import t from 'tap'
import { appOn, testApp } from '../../support/app.ts'
import { importStatement, matchAll } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

t.setTimeout(120_000)

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const tenant = await app.tenant()
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-31')

const entry = (more: object = {}) => ({ bookingDate: '2026-03-20', amount: 10_000, ...more })

t.test('ten decide at once, over two replicas, with a run in between: one is heard', async (t) => {
  const numbers = ['R-2026-1001', 'R-2026-1002', 'R-2026-1003', 'R-2026-1004']
  const lines = await importStatement(
    tenant,
    numbers.map((text) => entry({ text })),
  )
  for (const [index, line] of lines.entries()) {
    const customer = await make.customer()
    await make.invoice(customer, { number: numbers[index] })
    const replies = await Promise.all([
      ...Array.from({ length: 10 }, (_, n) =>
        (n % 2 === 0 ? app : replica).call(
          tenant.secret,
          'POST',
          `/v1/bank-lines/${line.id}/${n === 9 ? 'ignore' : 'accept'}`,
          n === 9 ? { reason: 'x' } : { customer_id: customer.id },
        ),
      ),
      matchAll(app, tenant),
      matchAll(replica, tenant),
    ])
    const statuses = replies.flatMap((reply) => (reply === undefined ? [] : [reply.status]))
    t.ok(statuses.filter((status) => status === 200).length <= 1)
    t.ok(statuses.every((status) => status === 200 || status === 409))
    const { status } = await make.get(`/v1/bank-lines/${line.id}`)
    const count = (await make.get(`/v1/payments?customer_id=${customer.id}`)).data.length
    t.equal(count, status === 'ignored' ? 0 : 1)
  }
})

t.test('undone twice at once: taken back once', async (t) => {
  const customer = await make.customer()
  const [line] = await importStatement(tenant, [entry()])
  const url = `/v1/bank-lines/${line.id}/accept`
  t.equal((await tenant.api('POST', url, { customer_id: customer.id })).status, 200)
  const replies = await Promise.all(
    [app, replica, app, replica].map((one) =>
      one.call(tenant.secret, 'POST', `/v1/bank-lines/${line.id}/undo`, { reason: 'x' }),
    ),
  )
  t.same(replies.map(({ status }) => status).sort(), [200, 409, 409, 409])
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const customer = await make.customer()
  const check = (body: object = {}, { id } = customer) =>
    tenant.api('POST', '/v1/credit-checks', {
      customer_id: id,
      amount: 40_000,
      currency: 'EUR',
      ...body,
    })
  const limit = (amount: number, more: object = {}, { id } = customer) =>
    tenant.api('PUT', `/v1/customers/${id}/credit-limit`, {
      amount,
      currency: 'EUR',
      reason: 'Agreed.',
      ...more,
    })
  return { tenant, make, clock, customer, check, limit }
}

t.test('first', async (t) => {
  const { check } = await creditor()
  const reply = await check()
  t.match(reply, { status: 201, body: { outcome: 'refer', status: 'referred' } })
  t.match(await check({ customer_id: publicId('customer', newId()) }), { status: 404 })
  console.error(JSON.stringify(reply.body, null, 1))
})

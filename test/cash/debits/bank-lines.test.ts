import t from 'tap'
import { testApp } from '../../support/app.ts'
import { importStatement, matchAll } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf } from '../../support/debits.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')
await debits.settings()

/** A debit of 100.00 in the file of a day, and its invoice. */
async function submitted(day: string) {
  const customer = await make.customer()
  await debits.mandate(customer)
  const invoice = await make.invoice(customer, { due_date: '2026-03-05' })
  const batch = await debits.submitted(day, { customer_ids: [customer.id] })
  const [debit] = await debits.debitsIn(batch)
  return { customer, debit, invoice }
}

const credit = ({ end_to_end_id }: { end_to_end_id: string }, bookingDate: string) => ({
  bookingDate,
  amount: 10_000,
  endToEndId: end_to_end_id,
})

t.test(
  'the bank’s credit collects a debit that was not yet: it can be returned later',
  async (t) => {
    const { debit, invoice } = await submitted('2026-03-10')
    const receipt = await tenant.api('POST', `/v1/payments/${debit.payment_id}/receipt`, {
      received_date: '2026-03-02',
    })
    t.match(receipt, { status: 409, body: { code: 'invalid_state', direct_debit_id: debit.id } })
    await clock.set('2026-03-10')
    t.match(await make.get(`/v1/direct-debits/${debit.id}`), { status: 'submitted' })
    await importStatement(tenant, [credit(debit, '2026-03-10')])
    await matchAll(app, tenant)
    t.match(await make.get(`/v1/direct-debits/${debit.id}`), { status: 'collected' })
    t.match(await make.get(`/v1/payments/${debit.payment_id}`), {
      status: 'received',
      account: 'cash',
      provisional_until_date: '2026-05-05',
    })
    t.equal((await make.get(`/v1/invoices/${invoice.id}`)).status, 'paid')
    t.equal((await debits.returned(debit, 'AM04')).status, 200)
    t.equal((await make.get(`/v1/invoices/${invoice.id}`)).open_amount, 10_000)
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test(
  'a line whose payment refuses waits for a person, those beside it are matched',
  async (t) => {
    const { debit } = await submitted('2026-03-20')
    const { customer } = await submitted('2026-03-20')
    const early = await make.payment(customer, {
      account: 'clearing',
      received_date: '2026-03-10',
      end_to_end_id: 'BOOKED-BEFORE',
    })
    const lines = await importStatement(tenant, [
      credit(debit, '2026-03-09'),
      credit(early, '2026-03-09'),
    ])
    await matchAll(app, tenant)
    const statuses = []
    for (const { id } of lines) statuses.push((await make.get(`/v1/bank-lines/${id}`)).status)
    t.same(statuses, ['unmatched', 'matched'])
    t.match(await make.get(`/v1/direct-debits/${debit.id}`), { status: 'submitted' })
    t.match(await make.get(`/v1/payments/${early.id}`), { account: 'cash' })
    t.match(await tenant.api('POST', `/v1/bank-lines/${lines[0].id}/accept`, {}), {
      status: 409,
      body: { code: 'invalid_state' },
    })
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

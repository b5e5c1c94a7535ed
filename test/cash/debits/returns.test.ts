import t from 'tap'
import { testApp } from '../../support/app.ts'
import { importStatement, matchAll } from '../../support/bank.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf, OTHER_IBAN } from '../../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')
await debits.settings({
  return_fee_amount: 300,
  prenotification_days: 1,
  retries: [{ reason_code: 'AM04', times_max: 2, after_days: 3 }],
})

/** A customer, its mandate, and a collected debit of its one invoice. */
async function collected(day: string, mandateMore: object = {}, customerMore: object = {}) {
  const customer = await make.customer(customerMore)
  const mandate = await debits.mandate(customer, mandateMore)
  const invoice = await make.invoice(customer, { due_date: '2026-03-09' })
  await debits.debit(mandate, { collection_date: day })
  const batch = await debits.submitted(day, { customer_ids: [customer.id] })
  const [debit] = await debits.debitsIn(batch)
  await clock.advance(day)
  return { customer, mandate, invoice, debit }
}
const balanceOf = async ({ id }: { id: string }) =>
  (await make.get(`/v1/customers/${id}/balance`)).balances[0]

t.test('a closed account is never tried again, until the mandate names another', async (t) => {
  const { customer, mandate, debit } = await collected('2026-03-09')
  t.match(accepted(await debits.returned(debit, 'AC04')), {
    status: 'returned',
    will_retry: false,
    retry_date: null,
    reason_text: 'The account is closed',
  })
  t.match(await balanceOf(customer), { open_amount: 10_300 })
  t.match(await debits.get(`/v1/mandates/${mandate.id}`), {
    status: 'blocked',
    block_reason_code: 'AC04',
  })
  t.match(await api('POST', '/v1/direct-debits', { mandate_id: mandate.id }), {
    status: 409,
    body: { code: 'mandate_not_usable', current_status: 'blocked' },
  })
  const free = await make.patch(`/v1/mandates/${mandate.id}`, { iban: OTHER_IBAN })
  t.match(free, { status: 'active', block_reason_code: null })
  t.match(await debits.debit(mandate), { status: 'scheduled', amount: 10_300 })
})

t.test('a mandate that the debtor has not given is blocked for good', async (t) => {
  const { customer, mandate, debit } = await collected('2026-03-16')
  await make.invoice(customer, { due_date: '2026-03-20' })
  const next = await debits.debit(mandate, { collection_date: '2026-03-24' })
  accepted(await debits.returned(debit, 'MD01'))
  t.match(await balanceOf(customer), { open_amount: 20_000 }, 'and the debtor is not charged')
  t.match(await debits.get(`/v1/direct-debits/${next.id}`), {
    status: 'cancelled',
    reason_text: 'The mandate was blocked.',
  })
  t.match(await make.patch(`/v1/mandates/${mandate.id}`, { iban: OTHER_IBAN }), {
    status: 'blocked',
  })
})

t.test('the reason of an old account does not block a new one', async (t) => {
  const { mandate, debit } = await collected('2026-03-17')
  await make.patch(`/v1/mandates/${mandate.id}`, { iban: OTHER_IBAN })
  accepted(await debits.returned(debit, 'AC06'))
  t.match(await debits.get(`/v1/mandates/${mandate.id}`), { status: 'active' })
})

t.test('want of funds is tried again as often as the settings say', async (t) => {
  const { customer, invoice, debit } = await collected('2026-03-18')
  let last = debit
  const days: string[] = []
  for (const attempt of [2, 3]) {
    const { retry_date, will_retry } = accepted(await debits.returned(last, 'AM04'))
    t.ok(will_retry)
    days.push(retry_date)
    const [again] = (
      await make.get(`/v1/direct-debits?customer_id=${customer.id}&status=scheduled`)
    ).data
    t.match(again, { attempt, retry_of_id: last.id, amount: 10_000, collection_date: retry_date })
    await debits.submitted(retry_date, { customer_ids: [customer.id] })
    await clock.advance(retry_date)
    t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
    last = again
  }
  t.same(days, ['2026-03-23', '2026-03-26'], 'three days on, on TARGET days')
  t.match(accepted(await debits.returned(last, 'AM04')), { will_retry: false, retry_date: null })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'issued', open_amount: 10_000 })
  const told = (await tenant.events('direct_debit.returned')).filter(
    ({ data }) => data.object.customer_id === customer.id,
  )
  t.same(
    told.map(({ data }) => data.object.will_retry),
    [true, true, false],
  )
  t.match(
    (await tenant.events('payment.reversed')).filter(
      ({ data }) => data.object.customer_id === customer.id,
    ),
    { length: 3 },
  )
})

t.test('a Core debit is provisional for 8 weeks, a B2B debit is not', async (t) => {
  const core = await collected('2026-03-31')
  const b2b = await collected('2026-04-01', { scheme: 'b2b' })
  t.match(await make.get(`/v1/payments/${core.debit.payment_id}`), {
    provisional_until_date: '2026-05-26',
  })
  t.match(await make.get(`/v1/payments/${b2b.debit.payment_id}`), { provisional_until_date: null })
  await clock.advance('2026-05-27')
  t.match(
    accepted(await debits.returned(core.debit, 'MD06')),
    { status: 'returned', will_retry: false },
    'a refund of what was not authorised comes later still',
  )
  t.match(await balanceOf(core.customer), { open_amount: 10_000 })
})

t.test('8 weeks run over the end of February', async (t) => {
  const other = await app.tenant()
  const [records, otherDebits] = [recordsOf(other), debitsOf(other)]
  const otherClock = clockOf(app, other)
  for (const [start, day, until] of [
    ['2027-01-04', '2027-01-11', '2027-03-08'],
    ['2028-01-03', '2028-01-10', '2028-03-06'],
    ['2028-02-20', '2028-02-29', '2028-04-25'],
  ] as const) {
    await otherClock.set(start)
    await otherDebits.settings()
    const customer = await records.customer()
    const mandate = await otherDebits.mandate(customer)
    await records.invoice(customer)
    const { payment_id } = await otherDebits.debit(mandate, { collection_date: day })
    await otherDebits.submitted(day)
    await otherClock.advance(day)
    t.match(await records.get(`/v1/payments/${payment_id}`), { provisional_until_date: until })
  }
  t.same(await auditBooks(app.context, other.uuid), [])
})

t.test('a bank line that returns a debit takes it back, once', async (t) => {
  const one = await collected('2026-06-08')
  const two = await collected('2026-06-09')
  const back = (endToEndId: string, more: object = {}) => ({
    bookingDate: '2026-06-09',
    amount: 10_000,
    direction: 'debit' as const,
    isReversal: true,
    returnReason: 'AM04',
    endToEndId,
    ...more,
  })
  await importStatement(tenant, [
    back(one.debit.end_to_end_id),
    back('NOTPROVIDED'),
    back(two.debit.end_to_end_id, { amount: 9_999 }),
  ])
  await Promise.all([matchAll(app, tenant), matchAll(app, tenant)])
  t.match(await debits.get(`/v1/direct-debits/${one.debit.id}`), {
    status: 'returned',
    reason_code: 'AM04',
    will_retry: true,
  })
  t.match(await balanceOf(one.customer), { open_amount: 10_300, unallocated_amount: 0 })
  t.match(await debits.get(`/v1/direct-debits/${two.debit.id}`), { status: 'collected' })
  const { data } = await make.get('/v1/bank-lines?direction=debit')
  t.same(data.map(({ status }: { status: string }) => status).sort(), [
    'matched',
    'unmatched',
    'unmatched',
  ])
})

t.test('a debit’s payment is not reversed by itself: the debit is returned', async (t) => {
  const { debit } = await collected('2026-06-15')
  t.match(await api('POST', `/v1/payments/${debit.payment_id}/reversal`, { reason: 'x' }), {
    status: 409,
    body: { code: 'invalid_state', direct_debit_id: debit.id, allowed_actions: ['return'] },
  })
})

t.test('what comes back before anybody has taken it in was collected all the same', async (t) => {
  const customer = await make.customer()
  await debits.mandate(customer)
  await make.invoice(customer)
  const batch = await debits.submitted('2026-06-23', { customer_ids: [customer.id] })
  const [debit] = await debits.debitsIn(batch)
  await clock.set('2026-06-23T12:00:00Z').catch(() => clock.advance('2026-06-23'))
  t.match(accepted(await debits.returned(debit, 'MD06')), { status: 'returned' })
  const entries = (await make.get(`/v1/ledger/entries?source_id=${debit.payment_id}`)).data
  t.same(entries.map(({ happening }: { happening: string }) => happening).sort(), [
    'allocation',
    'allocation_undone',
    'payment_received',
    'payment_reversed',
  ])
})

t.test('dunning resumes where it stood', async (t) => {
  const policy = await make.policy()
  const { invoice, debit } = await collected('2026-07-06', {}, { dunning_policy_id: policy.id })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { status: 'paid' })
  accepted(await debits.returned(debit, 'MD06'))
  await clock.advance('2026-07-07')
  t.equal((await make.get(`/v1/invoices/${invoice.id}`)).dunning_level, 1)
})

t.test(
  'the journal tells the general ledger of what was collected, and of what came back',
  async (t) => {
    const { debit } = await collected('2026-07-13')
    accepted(await debits.returned(debit, 'MD06'))
    const { data } = await make.get('/v1/ledger/journal?from_date=2026-07-13&limit=200')
    t.match(
      data
        .filter(({ source_id }: { source_id: string }) => source_id === debit.payment_id)
        .map(({ happening }: { happening: string }) => happening),
      ['payment_received', 'allocation', 'allocation_undone', 'payment_reversed'],
    )
  },
)

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

import t from 'tap'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-20')

/** A customer whose payment of 100.00, of 2 March, is not allocated to anything. */
async function overpaid() {
  const customer = await make.customer()
  return { customer, payment: await make.payment(customer, { allocate: 'none' }) }
}

const entriesOf = async (sourceId: string): Promise<string[]> =>
  (await make.get(`/v1/ledger/entries?source_id=${sourceId}`)).data
    .map((entry: Record<string, unknown>) =>
      [
        entry.happening,
        entry.effective_date,
        entry.debit_account,
        entry.credit_account,
        entry.amount,
      ].join(' '),
    )
    .reverse()

t.test('money goes back in two steps: owed from its day on, then paid', async (t) => {
  const { customer, payment } = await overpaid()
  const refund = await make.refund(
    { payment_id: payment.id },
    { amount: 4_000, approval_date: '2026-03-10' },
  )
  t.match(refund, {
    object: 'refund',
    status: 'approved',
    version: 1,
    customer_id: customer.id,
    payment_id: payment.id,
    credit_note_id: null,
    currency: 'EUR',
    amount: 4_000,
    approval_date: '2026-03-10',
    paid_date: null,
  })
  t.match(await make.get(`/v1/payments/${payment.id}`), {
    version: 2,
    unallocated_amount: 6_000,
    refunded_amount: 4_000,
  })
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 0, unallocated_amount: 6_000 },
  ])
  const paid = await api('POST', `/v1/refunds/${refund.id}/pay`, {
    paid_date: '2026-03-12',
    reference: 'OUT-17',
  })
  t.match(paid, {
    status: 200,
    body: { status: 'paid', version: 2, paid_date: '2026-03-12', reference: 'OUT-17' },
  })
  t.same(await entriesOf(payment.id), [
    'payment_received 2026-03-02 cash unallocated 10000',
    'refund_approved 2026-03-10 unallocated refunds_payable 4000',
  ])
  t.same(await entriesOf(refund.id), ['refund_paid 2026-03-12 refunds_payable cash 4000'])
  const { data } = await make.get(`/v1/ledger/entries?source_id=${refund.id}`)
  t.match(data, [{ origin: 'own', source_kind: 'refund', debit_customer_id: customer.id }])
  const told = (await tenant.events()).filter(({ data }) =>
    [refund.id, payment.id].includes(data.object.id),
  )
  t.same(
    told.map(({ type }) => type),
    ['payment.received', 'payment.refunded', 'refund.approved', 'refund.paid'],
  )
})

t.test('a credit note’s money goes back as well', async (t) => {
  const customer = await make.customer()
  const note = await make.creditNote(customer)
  await make.refund({ credit_note_id: note.id }, { amount: 10_000 })
  t.match(await make.get(`/v1/credit-notes/${note.id}`), {
    version: 2,
    unallocated_amount: 0,
    refunded_amount: 10_000,
  })
  t.match(
    await api('POST', '/v1/refunds', {
      credit_note_id: note.id,
      amount: 1,
      method: 'bank_transfer',
      reason: 'x',
    }),
    { status: 409, body: { code: 'insufficient_unallocated_amount', unallocated_amount: 0 } },
  )
})

t.test('a refund that is cancelled gives the money back from that day on', async (t) => {
  const { customer, payment } = await overpaid()
  const refund = await make.refund(
    { payment_id: payment.id },
    { amount: 10_000, approval_date: '2026-03-05' },
  )
  const cancelled = await api('POST', `/v1/refunds/${refund.id}/cancel`, {
    reason: 'account closed',
    cancellation_date: '2026-03-15',
  })
  t.match(cancelled, {
    status: 200,
    body: {
      status: 'cancelled',
      cancellation_date: '2026-03-15',
      cancellation_reason: 'account closed',
    },
  })
  t.match(await make.get(`/v1/payments/${payment.id}`), {
    unallocated_amount: 10_000,
    refunded_amount: 0,
  })
  t.match(
    await api('POST', '/v1/refunds', {
      payment_id: payment.id,
      amount: 10_000,
      method: 'bank_transfer',
      reason: 'again',
      approval_date: '2026-03-14',
    }),
    {
      status: 409,
      body: {
        code: 'insufficient_unallocated_amount',
        unallocated_amount: 0,
        from_date: '2026-03-14',
      },
    },
    'on the 14th it was not there',
  )
  t.match(
    await make.refund({ payment_id: payment.id }, { amount: 10_000, approval_date: '2026-03-15' }),
    {
      approval_date: '2026-03-15',
    },
  )
  t.ok(customer.id)
})

t.test('a refund that was paid and came back is cancelled too', async (t) => {
  const { payment } = await overpaid()
  const refund = await make.refund({ payment_id: payment.id })
  await api('POST', `/v1/refunds/${refund.id}/pay`, {})
  t.match(
    await api('POST', `/v1/refunds/${refund.id}/cancel`, {
      reason: 'came back',
      cancellation_date: '2026-03-19',
    }),
    {
      status: 422,
      body: { errors: [{ pointer: '#/cancellation_date' }] },
    },
  )
  t.match(await api('POST', `/v1/refunds/${refund.id}/cancel`, { reason: 'came back' }), {
    status: 200,
    body: { status: 'cancelled', version: 3, paid_date: '2026-03-20' },
  })
  t.same(await entriesOf(refund.id), [
    'refund_paid 2026-03-20 refunds_payable cash 1000',
    'refund_payment_undone 2026-03-20 cash refunds_payable 1000',
  ])
})

t.test('what cannot be is refused', async (t) => {
  const { customer, payment } = await overpaid()
  const invoice = await make.invoice(customer)
  const allocated = await make.payment(customer)
  const reversed = await make.payment(customer, { allocate: 'none' })
  await api('POST', `/v1/payments/${reversed.id}/reversal`, { reason: 'returned' })
  const refund = (more: object) =>
    api('POST', '/v1/refunds', {
      payment_id: payment.id,
      amount: 1_000,
      method: 'bank_transfer',
      reason: 'x',
      ...more,
    })
  for (const [more, status, code] of [
    [{ amount: 10_001 }, 409, 'insufficient_unallocated_amount'],
    [{ payment_id: allocated.id }, 409, 'insufficient_unallocated_amount'],
    [{ payment_id: reversed.id }, 409, 'invalid_state'],
    [{ approval_date: '2026-03-01' }, 409, 'insufficient_unallocated_amount'],
    [{ approval_date: '2026-03-21' }, 422, 'date_in_future'],
    [{ payment_id: undefined }, 422, 'validation_failed'],
    [{ credit_note_id: 'crn_00000000000000000000000000' }, 422, 'validation_failed'],
    [{ payment_id: 'pay_00000000000000000000000000' }, 404, 'payment_not_found'],
    [
      { payment_id: undefined, credit_note_id: 'crn_00000000000000000000000000' },
      404,
      'credit_note_not_found',
    ],
    [{ amount: 0 }, 422, 'validation_failed'],
  ] as const)
    t.match(await refund(more), { status, body: { code } }, JSON.stringify(more))
  t.ok(invoice.id)

  const approved = (await refund({ approval_date: '2026-03-18' })).body
  const act = (verb: string, body: object, headers = {}) =>
    api('POST', `/v1/refunds/${approved.id}/${verb}`, body, headers)
  t.match(await act('pay', { paid_date: '2026-03-17' }), {
    status: 422,
    body: { code: 'validation_failed' },
  })
  t.match(await act('pay', { paid_date: '2026-03-21' }), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  t.match(await act('pay', {}, { 'if-match': '"7"' }), { status: 412 })
  t.match(await act('cancel', { reason: 'x', cancellation_date: '2026-03-21' }), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  t.match(await act('pay', {}), { status: 200 })
  t.match(await act('pay', {}), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'paid' },
  })
  t.match(await act('cancel', { reason: 'x' }), { status: 200 })
  t.match(await act('cancel', { reason: 'x' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'cancelled' },
  })
  t.match(await act('pay', {}), { status: 409, body: { code: 'invalid_state' } })
})

t.test('a rehearsal keeps nothing', async (t) => {
  const { payment } = await overpaid()
  const { status, body } = await api('POST', '/v1/refunds?dry_run=true', {
    payment_id: payment.id,
    amount: 1_000,
    method: 'bank_transfer',
    reason: 'x',
  })
  t.equal(status, 201)
  t.match(await api('GET', `/v1/refunds/${body.id}`), {
    status: 404,
    body: { code: 'refund_not_found' },
  })
  t.match(await make.get(`/v1/payments/${payment.id}`), { unallocated_amount: 10_000, version: 1 })
})

t.test('refunds are listed by customer, source and status', async (t) => {
  const { customer, payment } = await overpaid()
  const first = await make.refund({ payment_id: payment.id })
  const second = await make.refund({ payment_id: payment.id })
  await api('POST', `/v1/refunds/${first.id}/pay`, {})
  const ids = async (query: string) =>
    (await make.get(`/v1/refunds?${query}`)).data.map(({ id }: { id: string }) => id)
  t.same(await ids(`customer_id=${customer.id}`), [second.id, first.id])
  t.same(await ids(`payment_id=${payment.id}&status=approved`), [second.id])
  t.same(await ids(`customer_id=${customer.id}&status=paid,cancelled`), [first.id])
})

t.test('ten refunds racing for the same money never take more than there is', async (t) => {
  for (let round = 0; round < 5; round += 1) {
    const { customer, payment } = await overpaid()
    const replies = await Promise.all(
      Array.from({ length: 10 }, () =>
        api('POST', '/v1/refunds', {
          payment_id: payment.id,
          amount: 3_000,
          method: 'bank_transfer',
          reason: 'x',
        }),
      ),
    )
    t.same(replies.map(({ status }) => status).sort(), [201, 201, 201, ...Array(7).fill(409)])
    t.match(await make.get(`/v1/payments/${payment.id}`), {
      unallocated_amount: 1_000,
      refunded_amount: 9_000,
    })
    t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
      { unallocated_amount: 1_000 },
    ])
  }
})

t.test('a refund races the reversal of its payment: one of them wins', async (t) => {
  for (let round = 0; round < 8; round += 1) {
    const { payment } = await overpaid()
    const [refund, reversal] = await Promise.all([
      api('POST', '/v1/refunds', {
        payment_id: payment.id,
        amount: 10_000,
        method: 'bank_transfer',
        reason: 'x',
      }),
      api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'returned' }),
    ])
    t.ok(refund.status === 201 || reversal.status === 200)
    if (refund.status !== 201) t.equal(refund.body.code, 'invalid_state')
  }
})

t.test(
  'a cancellation and a payout of the same refund: one of them is the last word',
  async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const { payment } = await overpaid()
      const refund = await make.refund({ payment_id: payment.id })
      const replies = await Promise.all([
        api('POST', `/v1/refunds/${refund.id}/pay`, {}),
        api('POST', `/v1/refunds/${refund.id}/cancel`, { reason: 'x' }),
        api('POST', `/v1/refunds/${refund.id}/cancel`, { reason: 'x' }),
      ])
      t.equal(replies.filter(({ body }) => body.status === 'cancelled').length, 1)
      t.match(await make.get(`/v1/refunds/${refund.id}`), { status: 'cancelled' })
      t.match(await make.get(`/v1/payments/${payment.id}`), { unallocated_amount: 10_000 })
    }
  },
)

t.test('money that has moved to another customer is not free on any day since', async (t) => {
  const other = await app.tenant()
  const making = recordsOf(other)
  const time = clockOf(app, other)
  await time.set('2026-03-05')
  const [customer, friend] = [await making.customer(), await making.customer()]
  const payment = await making.payment(customer)
  const moved = { customer_id: friend.id, amount: 6_000 }
  accepted(await other.api('POST', `/v1/payments/${payment.id}/transfers`, moved))
  await time.advance('2026-03-20')
  const all = { amount: 4_000, approval_date: '2026-03-10' }
  const { id } = await making.refund({ payment_id: payment.id }, all)
  accepted(await other.api('POST', `/v1/refunds/${id}/cancel`, { reason: 'a mistake' }))
  const again = {
    ...all,
    payment_id: payment.id,
    method: 'bank_transfer',
    reason: 'again',
    approval_date: '2026-03-12',
  }
  t.match(await other.api('POST', '/v1/refunds', again), {
    status: 409,
    body: { code: 'insufficient_unallocated_amount', unallocated_amount: 0 },
  })
  t.match(await other.api('POST', '/v1/refunds', { ...again, approval_date: '2026-03-20' }), {
    status: 201,
  })
})

t.test('a payment that goes back takes its unpaid refunds with it', async (t) => {
  const { customer, payment } = await overpaid()
  const approval_date = '2026-03-12'
  const refund = await make.refund({ payment_id: payment.id }, { amount: 4_000, approval_date })
  const body = { reason: 'returned', reversal_date: '2026-03-10' }
  t.match(await api('POST', `/v1/payments/${payment.id}/reversal`, body), {
    body: { status: 'reversed', reversed_amount: 10_000, refunded_amount: 0 },
  })
  t.match(await make.get(`/v1/refunds/${refund.id}`), {
    status: 'cancelled',
    cancellation_reason: 'returned',
    cancellation_date: approval_date,
  })
  t.match((await make.get(`/v1/customers/${customer.id}/balance`)).balances, [
    { open_amount: 0, unallocated_amount: 0 },
  ])
})

t.test('the books are right', async (t) => {
  await tenant.events()
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

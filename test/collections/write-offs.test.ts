import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, dunNow, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-06-30')

const customer = await make.customer()
/** An invoice over 119.00 with 19.00 of tax, in two instalments or one. */
const taxed = (more: object = {}) =>
  make.invoice(customer, { total_amount: 11_900, tax_amount: 1_900, ...more })
const money = (amount: number, more: object = {}) =>
  make.payment(customer, { amount, received_date: '2026-06-30', allocate: 'none', ...more })

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

t.test('an item is written off gross, and its invoice is when nothing else is open', async (t) => {
  const invoice = await taxed({
    instalments: [
      { due_date: '2026-03-15', amount: 4_000 },
      { due_date: '2026-04-15', amount: 7_900 },
    ],
  })
  const [first, second] = invoice.open_items
  const part = await make.writeOff(first, { amount: 1_000, write_off_date: '2026-06-15' })
  t.match(part, {
    object: 'write_off',
    status: 'recorded',
    item_id: first.id,
    invoice_id: invoice.id,
    amount: 1_000,
    write_off_date: '2026-06-15',
    relieved_amount: 0,
    recovered_amount: 0,
    recoveries: [],
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'issued',
    open_amount: 10_900,
    written_off_amount: 1_000,
    open_items: [{ open_amount: 3_000, written_off_amount: 1_000 }, { open_amount: 7_900 }],
  })
  t.same(await entriesOf(part.id), ['written_off 2026-06-15 bad_debt receivable 1000'])
  await make.payment(customer, {
    amount: 3_000,
    allocations: [{ invoice_id: invoice.id, amount: 3_000 }],
  })
  await make.writeOff(second)
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'written_off',
    overdue: false,
    open_amount: 0,
    paid_amount: 3_000,
    written_off_amount: 8_900,
  })
  const told = (await tenant.events()).filter(({ data }) => data.object.id === invoice.id)
  t.same(
    told.map(({ type }) => type),
    ['invoice.issued', 'invoice.partly_written_off', 'invoice.partly_paid', 'invoice.written_off'],
  )
})

t.test('undone, the claim is open again on its old due date, on the day of the undo', async (t) => {
  const invoice = await taxed()
  const writeOff = await make.writeOff(invoice.open_items[0], { write_off_date: '2026-06-01' })
  const { body } = await api('POST', `/v1/write-offs/${writeOff.id}/undo`, {
    reason: 'the wrong one',
    undo_date: '2026-06-20',
  })
  t.match(body, {
    status: 'undone',
    version: 2,
    undo_date: '2026-06-20',
    undo_reason: 'the wrong one',
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), {
    status: 'issued',
    open_amount: 11_900,
    written_off_amount: 0,
    due_date: '2026-03-15',
  })
  t.same(await entriesOf(writeOff.id), [
    'written_off 2026-06-01 bad_debt receivable 11900',
    'write_off_undone 2026-06-20 receivable bad_debt 11900',
  ])
  const open = async (day: string) =>
    (await make.get(`/v1/reports/aging?as_of_date=${day}&customer_id=${customer.id}`)).rows[0]
      ?.total_amount ?? 0
  t.equal((await open('2026-06-20')) - (await open('2026-06-19')), 11_900)
  const again = await make.writeOff(invoice.open_items[0], { write_off_date: '2026-06-05' })
  t.equal(again.write_off_date, '2026-06-20', 'and can be given up again no earlier than that')
  t.match(await api('POST', `/v1/write-offs/${writeOff.id}/undo`, { reason: 'x' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'undone' },
  })
})

t.test(
  'dunning leaves alone what is written off, and takes up again what is not any more',
  async (t) => {
    const debtor = await make.customer({ dunning_policy_id: (await make.policy()).id })
    const invoice = await make.invoice(debtor)
    const writeOff = await make.writeOff(invoice.open_items[0])
    await dunNow(app, tenant, { customer_id: debtor.id })
    t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 0 })
    await api('POST', `/v1/write-offs/${writeOff.id}/undo`, { reason: 'paid after all' })
    await dunNow(app, tenant, { customer_id: debtor.id })
    t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 1 })
  },
)

t.test('a charge can be given up too; it has no tax', async (t) => {
  const policy = await make.policy({
    levels: [{ level: 1, days: 5, name: 'Reminder', fees: [{ currency: 'EUR', amount: 500 }] }],
  })
  const debtor = await make.customer({ dunning_policy_id: policy.id })
  await make.invoice(debtor)
  await dunNow(app, tenant, { customer_id: debtor.id })
  const { data } = await make.get(`/v1/ledger/entries?customer_id=${debtor.id}`)
  const charge = data.find(({ happening }: { happening: string }) => happening === 'charge_claimed')
  const writeOff = await make.writeOff({ id: charge.item_id })
  t.match(writeOff, { amount: 500, invoice_id: null })
  t.match(await api('POST', `/v1/write-offs/${writeOff.id}/relief`, {}), {
    status: 409,
    body: { code: 'nothing_to_relieve' },
  })
})

t.test('the tax in it is claimed back on its own date, once, and to the cent', async (t) => {
  const invoice = await make.invoice(customer, { total_amount: 1_000, tax_amount: 160 })
  const parts = []
  for (const amount of [333, 333, 334])
    parts.push(await make.writeOff(invoice.open_items[0], { amount, write_off_date: '2026-06-10' }))
  const relieved = []
  for (const { id } of parts) {
    const { status, body } = await api('POST', `/v1/write-offs/${id}/relief`, {
      relief_date: '2026-06-25',
    })
    t.equal(status, 200)
    relieved.push(body.relieved_amount)
  }
  t.same(relieved, [53, 53, 53], 'a share each, never more than there was')
  t.same(await entriesOf(parts[0].id), [
    'written_off 2026-06-10 bad_debt receivable 333',
    'bad_debt_relieved 2026-06-25 output_tax bad_debt 53',
  ])
  t.match(await api('POST', `/v1/write-offs/${parts[0].id}/relief`, {}), {
    status: 409,
    body: { code: 'nothing_to_relieve' },
  })
  const { body } = await api('POST', `/v1/write-offs/${parts[0].id}/undo`, { reason: 'x' })
  t.equal(body.status, 'undone')
  t.same((await entriesOf(parts[0].id)).slice(2).sort(), [
    'relief_undone 2026-06-30 bad_debt output_tax 53',
    'write_off_undone 2026-06-30 receivable bad_debt 333',
  ])
})

t.test('what comes in after all is income, but for the tax that is owed again', async (t) => {
  const invoice = await taxed()
  const writeOff = await make.writeOff(invoice.open_items[0], { write_off_date: '2026-06-01' })
  await api('POST', `/v1/write-offs/${writeOff.id}/relief`, { relief_date: '2026-06-10' })
  const payment = await money(10_000, { received_date: '2026-06-20' })
  const recover = (body: object) => api('POST', `/v1/write-offs/${writeOff.id}/recoveries`, body)
  const first = await recover({
    payment_id: payment.id,
    amount: 5_950,
    recovery_date: '2026-06-20',
  })
  t.match(first, {
    status: 200,
    body: {
      recovered_amount: 5_950,
      recoveries: [{ payment_id: payment.id, amount: 5_950, tax_amount: 950 }],
    },
  })
  t.match(await make.get(`/v1/payments/${payment.id}`), {
    unallocated_amount: 4_050,
    recovered_amount: 5_950,
  })
  t.match(
    await make.get(`/v1/invoices/${invoice.id}`),
    { status: 'written_off', written_off_amount: 11_900 },
    'the claim stays closed',
  )
  t.same(await entriesOf(payment.id), [
    'payment_received 2026-06-20 cash unallocated 10000',
    'bad_debt_recovered 2026-06-20 unallocated bad_debt_recovery 5000',
    'bad_debt_recovered 2026-06-20 unallocated output_tax 950',
  ])
  t.match(await recover({ payment_id: payment.id, amount: 5_951 }), {
    status: 409,
    body: { code: 'insufficient_written_off_amount', written_off_amount: 5_950 },
  })
  t.match(await recover({ payment_id: payment.id, amount: 5_000 }), {
    status: 409,
    body: { code: 'insufficient_unallocated_amount' },
  })
  const rest = await money(5_950)
  const { body: whole } = await recover({ payment_id: rest.id, amount: 5_950 })
  t.match(whole, {
    recovered_amount: 11_900,
    recoveries: [{ tax_amount: 950 }, { tax_amount: 950 }],
  })

  t.match(await api('POST', `/v1/write-offs/${writeOff.id}/undo`, { reason: 'x' }), {
    status: 409,
    body: { code: 'invalid_state', allowed_actions: ['undo_recovery'] },
  })
  const [one] = whole.recoveries
  const undone = await api('POST', `/v1/recoveries/${one.id}/undo`, {})
  t.match(undone, {
    status: 200,
    body: { recovered_amount: 5_950, recoveries: [{ payment_id: rest.id }] },
  })
  t.match(await make.get(`/v1/payments/${payment.id}`), {
    unallocated_amount: 10_000,
    recovered_amount: 0,
    version: 3,
  })
  t.match(await api('POST', `/v1/recoveries/${one.id}/undo`, {}), {
    status: 409,
    body: { code: 'invalid_state' },
  })
  const told = (await tenant.events()).filter(({ data }) => data.object.id === writeOff.id)
  t.same(
    told.map(({ type }) => type.replace('write_off.', '')),
    ['recorded', 'relieved', 'recovered', 'recovered', 'recovery_undone'],
  )
})

t.test('without relief no tax is owed again', async (t) => {
  const writeOff = await make.writeOff((await taxed()).open_items[0])
  const payment = await money(1_190)
  t.match(
    await api('POST', `/v1/write-offs/${writeOff.id}/recoveries`, {
      payment_id: payment.id,
      amount: 1_190,
    }),
    {
      body: { recoveries: [{ tax_amount: 0 }] },
    },
  )
  t.match(
    await api('POST', `/v1/write-offs/${writeOff.id}/relief`, {}),
    { body: { relieved_amount: 1_710 } },
    'and only what is still lost is claimed back',
  )
})

t.test('what cannot be is refused', async (t) => {
  const invoice = await taxed()
  const [item] = invoice.open_items
  const paid = await make.invoice(customer, { total_amount: 500 })
  await make.payment(customer, { amount: 500, allocations: [{ invoice_id: paid.id, amount: 500 }] })
  for (const [body, status, code] of [
    [{ item_id: item.id, amount: 11_901 }, 409, 'insufficient_open_amount'],
    [{ item_id: paid.open_items[0].id }, 409, 'insufficient_open_amount'],
    [{ item_id: 'itm_00000000000000000000000000' }, 404, 'open_item_not_found'],
    [{ item_id: item.id, write_off_date: '2026-07-01' }, 422, 'date_in_future'],
    [{ item_id: item.id, amount: 0 }, 422, 'validation_failed'],
  ] as const)
    t.match(
      await api('POST', '/v1/write-offs', { reason: 'x', ...body }),
      { status, body: { code } },
      JSON.stringify(body),
    )
  const writeOff = await make.writeOff(item, { write_off_date: '2026-06-10' })
  const act = (verb: string, body: object) =>
    api('POST', `/v1/write-offs/${writeOff.id}/${verb}`, body)
  const payment = await money(5_000)
  const stranger = await make.customer({ name: 'Other' })
  const theirs = await make.payment(stranger, { allocate: 'none' })
  const dollars = await money(5_000, { currency: 'USD' })
  for (const [verb, body, status, code] of [
    ['relief', { relief_date: '2026-06-09' }, 422, 'validation_failed'],
    ['relief', { relief_date: '2026-07-01' }, 422, 'date_in_future'],
    ['undo', { reason: 'x', undo_date: '2026-06-09' }, 422, 'validation_failed'],
    ['undo', { reason: 'x', undo_date: '2026-07-01' }, 422, 'date_in_future'],
    [
      'recoveries',
      { payment_id: payment.id, amount: 1, recovery_date: '2026-06-09' },
      422,
      'validation_failed',
    ],
    [
      'recoveries',
      { payment_id: payment.id, amount: 1, recovery_date: '2026-06-29' },
      409,
      'insufficient_unallocated_amount',
    ],
    ['recoveries', { payment_id: theirs.id, amount: 1 }, 422, 'customer_mismatch'],
    ['recoveries', { payment_id: dollars.id, amount: 1 }, 422, 'currency_mismatch'],
    [
      'recoveries',
      { payment_id: 'pay_00000000000000000000000000', amount: 1 },
      404,
      'payment_not_found',
    ],
  ] as const)
    t.match(await act(verb, body), { status, body: { code } }, `${verb} ${JSON.stringify(body)}`)
  const { body } = await act('recoveries', { payment_id: payment.id, amount: 100 })
  t.match(
    await api('POST', `/v1/recoveries/${body.recoveries[0].id}/undo`, { undo_date: '2026-06-29' }),
    { status: 422 },
  )
  t.match(await make.get(`/v1/payments/${payment.id}`), { status: 'received' })
  t.match(
    await api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'x' }),
    { status: 200, body: { status: 'reversed', reversed_amount: 4_900, recovered_amount: 100 } },
    'what was recovered of a payment that went back is owed anew',
  )
  const { data } = await make.get(`/v1/ledger/entries?source_id=${payment.id}`)
  t.match(data, [{ happening: 'payment_reversed', debit_account: 'receivable', amount: 100 }])
})

t.test('a write-off, a payment and a credit note race for one item: it closes once', async (t) => {
  for (let round = 0; round < 6; round += 1) {
    const debtor = await make.customer()
    const invoice = await make.invoice(debtor)
    const replies = await Promise.all([
      api('POST', '/v1/write-offs', {
        item_id: invoice.open_items[0].id,
        amount: 10_000,
        reason: 'x',
      }),
      api('POST', '/v1/write-offs', {
        item_id: invoice.open_items[0].id,
        amount: 10_000,
        reason: 'x',
      }),
      api('POST', '/v1/payments', {
        customer_id: debtor.id,
        currency: 'EUR',
        amount: 10_000,
        received_date: '2026-06-30',
        method: 'bank_transfer',
        allocations: [{ invoice_id: invoice.id, amount: 10_000 }],
      }),
    ])
    t.same(replies.map(({ status }) => status).sort(), [201, 409, 409])
  }
})

t.test('above what the tenant lets one decide, a write-off waits for another', async (t) => {
  const own = await app.tenant()
  const records = recordsOf(own)
  await clockOf(app, own).set('2026-06-30')
  const threshold = (above: object[]) =>
    own.api('PATCH', '/v1/tenant', { write_off_approval_above: above })
  t.equal((await threshold([{ currency: 'EUR', amount: 5_000 }])).status, 200)
  const twice = [
    { currency: 'EUR', amount: 1 },
    { currency: 'EUR', amount: 2 },
  ]
  t.match(await threshold(twice), {
    status: 422,
    body: { errors: [{ pointer: '#/write_off_approval_above/1/currency', code: 'repeated' }] },
  })
  const { secret } = (
    await own.api('POST', '/v1/api-keys', { name: 'Colleague', roles: ['credit_manager'] })
  ).body
  const decide = (bearer: string, verb: string, approvalId: string) =>
    app.call(bearer, 'POST', `/v1/approvals/${approvalId}/${verb}`, { reason: `${verb} it` })
  const itemOf = async (more: object = {}, of?: object) =>
    (await records.invoice(of ?? (await records.customer()), { total_amount: 11_900, ...more }))
      .open_items[0]
  const writeOff = (item: { id: string }, amount: number, more: object = {}) =>
    own.api('POST', '/v1/write-offs', { item_id: item.id, amount, reason: 'insolvent', ...more })
  const openOf = async ({ id }: { id: string }) =>
    (await records.get(`/v1/open-items/${id}`)).open_amount

  await t.test('in one piece or in parts, and books nothing until then', async (t) => {
    const item = await itemOf()
    t.match(await writeOff(item, 3_000), { status: 201, body: { approval_id: null } })
    const { status, body } = await writeOff(item, 2_001, { write_off_date: '2026-06-01' })
    t.match({ status, body }, { status: 202, body: { status: 'requested', amount: 2_001 } })
    t.equal(await openOf(item), 8_900)
    const undo = await own.api('POST', `/v1/write-offs/${body.id}/undo`, { reason: 'x' })
    t.match(undo, { status: 409, body: { code: 'invalid_state', current_status: 'requested' } })
    t.match(await records.get(`/v1/approvals/${body.approval_id}`), {
      subject: { kind: 'write_off', id: body.id },
      summary: 'Write-off of 20.01 EUR.',
      amount: 2_001,
      status: 'requested',
    })

    t.match(await decide(own.secret, 'approve', body.approval_id), {
      status: 403,
      body: { code: 'four_eyes_required' },
    })
    t.equal((await decide(secret, 'approve', body.approval_id)).status, 200)
    t.match(await records.get(`/v1/write-offs/${body.id}`), {
      status: 'recorded',
      version: 2,
      write_off_date: '2026-06-30',
    })
    t.equal(await openOf(item), 6_899)
    t.equal((await writeOff(item, 2_000)).status, 201, 'what was approved does not count again')
    t.equal((await writeOff(item, 1)).status, 202)
    t.equal((await writeOff(await itemOf(), 5_000)).status, 201, 'others count by themselves')
  })

  await t.test('in another currency whatever it is, and at the same time once', async (t) => {
    t.equal((await writeOff(await itemOf({ currency: 'USD' }), 1)).status, 202)
    const debtor = await records.customer()
    const items = [await itemOf({}, debtor), await itemOf({}, debtor)]
    const raced = await Promise.all(items.map((item) => writeOff(item, 3_000)))
    t.same(raced.map(({ status }) => status).sort(), [201, 202])
  })

  await t.test('and is refused once it is paid, rejected, or withdrawn', async (t) => {
    const debtor = await records.customer()
    const item = await itemOf({}, debtor)
    const paid = (await writeOff(item, 11_900)).body
    await records.payment(debtor, { amount: 1, received_date: '2026-06-30' })
    t.match(await decide(secret, 'approve', paid.approval_id), {
      status: 409,
      body: { code: 'insufficient_open_amount', open_amount: 11_899 },
    })
    t.equal((await decide(own.secret, 'withdraw', paid.approval_id)).status, 200)
    const second = (await writeOff(item, 11_000)).body
    t.equal((await decide(secret, 'reject', second.approval_id)).status, 200)
    t.match(await records.get(`/v1/write-offs/${paid.id}`), { status: 'withdrawn' })
    t.match(await records.get(`/v1/write-offs/${second.id}`), { status: 'rejected' })
    t.equal(await openOf(item), 11_899)
    t.same(
      (await own.events('write_off.*')).slice(-4).map(({ type }) => type),
      ['write_off.requested', 'write_off.withdrawn', 'write_off.requested', 'write_off.rejected'],
    )
  })

  t.same(await auditBooks(app.context, own.uuid), [])
})

t.test('write-offs are listed by customer, invoice, item and status', async (t) => {
  const debtor = await make.customer()
  const invoice = await make.invoice(debtor)
  const [item] = invoice.open_items
  const first = await make.writeOff(item, { amount: 1_000 })
  const second = await make.writeOff(item, { amount: 2_000 })
  await api('POST', `/v1/write-offs/${first.id}/undo`, { reason: 'x' })
  const ids = async (query: string) =>
    (await make.get(`/v1/write-offs?${query}`)).data.map(({ id }: { id: string }) => id)
  t.same(await ids(`customer_id=${debtor.id}`), [second.id, first.id])
  t.same(await ids(`invoice_id=${invoice.id}&status=recorded`), [second.id])
  t.same(await ids(`item_id=${item.id}&status=undone`), [first.id])
  t.match(await make.get(`/v1/write-offs/${first.id}`), { status: 'undone' })
})

t.test('the books are right', async (t) => {
  await tenant.events()
  t.same(await auditBooks(app.context, tenant.uuid), [])
  t.match(await make.get('/v1/ledger/verification'), { ok: true })
})

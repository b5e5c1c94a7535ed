import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const { id } = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const customer = await make.customer()
  const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-10' })
  const steps = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed')).map(
      ({ timestamp, data: { object } }) =>
        `${timestamp.slice(0, 10)} ${object.invoice_number} ${object.level}`,
    )
  const act = (hold: { id: string }, action: string, body?: object) =>
    tenant.api(
      action === 'lift' ? 'POST' : 'PATCH',
      `/v1/dunning-holds/${hold.id}${action === 'lift' ? '/lift' : ''}`,
      body,
    )
  return { tenant, make, clock, customer, invoice, steps, act }
}

t.test(
  'a hold covers its days, the last one included, and dunning goes on the day after',
  async (t) => {
    const { make, clock, customer, invoice, steps } = await creditor()
    const hold = await make.hold({
      customer_id: customer.id,
      from_date: '2026-03-12',
      until_date: '2026-03-20',
      note: 'promised',
    })
    t.match(hold, {
      object: 'dunning_hold',
      version: 1,
      reason: 'promise',
      from_date: '2026-03-12',
      until_date: '2026-03-20',
      lifted_date: null,
      invoice_id: null,
    })
    await clock.advance('2026-03-20')
    t.same(await steps(), [])
    t.match(await make.get(`/v1/invoices/${invoice.id}/dunning`), {
      items: [
        {
          outcome: 'blocked',
          reason: 'on_hold',
          inputs: { hold_reason: 'promise', until_date: '2026-03-20' },
          next_level: 1,
          next_date: '2026-03-21',
        },
      ],
    })
    await clock.advance('2026-03-26')
    t.same(await steps(), ['2026-03-21 A 1', '2026-03-25 A 2'])
  },
)

t.test('a hold covers what it names and nothing else', async (t) => {
  const { make, clock, customer, invoice, steps } = await creditor()
  const parts = await make.invoice(customer, {
    number: 'B',
    instalments: [
      { due_date: '2026-03-10', amount: 5_000 },
      { due_date: '2026-03-11', amount: 5_000 },
    ],
  })
  await make.invoice(customer, { number: 'C', due_date: '2026-03-10' })
  const elsewhere = await make.customer()
  await make.invoice(elsewhere, { number: 'D', due_date: '2026-03-10' })
  await make.hold({ invoice_id: invoice.id, reason: 'dispute' })
  await make.hold({ item_id: parts.open_items[0].id, reason: 'dispute' })
  await clock.advance('2026-03-17')
  t.same((await steps()).sort(), ['2026-03-15 C 1', '2026-03-15 D 1', '2026-03-16 B 1'])
})

t.test(
  'a hold without an end lasts until it is lifted, and then what is due comes at the next run',
  async (t) => {
    const { tenant, make, clock, customer, steps, act } = await creditor()
    const hold = await make.hold({ customer_id: customer.id, reason: 'legal' })
    await clock.advance('2026-04-15')
    t.same(await steps(), [])
    const lifted = await act(hold, 'lift')
    t.match(lifted, { status: 200, body: { version: 2, lifted_date: '2026-04-15' } })
    await clock.advance('2026-04-18')
    t.same(await steps(), ['2026-04-16 A 1', '2026-04-17 A 2', '2026-04-18 A 3'])
    t.match(await act(hold, 'lift'), {
      status: 409,
      body: { code: 'invalid_state', current_status: 'lifted' },
    })
    t.match(await act(hold, 'patch', { until_date: '2026-05-01' }), {
      status: 409,
      body: { code: 'invalid_state' },
    })
    t.same(
      (await tenant.events())
        .filter(({ data }) => data.object.id === hold.id)
        .map(({ type, entity_sequence }) => `${type} ${entity_sequence}`),
      ['dunning_hold.created 1', 'dunning_hold.lifted 2'],
    )
  },
)

t.test('extending and shortening a hold moves the next step at once', async (t) => {
  const { make, clock, customer, invoice, steps, act } = await creditor()
  const hold = await make.hold({ customer_id: customer.id, until_date: '2026-03-20' })
  const next = async () => (await make.get(`/v1/invoices/${invoice.id}/dunning`)).items[0].next_date
  await clock.advance('2026-03-16')
  t.equal(await next(), '2026-03-21')
  t.match(await act(hold, 'patch', { until_date: '2026-03-30' }), {
    status: 200,
    body: { version: 2 },
  })
  t.equal(await next(), '2026-03-31')
  t.match(await act(hold, 'patch', { until_date: null }), {
    body: { until_date: null, version: 3 },
  })
  t.equal(await next(), null)
  t.match(await act(hold, 'patch', { until_date: null }), { body: { version: 3 } })
  await clock.advance('2026-03-25')
  t.match(await act(hold, 'patch', { until_date: '2026-03-26', note: 'last word' }), {
    body: { until_date: '2026-03-26', note: 'last word' },
  })
  await clock.advance('2026-03-28')
  t.same(await steps(), ['2026-03-27 A 1', '2026-03-28 A 2'])
})

t.test('of two holds the one that lasts longer counts', async (t) => {
  const { make, clock, customer, invoice, steps } = await creditor()
  await make.hold({ customer_id: customer.id, until_date: '2026-03-17' })
  await make.hold({ invoice_id: invoice.id, reason: 'dispute', until_date: '2026-03-19' })
  await make.hold({ customer_id: customer.id, from_date: '2026-03-22', until_date: '2026-03-26' })
  await clock.advance('2026-03-28')
  t.same(await steps(), ['2026-03-20 A 1', '2026-03-27 A 2'])
})

t.test(
  'a held item neither rises with its customer nor keeps the others from rising',
  async (t) => {
    const { make, clock, customer, invoice, steps } = await creditor()
    const together = await make.policy({ scope: 'customer' })
    await make.patch(`/v1/customers/${customer.id}`, { dunning_policy_id: together.id })
    await make.invoice(customer, { number: 'B', due_date: '2026-03-14' })
    await make.hold({ invoice_id: invoice.id })
    await clock.advance('2026-03-30')
    t.same(await steps(), ['2026-03-19 B 1', '2026-03-29 B 2'])
  },
)

t.test('what does not fit is refused', async (t) => {
  const { tenant, make, customer, invoice } = await creditor()
  const other = await make.customer()
  const post = (body: object) =>
    tenant.api('POST', '/v1/dunning-holds', { reason: 'other', ...body })
  const another = await make.invoice(customer)
  for (const [body, status, code] of [
    [{}, 422, 'validation_failed'],
    [{ customer_id: 'cus_00000000000000000000000000' }, 404, 'customer_not_found'],
    [{ invoice_id: 'inv_00000000000000000000000000' }, 404, 'invoice_not_found'],
    [{ item_id: 'itm_00000000000000000000000000' }, 404, 'open_item_not_found'],
    [{ customer_id: other.id, invoice_id: invoice.id }, 422, 'customer_mismatch'],
    [{ invoice_id: another.id, item_id: invoice.open_items[0].id }, 422, 'customer_mismatch'],
    [
      { customer_id: customer.id, from_date: '2026-03-05', until_date: '2026-03-04' },
      422,
      'validation_failed',
    ],
    [{ customer_id: customer.id, reason: 'mood' }, 422, 'validation_failed'],
  ] as const)
    t.match(await post(body), { status, body: { code } }, JSON.stringify(body))
})

t.test('holds are listed by what they cover and whether they hold today', async (t) => {
  const { make, clock, customer, invoice, act, tenant } = await creditor()
  const now = await make.hold({ customer_id: customer.id, until_date: '2026-03-05' })
  const later = await make.hold({
    invoice_id: invoice.id,
    reason: 'dispute',
    from_date: '2026-03-10',
  })
  const gone = await make.hold({ customer_id: customer.id })
  await act(gone, 'lift')
  const ids = async (query: string) =>
    (await make.get(`/v1/dunning-holds?${query}`)).data.map(({ id }: { id: string }) => id).sort()
  t.same(await ids('active=true'), [now.id])
  t.same(await ids('active=false'), [later.id, gone.id].sort())
  t.same(await ids(`invoice_id=${invoice.id}`), [later.id])
  t.same(await ids('reason=dispute'), [later.id])
  await clock.advance('2026-03-10')
  t.same(await ids('active=true'), [later.id])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

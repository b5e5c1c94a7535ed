import t from 'tap'
import { placeCreditHolds } from '../../src/credit/holds/place-credit-holds.ts'
import { commit } from '../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../src/foundation/id.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const customer = await make.customer()
  const place = (body: object) => tenant.api('POST', '/v1/credit-holds', body)
  const lift = (hold: { id: string }, body: object, headers = {}) =>
    tenant.api('POST', `/v1/credit-holds/${hold.id}/lift`, body, headers)
  return { tenant, make, clock, customer, place, lift }
}

t.test('a hold is in force from its day until it is lifted', async (t) => {
  const { tenant, make, clock, customer, lift } = await creditor()
  const hold = await make.creditHold(customer, { note: 'No deliveries.', from_date: '2026-03-03' })
  t.match(hold, {
    object: 'credit_hold',
    version: 1,
    customer_id: customer.id,
    reason: 'overdue',
    note: 'No deliveries.',
    from_date: '2026-03-03',
    lifted_date: null,
    origin: 'person',
    notice_id: null,
  })
  const active = async () =>
    (await make.get('/v1/credit-holds?active=true')).data.map(({ id }: { id: string }) => id)
  t.same(await active(), [])
  await clock.advance('2026-03-03')
  t.same(await active(), [hold.id])
  t.match(await lift(hold, { reason: 'Paid.' }, { 'if-match': '"2"' }), { status: 412 })
  t.match(await lift(hold, { reason: 'Paid.' }), {
    status: 200,
    body: { version: 2, lifted_date: '2026-03-03', lift_reason: 'Paid.' },
  })
  t.same(await active(), [])
  t.match(await lift(hold, { reason: 'Again.' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'lifted', lifted_date: '2026-03-03' },
  })
  t.same(
    (await tenant.events())
      .filter(({ data }) => data.object.id === hold.id)
      .map(({ type, entity_sequence }) => `${type} ${entity_sequence}`),
    ['credit_hold.placed 1', 'credit_hold.lifted 2'],
  )
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'one hold per customer and reason, whoever asks at once; after lifting another',
  async (t) => {
    const { tenant, make, customer, place, lift } = await creditor()
    const asked = await Promise.all(
      [app, replica, app, replica].map((one) =>
        one.call(tenant.secret, 'POST', '/v1/credit-holds', {
          customer_id: customer.id,
          reason: 'legal',
        }),
      ),
    )
    const [placed, ...more] = asked.filter(({ status }) => status === 201)
    t.same(more, [])
    for (const refused of asked.filter(({ status }) => status !== 201)) {
      t.match(refused, {
        status: 409,
        body: { code: 'credit_hold_in_force', conflicting_id: placed?.body.id },
      })
    }
    t.equal((await place({ customer_id: customer.id, reason: 'fraud' })).status, 201)
    await lift(placed?.body, { reason: 'Settled.' })
    t.equal((await place({ customer_id: customer.id, reason: 'legal' })).status, 201)
    t.equal((await make.get(`/v1/credit-holds?reason=legal`)).data.length, 2)
  },
)

t.test('dunning places what is not in force yet, for any number of customers', async (t) => {
  const { tenant, make, clock, customer } = await creditor()
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await make.invoice(customer, { due_date: '2026-03-02' })
  await clock.advance('2026-03-08')
  const [notice] = (await make.get('/v1/dunning-notices')).data
  const other = await make.customer()
  await make.creditHold(other)
  const hold = ({ id }: { id: string }) =>
    ({
      customerId: uuidOf(id),
      reason: 'overdue',
      note: null,
      fromDate: '2026-03-08',
      origin: 'dunning',
      noticeId: uuidOf(notice.id),
    }) as const
  const cause = { origin: 'schedule', actor: null, requestId: null } as const
  const place = () =>
    commit(app.context.workers, { tenantId: tenant.uuid, cause }, (tx) =>
      placeCreditHolds(tx, [hold(customer), hold(customer), hold(other)]),
    )
  t.same(
    (await place()).map(({ customer_id }) => publicId('customer', customer_id)),
    [customer.id],
  )
  t.same(await place(), [])
  t.match((await make.get('/v1/credit-holds?origin=dunning')).data, [
    { customer_id: customer.id, notice_id: notice.id, reason: 'overdue' },
  ])
  t.same(
    (await make.get(`/v1/credit-holds?customer_id=${other.id}`)).data.map(
      ({ origin }: { origin: string }) => origin,
    ),
    ['person'],
  )
})

t.test('what does not fit is refused, by field', async (t) => {
  const { tenant, customer, make, place, lift } = await creditor()
  for (const [body, status, code, pointer] of [
    [{ reason: 'legal' }, 422, 'validation_failed', '#/customer_id'],
    [{ customer_id: customer.id }, 422, 'validation_failed', '#/reason'],
    [{ customer_id: customer.id, reason: 'mood' }, 422, 'validation_failed', '#/reason'],
    [{ customer_id: customer.id, reason: 'legal', note: '' }, 422, 'validation_failed', '#/note'],
    [
      { customer_id: customer.id, reason: 'legal', from_date: 'today' },
      422,
      'validation_failed',
      '#/from_date',
    ],
    [
      { customer_id: customer.id, reason: 'legal', origin: 'dunning' },
      422,
      'validation_failed',
      '#/origin',
    ],
    [{ customer_id: publicId('customer', newId()), reason: 'legal' }, 404, 'customer_not_found'],
  ] as const) {
    const refused = await place(body)
    t.match(refused, { status, body: { code } }, JSON.stringify(body))
    if (pointer !== undefined) t.match(refused.body.errors, [{ pointer }])
  }
  const hold = await make.creditHold(customer)
  t.match(await lift(hold, {}), { status: 422, body: { errors: [{ pointer: '#/reason' }] } })
  t.match(await lift({ id: publicId('credit_hold', newId()) }, { reason: 'x' }), { status: 404 })
  const reader = await app.tenant({ scopes: ['credit:read'] })
  t.match(await reader.api('POST', '/v1/credit-holds', {}), { status: 403 })
  t.match(await reader.api('GET', `/v1/credit-holds/${hold.id}`), { status: 404 })
  t.same(await tenant.events('credit_hold.lifted'), [])
})

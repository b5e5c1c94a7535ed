import t from 'tap'
import { newId, publicId } from '../../../src/foundation/id.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { accepted, carryOn, clockOf, dunNow, recordsOf } from '../../support/records.ts'

const app = await testApp(t)

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const levels = [
  { level: 1, days: 5, name: 'Reminder', payment_days: 7 },
  { level: 2, days: 8, name: 'Demand', fees: [{ currency: 'EUR', amount: 500 }], payment_days: 10 },
]

async function creditor(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20')
  const { id } = await make.policy({ release: 'review', levels, ...policy })
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  const post = (url: string, body: object = {}) => tenant.api('POST', url, body)
  return {
    tenant,
    make,
    clock,
    post,
    customer: await make.customer(),
    propose: () => dunNow(app, tenant),
    carryOn: (run: Json) => carryOn(app, tenant, run),
    decisions: async (run: Json, filter = ''): Promise<Json[]> =>
      (await make.get(`/v1/dunning-runs/${run.id}/decisions?limit=200${filter}`)).data,
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('a run that waits for review proposes, and nothing moves before its release', async (t) => {
  const { tenant, make, customer, post, propose, carryOn, decisions, audit } = await creditor()
  const invoice = await make.invoice(customer, { number: 'A', due_date: '2026-03-14' })
  await make.invoice(customer, { number: 'B', due_date: '2026-03-19' })
  const run = await propose()
  t.match(run, {
    status: 'proposed',
    version: 2,
    item_count: 2,
    proposed_count: 1,
    escalated_count: 0,
    notice_count: 0,
  })
  t.same(await tenant.events('dunning.notice_issued'), [])
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 0 })
  const [proposed] = await decisions(run, '&status=proposed')
  t.match(proposed, {
    outcome: 'escalate',
    from_level: 0,
    to_level: 1,
    next_look_date: null,
    notice_id: null,
    version: 1,
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}/dunning`), {
    items: [{ outcome: 'blocked', reason: 'awaiting_review', inputs: { run_id: /./ } }],
  })

  const releasing = await post(`/v1/dunning-runs/${run.id}/release`)
  t.match(releasing, { status: 202, body: { status: 'releasing', version: 3 } })
  t.match(await carryOn(run), {
    status: 'completed',
    escalated_count: 1,
    notice_count: 1,
    version: 4,
  })
  const [notice] = (await make.get('/v1/dunning-notices')).data
  t.match(notice, {
    level: 1,
    notice_date: '2026-03-20',
    deadline_date: '2026-03-27',
    decision_ids: [proposed.id],
  })
  t.match(await make.get(`/v1/dunning-decisions/${proposed.id}`), {
    status: 'released',
    notice_id: notice.id,
    version: 2,
  })
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 1 })
  t.same(
    (await tenant.events()).map(({ type }) => type).filter((type) => type.startsWith('dunning')),
    [
      'dunning_policy.created',
      'dunning_run.started',
      'dunning_run.proposed',
      'dunning_run.updated',
      'dunning.level_changed',
      'dunning.notice_issued',
      'dunning_run.completed',
    ],
  )
  t.same(await audit(), [])
})

t.test('what is proposed is proposed by no other run, and again when thrown away', async (t) => {
  const { make, customer, post, propose, carryOn, decisions, clock, audit } = await creditor()
  await make.invoice(customer, { due_date: '2026-03-10' })
  const first = await propose()
  await clock.set('2026-03-21')
  await make.payment(customer, { amount: 1, received_date: '2026-03-20' })
  const second = await propose()
  t.match(second, { status: 'completed', item_count: 1, proposed_count: 0 })
  t.match(await decisions(second), [
    { outcome: 'blocked', reason: 'awaiting_review', status: 'recorded' },
  ])

  t.match(await post(`/v1/dunning-runs/${first.id}/discard`), {
    status: 202,
    body: { status: 'discarding' },
  })
  t.match(await carryOn(first), { status: 'discarded', notice_count: 0 })
  t.match(await decisions(first), [{ status: 'discarded' }])
  t.match(await propose(), { status: 'proposed', proposed_count: 1 })
  t.same((await make.get('/v1/dunning-notices')).data, [])
  t.same(await audit(), [])
})

t.test(
  'an item or a customer is left out with a reason, taken in again, or seen again tomorrow',
  async (t) => {
    const { tenant, make, customer, post, propose, carryOn, decisions, clock, audit } =
      await creditor()
    const out = await make.invoice(customer, { number: 'OUT', due_date: '2026-03-10' })
    await make.invoice(customer, { number: 'IN', due_date: '2026-03-10' })
    const other = await make.customer()
    await make.invoice(other, { number: 'X', due_date: '2026-03-10' })
    await make.invoice(other, { number: 'Y', due_date: '2026-03-10' })
    const run = await propose()
    const url = `/v1/dunning-runs/${run.id}`
    const exclude = (body: object) => post(`${url}/exclude`, { reason: 'has called', ...body })
    const item_id = out.open_items[0].id
    t.match(await exclude({ item_id }), {
      status: 200,
      body: { object: 'dunning_review', run_id: run.id, decision_count: 1 },
    })
    t.match(await exclude({ item_id }), {
      status: 409,
      body: { code: 'dunning_nothing_to_review' },
    })
    t.match(await exclude({ customer_id: other.id }), { body: { decision_count: 2 } })
    t.match(await post(`${url}/include`, { customer_id: other.id }), {
      body: { decision_count: 2 },
    })
    t.match(await decisions(run, '&status=excluded'), [
      { item_id, exclusion_reason: 'has called', version: 2 },
    ])
    const both = { item_id, customer_id: other.id }
    for (const body of [both, {}])
      t.match(await exclude(body), { status: 422, body: { errors: [{ code: 'one_of_two' }] } })
    t.equal((await tenant.events('dunning_decision.updated')).length, 5)

    await post(`${url}/release`)
    t.match(await carryOn(run), { status: 'completed', escalated_count: 3, notice_count: 2 })
    t.match(await propose(), { item_count: 0, status: 'completed' }, 'not again today')
    await clock.set('2026-03-21')
    const next = await propose()
    t.match(await decisions(next, '&status=proposed'), [{ item_id }], 'but tomorrow')
    t.match(await post(`${url}/include`, { item_id }), {
      status: 409,
      body: { code: 'invalid_state', current_status: 'completed', allowed_actions: ['reverse'] },
    })
    t.same(await audit(), [])
  },
)

t.test('what was left out cannot be taken in while another run proposes it', async (t) => {
  const { make, customer, post, propose, clock } = await creditor()
  const { open_items } = await make.invoice(customer, { due_date: '2026-03-10' })
  const [item_id] = open_items.map(({ id }: Json) => id)
  const run = await propose()
  await post(`/v1/dunning-runs/${run.id}/exclude`, { item_id, reason: 'later' })
  await clock.set('2026-03-21')
  t.match(await propose(), { proposed_count: 1 })
  t.match(await post(`/v1/dunning-runs/${run.id}/include`, { item_id }), {
    status: 409,
    body: { code: 'dunning_already_proposed' },
  })
})

t.test('a reviewer lowers a level and chooses a deadline', async (t) => {
  const { tenant, make, customer, post, propose, carryOn, decisions, audit } = await creditor({
    catch_up: 'highest',
  })
  const invoice = await make.invoice(customer, { due_date: '2026-03-10' })
  const run = await propose()
  const [decision] = await decisions(run)
  t.match(decision, { from_level: 0, to_level: 2, reviewed_level: null, deadline_date: null })
  const url = `/v1/dunning-decisions/${decision.id}`
  const review = (body: object, headers = {}) => tenant.api('PATCH', url, body, headers)
  t.match(await review({ reviewed_level: 3 }), {
    status: 422,
    body: { errors: [{ pointer: '#/reviewed_level', code: 'not_between_levels' }] },
  })
  t.match(await review({ deadline_date: '2026-03-20' }), {
    status: 422,
    body: { errors: [{ pointer: '#/deadline_date', code: 'not_after_today' }] },
  })
  t.match(await review({ reviewed_level: 1 }, { 'if-match': '"7"' }), { status: 412 })
  t.match(await review({ reviewed_level: 1, deadline_date: '2026-04-02' }, { 'if-match': '"1"' }), {
    status: 200,
    body: { reviewed_level: 1, deadline_date: '2026-04-02', version: 2 },
  })
  await post(`/v1/dunning-runs/${run.id}/release`)
  await carryOn(run)
  t.match((await make.get('/v1/dunning-notices')).data, [
    { level: 1, deadline_date: '2026-04-02', fee_amount: 0 },
  ])
  t.match(await make.get(`/v1/invoices/${invoice.id}`), { dunning_level: 1 })
  t.match(await review({ reviewed_level: null }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'completed' },
  })
  t.same(await audit(), [])
})

t.test('what is paid, held or told since lapses with the reason of today', async (t) => {
  const { tenant, make, customer, post, propose, carryOn, decisions, audit } = await creditor()
  const paid = await make.invoice(customer, { number: 'P', due_date: '2026-03-10' })
  const held = await make.invoice(customer, { number: 'H', due_date: '2026-03-10' })
  const due = await make.invoice(customer, { number: 'D', due_date: '2026-03-10' })
  const run = await propose()
  await make.payment(customer, { allocations: [{ invoice_id: paid.id, amount: 10_000 }] })
  await make.hold({ invoice_id: held.id, until_date: '2026-03-31' })
  await post(`/v1/dunning-runs/${run.id}/release`)
  t.match(await carryOn(run), { status: 'completed', proposed_count: 3, escalated_count: 1 })
  const lapsed = (await decisions(run, '&status=lapsed')).map(
    ({ invoice_id, lapse_reason }) => `${invoice_id} ${lapse_reason}`,
  )
  t.same(new Set(lapsed), new Set([`${paid.id} nothing_open`, `${held.id} on_hold`]))
  t.equal((await tenant.events('dunning_decision.lapsed')).length, 2)
  t.match(await make.get(`/v1/invoices/${due.id}`), { dunning_level: 1 })
  t.match(await make.get(`/v1/invoices/${held.id}`), { dunning_level: 0 })
  t.same(await audit(), [])
})

t.test(
  'released on a later day, a notice is of that day, and a deadline that has passed is forgotten',
  async (t) => {
    const { tenant, make, customer, post, propose, carryOn, decisions, clock } = await creditor()
    await make.invoice(customer, { due_date: '2026-03-14' })
    const run = await propose()
    const [{ id }] = (await decisions(run)) as [Json]
    await tenant.api('PATCH', `/v1/dunning-decisions/${id}`, { deadline_date: '2026-03-22' })
    await clock.set('2026-03-24')
    await post(`/v1/dunning-runs/${run.id}/release`)
    await carryOn(run)
    t.match((await make.get('/v1/dunning-notices')).data, [
      { level: 1, notice_date: '2026-03-24', deadline_date: '2026-03-31' },
    ])
  },
)

for (const [notice, payment_days, tooEarly, earliest] of [
  ['nl_14_day', 20, '2026-04-03', '2026-04-04'],
  ['be_first_reminder', 20, '2026-04-02', '2026-04-03'],
] as const) {
  t.test(`a reviewer cannot cut the term of a statutory notice short: ${notice}`, async (t) => {
    const { tenant, make, customer, post, propose, carryOn, decisions, clock, audit } =
      await creditor({
        catch_up: 'highest',
        levels: [
          { level: 1, days: 5, name: 'Letter', statutory_notice: notice, payment_days },
          { level: 2, days: 8, name: 'Demand', payment_days: 3 },
        ],
      })
    await make.invoice(customer, { due_date: '2026-03-10' })
    const run = await propose()
    const [{ id }] = (await decisions(run)) as [Json]
    const review = (body: object) => tenant.api('PATCH', `/v1/dunning-decisions/${id}`, body)
    const refused = (pointer: string) => ({
      status: 422,
      body: {
        errors: [
          {
            pointer,
            code: 'before_statutory_term',
            params: { statutory_notice: notice, earliest_date: earliest, actual: tooEarly },
          },
        ],
      },
    })
    t.match(await review({ deadline_date: tooEarly }), { status: 200 }, 'a demand has no term')
    t.match(await review({ reviewed_level: 1 }), refused('#/reviewed_level'))
    t.match(
      await review({ reviewed_level: 1, deadline_date: tooEarly }),
      refused('#/deadline_date'),
    )
    t.match(await review({ reviewed_level: 1, deadline_date: earliest }), { status: 200 })
    t.match(await review({ deadline_date: tooEarly }), refused('#/deadline_date'))

    await clock.set('2026-03-21')
    await post(`/v1/dunning-runs/${run.id}/release`)
    await carryOn(run)
    t.match(
      (await make.get('/v1/dunning-notices')).data,
      [{ level: 1, statutory_notice: notice, deadline_date: '2026-04-10' }],
      'released a day later the choice is too early, and the level’s own days count',
    )
    t.same(await audit(), [])
  })
}

t.test(
  'what is released automatically goes out with the run, what is not waits beside it',
  async (t) => {
    const { make, customer, post, propose, carryOn, audit } = await creditor()
    const automatic = await make.policy({ levels })
    const quick = await make.customer({ dunning_policy_id: automatic.id })
    await make.invoice(customer, { number: 'R', due_date: '2026-03-10' })
    await make.invoice(quick, { number: 'Q', due_date: '2026-03-10' })
    const run = await propose()
    t.match(run, { status: 'proposed', proposed_count: 1, escalated_count: 1, notice_count: 1 })
    await post(`/v1/dunning-runs/${run.id}/release`)
    t.match(await carryOn(run), { status: 'completed', escalated_count: 2, notice_count: 2 })
    t.same(await audit(), [])
  },
)

const anchored = [
  { level: 1, days: 5, name: 'One', payment_days: 10 },
  { level: 2, days: 1, anchor: 'previous_deadline', name: 'Two', payment_days: 20 },
  { level: 3, days: 1, anchor: 'previous_deadline', name: 'Three' },
]

t.test('what follows is foretold and looked at by what a reviewer has made of it', async (t) => {
  const { tenant, make, customer, post, propose, carryOn, decisions, clock, audit } =
    await creditor({ levels: anchored })
  const high = await make.invoice(customer, { number: 'H', due_date: '2026-03-13' })
  const release = async (run: Json) => {
    accepted(await post(`/v1/dunning-runs/${run.id}/release`))
    await carryOn(run)
    return (await make.get(`/v1/dunning-notices?run_id=${run.id}`)).data
  }
  t.match(await release(await propose()), [
    { deadline_date: '2026-03-30', next_level: 2, next_date: '2026-03-31' },
  ])
  await clock.set('2026-03-31')
  await make.invoice(customer, { number: 'L', due_date: '2026-03-26' })
  const second = await propose()
  const proposed = await decisions(second)
  const left = proposed.find(({ invoice_id }) => invoice_id === high.id)
  const kept = proposed.find(({ invoice_id }) => invoice_id !== high.id)
  accepted(
    await post(`/v1/dunning-runs/${second.id}/exclude`, { item_id: left.item_id, reason: 'later' }),
  )
  accepted(
    await tenant.api('PATCH', `/v1/dunning-decisions/${kept.id}`, { deadline_date: '2026-04-05' }),
  )
  t.match(
    await release(second),
    [{ level: 1, deadline_date: '2026-04-05', next_level: 2, next_date: '2026-04-06' }],
    'not twenty days, as the item that was left out would have had',
  )
  await clock.set('2026-04-06')
  const third = await propose()
  t.match(
    new Set((await decisions(third, '&status=proposed')).map(({ invoice_id }) => invoice_id)),
    new Set([high.id, kept.invoice_id]),
    'it is looked at again when its own deadline has passed',
  )
  t.same(await audit(), [])
})

t.test('what another run has released meanwhile is not released again', async (t) => {
  const { make, customer, post, propose, carryOn, decisions, clock, audit } = await creditor()
  const { open_items } = await make.invoice(customer, { due_date: '2026-03-12' })
  const [{ id: item_id }] = open_items
  const first = await propose()
  accepted(await post(`/v1/dunning-runs/${first.id}/exclude`, { item_id, reason: 'later' }))
  await clock.set('2026-03-21')
  const second = await propose()
  accepted(await post(`/v1/dunning-runs/${second.id}/release`))
  t.match(await carryOn(second), { escalated_count: 1 })
  accepted(await post(`/v1/dunning-runs/${first.id}/include`, { item_id }))
  await clock.set('2026-03-22')
  accepted(await post(`/v1/dunning-runs/${first.id}/release`))
  t.match(await carryOn(first), { status: 'completed', escalated_count: 0, notice_count: 0 })
  t.match(await decisions(first), [{ status: 'lapsed', lapse_reason: 'level_due' }])
  t.same(await audit(), [])
})

t.test('each status refuses what it does not allow', async (t) => {
  const { tenant, make, customer, post, propose, carryOn } = await creditor()
  await make.invoice(customer, { due_date: '2026-03-10' })
  const run = await propose()
  const url = `/v1/dunning-runs/${run.id}`
  const refused = { status: 409, body: { code: 'invalid_state' } }
  t.match(await post(`${url}/reverse`, { reason: 'wrong' }), {
    ...refused,
    body: {
      current_status: 'proposed',
      allowed_actions: ['exclude', 'include', 'release', 'discard'],
    },
  })
  t.match(await tenant.api('POST', `${url}/release`, undefined, { 'if-match': '"1"' }), {
    status: 412,
  })
  accepted(await post(`${url}/release`))
  for (const action of ['release', 'discard']) t.match(await post(`${url}/${action}`), refused)
  await carryOn(run)
  for (const action of ['release', 'discard']) t.match(await post(`${url}/${action}`), refused)
  const nobody = publicId('dunning_run', newId())
  for (const action of ['release', 'discard'])
    t.match(await post(`/v1/dunning-runs/${nobody}/${action}`), {
      status: 404,
      body: { code: 'dunning_run_not_found' },
    })
  const decision = publicId('dunning_decision', newId())
  t.match(await tenant.api('GET', `/v1/dunning-decisions/${decision}`), {
    status: 404,
    body: { code: 'dunning_decision_not_found' },
  })
})

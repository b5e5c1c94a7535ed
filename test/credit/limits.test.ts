import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../src/foundation/calendar.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

async function creditor(today = '2026-03-01') {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(today)
  const customer = await make.customer()
  const set = (body: object, id = customer.id) =>
    tenant.api('PUT', `/v1/customers/${id}/credit-limit`, {
      currency: 'EUR',
      reason: 'agreed',
      ...body,
    })
  /** What holds for the customer: the amount, marked when it has expired; null for no limit. */
  const holds = async (asOf = '', id = customer.id) => {
    const { limit, expired } = await make.get(`/v1/customers/${id}/credit-limit${asOf}`)
    return limit === null ? null : expired ? `${limit.amount} expired` : limit.amount
  }
  const end = ({ id }: { id: string }, headers = {}) =>
    tenant.api('POST', `/v1/credit-limits/${id}/end`, { reason: 'not needed' }, headers)
  const told = async (type: string) =>
    (await tenant.events(`credit_limit.${type}`)).map(({ data }) => data.object.amount)
  const audit = () => auditBooks(app.context, tenant.uuid)
  return { tenant, make, clock, customer, set, holds, end, told, audit }
}

t.test('a limit stays as history, for any day and as it was known at any time', async (t) => {
  const { tenant, make, clock, customer, set, holds, told, audit } = await creditor()
  t.equal(await holds(), null)
  const first = await set({
    amount: 100,
    valid_from: '2026-03-03',
    valid_until: null,
    insured: null,
  })
  t.match(first, {
    status: 200,
    body: {
      object: 'credit_limit',
      version: 1,
      customer_id: customer.id,
      group_id: null,
      kind: 'standing',
      currency: 'EUR',
      amount: 100,
      valid_from: '2026-03-03',
      valid_until: null,
      status: 'approved',
      ordinal: 1,
      approval_id: null,
      insured: null,
      collateral: [],
    },
  })
  t.equal(await holds(), null, 'it holds from its first day only')
  t.equal(await holds('?as_of_date=2026-03-03'), 100)
  await clock.advance('2026-03-10')
  await set({ amount: 200 })
  t.equal(await holds('?as_of_date=2026-03-09'), 100)
  t.equal(await holds('?as_of_date=2026-03-10'), 200)
  t.equal(await holds('?as_of_date=2026-03-12&known_at=2026-03-09T12:00:00Z'), 100)
  t.equal(await holds('?as_of_date=2026-03-12&known_at=2026-02-01T12:00:00Z'), null)
  await clock.advance('2026-03-20')
  await set({ amount: 150, valid_from: '2026-03-05' })
  t.equal(await holds(), 200, 'a day before the other’s: it is history')
  t.equal(await holds('?as_of_date=2026-03-07'), 150)
  t.equal(await holds('?as_of_date=2026-03-07&known_at=2026-03-15T00:00:00Z'), 100)
  const { data } = await make.get(`/v1/credit-limits?customer_id=${customer.id}`)
  t.same(
    data.map(({ amount }: { amount: number }) => amount),
    [150, 200, 100],
  )
  t.same(await make.get(`/v1/credit-limits/${first.body.id}`), first.body)
  t.same(await told('set'), [100, 200, 150])
  t.same((await tenant.events('credit_limit.set'))[0].data.object, first.body)
  t.same(await audit(), [])
})

t.test(
  'a temporary limit states the whole limit while it lasts, its last day included',
  async (t) => {
    const { make, clock, set, holds, told, audit } = await creditor('2028-02-20')
    await set({ amount: 100 })
    await set({
      amount: 300,
      kind: 'temporary',
      valid_from: '2028-02-28',
      valid_until: '2028-02-29',
    })
    await set({
      amount: 250,
      kind: 'temporary',
      valid_from: '2028-02-25',
      valid_until: '2028-03-02',
    })
    for (const [day, amount] of [
      ['2028-02-24', 100],
      ['2028-02-25', 250],
      ['2028-02-28', 300],
      ['2028-02-29', 300],
      ['2028-03-01', 250],
      ['2028-03-02', 250],
      ['2028-03-03', 100],
    ] as const)
      t.equal(await holds(`?as_of_date=${day}`), amount, day)
    await clock.advance('2028-02-29')
    t.same(await told('expired'), [])
    await clock.advance('2028-03-01')
    t.same(await told('expired'), [300])
    await clock.advance('2028-03-04')
    t.same(await told('expired'), [300, 250], 'each once')
    t.match(await make.get('/v1/credit-limits?kind=temporary'), {
      data: [{ expired_date: '2028-03-03' }, { expired_date: '2028-03-01', version: 2 }],
    })
    t.same(await audit(), [])
  },
)

t.test(
  'a standing limit expires after its last day, and the next one takes over on its first',
  async (t) => {
    const { make, clock, customer, set, holds, end, told, audit } = await creditor('2026-03-27')
    await set({ amount: 100, valid_until: '2026-03-29' })
    await set({ amount: 400, valid_from: '2026-04-02' })
    await set({ amount: 0, valid_from: '2026-04-04' })
    const inForce = async () =>
      (await make.get(`/v1/credit-limits?customer_id=${customer.id}&in_force=true`)).data.map(
        ({ amount }: { amount: number }) => amount,
      )
    const seen = []
    // The clock goes through the night of 29 March, in which Berlin loses an hour.
    for (const day of ['03-28', '03-29', '03-30', '04-01', '04-02', '04-04']) {
      await clock.advance(`2026-${day}`)
      seen.push([day, await holds(), ...(await inForce())])
    }
    t.same(seen, [
      ['03-28', 100, 100],
      ['03-29', 100, 100],
      ['03-30', '100 expired'],
      ['04-01', '100 expired'],
      ['04-02', 400, 400],
      ['04-04', 0, 0],
    ])
    t.same(await told('expired'), [100])
    t.equal((await make.get('/v1/credit-limits?in_force=false')).data.length, 2)
    t.same(
      (await make.get('/v1/credit-limits?valid_until_lte=2026-03-29')).data.map(
        ({ amount }: { amount: number }) => amount,
      ),
      [100],
    )
    const { body: later } = await set({ amount: 900, valid_from: '2026-05-01' })
    await end(later)
    t.equal(await holds('?as_of_date=2026-05-01'), 0, 'what had not begun ends alone')
    t.same(await audit(), [])
  },
)

t.test(
  'ending a limit brings back the standing one behind a temporary one, and nothing else',
  async (t) => {
    const { clock, set, holds, end, told, audit } = await creditor()
    await set({ amount: 100 })
    const { body: standing } = await set({ amount: 50 })
    await set({ amount: 200, kind: 'temporary', valid_until: '2026-12-31' })
    const { body: raise } = await set({ amount: 300, kind: 'temporary', valid_until: '2026-06-30' })
    await clock.advance('2026-03-05')
    t.match(await end(raise, { 'if-match': '"7"' }), { status: 412 })
    t.match(await end(raise), {
      status: 200,
      body: {
        version: 2,
        ended_date: '2026-03-05',
        ended_reason: 'not needed',
        status: 'approved',
      },
    })
    t.match(await end(raise), {
      status: 409,
      body: { code: 'invalid_state', current_status: 'ended' },
    })
    t.same((await told('ended')).sort(), [200, 300], 'what it had replaced ends with it')
    t.equal(await holds(), 50)
    t.equal(await holds('?as_of_date=2026-03-04'), 300)
    t.equal(await holds('?as_of_date=2026-03-06&known_at=2026-03-04T00:00:00Z'), 300)
    t.equal((await end(standing)).status, 200)
    t.equal(await holds(), null)
    t.same((await told('ended')).sort(), [100, 200, 300, 50])
    await set({ amount: 70 })
    t.equal(await holds(), 70)
    t.same(await audit(), [])
  },
)

t.test(
  'of limits that are set at once all are kept and the last holds; the same is said once',
  async (t) => {
    const { tenant, make, customer, holds, told, audit } = await creditor()
    const put = (one: typeof app, amount: number) =>
      one.call(tenant.secret, 'PUT', `/v1/customers/${customer.id}/credit-limit`, {
        amount,
        currency: 'EUR',
        reason: 'agreed',
        collateral: [{ kind: 'deposit', amount: 5, currency: 'EUR', description: 'Paid in.' }],
      })
    const set = await Promise.all(
      [1, 2, 3, 4].map((amount) => put(amount % 2 ? app : replica, amount)),
    )
    t.same(
      set.map(({ status }) => status),
      [200, 200, 200, 200],
    )
    t.same(set.map(({ body }) => body.ordinal).sort(), [1, 2, 3, 4])
    t.equal(await holds(), set.find(({ body }) => body.ordinal === 4)?.body.amount)
    const same = await Promise.all([app, replica, app, replica].map((one) => put(one, 9)))
    t.equal(new Set(same.map(({ body }) => body.id)).size, 1)
    t.equal((await make.get('/v1/credit-limits')).data.length, 5)
    t.equal((await told('set')).length, 5)
    t.match((await put(app, 1)).body, { ordinal: 6 }, 'what was said before the last is said anew')
    t.same(await audit(), [])
  },
)

t.test('a limit may be below what is owed', async (t) => {
  const { make, customer, set, holds, audit } = await creditor()
  await set({ amount: 20_000 })
  await make.invoice(customer)
  t.equal((await set({ amount: 5_000 })).status, 200)
  t.equal(await holds(), 5_000)
  t.same(await audit(), [])
})

t.test(
  'insurance and collateral belong to a limit; somebody reports what is overdue in time',
  async (t) => {
    const { tenant, make, clock, customer, set, audit } = await creditor()
    const insured = {
      amount: 80_000,
      insurer: 'Muster Kredit AG',
      policy_number: 'KV-1',
      valid_until: '2026-03-20',
      deductible_percent: 10,
      reporting_days: 30,
    }
    const collateral = [
      {
        kind: 'bank_guarantee',
        amount: 500,
        currency: 'USD',
        description: 'No. 1',
        valid_until: null,
      },
    ]
    t.match((await set({ amount: 100_000, insured, collateral })).body, { insured, collateral })
    const shop = await make.customer()
    const group = await make.creditGroup(shop)
    await tenant.api('PUT', `/v1/credit-groups/${group.id}/credit-limit`, {
      amount: 1,
      currency: 'EUR',
      reason: 'shared',
      insured: { amount: 1, insurer: 'Other AG', valid_until: '2026-12-31', reporting_days: 30 },
    })
    const item = (await make.invoice(customer)).open_items[0]
    const shared = (await make.invoice(shop)).open_items[0]
    await make.invoice(await make.customer())
    await clock.advance('2026-03-25')
    await set({ amount: 90_000 })
    await make.invoice(customer, { issue_date: '2026-03-22', due_date: '2026-03-22' })
    await make.invoice(customer, { issue_date: '2026-03-25', due_date: '2026-03-25' })
    t.match(await tenant.events('credit_limit.insurance_expired'), [
      {
        data: {
          object: { insurance_expired_date: '2026-03-21', version: 2, insured: { amount: 80_000 } },
        },
      },
    ])
    const reports = async () =>
      (await make.get('/v1/tasks?kind=report_to_insurer')).data.map(
        ({ item_id, due_date, note }: Record<string, string>) => [item_id, due_date, note],
      )
    await clock.advance('2026-04-06')
    t.same(await reports(), [])
    await clock.advance('2026-04-20')
    t.same(
      (await reports()).sort(),
      [
        [item.id, '2026-04-14', 'Muster Kredit AG, policy KV-1.'],
        [shared.id, '2026-04-14', 'Other AG.'],
      ].sort(),
      'what was claimed while it was insured, each item once',
    )
    t.equal((await tenant.events('task.opened')).length, 2)
    t.same(await audit(), [])
  },
)

t.test('a group shares a limit; a customer is in one at most', async (t) => {
  const { tenant, make, customer, clock, audit } = await creditor()
  const [holding, other] = [await make.creditGroup(), await make.creditGroup()]
  const member = (method: 'PUT' | 'DELETE', group: { id: string }, id = customer.id, one = app) =>
    one.call(tenant.secret, method, `/v1/credit-groups/${group.id}/members/${id}`)
  const raced = await Promise.all(
    [holding, other, holding, other].map((group, n) =>
      member('PUT', group, customer.id, n % 2 ? replica : app),
    ),
  )
  const joined = raced.find(({ status }) => status === 200)?.body
  const [mine, not] = joined.id === holding.id ? [holding, other] : [other, holding]
  for (const { status, body } of raced.filter((reply) => reply.status !== 200))
    t.match(
      { status, body },
      { status: 409, body: { code: 'customer_in_credit_group', conflicting_id: mine.id } },
    )
  t.equal(raced.filter(({ status }) => status === 200).length, 2, 'joining twice is joining once')
  t.match(await make.get(`/v1/credit-groups?customer_id=${customer.id}`), {
    data: [{ id: mine.id, version: 2 }],
  })
  t.match(await make.get(`/v1/credit-groups/${mine.id}/members`), {
    data: [{ customer_id: customer.id, joined_date: '2026-03-01' }],
  })
  t.match(await member('DELETE', not), {
    status: 404,
    body: { code: 'customer_not_in_credit_group' },
  })
  t.match(await make.get(`/v1/customers/${customer.id}`), { credit_group_id: mine.id, version: 2 })
  t.match(await member('DELETE', mine), { status: 200, body: { version: 3 } })
  t.match(await make.get(`/v1/customers/${customer.id}`), { credit_group_id: null, version: 3 })
  t.match(await member('PUT', not), { status: 200, body: { version: 2 } })
  t.match(
    (await tenant.events('customer.updated')).map(({ data }) => [
      data.object.credit_group_id,
      data.previous_attributes,
    ]),
    [
      [mine.id, { credit_group_id: null }],
      [null, { credit_group_id: mine.id }],
      [not.id, { credit_group_id: null }],
    ],
  )
  t.match(await make.patch(`/v1/credit-groups/${mine.id}`, { name: 'Renamed' }), {
    version: 4,
    name: 'Renamed',
  })
  t.match(await make.patch(`/v1/credit-groups/${mine.id}`, { name: 'Renamed' }), { version: 4 })
  t.match(
    (await tenant.events())
      .filter(({ type }) => type.startsWith('credit_group.member'))
      .map(({ type, data }) => [type, data.object.id, data.object.customer_id]),
    [
      ['credit_group.member_added', mine.id, customer.id],
      ['credit_group.member_removed', mine.id, customer.id],
      ['credit_group.member_added', not.id, customer.id],
    ],
  )

  const url = `/v1/credit-groups/${mine.id}/credit-limit`
  t.match(await tenant.api('PUT', url, { amount: 7, currency: 'EUR', reason: 'shared' }), {
    status: 200,
    body: { customer_id: null, group_id: mine.id },
  })
  await clock.advance('2026-03-02')
  t.match(await make.get(url), {
    customer_id: null,
    group_id: mine.id,
    limit: { amount: 7 },
    expired: false,
  })
  t.match(await make.get(`/v1/credit-limits?group_id=${mine.id}&in_force=true`), {
    data: [{ amount: 7 }],
  })
  t.equal((await tenant.events('credit_limit.set')).length, 1)
  t.same((await make.get(`/v1/events?customer_id=${customer.id}&type=credit_limit.set`)).data, [])
  t.same(await audit(), [])
})

t.test('the first limit waits for the checks of the policy', async (t) => {
  const { tenant, make, clock, customer, set, audit } = await creditor()
  await make.creditPolicy({ onboarding_checks: ['identity', 'tax_id'] })
  const url = `/v1/customers/${customer.id}`
  const record = (body: object) =>
    tenant.api('POST', `${url}/onboarding-checks`, {
      done_by: 'Anna Weber',
      done_date: '2026-03-01',
      ...body,
    })
  const missing = async () => {
    const { status, body } = await set({ amount: 100 })
    return status === 409 && body.code === 'onboarding_incomplete' ? body.missing_checks : status
  }
  t.same(await missing(), ['identity', 'tax_id'])
  t.equal((await set({ amount: 0 })).status, 200, 'nothing may be owed without any')
  const passed = await record({ kind: 'identity', result: 'passed', note: 'Passport seen.' })
  t.match(passed, {
    status: 201,
    body: { object: 'onboarding_check', kind: 'identity', version: 1 },
  })
  t.same(await make.get(String(passed.headers.location)), passed.body)
  await record({ kind: 'tax_id', result: 'failed' })
  t.same(await missing(), ['tax_id'])
  t.match(await make.get(`${url}/onboarding`), {
    complete: false,
    checks: [
      { kind: 'identity', state: 'passed', onboarding_check_id: passed.body.id },
      { kind: 'tax_id', state: 'failed', done_by: 'Anna Weber' },
    ],
  })
  await clock.advance('2026-03-05')
  await record({ kind: 'tax_id', result: 'not_applicable', done_date: '2026-03-04' })
  await record({ kind: 'tax_id', result: 'failed', done_date: '2026-02-01' })
  t.match(await make.get(`${url}/onboarding`), { complete: true })
  t.equal(await missing(), 200)
  await record({ kind: 'identity', result: 'failed', done_date: '2026-03-05' })
  t.equal((await set({ amount: 200 })).status, 200, 'it is not the first any more')
  t.equal((await make.get(`${url}/onboarding-checks?kind=tax_id`)).data.length, 3)
  t.match(await record({ kind: 'tax_id', result: 'passed', done_date: '2026-03-06' }), {
    status: 422,
    body: { code: 'date_in_future' },
  })
  t.same(await audit(), [])
})

t.test('whatever is set and ended, the limit of every day follows from the rule', async (t) => {
  const { make, set, end, holds } = await creditor('2026-03-15')
  const day = (offset: number) => addDays('2026-03-15', offset)
  const days = fc.integer({ min: -6, max: 6 })
  const Limit = fc.record({
    kind: fc.constantFrom('standing', 'temporary'),
    from: days,
    lasts: fc.option(fc.integer({ min: 0, max: 5 })),
    ends: fc.boolean(),
  })
  let amount = 0
  await fc.assert(
    fc.asyncProperty(fc.array(Limit, { maxLength: 6 }), async (limits) => {
      const { id } = await make.customer()
      const held: { kind: string; from: number; until: number; amount: number; ended: boolean }[] =
        []
      for (const { kind, from, lasts, ends } of limits) {
        const until = lasts ?? (kind === 'standing' ? null : 3)
        amount += 1
        const { body } = await set(
          {
            amount,
            kind,
            valid_from: day(from),
            valid_until: until === null ? null : day(from + until),
          },
          id,
        )
        const one = { kind, from, until: until === null ? 99 : from + until, amount, ended: false }
        held.push(one)
        if (!ends) continue
        await end(body)
        for (const other of held) {
          const replaced = from <= 0 && other.kind === kind && other.from <= from
          if (other === one || (replaced && (kind === 'standing' || other.until >= 0)))
            other.ended = true
        }
      }
      for (const on of [-6, -3, -1, 0, 1, 3, 6]) {
        const may = held.filter(({ from, ended }) => from <= on && !(ended && on >= 0))
        const latest = (kind: string, all = may.filter((one) => one.kind === kind)) =>
          all.filter(({ from }) => from === Math.max(...all.map((one) => one.from))).at(-1)
        const raise = latest(
          'temporary',
          may.filter((one) => one.kind === 'temporary' && one.until >= on),
        )
        const { amount: expected = null, until = 99 } = raise ?? latest('standing') ?? {}
        t.equal(
          await holds(`?as_of_date=${day(on)}`, id),
          until < on ? `${expected} expired` : expected,
        )
      }
    }),
    { numRuns: 25 },
  )
})

t.test('what does not fit is refused, by field', async (t) => {
  const { tenant, make, set, end } = await creditor()
  const fits = { amount: 100 }
  for (const [body, pointer] of [
    [{}, '#/amount'],
    [{ amount: -1 }, '#/amount'],
    [{ ...fits, currency: 'XYZ' }, '#/currency'],
    [{ ...fits, reason: '' }, '#/reason'],
    [{ ...fits, kind: 'temporary' }, '#/valid_until'],
    [{ ...fits, valid_from: '2026-02-29' }, '#/valid_from'],
    [{ ...fits, valid_until: '2026-02-28' }, '#/valid_until'],
    [{ ...fits, insured: { amount: 1, valid_until: '2026-12-31' } }, '#/insured/insurer'],
    [
      { ...fits, collateral: [{ kind: 'deposit', amount: 1, currency: 'EUR' }] },
      '#/collateral/0/description',
    ],
    [{ ...fits, status: 'approved' }, '#/status'],
  ] as const)
    t.match(
      await set(body),
      { status: 422, body: { code: 'validation_failed', errors: [{ pointer }] } },
      JSON.stringify(body),
    )
  t.match(await set(fits, publicId('customer', newId())), {
    status: 404,
    body: { code: 'customer_not_found' },
  })
  t.match(await end({ id: publicId('credit_limit', newId()) }), { status: 404 })
  t.same((await make.get('/v1/credit-limits')).data, [])
  t.same(await tenant.events('credit_limit.set'), [])
})

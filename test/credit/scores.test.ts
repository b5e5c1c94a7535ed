import fc from 'fast-check'
import t from 'tap'
import { effectiveStanding } from '../../src/credit/effective-standing.ts'
import { factors, type Scorecard, type StandingRules } from '../../src/credit/policies/policy.ts'
import { standardPolicy } from '../../src/credit/policies/standard-policy.ts'
import { enrolCustomers, scoreNightly } from '../../src/credit/scores/nightly.ts'
import { type Figures, scoreOf } from '../../src/credit/scores/scorecard.ts'
import { standingOf } from '../../src/credit/scores/standing.ts'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

const app = await testApp(t)
const TODAY = '2026-06-01'

/** Each figure is worth as many points as it says, up to 100. */
const asItIs = Array.from({ length: 101 }, (_, points) => ({ from: points, points }))
const scorecard: Scorecard = {
  factors: factors.map((factor) => ({
    factor,
    weight: 1,
    bands: asItIs.slice(0, 20),
    missing_points: 7,
  })),
  classes: [
    { name: 'A', from_score: 60 },
    { name: 'B', from_score: 0 },
  ],
}
const rules: StandingRules = {
  new_below_settled_items: 3,
  good_up_to_days_late: 3,
  slow_from_days_late: 15,
  problem_from_overdue_days: 60,
  customer_classes: [],
}

async function creditor({ policy = {} }: { policy?: object | null } = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(TODAY)
  const { api } = tenant
  const put = async (more: object) =>
    accepted(await api('PUT', '/v1/credit-policy', { ...standardPolicy('EUR'), ...more }))
  if (policy !== null) await put(policy)
  const at = ({ id }: Json, path: string) => `/v1/customers/${id}/${path}`
  return {
    tenant,
    make,
    clock,
    api,
    put,
    score: (customer: Json) => make.get(at(customer, 'credit-score')),
    scores: async (customer: Json) => (await make.get(at(customer, 'credit-scores'))).data,
    recompute: async (customer: Json) =>
      accepted(await api('POST', at(customer, 'credit-score/recompute'))),
    report: (customer: Json, more: object = {}) =>
      api('POST', at(customer, 'credit-reports'), {
        provider: 'Creditreform',
        report_date: '2026-05-20',
        score: 60,
        ...more,
      }),
    reference: (customer: Json, more: object = {}) =>
      api('POST', at(customer, 'trade-references'), {
        referee: 'Stahlhandel KG',
        reference_date: '2026-05-20',
        rating: 80,
        ...more,
      }),
    override: (customer: Json, body: object, headers = {}) =>
      api('PUT', at(customer, 'standing'), body, headers),
    unoverride: (customer: Json) => api('DELETE', at(customer, 'standing')),
    /** An invoice that was paid on a day. */
    async paid(customer: Json, due_date: string, received_date: string, amount = 10_000) {
      const issue_date = `${due_date.slice(0, 8)}01`
      const invoice = await make.invoice(customer, { issue_date, due_date, total_amount: amount })
      return make.payment(customer, {
        received_date,
        amount,
        allocations: [{ invoice_id: invoice.id, amount }],
      })
    },
  }
}

const audit = (tenant: TestTenant) => auditBooks(app.context, tenant.uuid)

t.test(
  'a score is the weighted mean of points, and what its factors contribute adds up to it',
  (t) => {
    const none = Object.fromEntries(factors.map((factor) => [factor, null])) as Figures
    const card: Scorecard = {
      factors: [
        {
          factor: 'days_late',
          weight: 2,
          missing_points: 50,
          bands: [
            { from: 0, points: 100 },
            { from: 10, points: 41 },
          ],
        },
        {
          factor: 'returns',
          weight: 1,
          missing_points: 100,
          bands: [
            { from: 1, points: 0 },
            { from: 2, points: 100 },
          ],
        },
      ],
      classes: scorecard.classes,
    }
    const earned = (days_late: number | null, returns: number | null) =>
      scoreOf({ ...none, days_late, returns }, card)
    t.match(earned(9.9, 2), { score: 100, scoreClass: 'A' })
    t.match(earned(10, 0), {
      score: 27,
      scoreClass: 'B',
      factors: [
        { points: 41, contribution: 27 },
        { points: 0, contribution: 0 },
      ],
    })
    t.match(earned(null, null), {
      score: 67,
      factors: [
        { figure: null, points: 50, contribution: 34 },
        { points: 100, contribution: 33 },
      ],
    })

    const card100 = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight: fc.integer({ min: 1, max: 1000 }), points: card100 }), {
          minLength: 1,
          maxLength: factors.length,
        }),
        (chosen) => {
          const { score, factors: scored } = scoreOf(none, {
            factors: chosen.map(({ weight, points }, index) => ({
              factor: factors[index] as (typeof factors)[number],
              weight,
              bands: [{ from: 0, points: 0 }],
              missing_points: points,
            })),
            classes: [{ name: 'all', from_score: 0 }],
          })
          const weights = chosen.reduce((sum, { weight }) => sum + weight, 0)
          const exact = chosen.map(({ weight, points }) => (weight * points) / weights)
          const sum = scored.reduce((total, { contribution }) => total + contribution, 0)
          const highest = Math.max(...chosen.map(({ points }) => points))
          return (
            sum === score &&
            score >= 0 &&
            score <= highest &&
            Math.abs(score - exact.reduce((total, part) => total + part, 0)) <= 0.5 &&
            scored.every(
              ({ contribution }, index) => Math.abs(contribution - (exact[index] as number)) < 1.5,
            )
          )
        },
      ),
    )
    t.end()
  },
)

t.test('a standing is the first that holds of problem, new, slow and good', (t) => {
  const of = (settled_items: number, days_late: number | null, oldest_overdue_days = 0) =>
    standingOf({ settled_items, days_late, oldest_overdue_days }, rules)
  t.equal(of(0, null, 60), 'problem')
  t.equal(of(2, 20, 59), 'new')
  t.equal(of(3, 15), 'slow')
  t.equal(of(3, 14.9), 'returning')
  t.equal(of(3, 3.1), 'returning')
  t.equal(of(3, 3), 'good')
  t.equal(of(3, null), 'returning')
  const known = { derived_standing: 'good', override_standing: 'slow' } as const
  t.equal(effectiveStanding({ ...known, override_until: TODAY }, TODAY), 'slow')
  t.equal(effectiveStanding({ ...known, override_until: '2026-05-31' }, TODAY), 'good')
  t.equal(effectiveStanding({ ...known, override_until: null }, TODAY), 'slow')
  t.end()
})

t.test('every factor is measured from what the service knows today', async (t) => {
  const { tenant, make, api, score, scores, recompute, report, reference, paid } = await creditor({
    policy: { scorecard, limit_formula: null, onboarding_checks: [] },
  })
  const customer = await make.customer()
  await paid(customer, '2024-05-15', '2024-07-15')
  await paid(customer, '2025-09-15', '2025-09-10', 30_000)
  await paid(customer, '2026-03-15', '2026-03-25', 10_000)
  const back = await paid(customer, '2026-05-20', '2026-05-19', 5_000)
  accepted(
    await api('POST', `/v1/payments/${back.id}/reversal`, {
      reason: 'returned',
      reason_code: 'AM04',
    }),
  )
  const mistake = await make.payment(customer, { received_date: '2026-05-02', amount: 1 })
  accepted(await api('POST', `/v1/payments/${mistake.id}/reversal`, { reason: 'a typing error' }))
  const open = await make.invoice(customer, {
    issue_date: '2026-05-20',
    due_date: '2026-06-30',
    total_amount: 15_000,
  })
  await make.hold({ invoice_id: open.id, reason: 'dispute' })
  await make.hold({ invoice_id: open.id, reason: 'goodwill' })
  const limit = { currency: 'EUR', amount: 40_000, reason: 'known for years' }
  accepted(await api('PUT', `/v1/customers/${customer.id}/credit-limit`, limit))
  accepted(await report(customer, { score: 90, report_date: '2026-05-01' }))
  accepted(await report(customer, { score: 61, report_date: '2026-05-05' }))
  accepted(
    await report(customer, { score: 5, report_date: '2026-05-10', valid_until: '2026-05-31' }),
  )
  for (const rating of [80, 71]) accepted(await reference(customer, { rating }))

  const known = await recompute(customer)
  const figures = Object.fromEntries(
    known.factors.map(({ factor, figure }: Json) => [factor, figure]),
  )
  t.strictSame(figures, {
    days_late: 2.5,
    late_percent: 50,
    trend_days: 10,
    relation_months: 25,
    returns: 1,
    disputes: 1,
    overdue_percent: 25,
    utilisation_percent: 50,
    external_score: 61,
    trade_references: 75.5,
  })
  t.match(known, {
    customer_id: customer.id,
    scored_date: TODAY,
    score_class: 'B',
    basis: { settled_item_count: 3, days_late: 2.5, oldest_overdue_days: 12 },
    policy_version: 1,
    standing: {
      object: 'credit_standing',
      customer_id: customer.id,
      score: known.score,
      standing: 'good',
      derived_standing: 'good',
      override: null,
      habit_days_late: '2.5',
      human_review_required: false,
    },
  })
  const [kept] = await scores(customer)
  t.match(kept, {
    object: 'credit_score',
    score_date: TODAY,
    score: known.score,
    policy_version: 1,
  })
  t.match(kept.factors.at(-1), { figure: 80, points: 19 })
  const points = known.factors.map(({ points }: Json) => points)
  t.strictSame(points, [2, 19, 10, 19, 1, 1, 19, 19, 19, 19])
  t.equal(known.score, Math.round(128 / 10))
  t.same(await score(customer), known)
  t.same(await audit(tenant), [])
})

t.test('a customer of whom nothing is known scores by what is missing, and is new', async (t) => {
  const { tenant, make, api, score, recompute } = await creditor({
    policy: { scorecard, limit_formula: null },
  })
  const customer = await make.customer({ kind: 'consumer' })
  t.match(await api('GET', `/v1/customers/${customer.id}/credit-score`), {
    status: 404,
    body: { code: 'credit_standing_not_found' },
  })
  // Returns and disputes are none, which is a figure; the other eight factors have none: 8 × 7 / 10.
  t.match(await recompute(customer), {
    score: 6,
    standing: { version: 1, standing: 'new', human_review_required: true, habit_days_late: null },
  })
  const sole = await make.customer({ natural_person: true })
  t.match(await recompute(sole), { standing: { human_review_required: true } })
  t.match(await recompute(customer), { standing: { version: 1 } })
  t.match(await score(customer), { standing: { version: 1 } })
  t.equal((await tenant.events('credit_standing.changed')).length, 2)
  t.same(await audit(tenant), [])
})

t.test('a report or a reference scores the customer in the same commit', async (t) => {
  const { tenant, make, api, score, scores, report, reference } = await creditor()
  const customer = await make.customer()
  const raw = { index: 248, nested: { text: 'a\u0000b' } }
  const recorded = accepted(
    await report(customer, {
      provider_score: '248',
      recommended_limit: { currency: 'EUR', amount: 2_500_000 },
      valid_until: '2027-05-20',
      raw,
    }),
  )
  t.match(recorded, {
    object: 'credit_report',
    version: 1,
    score: 60,
    recommended_limit: { amount: 2_500_000 },
  })
  t.equal(recorded.raw, undefined)
  t.strictSame((await make.get(`/v1/credit-reports/${recorded.id}`)).raw, raw)
  const first = await score(customer)
  t.match(first.factors.at(-1), { factor: 'external_score', figure: 60, points: 60 })

  const given = accepted(
    await reference(customer, {
      high_credit: { currency: 'EUR', amount: 900_000 },
      days_late: 4,
      relation_since: '2019-05-01',
    }),
  )
  t.match(await make.get(`/v1/trade-references/${given.id}`), given)
  t.equal((await score(customer)).standing.version, 1, 'this scorecard does not look at references')
  accepted(await report(customer, { score: 90, report_date: TODAY }))
  const second = await score(customer)
  t.ok(second.score > first.score)
  t.equal(second.standing.version, 2)
  t.same(
    (await scores(customer)).map(({ score }: Json) => score),
    [second.score, first.score],
  )
  t.match(await make.get(`/v1/customers/${customer.id}/credit-reports?limit=1`), {
    data: [{ score: 90 }],
    has_more: true,
  })
  t.match(await make.get(`/v1/customers/${customer.id}/trade-references`), { data: [given] })
  t.match(
    (await tenant.events()).filter(
      ({ type }) => type.startsWith('credit_s') || type.endsWith('.recorded'),
    ),
    [
      { type: 'credit_report.recorded', data: { object: { score: 60 } } },
      {
        type: 'credit_standing.changed',
        entity_sequence: 1,
        data: { object: { customer_id: customer.id, score: first.score } },
      },
      { type: 'trade_reference.recorded' },
      { type: 'credit_report.recorded' },
      {
        type: 'credit_standing.changed',
        entity_sequence: 2,
        data: { previous_attributes: { score: first.score } },
      },
    ],
  )

  for (const [body, status, pointer] of [
    [{ report_date: '2026-06-02' }, 422, '#/report_date'],
    [{ valid_until: '2026-05-19' }, 422, '#/valid_until'],
    [{ raw: { text: 'x'.repeat(50_000) } }, 422, '#/raw'],
    [{ score: 101 }, 422, '#/score'],
  ] as const)
    t.match(await report(customer, body), { status, body: { errors: [{ pointer }] } }, pointer)
  for (const [body, pointer] of [
    [{ reference_date: '2026-06-02' }, '#/reference_date'],
    [{ relation_since: '2026-05-21' }, '#/relation_since'],
  ] as const)
    t.match(
      await reference(customer, body),
      { status: 422, body: { errors: [{ pointer }] } },
      pointer,
    )
  const nobody = { id: publicId('customer', newId()) }
  t.match(await report(nobody), { status: 404, body: { code: 'customer_not_found' } })
  t.match(await api('GET', `/v1/credit-reports/${publicId('credit_report', newId())}`), {
    status: 404,
  })
  t.match(await api('GET', `/v1/trade-references/${publicId('trade_reference', newId())}`), {
    status: 404,
  })
  const other = await app.tenant()
  t.match(await other.api('GET', `/v1/credit-reports/${recorded.id}`), { status: 404 })
  t.match(await other.api('POST', `/v1/customers/${customer.id}/credit-score/recompute`), {
    status: 404,
  })
  t.same(await audit(tenant), [])
})

t.test(
  'a person’s word goes before history until its last day, and the class follows',
  async (t) => {
    const { tenant, make, clock, api, score, put, recompute, override, unoverride, paid } =
      await creditor({ policy: null })
    const klass = (code: string) =>
      api('POST', '/v1/customer-classes', { code, name: code, net_days: 14 })
    const [good, slow, special] = [
      accepted(await klass('good')),
      accepted(await klass('slow')),
      accepted(await klass('special')),
    ]
    await put({
      standing: {
        ...rules,
        customer_classes: [
          { standing: 'good', customer_class_id: good.id },
          { standing: 'slow', customer_class_id: slow.id },
        ],
      },
    })
    const [customer, apart] = [
      await make.customer(),
      await make.customer({ customer_class_id: special.id }),
    ]
    for (const one of [customer, apart])
      for (const month of ['02', '03', '04'])
        await paid(one, `2026-${month}-15`, `2026-${month}-15`)
    const classOf = async ({ id }: Json) =>
      (await make.get(`/v1/customers/${id}`)).customer_class_id
    await recompute(customer)
    await recompute(apart)
    t.equal(await classOf(customer), good.id)
    t.equal(await classOf(apart), special.id, 'a class chosen otherwise stays')

    const person = await make.customer({ kind: 'consumer' })
    for (const month of ['02', '03', '04'])
      await paid(person, `2026-${month}-15`, `2026-${month}-15`)
    t.match(await recompute(person), { standing: { standing: 'good' } })
    t.equal(await classOf(person), null, 'nothing derived moves a natural person')
    accepted(await override(person, { standing: 'good', reason: 'Asked them.' }))
    t.equal(await classOf(person), good.id)

    const body = { standing: 'slow', reason: 'Insolvency rumours.', until_date: '2026-06-03' }
    t.match(await override(customer, body, { 'if-match': '"9"' }), { status: 412 })
    const said = accepted(await override(customer, body, { 'if-match': '"1"' }))
    t.match(said, { version: 2, standing: 'slow', derived_standing: 'good', override: body })
    t.equal(await classOf(customer), slow.id)
    t.match(
      accepted(await override(customer, body)),
      { version: 2 },
      'the same again changes nothing',
    )
    t.match(await override(customer, { ...body, until_date: '2026-05-31' }), {
      status: 422,
      body: { errors: [{ pointer: '#/until_date' }] },
    })
    t.match(await override(customer, { standing: 'slow' }), {
      status: 422,
      body: { errors: [{ pointer: '#/reason' }] },
    })
    t.match(await recompute(customer), { standing: { version: 2, standing: 'slow' } })

    await clock.advance('2026-06-03')
    t.match(await score(customer), { standing: { version: 2, standing: 'slow' } })
    await clock.advance('2026-06-04')
    t.match(await score(customer), { standing: { version: 3, standing: 'good', override: null } })
    t.equal(await classOf(customer), good.id)

    accepted(await override(customer, { standing: 'slow', reason: 'For good.' }))
    t.match(accepted(await unoverride(customer)), { version: 5, standing: 'good', override: null })
    t.match(accepted(await unoverride(customer)), { version: 5 })
    t.match(await unoverride(await make.customer()), {
      status: 404,
      body: { code: 'credit_standing_not_found' },
    })
    const changes = await tenant.events('credit_standing.changed')
    t.strictSame(
      changes
        .filter(({ data }) => data.object.customer_id === customer.id)
        .map(({ entity_sequence, data }) => [entity_sequence, data.object.standing]),
      [
        [1, 'good'],
        [2, 'slow'],
        [3, 'good'],
        [4, 'slow'],
        [5, 'good'],
      ],
    )
    t.same(await audit(tenant), [])
  },
)

t.test('the night scores everyone, and tells only what has changed', async (t) => {
  const { tenant, make, clock, score, recompute, paid } = await creditor()
  const customers = []
  for (let index = 0; index < 5; index += 1) customers.push(await make.customer())
  const [first] = customers
  await clock.advance('2026-06-02')
  for (const customer of customers)
    t.match(await score(customer), { standing: { version: 1, standing: 'new' } })
  const told = async () => (await tenant.events('credit_standing.changed')).length
  t.equal(await told(), 5)
  await clock.advance('2026-06-05')
  t.equal(await told(), 5)
  for (const day of ['02', '03', '04']) await paid(first, '2026-05-05', `2026-06-${day}`)
  await clock.advance('2026-06-06')
  t.equal(await told(), 6)
  t.match(await score(first), { standing: { standing: 'slow', habit_days_late: '29.0' } })

  await clock.set('2026-06-08')
  await make.customer()
  const night = (work: typeof scoreNightly) =>
    commit(app.context.workers, { tenantId: tenant.uuid, cause: byTheService }, (tx) => work(tx, 2))
  t.equal(await night(enrolCustomers), 1)
  t.equal(await night(enrolCustomers), 0)
  await recompute(first)
  t.strictSame(
    [await night(scoreNightly), await night(scoreNightly), await night(scoreNightly)],
    [2, 2, 1],
  )
  t.equal(await night(scoreNightly), 0, 'who was scored today is not scored again')
  t.same(await audit(tenant), [])
})

t.test(
  'without a policy nothing is scored, but a person may say how a customer stands',
  async (t) => {
    const { tenant, make, clock, api, override, report, score } = await creditor({ policy: null })
    const customer = await make.customer()
    accepted(await report(customer))
    t.match(await api('POST', `/v1/customers/${customer.id}/credit-score/recompute`), {
      status: 404,
    })
    await clock.advance('2026-06-03')
    t.same(await tenant.events('credit_standing.changed'), [])
    accepted(await override(customer, { standing: 'problem', reason: 'Fraud.' }))
    t.match(await score(customer), {
      scored_date: null,
      score: null,
      factors: [],
      basis: null,
      standing: { version: 1, standing: 'problem', derived_standing: null },
    })
    t.same(await audit(tenant), [])
  },
)

t.test(
  'whoever scores a customer at the same time, it is scored once after the other',
  async (t) => {
    const { tenant, make, report, recompute, override, score, scores } = await creditor()
    const customer = await make.customer()
    await Promise.all([
      ...[10, 35, 55, 80, 95].map(async (points) =>
        accepted(await report(customer, { score: points, report_date: TODAY })),
      ),
      ...[1, 2, 3].map(() => recompute(customer)),
      override(customer, { standing: 'good', reason: 'Known for years.' }),
    ])
    const known = await recompute(customer)
    t.equal(known.score, (await scores(customer))[0].score)
    const [newest] = (await make.get(`/v1/customers/${customer.id}/credit-reports`)).data
    t.equal(known.factors.at(-1).figure, newest.score)
    t.equal(
      (await score(customer)).standing.version,
      (await tenant.events('credit_standing.changed')).length,
    )
    t.same(await audit(tenant), [])
  },
)

t.test('who may not, cannot', async (t) => {
  const { make, report } = await creditor()
  const customer = await make.customer()
  accepted(await report(customer))
  const reader = await app.tenant({ scopes: ['credit:read'] })
  for (const path of ['credit-reports', 'trade-references', 'credit-score/recompute'])
    t.match(
      await reader.api('POST', `/v1/customers/${customer.id}/${path}`, {}),
      { status: 403 },
      path,
    )
  t.match(await reader.api('PUT', `/v1/customers/${customer.id}/standing`, {}), { status: 403 })
  for (const path of ['credit-score', 'credit-scores', 'credit-reports', 'trade-references'])
    t.match(
      await reader.api('GET', `/v1/customers/${customer.id}/${path}`),
      { status: 404, body: { code: 'customer_not_found' } },
      path,
    )
})

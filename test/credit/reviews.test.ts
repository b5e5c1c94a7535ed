import fc from 'fast-check'
import t from 'tap'
import { followTenant } from '../../src/credit/monitoring/follow-feed.ts'
import { limitByFormula } from '../../src/credit/reviews/limit-by-formula.ts'
import { type ReviewFigures, recommend } from '../../src/credit/reviews/recommend.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const never = new AbortController().signal

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

/** Everybody scores 100, class A; limits are two months of invoicing. */
const policy = {
  name: 'Policy',
  owner: 'Head of credit',
  checks: {
    limit: { reaction: 'deny', tolerance_percent: 0 },
    no_limit: 'refer',
    limit_expired: 'refer',
    missing_rate: 'refer',
    credit_hold: 'deny',
  },
  scorecard: {
    factors: [
      {
        factor: 'returns',
        weight: 1,
        bands: [{ from: 0, points: 100 }],
        missing_points: 100,
      },
    ],
    classes: [
      { name: 'A', from_score: 50 },
      { name: 'B', from_score: 0 },
    ],
  },
  limit_formula: {
    currency: 'EUR',
    months: 2,
    percents: [{ score_class: 'A', percent: 100 }],
    minimum_amount: 10_000,
    maximum_amount: 10_000_000,
    step_amount: 10_000,
  },
  approval_above: [{ currency: 'EUR', amount: 5_000_000 }],
  standing: {
    new_below_settled_items: 3,
    good_up_to_days_late: 3,
    slow_from_days_late: 15,
    problem_from_overdue_days: 60,
  },
  reviews: {
    intervals: [
      { standing: 'good', months: 1 },
      { standing: 'slow', months: 2 },
    ],
    limit_change_percent: 20,
    terms: [
      { standing: 'good', net_days: 30 },
      { standing: 'slow', net_days: 14 },
      { standing: 'problem', net_days: 0 },
    ],
  },
  monitoring: { utilisation_percents: [80] },
}

async function creditor(day = '2027-01-31') {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(day)
  const put = async (more: object = {}) =>
    accepted(await tenant.api('PUT', '/v1/credit-policy', { ...policy, ...more }))
  await put()
  const customer = await make.customer({ net_days: 14 })
  const look = async () => {
    await sequenceTenant(app.context, tenant.uuid)
    await followTenant(app.context, tenant.uuid, never)
  }
  await look()
  /** Says what a customer is known as, as a person would. */
  const is = async (standing: 'good' | 'slow' | 'problem', { id }: Json = customer) => {
    await commit(app.context.workers, { tenantId: tenant.uuid, cause: byTheService }, ({ db }) =>
      db
        .updateTable('credit_standing')
        .set({
          override_standing: standing,
          override_reason: 'Known.',
          score: 100,
          score_class: 'A',
        })
        .where('tenant_id', '=', tenant.uuid)
        .where('customer_id', '=', uuidOf(id))
        .execute(),
    )
    await make.task({ customer_id: id })
    await make.patch(`/v1/customers/${id}`, { metadata: { standing } })
    await look()
  }
  const limit = async (amount: number, more: object = {}, { id }: Json = customer) =>
    accepted(
      await tenant.api('PUT', `/v1/customers/${id}/credit-limit`, {
        amount,
        currency: 'EUR',
        reason: 'First order.',
        ...more,
      }),
    )
  const nextDate = async ({ id }: Json = customer): Promise<string | null> =>
    commit(app.context.workers, { tenantId: tenant.uuid, cause: byTheService }, async ({ db }) => {
      const { next_review_date } = await db
        .selectFrom('credit_standing')
        .select('next_review_date')
        .where('tenant_id', '=', tenant.uuid)
        .where('customer_id', '=', uuidOf(id))
        .executeTakeFirstOrThrow()
      return next_review_date
    })
  const open = (body: object = { customer_id: customer.id }) =>
    tenant.api('POST', '/v1/credit-reviews', body)
  const decide = (review: Json, verb: 'complete' | 'dismiss', body: object, headers = {}) =>
    tenant.api('POST', `/v1/credit-reviews/${review.id}/${verb}`, body, headers)
  const list = async (query: string): Promise<Json[]> =>
    (await make.get(`/v1/credit-reviews?${query}`)).data
  return { tenant, make, clock, customer, put, look, is, limit, nextDate, open, decide, list }
}

t.test('months end where they end', async (t) => {
  for (const [day, next] of [
    ['2027-01-31', '2027-02-28'],
    ['2028-01-31', '2028-02-29'],
    ['2027-03-15', '2027-04-15'],
  ] as const) {
    const { is, nextDate } = await creditor(day)
    t.equal(await nextDate(), null, 'who has no interval is not reviewed')
    await is('good')
    t.equal(await nextDate(), next)
  }
})

t.test('due by the calendar once, as an event, a task and a list, until decided', async (t) => {
  const { tenant, make, clock, customer, is, limit, nextDate, decide, list } = await creditor()
  await is('good')
  await limit(1_000_000)
  await clock.advance('2027-02-27')
  t.same(await list('status=due'), [])
  await clock.advance('2027-03-02')
  const [review, ...more] = await list('status=due')
  t.same(more, [])
  t.match(review, {
    object: 'credit_review',
    version: 1,
    customer_id: customer.id,
    status: 'due',
    due_date: '2027-02-28',
    recommendation: { limit: { action: 'lower', amount: 10_000, currency: 'EUR' } },
    decided_date: null,
  })
  t.same(await make.get(`/v1/credit-reviews/${review.id}`), review)
  const tasks = async () => (await make.get('/v1/tasks?kind=credit_review')).data
  t.match(await tasks(), [{ status: 'open', due_date: '2027-02-28', assignee: 'credit_manager' }])
  t.equal((await tenant.events('credit_review.due')).length, 1)

  t.match(await decide(review, 'dismiss', { reason: 'All as it was.' }), {
    status: 200,
    body: { status: 'dismissed', decided_date: '2027-03-02', decision_reason: 'All as it was.' },
  })
  t.match(await tasks(), [{ status: 'done', outcome: 'All as it was.' }])
  t.equal(await nextDate(), '2027-04-02')
  await clock.advance('2027-04-02')
  t.same(
    (await list('status=due,dismissed')).map(({ due_date }) => due_date),
    ['2027-04-02', '2027-02-28'],
  )
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('the day follows the standing and the policy; what a person chose stays else', async (t) => {
  const { clock, put, look, is, nextDate, open, decide } = await creditor()
  await is('slow')
  t.equal(await nextDate(), '2027-03-31')
  await is('good')
  t.equal(await nextDate(), '2027-02-28')
  await is('problem')
  t.equal(await nextDate(), null)
  await is('good')
  await put({ reviews: { ...policy.reviews, intervals: [{ standing: 'good', months: 3 }] } })
  await look()
  await clock.advance('2027-02-01')
  t.equal(await nextDate(), '2027-04-30')

  const review = accepted(await open())
  const chosen = { reason: 'They are being sold.', next_review_date: '2027-02-20' }
  t.match(await decide(review, 'complete', { ...chosen, next_review_date: '2027-02-01' }), {
    status: 422,
    body: { errors: [{ pointer: '#/next_review_date', code: 'not_after_today' }] },
  })
  t.match(await decide(review, 'complete', chosen), {
    status: 200,
    body: { next_review_date: '2027-02-20', due_date: null },
  })
  await clock.advance('2027-02-03')
  t.equal(await nextDate(), '2027-02-20', 'the night leaves it')
  await put()
  await clock.advance('2027-02-04')
  t.equal(await nextDate(), '2027-03-01', 'a month after the review')
})

t.test('a person asks before the calendar does; the same review becomes due', async (t) => {
  const { tenant, clock, customer, is, open, list } = await creditor()
  await is('good')
  const opened = await open()
  t.match(opened, { status: 201, body: { status: 'open', due_date: null } })
  t.match(await open(), {
    status: 409,
    body: { code: 'credit_review_open', conflicting_id: opened.body.id },
  })
  t.match(await open({ customer_id: publicId('customer', newId()) }), { status: 404 })
  t.match(await open({}), { status: 422, body: { errors: [{ pointer: '#/customer_id' }] } })
  await clock.advance('2027-02-28')
  t.match(await list(`customer_id=${customer.id}`), [
    { id: opened.body.id, version: 2, status: 'due', due_date: '2027-02-28' },
  ])
  t.same(
    (await tenant.events())
      .filter(({ type }) => type.startsWith('credit_review.'))
      .map(({ type, entity_sequence }) => `${type} ${entity_sequence}`),
    ['credit_review.opened 1', 'credit_review.due 2'],
  )
})

t.test('what a person decides is applied as one: limit, terms, calendar', async (t) => {
  const { tenant, make, customer, is, limit, nextDate, open, decide } = await creditor()
  await is('good')
  const insured = { amount: 500_000, insurer: 'Muster Kredit AG', valid_until: '2027-12-31' }
  await limit(1_000_000, { insured })
  const review = accepted(await open())
  const body = { limit: { amount: 1_500_000 }, net_days: 30, reason: 'Pays promptly.' }
  t.match(await decide(review, 'complete', body, { 'if-match': '"2"' }), { status: 412 })
  const { body: completed } = await decide(review, 'complete', body)
  t.match(completed, {
    version: 2,
    status: 'completed',
    decided_date: '2027-01-31',
    decision_reason: 'Pays promptly.',
    net_days: 30,
  })
  t.match(await make.get(`/v1/credit-limits/${completed.limit_id}`), {
    customer_id: customer.id,
    status: 'approved',
    amount: 1_500_000,
    currency: 'EUR',
    valid_from: '2027-01-31',
    valid_until: null,
    reason: 'Pays promptly.',
    insured: { amount: 500_000, insurer: 'Muster Kredit AG' },
  })
  t.equal((await make.get(`/v1/customers/${customer.id}`)).net_days, 30)
  t.equal(await nextDate(), '2027-02-28')
  for (const verb of ['complete', 'dismiss'] as const) {
    t.match(await decide(review, verb, { reason: 'Again.' }), {
      status: 409,
      body: { code: 'invalid_state', current_status: 'completed' },
    })
  }
  t.equal((await tenant.events('credit_review.completed')).length, 1)
})

t.test('rules of limits hold: onboarding first, and four eyes', async (t) => {
  const { make, customer, put, is, open, decide, list } = await creditor()
  await is('good')
  await put({ onboarding_checks: ['identity'] })
  const review = accepted(await open())
  const body = { limit: { amount: 9_000_000 }, net_days: 60, reason: 'A big order.' }
  t.match(await decide(review, 'complete', body), {
    status: 409,
    body: { code: 'onboarding_incomplete' },
  })
  t.match(await list('status=open'), [{ id: review.id, version: 1 }])
  t.equal((await make.get(`/v1/customers/${customer.id}`)).net_days, 14, 'nothing of it is applied')
  await put()
  const completed = accepted(await decide(review, 'complete', body))
  t.match(completed, { status: 'completed', net_days: 60 })
  t.match(await make.get(`/v1/credit-limits/${completed.limit_id}`), { status: 'requested' })
})

t.test('of many who decide at once, one does', async (t) => {
  const { tenant, make, customer, is, open, decide } = await creditor()
  await is('good')
  const asked = await Promise.all([open(), open(), open()])
  const [review, ...more] = asked.filter(({ status }) => status === 201)
  t.same(more, [])
  const decided = await Promise.all([
    decide(review?.body, 'complete', { limit: { amount: 100_000 }, reason: 'Yes.' }),
    decide(review?.body, 'dismiss', { reason: 'No.' }),
    decide(review?.body, 'complete', { limit: { amount: 200_000 }, reason: 'More.' }),
  ])
  t.same(decided.map(({ status }) => status).sort(), [200, 409, 409])
  const winner = decided.find(({ status }) => status === 200)?.body
  const limits = (await make.get(`/v1/credit-limits?customer_id=${customer.id}`)).data
  t.equal(limits.length, winner.status === 'completed' ? 1 : 0)
  const ends = (await tenant.events()).filter(({ type }) =>
    /credit_review\.(completed|dismissed)/.test(type),
  )
  t.equal(ends.length, 1)
})

t.test('the formula counts what was issued in the year, net, in its currency', async (t) => {
  const { tenant, make, customer, is, limit, open, decide } = await creditor('2027-06-30')
  await is('good')
  const invoice = (issue_date: string, total_amount: number, more: object = {}) =>
    make.invoice(customer, { issue_date, total_amount, due_date: '2027-06-30', ...more })
  await invoice('2026-06-30', 70_000_000)
  await invoice('2026-07-01', 10_000_000)
  await invoice('2027-06-30', 3_000_000)
  await invoice('2027-06-01', 80_000_000, { issue: false })
  const mistaken = await invoice('2027-06-01', 90_000_000)
  accepted(await tenant.api('POST', `/v1/invoices/${mistaken.id}/void`, { reason: 'Mistaken.' }))
  await make.creditNote(customer, { issue_date: '2027-06-30', total_amount: 1_000_000 })
  await limit(1_000_000)
  const review = accepted(await open())
  t.match(review.recommendation, {
    limit: {
      action: 'raise',
      amount: 2_000_000,
      currency: 'EUR',
      reasons: [
        {
          code: 'formula_gives_more',
          inputs: { invoiced_amount: 12_000_000, months: 2, percent: 100, limit_amount: 1_000_000 },
        },
      ],
    },
    terms: {
      action: 'longer',
      net_days: 30,
      reasons: [
        { code: 'fitting_terms', inputs: { standing: 'good', net_days: 14, fitting_net_days: 30 } },
      ],
    },
    human_review_required: false,
  })
  t.equal((await decide(review, 'dismiss', { reason: 'Later.' })).status, 200)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('a prompt payer near its limit need not ask', async (t) => {
  const { tenant, make, customer, look, is, limit, list } = await creditor()
  const slow = await make.customer()
  await look()
  await is('slow', slow)
  await is('good')
  const dates = { issue_date: '2027-01-31', due_date: '2027-02-28' }
  for (const one of [customer, slow]) {
    await make.invoice(one, { ...dates, total_amount: 1_000_000 })
    await make.payment(one, { amount: 1_000_000, received_date: '2027-01-31' })
    await limit(100_000, {}, one)
    await make.invoice(one, { ...dates, total_amount: 79_000 })
  }
  await look()
  t.same(await list('status=open'), [])
  for (const one of [customer, slow]) await make.invoice(one, { ...dates, total_amount: 6_000 })
  await look()
  t.match(await list('status=open'), [
    {
      customer_id: customer.id,
      due_date: null,
      recommendation: { limit: { action: 'raise', amount: 180_000 } },
    },
  ])
  t.match((await make.get('/v1/tasks?kind=credit_review')).data, [
    { customer_id: customer.id, reason: 'prompt_payer_near_limit', due_date: '2027-01-31' },
  ])
  await look()
  t.equal((await list('status=open')).length, 1)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('reviews are read with credit:read and decided with credit:write', async (t) => {
  const { make, open } = await creditor()
  const consumer = await make.customer({ kind: 'consumer' })
  const review = accepted(await open({ customer_id: consumer.id }))
  t.equal(review.recommendation.human_review_required, true)
  const reader = await app.tenant({ scopes: ['credit:read'] })
  t.match(await reader.api('GET', `/v1/credit-reviews/${review.id}`), {
    status: 404,
    body: { code: 'credit_review_not_found' },
  })
  t.match(await reader.api('POST', `/v1/credit-reviews/${review.id}/dismiss`, { reason: 'x' }), {
    status: 403,
  })
  t.match(await reader.api('GET', '/v1/credit-reviews'), { status: 200, body: { data: [] } })
})

const rules = {
  limit_formula: policy.limit_formula,
  reviews: policy.reviews as Json,
  monitoring: { utilisation_percents: [80, 95], score_drop: null, habit_days: null },
}
const figures: ReviewFigures = {
  invoicedAmount: 6_000_000,
  scoreClass: 'A',
  standing: 'good',
  limit: { currency: 'EUR', amount: 1_000_000 },
  utilisationPercent: 10,
  netDays: 30,
  naturalPerson: false,
}

t.test('what is recommended, and why', async (t) => {
  const about = (more: Partial<ReviewFigures>, by: Partial<typeof rules> | Json = {}) => {
    const { limit, terms, human_review_required } = recommend(
      { ...figures, ...more },
      { ...rules, ...by },
    )
    const codes = ({ reasons }: Json) => reasons.map(({ code }: Json) => code).join()
    return [
      `${limit.action} ${limit.amount} ${codes(limit)}`,
      `${terms.action} ${terms.net_days} ${codes(terms)}`,
      human_review_required,
    ]
  }
  t.same(about({}), ['keep null change_too_small', 'keep null fitting_terms', false])
  t.same(
    [
      about({ invoicedAmount: 7_200_000 })[0],
      about({ invoicedAmount: 7_100_000 })[0],
      about({ invoicedAmount: 7_100_000, utilisationPercent: 80 })[0],
      about({ invoicedAmount: 7_100_000, utilisationPercent: 80, standing: 'slow' })[0],
      about({ invoicedAmount: 4_800_000 })[0],
      about({ invoicedAmount: 4_900_000, utilisationPercent: 99 })[0],
      about({ invoicedAmount: 0 })[0],
      about({ limit: null })[0],
      about({ scoreClass: 'B' })[0],
      about({ scoreClass: null })[0],
      about({ limit: { currency: 'USD', amount: 1 } })[0],
      about({}, { limit_formula: null })[0],
    ],
    [
      'raise 1200000 formula_gives_more',
      'keep null change_too_small',
      'raise 1180000 formula_gives_more,prompt_payer_near_limit',
      'keep null change_too_small',
      'lower 800000 formula_gives_less',
      'keep null change_too_small',
      'lower 10000 formula_gives_less',
      'raise 1000000 formula_gives_more',
      'lower 0 formula_gives_less',
      'keep null no_score_class',
      'keep null other_currency',
      'keep null no_formula',
    ],
  )
  t.same(
    [
      about({ netDays: 14 })[1],
      about({ netDays: 60 })[1],
      about({ standing: 'problem' })[1],
      about({ standing: 'problem', netDays: 0 })[1],
      about({ netDays: null })[1],
      about({ standing: 'new' })[1],
      about({ standing: null }, { reviews: null })[1],
    ],
    [
      'longer 30 fitting_terms',
      'shorter 30 fitting_terms',
      'prepayment 0 fitting_terms',
      'keep null fitting_terms',
      'keep null no_agreed_terms',
      'keep null no_fitting_terms',
      'keep null no_fitting_terms',
    ],
  )
  t.equal(about({ naturalPerson: true })[2], true)
})

t.test('the formula stays within its bounds, on its steps, and grows with turnover', async () => {
  const money = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  const formula = fc
    .record({
      months: fc.integer({ min: 1, max: 24 }),
      step_amount: fc.integer({ min: 1, max: 1_000_000 }),
      bounds: fc.tuple(money, money),
    })
    .map(({ bounds, ...rest }) => ({
      ...rest,
      currency: 'EUR',
      percents: [],
      minimum_amount: Math.min(...bounds),
      maximum_amount: Math.max(...bounds),
    }))
  const percents = fc.integer({ min: 0, max: 1_000 })
  fc.assert(
    fc.property(money, money, percents, formula, (one, other, percent, by) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)]
      const amount = limitByFormula(less, percent, by)
      const { minimum_amount: minimum, maximum_amount: maximum, step_amount: step } = by
      const exact = (BigInt(less) * BigInt(by.months) * BigInt(percent)) / 1200n
      return (
        Number.isSafeInteger(amount) &&
        amount >= minimum &&
        amount <= maximum &&
        (amount === minimum || amount % step === 0) &&
        (amount === minimum || BigInt(amount) <= exact) &&
        (amount + step > maximum || BigInt(amount + step) > exact) &&
        amount <= limitByFormula(more, percent, by)
      )
    }),
    { numRuns: 2_000 },
  )
})

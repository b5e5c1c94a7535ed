import t from 'tap'
import { testApp } from '../../support/app.ts'
import { accepted, clockOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const URL = '/v1/late-payment-calculations'
const claim = {
  jurisdiction: 'DE',
  debtor_kind: 'business',
  currency: 'EUR',
  amount: 1_000_000,
  due_date: '2022-11-30',
  until_date: '2024-03-31',
}
const calculate = async (more: object = {}) =>
  accepted(await api('POST', URL, { ...claim, ...more }))

t.test('Germany, between businesses, from the rates that come with the service', async (t) => {
  // § 288 (2), § 247 BGB: 8.12 % × 31/365, 10.62 % × 181/365, 12.12 % × 184/365, 12.62 % × 91/366 of EUR 10,000.00 are
  // 68.964384 + 526.635616 + 610.980822 + 313.775956 = 1,520.356778. § 288 (5): EUR 40. § 199: until the end of 2025.
  const found = await calculate()
  t.match(found, {
    object: 'late_payment',
    item_id: null,
    jurisdiction: 'DE',
    principal_amount: 1_000_000,
    open_amount: 1_000_000,
    as_of_date: '2024-03-31',
    in_default: true,
    default_from_date: '2022-12-01',
    default_cause: 'agreed_due_date',
    interest: {
      amount: 152_036,
      terms: { series: 'bgb_base_rate', percent: '9.00', day_count: 'actual_actual' },
      carried_forward_from_date: null,
      segments: [
        {
          from_date: '2022-12-01',
          until_date: '2022-12-31',
          principal_amount: 1_000_000,
          capitalised_interest: '0.000000',
          percent: '8.12',
          reference_percent: '-0.88',
          reference_date: '2022-07-01',
          verified: true,
          days: 31,
          day_base: 365,
          exact_interest: '6896.438356',
        },
        { percent: '10.62', days: 181, exact_interest: '52663.561644' },
        { percent: '12.12', days: 184, exact_interest: '61098.082192' },
        { percent: '12.62', days: 91, day_base: 366, exact_interest: '31377.595628' },
      ],
    },
    interest_refusal: null,
    reference: { series: 'bgb_base_rate', last_known_date: '2026-01-01', unknown_from_date: null },
    lump_sum_amount: 4_000,
    cost_cap_amount: null,
    limitation_date: '2025-12-31',
    warnings: [],
  })
  t.match(
    found.rules.find(({ topic }: { topic: string }) => topic === 'interest'),
    { code: 'DE_business_interest_2014', source: /§ 288 \(2\)/, verified: true },
  )
})

t.test(
  'the United Kingdom: GBP 1,500 at a fixed rate, GBP 70, and floating on request',
  async (t) => {
    // SI 2002/1675: 3.5 on 31 December 2022 + 8 = 11.5 %: 1,500 × 11.5 % × 183/365 = 86.486301. Floating: 91 days at
    // 11.5 and 92 at 13 (5 on 30 June 2023): 43.006849 + 49.150685 = 92.157534. s. 5A: 70 from 1,000 to 9,999.99.
    const debt = {
      jurisdiction: 'GB',
      currency: 'GBP',
      amount: 150_000,
      due_date: '2023-03-31',
      until_date: '2023-09-30',
    }
    t.match(await calculate(debt), {
      interest: { amount: 8_649, segments: [{ percent: '11.50', reference_date: '2022-12-31' }] },
      lump_sum_amount: 7_000,
    })
    t.match(await calculate({ ...debt, mode: 'floating' }), {
      interest: { amount: 9_216, segments: [{ percent: '11.50' }, { percent: '13.00' }] },
    })
    t.match(await calculate({ ...debt, debtor_kind: 'consumer' }), {
      interest: null,
      interest_refusal: 'no_interest_rule',
      lump_sum_amount: 0,
    })
  },
)

t.test('the Netherlands: two years and three months, compounding after each year', async (t) => {
  // Art. 6:119 (2) BW, see late-interest.test.ts: 861.643836 + 1,278.963643 + 377.320793 = 2,517.928271.
  // Collection costs of 10,000: 375 + 250 + 250 = 875.
  const found = await calculate({
    jurisdiction: 'NL',
    due_date: '2022-03-31',
    until_date: '2024-06-30',
  })
  t.match(found, {
    interest: { amount: 251_793, terms: { compounding: 'yearly' } },
    cost_cap_amount: 87_500,
    lump_sum_amount: 4_000,
    limitation_date: '2027-03-31',
  })
  t.equal(found.interest.segments.at(-1).capitalised_interest, '214060.747887')
})

t.test('Austria: the half-year’s base rate, and 4 percent for consumers', async (t) => {
  // § 456 UGB: 5,000 × 11.08 % × 30/365 + 5,000 × 12.58 % × 184/365 = 362.619178. § 1000 ABGB: 5,000 × 4 % × 214/365.
  const debt = {
    jurisdiction: 'AT',
    amount: 500_000,
    due_date: '2023-05-31',
    until_date: '2023-12-31',
  }
  t.match(await calculate(debt), {
    interest: { amount: 36_262 },
    warnings: [{ code: 'rate_unverified' }],
  })
  t.match(await calculate({ ...debt, debtor_kind: 'consumer' }), {
    interest: { amount: 11_726, segments: [{ percent: '4.00', verified: null }] },
    reference: null,
  })
})

t.test('a part payment in the middle, its day included', async (t) => {
  // § 288 (1) BGB: 7.27 % in the first half of 2025: 1,000 for 30 days, then 600 for 30: 5.975342 + 3.585205.
  const debt = {
    debtor_kind: 'consumer',
    amount: 100_000,
    due_date: '2025-01-09',
    until_date: '2025-03-10',
    payments: [{ date: '2025-02-08', amount: 40_000 }],
  }
  t.match(await calculate(debt), {
    open_amount: 60_000,
    interest: {
      amount: 956,
      segments: [
        { until_date: '2025-02-08', principal_amount: 100_000 },
        { from_date: '2025-02-09', principal_amount: 60_000 },
      ],
    },
  })
})

t.test('past the last known rate it refuses, or carries it forward', async (t) => {
  const late = { due_date: '2026-05-31', until_date: '2026-08-31' }
  const refused = await api('POST', URL, { ...claim, ...late })
  t.match(
    { status: refused.status, ...refused.body },
    {
      status: 422,
      code: 'reference_rate_unknown',
      series: 'bgb_base_rate',
      unknown_from_date: '2026-07-01',
      last_known_date: '2026-01-01',
    },
  )
  // 1.27 + 9 = 10.27 % for 30 and 62 days.
  t.match(await calculate({ ...late, carry_forward: true }), {
    interest: {
      amount: 25_886,
      carried_forward_from_date: '2026-07-01',
      segments: [{ percent: '10.27' }, { percent: '10.27', reference_date: '2026-07-01' }],
    },
    warnings: [{ code: 'rate_carried_forward' }],
  })
  const richer = await app.tenant()
  accepted(
    await richer.api('POST', '/v1/reference-rates', {
      series: 'bgb_base_rate',
      valid_from_date: '2026-07-01',
      percent: '1.77',
      source: 'Deutsche Bundesbank',
    }),
  )
  t.match(accepted(await richer.api('POST', URL, { ...claim, ...late })), {
    interest: { segments: [{ percent: '10.27' }, { percent: '10.77' }] },
    warnings: [],
  })
  t.equal((await api('POST', URL, { ...claim, ...late })).status, 422, 'for that tenant alone')
  t.equal(
    (await api('POST', URL, { ...claim, due_date: '2001-12-01', carry_forward: true })).body
      .interest_refusal,
    'no_interest_rule',
    'nothing is known of claims before the first rule',
  )
})

t.test('a contract: a rate of its own, or points above a series', async (t) => {
  const { jurisdiction: _, ...nowhere } = claim
  // 10,000 × 8 % × 487/365, and with 1.62 and then 3.12 plus 5 points.
  const fixed = accepted(await api('POST', URL, { ...nowhere, contract: { percent: '8' } }))
  t.match(fixed, {
    jurisdiction: null,
    interest: { amount: 106_740, segments: [{ percent: '8.00', days: 487 }] },
    lump_sum_amount: 0,
    limitation_date: null,
    rules: [],
  })
  t.match(
    await calculate({
      due_date: '2023-05-31',
      until_date: '2023-07-31',
      contract: { percent: '5', series: 'bgb_base_rate' },
      day_count: 'actual_360',
    }),
    {
      // 6.62 % × 30/360 + 8.12 % × 31/360 = 55.166667 + 69.922222
      interest: { amount: 12_509, segments: [{ percent: '6.62' }, { percent: '8.12' }] },
      lump_sum_amount: 4_000,
    },
  )
  t.match(
    await api('POST', URL, { ...claim, contract: { percent: '5', series: 'nobody_knows' } }),
    { status: 422, body: { code: 'reference_rate_unknown', last_known_date: null } },
  )
  t.match(accepted(await api('POST', URL, nowhere)), {
    interest: null,
    interest_refusal: 'no_interest_rule',
  })
})

t.test('default by the basis of the due date, and nothing before it', async (t) => {
  const basis = { due_date_basis: 'invoice_only', due_date: '2024-01-15', until_date: '2024-02-14' }
  t.match(await calculate(basis), {
    in_default: false,
    default_from_date: '2024-02-15',
    default_cause: 'days_after_receipt',
    interest: null,
    interest_refusal: 'not_in_default',
    lump_sum_amount: 0,
  })
  t.match(await calculate({ ...basis, demand_received_date: '2024-02-01' }), {
    in_default: true,
    default_from_date: '2024-02-02',
    default_cause: 'demand',
  })
  t.match(await calculate({ ...basis, received_date: '2024-01-20' }), {
    default_from_date: '2024-02-20',
  })
  t.match(await calculate({ ...basis, debtor_kind: 'consumer' }), { default_from_date: null })
  t.match(
    await calculate({
      ...basis,
      debtor_kind: 'consumer',
      consumer_notice_given: true,
      received_date: '2024-01-10',
    }),
    { default_from_date: '2024-02-15' },
  )
  t.match(await calculate({ ...basis, default_from_date: '2024-01-20' }), {
    default_cause: 'given',
    interest: { segments: [{ from_date: '2024-01-20' }] },
  })
})

t.test('warnings: a long term, and a claim that is about to be or is time-barred', async (t) => {
  t.match(await calculate({ claim_date: '2022-09-01' }), { warnings: [{ code: 'term_too_long' }] })
  const old = { until_date: '2026-01-15' }
  t.match(await calculate(old), {
    limitation_date: '2025-12-31',
    warnings: [{ code: 'time_barred' }],
  })
  t.match(await calculate({ until_date: '2025-12-31' }), {
    warnings: [{ code: 'limitation_near' }],
  })
  t.match(
    await calculate({
      ...old,
      limitation_acts: [
        { kind: 'acknowledgement', date: '2024-05-01' },
        { kind: 'negotiations', date: '2025-05-02', until_date: '2025-05-31' },
      ],
    }),
    { limitation_date: '2027-05-31', warnings: [] },
  )
})

t.test('the law that counts is that of the day the claim arose', async (t) => {
  // § 288 (2) BGB before 29 July 2014 gave 8 points and no lump sum; its text was not verified.
  const old = { due_date: '2014-07-15', until_date: '2014-07-31' }
  t.match(await calculate(old), { interest_refusal: 'no_interest_rule', lump_sum_amount: 0 })
  t.match(await calculate({ ...old, due_date: '2014-07-29' }), {
    interest: { segments: [{ percent: '8.27' }] },
    lump_sum_amount: 4_000,
  })
})

t.test('without a last day it is today, and nothing is kept', async (t) => {
  const own = await app.tenant()
  await clockOf(app, own).set('2024-01-10')
  const { until_date: _, ...open } = claim
  t.equal(accepted(await own.api('POST', URL, open)).as_of_date, '2024-01-10')
  const tables = await app.context.workers.pool.query(
    'select 1 from tenant_reference_rate where tenant_id = $1 union all select 1 from jurisdiction_settings where tenant_id = $1',
    [own.uuid],
  )
  t.equal(tables.rowCount, 0)
  t.same(await own.events('reference_rate.added'), [])
})

t.test('bad claims are refused, field by field', async (t) => {
  const act = { kind: 'negotiations', date: '2024-05-01' }
  for (const [field, value, pointer = `#/${field}`] of [
    ['jurisdiction', 'FR'],
    ['debtor_kind', 'authority'],
    ['currency', 'XXY'],
    ['currency', undefined],
    ['amount', 0],
    ['amount', 1.5],
    ['amount', 2 ** 53],
    ['due_date', '2022-02-29'],
    ['due_date', undefined],
    ['claim_date', '2022-12-01'],
    ['claim_date', 'yesterday'],
    ['due_date_basis', 'guessed'],
    ['received_date', '2022-13-01'],
    ['consumer_notice_given', 'yes'],
    ['demand_received_date', 5],
    ['default_from_date', '2022-11-30'],
    ['until_date', '2024-3-1'],
    ['payments', [{ date: '2023-01-01', amount: 1_000_001 }]],
    ['payments', [{ date: '2023-01-01', amount: 0 }], '#/payments/0/amount'],
    ['payments', [{ amount: 5 }], '#/payments/0/date'],
    ['payments', Array(501).fill({ date: '2023-01-01', amount: 1 })],
    ['contract', { percent: '8.12345' }, '#/contract/percent'],
    ['contract', {}, '#/contract/percent'],
    ['contract', { percent: '8', series: 'Prime!' }, '#/contract/series'],
    ['mode', 'sometimes'],
    ['day_count', '30_360'],
    ['limitation_acts', [{ ...act, kind: 'phone_call' }], '#/limitation_acts/0/kind'],
    ['limitation_acts', [{ ...act, until_date: '2024-04-30' }], '#/limitation_acts/0/until_date'],
    ['carry_forward', 'no'],
    ['tenant_id', 'x'],
  ] as [string, unknown, string?][]) {
    const { status, body } = await api('POST', URL, { ...claim, [field]: value })
    t.equal(status, 422, `${field}: ${JSON.stringify(value)?.slice(0, 60)}`)
    t.equal(body.errors?.[0]?.pointer, pointer)
  }
  const huge = { amount: 9_007_199_254_740_991, contract: { percent: '100' } }
  t.match(await api('POST', URL, { ...claim, ...huge }), {
    status: 422,
    body: { code: 'amount_out_of_range' },
  })
  const stranger = await app.tenant({ scopes: ['invoices:read'] })
  t.equal((await stranger.api('POST', URL, claim)).status, 403)
})

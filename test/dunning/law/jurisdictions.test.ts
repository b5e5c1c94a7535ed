import t from 'tap'
import { testApp } from '../../support/app.ts'
import { accepted } from '../../support/records.ts'

const app = await testApp(t)
const rule = 'AT_business_limitation'

t.test('every jurisdiction shows its rules, where they stand, and which count', async (t) => {
  const { api } = await app.tenant()
  const { data, has_more } = accepted(await api('GET', '/v1/jurisdictions'))
  t.same(
    data.map(({ code }: { code: string }) => code),
    ['DE', 'AT', 'NL', 'BE', 'GB', 'EU'],
  )
  t.equal(has_more, false)
  for (const { code, rules } of data) {
    for (const { topic, verified, enabled, ...terms } of rules) {
      t.equal(enabled, verified)
      t.ok(terms[topic], `${code} ${terms.code} has the terms of its topic`)
      const { interest, default: begins, lump_sum, fees, payment_term, limitation } = terms
      const said = [interest, begins, lump_sum, fees, payment_term, limitation]
      t.equal(said.filter((one) => one !== null).length, 1, 'and of no other')
    }
  }
})

t.test('the terms are in the words of the API', async (t) => {
  const { api } = await app.tenant()
  const of = async (code: string, ruleCode: string) =>
    accepted(await api('GET', `/v1/jurisdictions/${code}`)).rules.find(
      (one: { code: string }) => one.code === ruleCode,
    )
  t.match((await of('DE', 'DE_business_interest_2014')).interest, {
    series: 'bgb_base_rate',
    read: 'first_of_half_year',
    percent: '9.00',
    mode: 'floating',
    compounding: 'none',
  })
  t.match((await of('GB', 'GB_business_lump_sum')).lump_sum, {
    currency: 'GBP',
    steps: [
      { from_amount: 0, amount: 4_000 },
      { from_amount: 100_000, amount: 7_000 },
      { from_amount: 1_000_000, amount: 10_000 },
    ],
  })
  t.match((await of('NL', 'NL_consumer_fees')).fees, {
    refuses_percentage: false,
    after_notice: 'nl_14_day',
    cap: { minimum_amount: 4_000, maximum_amount: 677_500 },
  })
  t.match((await of('DE', 'DE_business_limitation')).limitation, {
    years: 3,
    counted_from: 'end_of_year',
    restarted_by: ['acknowledgement'],
    suspended_by: [
      { act: 'court_action', grace_months: 6 },
      { act: 'negotiations', grace_months: 3 },
    ],
  })
  t.match((await of('BE', 'BE_business_interest')).interest, { rounded_up_to_percent: '0.50' })
})

t.test('a place whose law is not known is not found', async (t) => {
  const { api } = await app.tenant()
  t.match(await api('GET', '/v1/jurisdictions/FR'), {
    status: 404,
    body: { code: 'jurisdiction_not_found' },
  })
  t.equal((await api('PUT', '/v1/jurisdictions/FR', { enabled: {} })).status, 404)
  t.equal((await api('GET', '/v1/jurisdictions/de')).status, 404)
  t.equal((await api('GET', '/v1/jurisdictions/1')).status, 400)
})

t.test(
  'a rule that was not verified counts once a tenant wants it, and for it alone',
  async (t) => {
    const { api, events } = await app.tenant()
    const stranger = await app.tenant()
    const limitation = async (one: typeof api) =>
      accepted(
        await one('POST', '/v1/late-payment-calculations', {
          jurisdiction: 'AT',
          currency: 'EUR',
          amount: 10_000,
          due_date: '2025-03-31',
          until_date: '2025-06-30',
        }),
      ).limitation_date
    t.equal(await limitation(api), null)
    const switched = await api('PUT', '/v1/jurisdictions/AT', { enabled: { [rule]: true } })
    t.equal(switched.status, 200)
    t.equal(switched.headers.etag, '"1"')
    t.equal(await limitation(api), '2028-03-31')
    t.equal(await limitation(stranger.api), null)
    t.match(await events('jurisdiction.rules_switched'), [
      { data: { object: { code: 'AT', version: 1 } } },
    ])

    accepted(await api('PUT', '/v1/jurisdictions/AT', { enabled: { AT_business_interest: false } }))
    t.equal(await limitation(api), null, 'what is left out is as it comes')
    const { rules } = accepted(await api('GET', '/v1/jurisdictions/AT'))
    t.same(
      rules
        .filter((one: { verified: boolean; enabled: boolean }) => one.verified !== one.enabled)
        .map((one: { code: string }) => one.code),
      ['AT_business_interest'],
    )
  },
)

t.test('two who switch at once do not overwrite each other unseen', async (t) => {
  const { api } = await app.tenant()
  const put = (version: string) =>
    api('PUT', '/v1/jurisdictions/AT', { enabled: { [rule]: true } }, { 'if-match': version })
  t.equal((await put('"1"')).status, 412)
  t.equal((await put('"0"')).status, 200)
  t.equal((await put('"0"')).status, 412)
  t.equal((await put('"1"')).status, 200)
})

t.test('bad switches are refused', async (t) => {
  const { api } = await app.tenant()
  for (const [enabled, pointer] of [
    [{ DE_business_interest_2014: true }, '#/enabled/DE_business_interest_2014'],
    [{ [rule]: 'yes' }, `#/enabled/${rule}`],
    [{ 'a/b': true }, '#/enabled'],
    [[], '#/enabled'],
  ] as const) {
    const { status, body } = await api('PUT', '/v1/jurisdictions/AT', { enabled })
    t.equal(status, 422, JSON.stringify(enabled))
    t.ok(body.errors[0].pointer.startsWith(pointer), body.errors[0].pointer)
  }
  t.equal((await api('PUT', '/v1/jurisdictions/AT', {})).status, 422)
  const reader = await app.tenant({ scopes: ['dunning:read'] })
  t.equal((await reader.api('PUT', '/v1/jurisdictions/AT', { enabled: {} })).status, 403)
})

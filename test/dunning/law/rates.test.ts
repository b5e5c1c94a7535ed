import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { testApp } from '../../support/app.ts'
import { accepted } from '../../support/records.ts'

const folder = process.env.SAMPLE_DATA_DIR
const app = await testApp(t)

const newRate = {
  series: 'bgb_base_rate',
  valid_from_date: '2026-07-01',
  percent: '1.52',
  source: 'Deutsche Bundesbank, notice of 30 June 2026',
}

t.test('every rate of a series comes once, the latest first, page by page', async (t) => {
  const { api } = await app.tenant()
  const found: string[] = []
  let cursor = ''
  do {
    const page = accepted(
      await api('GET', `/v1/reference-rates?series=boe_official_bank_rate&limit=20${cursor}`),
    )
    for (const rate of page.data) found.push(rate.valid_from_date)
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
  } while (cursor !== '')
  t.equal(found[0], '2026-06-30')
  t.equal(found.at(-1), '1997-05-06')
  t.same(found, [...new Set(found)].sort().reverse())
  const { data } = accepted(
    await api(
      'GET',
      '/v1/reference-rates?series=bgb_base_rate&valid_from_date_gte=2016-01-01&valid_from_date_lte=2023-01-01',
    ),
  )
  t.match(data, [
    { valid_from_date: '2023-01-01', percent: '1.62' },
    {
      object: 'reference_rate',
      valid_from_date: '2016-07-01',
      percent: '-0.88',
      verified: true,
      origin: 'service',
    },
  ])
})

t.test(
  'the rates that come with the service are those of the authorities',
  { skip: folder === undefined && 'SAMPLE_DATA_DIR does not say where rates.csv is' },
  async (t) => {
    const series: Record<string, string> = {
      'Deutsche Bundesbank': 'bgb_base_rate',
      ECB: 'ecb_main_refinancing_rate',
      'Bank of England': 'boe_official_bank_rate',
    }
    const rows: Record<string, string>[] = parse(
      readFileSync(join(folder as string, 'rates.csv')),
      { columns: true },
    )
    const { api } = await app.tenant()
    const ours = new Map<string, string>()
    for (const name of Object.values(series)) {
      const { data } = accepted(await api('GET', `/v1/reference-rates?series=${name}&limit=200`))
      for (const { valid_from_date, percent } of data)
        ours.set(`${name} ${valid_from_date}`, percent)
    }
    t.ok(rows.length > 150)
    for (const { authority, valid_from: day, percent } of rows) {
      const key = `${series[authority as string]} ${day}`
      t.equal(ours.get(key), Number(percent).toFixed(2), key)
      ours.delete(key)
    }
    t.same(
      [...ours],
      [
        ['ecb_main_refinancing_rate 2026-01-01', '2.15'],
        ['boe_official_bank_rate 2026-06-30', '3.75'],
        ['boe_official_bank_rate 2025-12-31', '3.75'],
      ],
      'besides those that only say that a rate still held',
    )
  },
)

t.test('a tenant adds a newer rate, for itself alone', async (t) => {
  const { api, events } = await app.tenant()
  const stranger = await app.tenant()
  const added = await api('POST', '/v1/reference-rates', newRate)
  t.equal(added.status, 201)
  t.match(added.body, { ...newRate, object: 'reference_rate', verified: true, origin: 'tenant' })
  const latest = async (one: typeof api) =>
    accepted(await one('GET', '/v1/reference-rates?series=bgb_base_rate&limit=1')).data[0]
  t.same(await latest(api), added.body)
  t.match(await latest(stranger.api), { valid_from_date: '2026-01-01', origin: 'service' })
  t.match(await events('reference_rate.added'), [{ data: { object: added.body } }])
})

t.test('what is known does not change', async (t) => {
  const { api } = await app.tenant()
  for (const day of ['2026-01-01', '2025-10-01', '1990-01-01']) {
    const { status, body } = await api('POST', '/v1/reference-rates', {
      ...newRate,
      valid_from_date: day,
    })
    t.match(
      { status, ...body },
      { status: 409, code: 'reference_rate_known', last_known_date: '2026-01-01' },
      day,
    )
  }
  accepted(await api('POST', '/v1/reference-rates', newRate))
  t.match(await api('POST', '/v1/reference-rates', { ...newRate, percent: '2' }), {
    status: 409,
    body: { code: 'reference_rate_known', last_known_date: '2026-07-01' },
  })
  accepted(await api('POST', '/v1/reference-rates', { ...newRate, valid_from_date: '2027-01-01' }))
})

t.test('of those who add the same day at once, one does', async (t) => {
  const { api } = await app.tenant()
  const replies = await Promise.all(
    ['1', '1.1', '1.2', '1.3', '1.4', '1.5'].map((percent) =>
      api('POST', '/v1/reference-rates', { ...newRate, percent }),
    ),
  )
  t.same(replies.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
  t.ok(replies.every(({ status, body }) => status === 201 || body.code === 'reference_rate_known'))
})

t.test('a series of its own begins when it likes', async (t) => {
  const { api } = await app.tenant()
  const own = { ...newRate, series: 'house_bank_prime', valid_from_date: '2020-03-01' }
  t.equal((await api('POST', '/v1/reference-rates', own)).status, 201)
  t.match(accepted(await api('GET', '/v1/reference-rates?series=house_bank_prime')), {
    data: [{ percent: '1.52', origin: 'tenant' }],
    has_more: false,
  })
})

t.test('bad rates are refused, field by field', async (t) => {
  const { api } = await app.tenant()
  for (const [field, value] of [
    ['series', 'Base Rate'],
    ['series', ''],
    ['valid_from_date', '2026-02-30'],
    ['valid_from_date', null],
    ['percent', '1,5'],
    ['percent', 1.5],
    ['percent', '1.23456'],
    ['percent', '1000'],
    ['source', ''],
    ['verified', true],
  ] as const) {
    const { status, body } = await api('POST', '/v1/reference-rates', {
      ...newRate,
      [field]: value,
    })
    t.equal(status, 422, `${field}: ${JSON.stringify(value)}`)
    t.equal(body.errors[0].pointer, `#/${field}`)
  }
  for (const query of ['series=B', 'valid_from_date_gte=2026', 'percent=1', 'cursor=x']) {
    t.equal((await api('GET', `/v1/reference-rates?${query}`)).status, 400, query)
  }
  const reader = await app.tenant({ scopes: ['dunning:read'] })
  t.equal((await reader.api('POST', '/v1/reference-rates', newRate)).status, 403)
  t.equal((await reader.api('GET', '/v1/reference-rates')).status, 200)
})

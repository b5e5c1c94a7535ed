import fc from 'fast-check'
import t from 'tap'
import { read } from '../../src/foundation/database/commit.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import { decimalOf, exponentOf, MAX_AMOUNT } from '../../src/foundation/money.ts'
import { convert } from '../../src/parties/exchange-rates/convert.ts'
import { ratesTo } from '../../src/parties/exchange-rates/queries.ts'
import { testApp } from '../support/app.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)

async function creditor() {
  const tenant = await app.tenant()
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-31')
  const add = (more: object = {}) =>
    tenant.api('POST', '/v1/exchange-rates', {
      from_currency: 'USD',
      to_currency: 'EUR',
      rate_date: '2026-03-31',
      rate: '0.9234',
      ...more,
    })
  const known = (currency: string, sources: string[], date: string) =>
    read(app.context.api, tenant.uuid, (reader) => ratesTo(reader, currency, sources, date))
  return { tenant, clock, make: recordsOf(tenant), add, known }
}

const direct = (rate: string) => ({ rate, inverse: false })
const inverse = (rate: string) => ({ rate, inverse: true })

t.test('an amount is converted in minor units of both currencies, rounded once', async (t) => {
  t.equal(convert(10_000, 'USD', 'EUR', direct('0.9234')), 9_234)
  t.equal(convert(10_000, 'EUR', 'USD', inverse('0.9234')), 10_830)
  t.equal(convert(1_000, 'JPY', 'EUR', direct('0.0061')), 610, 'yen have no minor unit')
  t.equal(convert(610, 'EUR', 'JPY', inverse('0.0061')), 1_000)
  t.equal(convert(1_000, 'KWD', 'EUR', direct('3.01')), 301, 'dinars have three decimals')
  t.equal(convert(1, 'KWD', 'JPY', direct('500')), 1, 'half a yen is one')
  t.equal(convert(-1, 'KWD', 'JPY', direct('500')), -1, 'away from zero')
  t.equal(convert(1, 'KWD', 'JPY', direct('499.9999999999')), 0)
  t.equal(convert(MAX_AMOUNT, 'USD', 'EUR', direct('1.0000000000')), MAX_AMOUNT)
  t.throws(() => convert(MAX_AMOUNT, 'USD', 'EUR', direct('1.0000000001')), RangeError)
  t.equal(convert(MAX_AMOUNT, 'USD', 'EUR', inverse('999999999999.9999999999')), 9_007)
})

const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF')
const rates = fc
  .tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 1, max: 9_999_999_999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(10, '0')}`)

t.test('no conversion is further from the exact amount than half a minor unit', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000, max: 10_000_000 }),
      currencies,
      currencies,
      rates.filter((rate) => Number(rate) > 0.001),
      fc.boolean(),
      (amount, from, to, rate, isInverse) => {
        // Everything in units of 10^-14 of the currencies, so that the comparison is of whole numbers.
        const price = BigInt(rate.replace('.', ''))
        const [source, target] = [
          10n ** BigInt(14 - exponentOf(from)),
          10n ** BigInt(14 - exponentOf(to)),
        ]
        const given = BigInt(amount) * source
        const [exact, scale] = isInverse ? [given * 10n ** 10n, price] : [given * price, 10n ** 10n]
        const got = BigInt(convert(amount, from, to, { rate, inverse: isInverse })) * target
        const error = got * scale - exact
        const half = target * scale
        return error * 2n <= half && error * -2n <= half
      },
    ),
  )
})

t.test(
  'there and back is off by no more than half a unit here plus half a unit there',
  async () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        currencies,
        currencies,
        rates.filter((rate) => Number(rate) > 0.001),
        (amount, from, to, rate) => {
          const there = convert(amount, from, to, direct(rate))
          const back = convert(there, to, from, inverse(rate))
          // What half a minor unit of the target is worth in the source's, at most.
          const worth = 10 ** (exponentOf(from) - exponentOf(to)) / Number(rate) / 2
          return Math.abs(back - amount) <= Math.ceil(worth + 0.5)
        },
      ),
    )
  },
)

t.test('a rate is added once and for all, and announced', async (t) => {
  const { tenant, make, add } = await creditor()
  const { status, body, headers } = await add({ rate: '0.92340' })
  t.match(
    { status, body },
    {
      status: 201,
      body: {
        object: 'exchange_rate',
        livemode: false,
        from_currency: 'USD',
        to_currency: 'EUR',
        rate_date: '2026-03-31',
        rate: '0.92340',
      },
    },
  )
  t.equal(headers.location, `/v1/exchange-rates/${body.id}`)
  t.same(await make.get(`/v1/exchange-rates/${body.id}`), body)
  t.match(await tenant.events('exchange_rate.added'), [
    { entity_sequence: 1, data: { object: body } },
  ])
  t.match(await tenant.api('GET', `/v1/exchange-rates/${publicId('exchange_rate', newId())}`), {
    status: 404,
    body: { code: 'exchange_rate_not_found' },
  })
  const { api } = await app.tenant()
  t.match(await api('GET', `/v1/exchange-rates/${body.id}`), { status: 404 }, 'nobody else’s')
})

t.test('a rate that cannot be is refused by its field', async (t) => {
  const { add, make } = await creditor()
  const refused = async (more: object) => {
    const { status, body } = await add(more)
    return [status, body.code, ...body.errors.map(({ pointer }: { pointer: string }) => pointer)]
  }
  t.same(await refused({ rate_date: '2026-04-01' }), [422, 'date_in_future', '#/rate_date'])
  t.same(await refused({ rate: '0.000' }), [422, 'validation_failed', '#/rate'])
  t.same(await refused({ to_currency: 'USD' }), [422, 'validation_failed', '#/to_currency'])
  for (const rate of ['-1', '1e3', '0.12345678901', '1234567890123', '', '1,5', '.5'])
    t.same(await refused({ rate }), [422, 'validation_failed', '#/rate'], rate)
  t.same(await refused({ from_currency: 'XXQ' }), [422, 'validation_failed', '#/from_currency'])
  t.same((await make.get('/v1/exchange-rates')).data, [])
  t.equal((await add({ rate: '999999999999.9999999999' })).status, 201)
  t.equal((await add({ rate: '0.0000000001' })).status, 201)
})

t.test('the latest up to the day holds; of one day the one added last', async (t) => {
  const { add, known, clock, make } = await creditor()
  accepted(await add({ rate_date: '2026-03-01', rate: '0.90' }))
  accepted(await add({ rate_date: '2026-03-10', rate: '0.91' }))
  accepted(await add({ rate_date: '2026-03-10', rate: '0.92' }))
  accepted(await add({ rate_date: '2026-03-05', rate: '0.93' }))
  const of = async (date: string) => (await known('EUR', ['USD'], date)).get('USD')
  t.equal(await of('2026-02-28'), undefined, 'before the first')
  t.match(await of('2026-03-04'), { rate: '0.90', rate_date: '2026-03-01', inverse: false })
  t.match(await of('2026-03-09'), { rate: '0.93', rate_date: '2026-03-05' })
  t.match(await of('2026-03-31'), { rate: '0.92', rate_date: '2026-03-10' })
  await clock.set('2026-04-02')
  accepted(await add({ rate_date: '2026-03-05', rate: '0.94' }))
  t.match(await of('2026-03-09'), { rate: '0.94' }, 'a correction holds from when it is added')
  t.match(await of('2026-03-31'), { rate: '0.92' })
  const list = async (filters: string) =>
    (await make.get(`/v1/exchange-rates?${filters}`)).data.map(({ rate }: { rate: string }) => rate)
  t.same(
    await list('from_currency=USD&rate_date_gte=2026-03-05'),
    ['0.94', '0.93', '0.92', '0.91'],
    'the one added last first, and every one there ever was',
  )
  t.same(await list('rate_date_lte=2026-03-01&to_currency=EUR'), ['0.90'])
  t.same(await list('to_currency=USD'), [])
})

t.test(
  'the opposite direction stands in where it is of a later day, or all there is',
  async (t) => {
    const { add, known } = await creditor()
    accepted(await add({ from_currency: 'EUR', to_currency: 'USD', rate: '1.08' }))
    accepted(await add({ from_currency: 'GBP', rate: '1.15', rate_date: '2026-03-02' }))
    accepted(await add({ from_currency: 'EUR', to_currency: 'GBP', rate: '0.86' }))
    const found = await known('EUR', ['USD', 'GBP', 'JPY'], '2026-03-31')
    t.match(found.get('USD'), { rate: '1.08', inverse: true, rate_date: '2026-03-31' })
    t.match(found.get('GBP'), { rate: '0.86', inverse: true, rate_date: '2026-03-31' })
    accepted(await add({ from_currency: 'GBP', rate: '1.16' }))
    t.match((await known('EUR', ['GBP'], '2026-03-31')).get('GBP'), {
      rate: '1.16',
      inverse: false,
    })
    t.notOk(found.has('JPY'))
    const back = await known('GBP', ['EUR'], '2026-03-31')
    const rate = back.get('EUR')
    t.match(rate, { rate: '0.86', inverse: false })
    t.equal(rate && decimalOf(convert(10_000, 'EUR', 'GBP', rate), 'GBP'), '86.00')
    t.equal((await known('EUR', [], '2026-03-31')).size, 0)
  },
)

import fc from 'fast-check'
import t from 'tap'
import {
  exponentOf,
  formatAmount,
  isCurrency,
  MAX_AMOUNT,
  share,
  split,
  sum,
} from '../../src/foundation/money.ts'

const amounts = fc.integer({ min: 0, max: MAX_AMOUNT })
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
  .filter((all) => all.some((weight) => weight > 0))

t.test('a split loses nothing and favours nobody by more than one unit', async () => {
  fc.assert(
    fc.property(amounts, weights, (amount, parts) => {
      const shares = split(amount, parts)
      const whole = parts.reduce((total, weight) => total + BigInt(weight), 0n)
      const total = shares.reduce((all, one) => all + BigInt(one), 0n)
      return (
        total === BigInt(amount) &&
        shares.every((one, index) => {
          const exact = BigInt(amount) * BigInt(parts[index] as number)
          const error = BigInt(one) * whole - exact
          return one >= 0 && error < whole && error > -whole
        })
      )
    }),
  )
})

t.test(
  'a split gives the odd units to the parts that were cut most, the first of equals first',
  async (t) => {
    t.same(split(100, [1, 1, 1]), [34, 33, 33])
    t.same(split(5, [3, 3, 1]), [2, 2, 1])
    t.same(split(0, [1, 2]), [0, 0])
    t.same(split(7, [0, 1]), [0, 7])
    t.throws(() => split(1, []))
    t.throws(() => split(1, [0]))
    t.throws(() => split(-1, [1]))
  },
)

t.test(
  'a share is rounded once, halves away from zero, to the unit that exact arithmetic gives',
  async () => {
    const signed = fc.integer({ min: -MAX_AMOUNT, max: MAX_AMOUNT })
    const numerator = fc.integer({ min: -1_000_000, max: 1_000_000 })
    const denominator = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(signed, numerator, denominator, (amount, above, below) => {
        const product = BigInt(amount) * BigInt(above)
        const magnitude = product < 0n ? -product : product
        const floor = magnitude / BigInt(below)
        const isHalfOrMore = 2n * (magnitude % BigInt(below)) >= BigInt(below)
        const expected = (floor + (isHalfOrMore ? 1n : 0n)) * (product < 0n ? -1n : 1n)
        if (expected > BigInt(MAX_AMOUNT) || expected < -BigInt(MAX_AMOUNT)) {
          try {
            share(amount, above, below)
            return false
          } catch (error) {
            return error instanceof RangeError
          }
        }
        return BigInt(share(amount, above, below)) === expected
      }),
    )
  },
)

t.test('the halves that floating point gets wrong come out right', async (t) => {
  t.equal(share(1, 1, 2), 1)
  t.equal(share(-1, 1, 2), -1)
  t.equal(share(3, 1, 2), 2)
  t.equal(share(1005, 1, 10), 101)
  t.equal(share(MAX_AMOUNT, 1, 1), MAX_AMOUNT)
  t.equal(share(0, 7, 3), 0)
  t.throws(() => share(1, 1, 0))
})

t.test('a sum is exact, or refused beyond 2^53 - 1', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 })), (all) => {
      return sum(all) === all.reduce((total, one) => total + one, 0)
    }),
  )
  t.equal(sum([MAX_AMOUNT, MAX_AMOUNT, -MAX_AMOUNT]), MAX_AMOUNT)
  t.throws(() => sum([MAX_AMOUNT, 1]), RangeError)
  t.throws(() => sum([-MAX_AMOUNT, -1]), RangeError)
})

t.test('currencies have the decimal places of ISO 4217', async (t) => {
  t.same(['EUR', 'JPY', 'KWD', 'CLF'].map(exponentOf), [2, 0, 3, 4])
  t.ok(isCurrency('EUR'))
  t.notOk(isCurrency('XXQ'))
  t.notOk(isCurrency('eur'))
  t.equal(formatAmount(148_810, 'EUR'), '1,488.10 EUR')
  t.equal(formatAmount(-5, 'EUR'), '-0.05 EUR')
  t.equal(formatAmount(1_234_567, 'JPY'), '1,234,567 JPY')
  t.equal(formatAmount(1, 'KWD'), '0.001 KWD')
})

import fc from 'fast-check'
import t from 'tap'
import { type Money, type Plan, planAllocation } from '../../src/cash/allocation.ts'
import type { Claim } from '../../src/cash/claim.ts'
import {
  type AllocationSettings,
  automaticRules,
  defaultSettings,
  type Tolerance,
} from '../../src/cash/settings.ts'
import { claimOf, moneyOf, open } from '../support/claims.ts'

const plan = (money: Money, claims: Claim[], more: Partial<AllocationSettings> = {}): Plan =>
  planAllocation(money, claims, { ...defaultSettings, ...more })
const taken = ({ shares }: Plan) => shares.map(({ itemId, amount, rule }) => [itemId, amount, rule])

const anyClaims = fc
  .array(
    fc.record({
      open_amount: fc.integer({ min: 1, max: 30 }),
      number: fc.option(fc.constantFrom('R-1', 'R-2', 'R-12'), { nil: null }),
      discount: fc.constantFrom('0', '3', '50'),
      charge_kind: fc.constantFrom(null, 'fee' as const, 'interest' as const),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ discount, ...one }, n) =>
      claimOf({
        ...one,
        id: `${n}`,
        due_date: `2026-03-0${n + 1}`,
        discountable_amount: one.open_amount,
        early_payment_discounts: [{ until_date: '2026-03-05', percent: discount }],
      }),
    ),
  )
const anyMoney = fc.record({
  amount: fc.integer({ min: 1, max: 150 }),
  date: fc.constantFrom('2026-03-05', '2026-03-06'),
  reference: fc.option(fc.constantFrom('R-1', 'R-2 R-12', 'r-12', 'thanks', 'NOTPROVIDED'), {
    nil: null,
  }),
})
const anySettings = fc.record({
  rules: fc.shuffledSubarray([...automaticRules]),
  jurisdiction: fc.constantFrom(null, 'DE' as const, 'NL' as const),
  tolerances: fc.constantFrom<Tolerance[]>(
    [],
    [{ currency: 'EUR', short_amount: 3, short_percent: '10', over_amount: 2 }],
  ),
})

t.test(
  'no plan invents money, takes more than is open, or leaves an item half cleared',
  async () => {
    fc.assert(
      fc.property(anyMoney, anyClaims, anySettings, (money, claims, settings) => {
        const { shares, overAmount, left } = plan(moneyOf(money.amount, money), claims, settings)
        const given = shares.reduce((total, share) => total + share.amount, 0)
        const per = new Map<string, number>()
        for (const { itemId, amount, deductions } of shares) {
          const cleared = deductions.reduce((total, deduction) => total + deduction.amount, 0)
          per.set(itemId, (per.get(itemId) ?? 0) + amount + cleared)
          const whole = claims.find(({ id }) => id === itemId)?.open_amount
          if (cleared > 0 && per.get(itemId) !== whole) return false
        }
        return (
          given + overAmount + left === money.amount &&
          shares.every(({ amount }) => amount > 0) &&
          per.size === shares.length &&
          (left === 0 || overAmount === 0) &&
          claims.every(({ id, open_amount }) => (per.get(id) ?? 0) <= open_amount)
        )
      }),
      { numRuns: 2_000 },
    )
  },
)

t.test('with a last rule that takes all, money is only left when nothing is open', async () => {
  fc.assert(
    fc.property(anyMoney, anyClaims, (money, claims) => {
      const { shares, left } = plan(moneyOf(money.amount, money), claims)
      const given = shares.reduce((total, share) => total + share.amount, 0)
      return left === 0 || given === claims.reduce((total, one) => total + one.open_amount, 0)
    }),
  )
})

t.test('the same money, claims and settings give the same plan', async () => {
  fc.assert(
    fc.property(anyMoney, anyClaims, anySettings, (money, claims, settings) => {
      const once = () => JSON.stringify(plan(moneyOf(money.amount, money), claims, settings))
      const [first, second] = [once(), once()]
      return first === second
    }),
  )
})

t.test('the rules are tried in their order, each on what the one before left', async (t) => {
  const claims = open(50, 70, 30)
  const named = [...claims.slice(0, 2), claimOf({ ...claims[2], number: 'R-3' })]
  t.same(taken(plan(moneyOf(80, { reference: 'R-3' }), named)), [
    ['2', 30, 'reference'],
    ['0', 50, 'exact_amount'],
  ])
  t.same(taken(plan(moneyOf(80, { reference: 'R-3' }), named, { rules: ['oldest_first'] })), [
    ['0', 50, 'oldest_first'],
    ['1', 30, 'oldest_first'],
  ])
  t.same(taken(plan(moneyOf(70), claims)), [['1', 70, 'exact_amount']])
  t.same(
    taken(plan(moneyOf(150), claims)).map(([, , rule]) => rule),
    ['exact_balance', 'exact_balance', 'exact_balance'],
  )
  t.same(taken(plan(moneyOf(120, { date: '2026-03-03' }), claims)), [
    ['0', 50, 'exact_overdue'],
    ['1', 70, 'exact_overdue'],
  ])
  t.same(taken(plan(moneyOf(100), claims)), [
    ['1', 70, 'subset'],
    ['2', 30, 'subset'],
  ])
  t.same(taken(plan(moneyOf(60), claims, { rules: ['exact_amount'] })), [])
  t.same(plan(moneyOf(60), claims, { rules: ['exact_amount'] }).left, 60)
})

t.test('every share says why, in words for programs and with what decided', async (t) => {
  const claims = [claimOf({ id: '0', number: 'R-1', open_amount: 40 }), ...open(5, 7, 60).slice(1)]
  const { shares } = plan(moneyOf(107, { reference: 'for R-1' }), claims)
  t.match(shares, [
    { rule: 'reference', reason: { code: 'invoice_number', found: 'R-1' } },
    { rule: 'exact_balance', reason: { code: 'exact_balance', amount: 67, count: 2 } },
    { rule: 'exact_balance' },
  ])
})

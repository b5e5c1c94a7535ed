import fc from 'fast-check'
import t from 'tap'
import {
  allocateAutomatically,
  allocateToInvoice,
  type Claim,
  claimsNamedBy,
} from '../../src/cash/allocation.ts'

const claim = fc.record({
  open_amount: fc.integer({ min: 1, max: 20 }),
  number: fc.option(fc.constantFrom('R-1', 'R-2', 'R-12'), { nil: null }),
})
const claims = fc.array(claim, { maxLength: 8 }).map((all) =>
  all.map(
    (one, n): Claim => ({
      ...one,
      id: `item-${n}`,
      invoice_id: one.number,
      due_date: `2026-03-0${n + 1}`,
    }),
  ),
)
const money = fc.integer({ min: 1, max: 100 })
const reference = fc.option(fc.constantFrom('R-1', 'R-2 R-12', 'r-12', 'thanks', 'NOTPROVIDED'), {
  nil: null,
})

t.test(
  'automatic allocation takes all it can, from no item more than is open, and invents nothing',
  async () => {
    fc.assert(
      fc.property(money, reference, claims, (amount, text, open) => {
        const shares = allocateAutomatically(amount, text, open)
        const given = shares.reduce((total, share) => total + share.amount, 0)
        const claimed = open.reduce((total, one) => total + one.open_amount, 0)
        const per = new Map<string, number>()
        for (const { itemId, amount: part } of shares)
          per.set(itemId, (per.get(itemId) ?? 0) + part)
        return (
          given === Math.min(amount, claimed) &&
          shares.every((share) => share.amount > 0) &&
          per.size === shares.length &&
          open.every((one) => (per.get(one.id) ?? 0) <= one.open_amount)
        )
      }),
    )
  },
)

t.test(
  'what the reference names comes before everything else, and the oldest before the younger',
  async () => {
    fc.assert(
      fc.property(money, reference, claims, (amount, text, open) => {
        const shares = allocateAutomatically(amount, text, open)
        const named = new Set(claimsNamedBy(text, open).map(({ id }) => id))
        const given = (id: string) => shares.find(({ itemId }) => itemId === id)?.amount ?? 0
        const isFull = (one: Claim) => given(one.id) === one.open_amount
        const others = shares.filter(({ itemId }) => !named.has(itemId))
        const ofOldest = others
          .filter(({ rule }) => rule === 'oldest_first')
          .map(({ itemId }) => open.findIndex(({ id }) => id === itemId))
        return (
          shares.every(({ rule, itemId }) => (rule === 'reference') === named.has(itemId)) &&
          (others.length === 0 || open.filter(({ id }) => named.has(id)).every(isFull)) &&
          ofOldest.every((place, n) => n === 0 || place > (ofOldest[n - 1] as number))
        )
      }),
    )
  },
)

t.test('one item that is open with exactly the amount is preferred to older ones', async (t) => {
  const open = [5, 7, 5].map(
    (open_amount, n): Claim => ({
      id: `${n}`,
      invoice_id: null,
      number: null,
      due_date: '2026-03-01',
      open_amount,
    }),
  )
  t.same(allocateAutomatically(7, null, open), [{ itemId: '1', amount: 7, rule: 'exact_amount' }])
  t.same(allocateAutomatically(5, null, open), [{ itemId: '0', amount: 5, rule: 'exact_amount' }])
  t.same(
    allocateAutomatically(6, null, open).map(({ itemId, amount }) => [itemId, amount]),
    [
      ['0', 5],
      ['1', 1],
    ],
  )
  t.same(allocateAutomatically(1, null, []), [])
})

t.test('a designated amount says what it could not place', async (t) => {
  const open = [5, 7].map(
    (open_amount, n): Claim => ({
      id: `${n}`,
      invoice_id: 'i',
      number: 'R',
      due_date: '2026-03-01',
      open_amount,
    }),
  )
  t.match(allocateToInvoice(20, open, 'designated'), {
    left: 8,
    shares: [{ amount: 5 }, { amount: 7 }],
  })
})

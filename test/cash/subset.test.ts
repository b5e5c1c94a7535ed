import fc from 'fast-check'
import t from 'tap'
import type { Claim } from '../../src/cash/claim.ts'
import { subsetOf } from '../../src/cash/subset.ts'
import { open } from '../support/claims.ts'

const payable = ({ open_amount }: Claim) => open_amount
const found = (amounts: number[], amount: number) =>
  subsetOf(open(...amounts), payable, amount).map(({ id }) => Number(id))

t.test('finds the one set that adds up, and none where there are several', async (t) => {
  t.same(found([50, 70, 30], 80), [0, 2])
  t.same(found([50, 70, 30], 150), [0, 1, 2])
  t.same(found([50, 70, 30], 90), [])
  t.same(found([10, 20, 30], 30), [], '30 is one of them, and two others together')
  t.same(found([], 10), [])
})

t.test('of items that come to the same the older are taken', async (t) => {
  t.same(found([40, 25, 40, 25, 40], 80), [0, 2])
  t.same(found([40, 25, 40, 25, 40], 65), [0, 1])
})

t.test('agrees with trying everything', async () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 9 }),
      fc.integer({ min: 1, max: 60 }),
      (amounts, amount) => {
        const solutions = new Set<string>()
        for (let set = 1; set < 2 ** amounts.length; set += 1) {
          const chosen = amounts.filter((_, n) => (set >> n) % 2 === 1)
          if (chosen.reduce((total, one) => total + one, 0) === amount)
            solutions.add(chosen.sort((a, b) => a - b).join())
        }
        const own = found(amounts, amount).map((n) => amounts[n] as number)
        const [only] = solutions
        return own.sort((a, b) => a - b).join() === (solutions.size === 1 ? only : '')
      },
    ),
    { numRuns: 1_000 },
  )
})

t.test('a search that would take too long gives no answer, soon', async (t) => {
  const amounts = Array.from({ length: 60 }, (_, n) => 100_003 + 2 * n * n)
  const begun = Date.now()
  t.same(found(amounts, 3_000_001), [])
  t.ok(Date.now() - begun < 1_000)
})

t.test('of very many different items it gives no answer, however few would do', async (t) => {
  const amounts = Array.from({ length: 20_000 }, (_, n) => n + 10)
  t.same(found(amounts, 9), [])
  t.same(found(amounts, 10), [])
})

import { sum } from '../../foundation/money.ts'

/** The fee of an earlier notice, without what was waived of it. */
export interface EarlierFee {
  notice_id: string
  amount: number
  /** What of it has cut lump sums, by their items. */
  credited: { item_id: string; amount: number }[]
}

/** What of an earlier fee cuts a lump sum. */
export interface CreditedFee {
  notice_id: string
  amount: number
}

interface Bearer {
  item: { id: string }
  before: { fees: readonly EarlierFee[] }
}

/** What of the fees of earlier notices falls on some items: each fee once, without what has cut lump sums of others. */
export function feesOn(bearers: readonly Bearer[]): number {
  const itemIds = new Set(bearers.map(({ item }) => item.id))
  const fees = new Map(
    bearers.flatMap(({ before }) => before.fees.map((fee) => [fee.notice_id, fee])),
  )
  return sum([...fees.values()].map((fee) => leftOf(fee, itemIds)))
}

/** The fees that cut the lump sum of an item, as far as they do, the earliest first. */
export function creditFees({ item, before }: Bearer, lumpSum: number): CreditedFee[] {
  const credited: CreditedFee[] = []
  let left = lumpSum
  for (const fee of before.fees) {
    const amount = Math.min(left, leftOf(fee, new Set([item.id])))
    left -= amount
    if (amount > 0) credited.push({ notice_id: fee.notice_id, amount })
  }
  return credited
}

/** The same item, now that fees have cut the lump sum of another. */
export const afterCredit = <B extends Bearer>(
  bearer: B,
  itemId: string,
  credits: readonly CreditedFee[],
): B => ({
  ...bearer,
  before: {
    ...bearer.before,
    fees: bearer.before.fees.map((fee) => {
      const cut = credits.filter(({ notice_id }) => notice_id === fee.notice_id)
      const credited = cut.map(({ amount }) => ({ item_id: itemId, amount }))
      return { ...fee, credited: [...fee.credited, ...credited] }
    }),
  },
})

/** What of a fee is not credited to items other than these. */
const leftOf = ({ amount, credited }: EarlierFee, itemIds: ReadonlySet<string>): number =>
  Math.max(
    0,
    amount - sum(credited.filter(({ item_id }) => !itemIds.has(item_id)).map((one) => one.amount)),
  )

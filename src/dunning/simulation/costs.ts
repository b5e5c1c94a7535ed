import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { ChargedBefore } from '../charges/charged-before.ts'
import type { CreditedFee, EarlierFee } from '../charges/earlier-fees.ts'
import type { GivenNotice } from '../charges/statutory-term.ts'
import type { ChargeRow } from '../charges/table.ts'
import { type Assessment, assess, type InterestBasis, type LawBook } from '../law/assess-claim.ts'
import { type ClaimedItem, claimOfItem } from '../law/claim-of-item.ts'
import type { Level } from '../policy.ts'
import { type HistoricItem, movementsBy } from './history.ts'

/** A step that a replay has taken, by a notice at a level. */
interface TakenStep {
  date: CalendarDate
  noticeId: string
  level: Level
  /** The fee of the notice. */
  fee: number
}

/** What a replay has charged for an item so far. */
export interface ItemCosts extends Pick<ChargedBefore, 'interest' | 'lumpSum' | 'lumpSumCovers'> {
  steps: readonly TakenStep[]
  /** The fees that have cut its lump sum. */
  credits: readonly CreditedFee[]
  /** Interest that runs on; null while none does. */
  running: ChargeRow | null
}

const nothingYet: ItemCosts = {
  interest: 0,
  lumpSum: 0,
  lumpSumCovers: 0,
  steps: [],
  credits: [],
  running: null,
}

/** What a replay has charged so far, by item. */
export type Costs = ReadonlyMap<string, ItemCosts>

export const costsOf = (costs: Costs, itemId: string): ItemCosts => costs.get(itemId) ?? nothingYet

/** What a day of a replay charges. */
export interface ReplayedCharge {
  /** The level of the notice that brings it; null for interest that a settled principal brings or takes back. */
  level: number | null
  currency: string
  kind: ChargeRow['kind']
  /** What is claimed; below zero where claimed interest turns out to be too much. */
  claimed: number
  /** What the policy asks for and the law refuses, of a fee or a lump sum. */
  refused: number
  /** Interest that is given up. */
  waived: number
}

/** What a day charges, and what has been charged by its end. */
export interface Charging {
  charges: ReplayedCharge[]
  costs: Costs
}

/** An item of an invoice: what bears charges. */
export type Bearing = HistoricItem & { claimed: ClaimedItem }

export const isBearing = (item: HistoricItem): item is Bearing => item.claimed !== null

/** What the law says about an item on a day of a replay: by what its run sees, and the replay's own demands. */
export function assessOn(
  item: Bearing,
  { steps }: ItemCosts,
  interest: InterestBasis,
  date: CalendarDate,
  book: LawBook,
): Assessment {
  const reductions = movementsBy(item, date)
    .filter(({ cause }) => cause !== 'claim')
    .map(({ effectiveDate, amount }) => ({ date: effectiveDate, amount: -amount }))
  const claim = claimOfItem(item.claimed, {
    demandDates: steps.map((step) => step.date),
    reductions,
    interestPayments: [],
  })
  return assess(claim, { interest, asOf: date, carryForward: false }, book)
}

/** What was charged for an item before. */
export function chargedBefore(costs: Costs, itemId: string): ChargedBefore {
  const { interest, lumpSum, lumpSumCovers, steps } = costsOf(costs, itemId)
  return {
    interest,
    lumpSum,
    lumpSumCovers,
    fees: steps
      .filter(({ fee }) => fee > 0)
      .map(({ noticeId, fee }) => ({
        notice_id: noticeId,
        amount: fee,
        credited: creditedOf(costs, noticeId),
      })),
    statutoryNotices: steps.flatMap(givenNotice),
  }
}

/** What of the fee of a notice has cut lump sums, by their items. */
const creditedOf = (costs: Costs, noticeId: string): EarlierFee['credited'] =>
  [...costs].flatMap(([item_id, { credits }]) =>
    credits
      .filter(({ notice_id }) => notice_id === noticeId)
      .map(({ amount }) => ({ item_id, amount })),
  )

/** A replayed notice is taken to have gone out on its day, by the first channel of its level. */
function givenNotice({ date, level }: TakenStep): GivenNotice[] {
  const { statutory_notice: kind, payment_days: days, channels } = level
  if (kind === null) return []
  return [
    {
      kind,
      deadline_date: days === null ? null : addDays(date, days),
      reports: [{ status: 'sent', channel: channels[0] ?? 'letter', date }],
    },
  ]
}

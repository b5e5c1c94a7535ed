import type { CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import { sum } from '../../foundation/money.ts'
import { feeAmount, feeIn } from '../fee.ts'
import { chargeRefusal, type TermState } from '../law/charge-refusal.ts'
import type { StatutoryNotice } from '../policy.ts'
import { type Charged, type ChargingNotice, judged, proposal, type Stamp } from './charge-row.ts'
import { feesOn } from './earlier-fees.ts'
import { termState } from './statutory-term.ts'
import type { ChargeRow } from './table.ts'

/**
 * The fee of a notice belongs to all it lifts: it is judged by what of that may bear one now, together. Where the law
 * wants a notice of its own before, that is what is over with its own term, and nothing else is what costs are reckoned
 * from.
 */
export function feeOfNotice(
  stamp: Stamp,
  notice: ChargingNotice,
  charged: readonly Charged[],
  ofItems: readonly ChargeRow[],
): ChargeRow[] {
  const fee = feeIn(notice.level.fees, notice.currency)
  const { bearing, statutoryTerm } = bearingOf(charged, stamp.today)
  const judge = bearing[0] ?? charged[0]
  if (fee === undefined || judge === undefined) return []
  const principal = sum(bearing.map(({ item }) => item.open_amount))
  const base = statutoryTerm === 'has_run' && wantedNotice(judge) ? principal : notice.overdueAmount
  const asked = feeAmount(fee, base)
  if (asked === 0) return []
  const items = new Set(bearing.map(({ item }) => item.id))
  const lumpSums = ofItems.filter(
    ({ kind, status, item_id }) =>
      kind === 'lump_sum' && status === 'claimed' && items.has(item_id as string),
  )
  const refusal = chargeRefusal(judge.accrual.law, {
    ...proposal(judge, notice),
    kind: 'fee',
    amount: asked,
    principal,
    isPercentage: fee.percent !== undefined,
    statutoryTerm,
    feesBefore: feesOn(bearing),
    lumpSum:
      sum(bearing.map(({ before }) => before.lumpSum)) + sum(lumpSums.map(({ amount }) => amount)),
    lumpSumCovers:
      sum(bearing.map(({ before }) => before.lumpSumCovers)) +
      sum(lumpSums.map(({ explanation }) => explanation.asked_amount)),
  })
  const explanation = { asked_amount: asked, base_amount: base }
  return [judged(stamp, notice, { kind: 'fee', explanation }, asked, refusal)]
}

/** What of a notice a fee is judged by, and how far the notice that has to go before it has come there. */
interface FeeBasis {
  bearing: readonly Charged[]
  statutoryTerm: TermState
}

/** All that is in default and may bear a fee now; where nothing may, all that is in default, and how near it is. */
function bearingOf(charged: readonly Charged[], today: CalendarDate): FeeBasis {
  const late = charged.filter(({ accrual }) => accrual.inDefault)
  const by = groupBy(late, (one) => stateOf(one, today))
  const statutoryTerm = nearness.find((state) => by.has(state)) ?? 'missing'
  return { bearing: by.get(statutoryTerm) ?? [], statutoryTerm }
}

const nearness = ['has_run', 'running', 'not_sent', 'missing'] as const satisfies TermState[]

const wantedNotice = ({ accrual }: Charged): StatutoryNotice | null =>
  accrual.law.fees?.terms.afterNotice ?? null

function stateOf(charged: Charged, today: CalendarDate): TermState {
  const wanted = wantedNotice(charged)
  return wanted === null ? 'has_run' : termState(wanted, charged.before.statutoryNotices, today)
}

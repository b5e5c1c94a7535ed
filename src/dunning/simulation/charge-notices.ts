import type { CalendarDate } from '../../foundation/calendar.ts'
import { sum } from '../../foundation/money.ts'
import { isCharged } from '../charges/charge-facts.ts'
import { overClaimed } from '../charges/charge-row.ts'
import { chargesOfNotice } from '../charges/charges-of-notice.ts'
import type { ChargeRow } from '../charges/table.ts'
import type { ForeseenNotice } from '../foreseen-notices.ts'
import { type Level, levelOf } from '../policy.ts'
import {
  assessOn,
  type Charging,
  type Costs,
  chargedBefore,
  costsOf,
  isBearing,
  type ReplayedCharge,
} from './costs.ts'
import type { CustomerHistory } from './history.ts'
import type { Rules } from './rules.ts'

/**
 * What the notices of a day charge: what real ones would, by the same rules, from what the replay has charged before.
 */
export function chargeNotices(
  history: CustomerHistory,
  notices: readonly ForeseenNotice[],
  before: Costs,
  rules: Rules,
  date: CalendarDate,
): Charging {
  const charges: ReplayedCharge[] = []
  let costs = before
  for (const notice of notices) {
    const level = levelOf(rules.policy, notice.level)
    if (level === undefined) continue
    const id = `${date} ${notice.currency} ${notice.level}`
    const rows = rowsOf(history, { ...notice, id, level }, costs, rules, date)
    charges.push(...rows.flatMap((row) => chargesIn(row, notice.level)))
    costs = costsAfter(costs, { ...notice, id, level }, rows, date)
  }
  return { charges, costs }
}

/** A demand, with its level as the policy says it. */
type Demand = Omit<ForeseenNotice, 'level'> & { id: string; level: Level }

/** The charges of a demand as a run would write them, what the law refuses too. */
function rowsOf(
  { customerId, items }: CustomerHistory,
  { id, currency, level, items: lifted, overdue }: Demand,
  costs: Costs,
  { policy, book, stamp }: Rules,
  date: CalendarDate,
): ChargeRow[] {
  const bearing = new Map(items.filter(isBearing).map((item) => [item.id, item]))
  const steps = lifted
    .map((one) => ({ ...one, level: levelOf(policy, one.level) as Level }))
    .flatMap((one) => {
      const item = bearing.get(one.id)
      return item !== undefined && isCharged(one) ? [{ ...one, past: item }] : []
    })
  const listed = overdue.filter((one) => bearing.has(one.id))
  const notice = {
    id,
    customerId,
    currency,
    level,
    overdueAmount: sum(listed.map(({ openAmount }) => openAmount)),
    steps: steps.map((step) => ({ item: chargedItem(step), level: step.level })),
  }
  const assessed = steps.map(
    ({ past, level: { interest } }) =>
      [past.id, assessOn(past, costsOf(costs, past.id), interest, date, book)] as const,
  )
  return chargesOfNotice({ ...stamp, today: date }, notice, {
    accruals: new Map(assessed),
    before: new Map(steps.map((step) => [step.id, chargedBefore(costs, step.id)])),
  })
}

/** A replay knows one cycle only. */
const chargedItem = ({ id, openAmount }: { id: string; openAmount: number }) => ({
  id,
  invoice_id: null,
  cycle: 1,
  open_amount: openAmount,
})

/** What a row comes to; where interest runs on, what earlier claims of it were too much. */
function chargesIn(row: ChargeRow, noticeLevel: number): ReplayedCharge[] {
  const { kind, status, currency, amount, explanation } = row
  const nothing = { level: noticeLevel, currency, kind, claimed: 0, refused: 0, waived: 0 }
  if (status === 'accrued') {
    const tooMuch = overClaimed(row)
    return tooMuch === 0 ? [] : [{ ...nothing, level: null, claimed: -tooMuch }]
  }
  const refused = kind === 'interest' ? 0 : explanation.asked_amount - amount
  return [{ ...nothing, claimed: amount, refused }]
}

function costsAfter(
  before: Costs,
  { id, items, level }: Demand,
  rows: readonly ChargeRow[],
  date: CalendarDate,
): Costs {
  const after = new Map(before)
  const fee = sum(rows.filter(({ kind }) => kind === 'fee').map(({ amount }) => amount))
  for (const { id: itemId } of items) {
    const costs = costsOf(before, itemId)
    const own = rows.filter(({ item_id }) => item_id === itemId)
    const claims = own.filter(({ status }) => status === 'claimed')
    const interest = claims.filter(({ kind }) => kind === 'interest')
    const lumpSums = claims.filter(({ kind }) => kind === 'lump_sum')
    const running = own.find(({ status }) => status === 'accrued') ?? null
    after.set(itemId, {
      interest:
        costs.interest +
        sum(interest.map(({ amount }) => amount)) -
        (running === null ? 0 : overClaimed(running)),
      lumpSum: costs.lumpSum + sum(lumpSums.map(({ amount }) => amount)),
      lumpSumCovers:
        costs.lumpSumCovers + sum(lumpSums.map(({ explanation }) => explanation.asked_amount)),
      credits:
        own.find(({ kind }) => kind === 'lump_sum')?.explanation.credited_fees ?? costs.credits,
      running: running ?? costs.running,
      steps: [...costs.steps, { date, noticeId: id, level, fee }],
    })
  }
  return after
}

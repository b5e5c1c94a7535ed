import type { CalendarDate } from '../../foundation/calendar.ts'
import { basisOf, endAccrual } from '../charges/end-accrual.ts'
import type { ChargeRow } from '../charges/table.ts'
import {
  assessOn,
  type Bearing,
  type Charging,
  type Costs,
  chargedBefore,
  costsOf,
  isBearing,
  type ReplayedCharge,
} from './costs.ts'
import { amountOn, type CustomerHistory, isGivenUp } from './history.ts'
import type { Rules } from './rules.ts'

/**
 * Settles interest that ran on principals which a day's run sees paid, before it duns: claims the rest or gives it up, as
 * the policy says. Where a rate is missing it runs on.
 */
export function settlePaid(
  { items }: CustomerHistory,
  before: Costs,
  rules: Rules,
  date: CalendarDate,
): Charging {
  const charges: ReplayedCharge[] = []
  const costs = new Map(before)
  for (const item of items.filter(isBearing)) {
    const own = costs.get(item.id)
    if (!own?.running || amountOn(item.movements, date) > 0) continue
    const settled = settle(item, costs, own.running, rules, date)
    if (settled === null) continue
    charges.push(settled)
    costs.set(item.id, { ...own, interest: own.interest + settled.claimed, running: null })
  }
  return { charges, costs }
}

function settle(
  item: Bearing,
  costs: Costs,
  charge: ChargeRow,
  { policy, book, stamp }: Rules,
  date: CalendarDate,
): ReplayedCharge | null {
  const givenUp = isGivenUp(item, date)
  const enforced = policy.on_principal_paid === 'enforce' && !givenUp
  const reason = givenUp ? 'principal_given_up' : 'principal_paid'
  const accrual = assessOn(item, costsOf(costs, item.id), basisOf(charge), date, book)
  const { left, waits } = endAccrual(
    { ...stamp, today: date },
    { charge, enforced, reason },
    accrual,
    chargedBefore(costs, item.id),
    date,
  )
  const waived = enforced ? 0 : Math.max(0, left)
  const { currency } = item
  return waits
    ? null
    : { level: null, currency, kind: 'interest', claimed: left - waived, refused: 0, waived }
}

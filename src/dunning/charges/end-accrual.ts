import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import { newId } from '../../foundation/id.ts'
import type { Assessment, InterestBasis } from '../law/assess-claim.ts'
import { defaultOf, type Stamp } from './charge-row.ts'
import type { ChargedBefore } from './charged-before.ts'
import { explainInterest } from './explain-interest.ts'
import type { ChargeRow } from './table.ts'

/** Interest that runs and is to end. */
export interface EndingAccrual {
  charge: ChargeRow
  /** Whether what was not claimed yet is claimed; otherwise it is given up, for the reason. */
  enforced: boolean
  reason: 'principal_paid' | 'principal_given_up' | 'item_deferred'
}

/** By what interest runs. */
export const basisOf = ({ percent }: ChargeRow): InterestBasis =>
  percent === null ? { kind: 'statutory' } : { kind: 'contract', percent }

/** What becomes of interest that ran. */
export interface EndedAccrual {
  charge: ChargeRow
  /** What was not claimed before; below zero where too much was. */
  left: number
  /** Whether it cannot be settled yet. */
  waits: boolean
}

/**
 * Ends interest by the end of a day: what was not claimed before is claimed, or given up. Where the principal turns out
 * not to have been late by then, there is none. Pure.
 */
export function endAccrual(
  { now, today }: Stamp,
  { charge, enforced, reason }: EndingAccrual,
  accrual: Assessment,
  before: ChargedBefore,
  until: CalendarDate,
): EndedAccrual {
  const { interest, interestRefusal } = accrual
  if (interest === null && interestRefusal !== 'not_in_default')
    return { charge: { ...charge, next_look_date: addDays(today, 1) }, left: 0, waits: true }
  const amount = (interest?.amount ?? 0) - before.interest
  const settled: ChargeRow = {
    ...charge,
    level: 0,
    status: enforced ? 'claimed' : 'waived',
    amount: Math.max(0, amount),
    reason: enforced ? null : reason,
    from_date: accrual.default?.date ?? charge.from_date,
    until_date: until,
    claim_item_id: enforced ? newId() : null,
    next_look_date: null,
    explanation: { ...explainInterest(interest, before.interest), ...defaultOf(accrual) },
    updated_at: now,
  }
  return { charge: settled, left: amount, waits: false }
}

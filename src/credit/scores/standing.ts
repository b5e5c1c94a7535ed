import type { Standing, StandingRules } from '../policies/policy.ts'

/** What a standing is derived from. */
export interface StandingBasis {
  /** Items settled, as far as they were counted: no more than decide whether a customer is new. */
  settled_items: number
  /** Average days late of the year, one decimal; null when nothing was settled in it. */
  days_late: number | null
  /** How long the oldest overdue item that is not disputed is overdue; 0 for none. */
  oldest_overdue_days: number
}

/** The first that holds of problem, new, slow and good; else returning. */
export function standingOf(basis: StandingBasis, rules: StandingRules): Standing {
  const { settled_items, days_late, oldest_overdue_days } = basis
  if (oldest_overdue_days >= rules.problem_from_overdue_days) return 'problem'
  if (settled_items < rules.new_below_settled_items) return 'new'
  if (days_late === null) return 'returning'
  if (days_late >= rules.slow_from_days_late) return 'slow'
  return days_late <= rules.good_up_to_days_late ? 'good' : 'returning'
}

import type { CalendarDate } from '../../foundation/calendar.ts'
import type { MonitoringRules } from '../policies/policy.ts'
import type { Lateness } from './late-items.ts'
import type { AlertFigures, AlertType } from './table.ts'

/** A limit that holds for a customer, its own or that of its group, and the exposure that counts towards it. */
export interface LimitSighting {
  limitId: string
  /** Null for the customer's own limit. */
  groupId: string | null
  currency: string
  limitAmount: number
  /** Minor units; never more than there is. */
  exposureAmount: number
  /** False where something could not be converted, so that there may be more exposure. */
  complete: boolean
}

/** What monitoring remembers of a customer, so that it tells each crossing once. */
export interface Remembered {
  over_limit: boolean
  /** The highest utilisation of the policy that is reached, percent; 0 for none. */
  utilisation_reached: number
  first_overdue_date: CalendarDate | null
  /** The score of the last nightly look; null before the first. */
  monitored_score: number | null
  /** The day of that look; far in the past before the first. */
  monitored_date: CalendarDate
}

/** What a look sees of a customer. */
export interface Sighting {
  limits: readonly LimitSighting[]
  score: number | null
  lateness: Lateness
}

/** Something to tell. */
export interface Crossing {
  type: AlertType
  figures: AlertFigures
}

/** What is to be remembered after a look, and what it has to tell. Only the look of a night compares scores. */
export function crossings(
  before: Remembered,
  seen: Sighting,
  rules: MonitoringRules,
  night: CalendarDate | null,
): { after: Remembered; told: Crossing[] } {
  const told: Crossing[] = []
  const after: Remembered = {
    over_limit: overLimit(before, seen, told),
    utilisation_reached: utilisationReached(before, seen, rules, told),
    first_overdue_date: before.first_overdue_date ?? firstOverdue(seen, told),
    monitored_score: night === null ? before.monitored_score : seen.score,
    monitored_date: night ?? before.monitored_date,
  }
  if (night !== null) dropOfScore(before, seen, rules, told)
  return { after, told }
}

/** Without a limit there is nothing to be above, and nothing to be told of it. */
function overLimit(before: Remembered, { limits }: Sighting, told: Crossing[]): boolean {
  const exceeded = limits.find(({ exposureAmount, limitAmount }) => exposureAmount > limitAmount)
  if (exceeded !== undefined) {
    if (!before.over_limit) {
      const excess = exceeded.exposureAmount - exceeded.limitAmount
      told.push({
        type: 'credit_limit.exceeded',
        figures: { ...limitFigures(exceeded), excess_amount: excess },
      })
    }
    return true
  }
  if (limits.some(({ complete }) => !complete)) return before.over_limit
  const tightest = tightestOf(limits)
  if (before.over_limit && tightest !== undefined)
    told.push({ type: 'credit_limit.back_within', figures: limitFigures(tightest) })
  return false
}

/** Going down is not told; what is reached again later is. */
function utilisationReached(
  before: Remembered,
  { limits }: Sighting,
  { utilisation_percents }: MonitoringRules,
  told: Crossing[],
): number {
  const tightest = tightestOf(limits)
  if (tightest === undefined) return 0
  const percent = utilisationOf(tightest)
  const reached = Math.max(0, ...utilisation_percents.filter((threshold) => threshold <= percent))
  if (reached > before.utilisation_reached) {
    told.push({
      type: 'credit_utilisation.reached',
      figures: {
        ...limitFigures(tightest),
        utilisation_percent: Number.isFinite(percent) ? percent : null,
        threshold_percent: reached,
      },
    })
  }
  return reached
}

/** Only what began now is told as the first time; what lies in the past is remembered. */
function firstOverdue(
  { lateness: { firstOverdueDate, overdueSince } }: Sighting,
  told: Crossing[],
): CalendarDate | null {
  if (firstOverdueDate !== null && firstOverdueDate === overdueSince)
    told.push({
      type: 'customer.first_overdue',
      figures: { first_overdue_date: firstOverdueDate },
    })
  return firstOverdueDate
}

function dropOfScore(
  { monitored_score: previous }: Remembered,
  { score }: Sighting,
  { score_drop }: MonitoringRules,
  told: Crossing[],
): void {
  if (score_drop === null || previous === null || score === null) return
  if (previous - score >= score_drop)
    told.push({ type: 'credit_score.dropped', figures: { previous_score: previous, score } })
}

/** The limit of which most is used. */
const tightestOf = (limits: readonly LimitSighting[]): LimitSighting | undefined =>
  limits.reduce<LimitSighting | undefined>(
    (tightest, one) =>
      tightest !== undefined && utilisationOf(tightest) >= utilisationOf(one) ? tightest : one,
    undefined,
  )

/** Exposure in percent of the limit, rounded down; infinite where something is owed without any limit. */
function utilisationOf({ exposureAmount, limitAmount }: LimitSighting): number {
  if (exposureAmount <= 0) return 0
  if (limitAmount === 0) return Number.POSITIVE_INFINITY
  return Number((BigInt(exposureAmount) * 100n) / BigInt(limitAmount))
}

const limitFigures = (limit: LimitSighting): AlertFigures => ({
  limit_id: limit.limitId,
  group_id: limit.groupId,
  currency: limit.currency,
  limit_amount: limit.limitAmount,
  exposure_amount: limit.exposureAmount,
})

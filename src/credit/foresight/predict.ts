import { addDays, type CalendarDate, daysBetween } from '../../foundation/calendar.ts'
import { dayOfShare, distributionOf, shareUntil, shrunk, weightOf } from './distribution.ts'
import type { Habits, Settlement } from './habits.ts'

/** After so many days a settlement counts half: habits change. */
export const HALF_LIFE_DAYS = 180
/** Payments are blurred by this part of the spread that a customer's payments have. */
const BLUR = 0.5

/** What is to be foreseen: an item that is open on a day. */
export interface ToPredict {
  classId: string | null
  dueDate: CalendarDate
  today: CalendarDate
}

/** When an item will be paid, and what that is concluded from. */
export interface Prediction {
  /** Between 0 and 1; 1 for what is late already; null without any history. */
  lateProbability: number | null
  /** The day by which it is paid with a probability of 50 and of 80 percent; null where history knows nothing so late. */
  p50Date: CalendarDate | null
  p80Date: CalendarDate | null
  inputs: {
    /** The customer's own items settled, and what they still count after they have aged. */
    ownItems: number
    ownWeight: number
    /** Shares late, between 0 and 1: of the customer's own (as they count), its class's, the tenant's; null without any. */
    ownLateShare: number | null
    classLateShare: number | null
    tenantLateShare: number | null
    tenantItems: number
    strength: number
    spreadDays: number
  }
}

/**
 * Foresees the payment of an item from what its customer has paid before, shrunk towards its class and the tenant. Only
 * settlements up to `today` may be given: what is known later must not be known here.
 */
export function predict(item: ToPredict, own: readonly Settlement[], habits: Habits): Prediction {
  const history = distributionOf(
    own.map(({ daysLate, settledDate }) => ({
      daysLate,
      weight: 0.5 ** (daysBetween(settledDate, item.today) / HALF_LIFE_DAYS),
    })),
  )
  const ofClass = item.classId === null ? undefined : habits.classes.get(item.classId)
  const foreseen = shrunk(history, ofClass ?? habits.all, habits.strength)
  const age = daysBetween(item.dueDate, item.today)
  const blur = habits.spreadDays * BLUR
  const dateOf = (share: number) => {
    const days = dayOfShare(foreseen, share, age, blur)
    return days === null ? null : addDays(item.dueDate, days)
  }
  return {
    lateProbability: lateProbability(),
    p50Date: dateOf(0.5),
    p80Date: dateOf(0.8),
    inputs: {
      ownItems: own.length,
      ownWeight: weightOf(history),
      ownLateShare: lateShare(history),
      classLateShare: ofClass === undefined ? null : lateShare(ofClass),
      tenantLateShare: lateShare(habits.all),
      tenantItems: habits.itemCount,
      strength: habits.strength,
      spreadDays: habits.spreadDays,
    },
  }

  function lateProbability(): number | null {
    if (weightOf(foreseen) === 0) return null
    if (age > 0) return 1
    const gone = shareUntil(foreseen, age - 1, blur)
    return gone === 1 ? 1 : (1 - shareUntil(foreseen, 0, blur)) / (1 - gone)
  }
}

function lateShare(distribution: ReadonlyMap<number, number>): number | null {
  const all = weightOf(distribution)
  if (all === 0) return null
  let late = 0
  for (const [days, weight] of distribution) if (days > 0) late += weight
  return late / all
}

import { addDays, type CalendarDate, earliestOf } from '../foundation/calendar.ts'
import type { PolicyChooser } from '../ledger/followed-policy.ts'
import { follow } from './follow.ts'
import { gate } from './gates.ts'
import { judge, liftWithCustomer } from './judge.ts'
import { keepMinimums, lookBelowMinimum } from './minimums.ts'
import type { Policy } from './policy.ts'
import type { DecisionReason, Outcome } from './reasons.ts'
import type { HoldReason } from './table.ts'
import { nextStepDate } from './when.ts'

/** A hold that covers an item now or later. Both days are included. */
export interface CoveringHold {
  id: string
  reason: HoldReason
  fromDate: CalendarDate
  /** Null for until lifted. */
  untilDate: CalendarDate | null
}

/** An open item as the evaluator sees it. */
export interface ItemSituation {
  id: string
  /** Whether it escalates: an instalment of an invoice does, and what a returned payment left; fees and interest never. */
  principal: boolean
  dueDate: CalendarDate
  openAmount: number
  level: number
  /** The day on which it reached that level; null while it has reached none. */
  levelDate: CalendarDate | null
  /** The deadline that its last notice set; null when it set none. */
  deadlineDate: CalendarDate | null
  /** Which reminders before the due date it has had, by their days. */
  courtesies: readonly number[]
  /** The highest level it may reach; null for all that the policy has. */
  maximumLevel: number | null
  /** The version it is bound to, or the one that would apply; null when none does. */
  policy: Policy | null
  /** Who chose it, or that there is none. */
  policyChooser: PolicyChooser
  holds: readonly CoveringHold[]
  /** The day on which a direct debit that is on its way collects it; null when none is. */
  collectionDate: CalendarDate | null
  /** The run that has proposed a step for it and waits for review; null when none does. */
  proposedBy: string | null
  /** The last day on which it can be enforced; null where no law that counts says so. */
  limitationDate: CalendarDate | null
}

/** Everything that decides about one customer's items in one currency, whatever the day. */
export interface Situation {
  currency: string
  /** When the customer was last given notice in this currency. */
  lastNoticeDate: CalendarDate | null
  /** The days of all collection contacts with the customer, in any currency, a day as often as there were contacts. */
  contacts: readonly CalendarDate[]
  /** Up to which day we know of payments; null when we have never known. */
  paymentsKnownUntil: CalendarDate | null
  /** Money of the customer in this currency that is not allocated yet. */
  unallocatedAmount: number
  items: readonly ItemSituation[]
}

/** What is to be done about one item, why, and when to look again. */
export interface Decision {
  itemId: string
  outcome: Outcome
  reason: DecisionReason
  /** The values that decided. */
  inputs: Record<string, unknown>
  fromLevel: number
  toLevel: number
  /** The days of the reminder before the due date that is to be sent; null for all else. */
  courtesy: number | null
  /** The first day on which the answer may differ by itself; null when only an event can change it. Always after today. */
  nextLookDate: CalendarDate | null
}

/**
 * The one brain of dunning: what should happen on a day to each open item of one customer in one currency. Pure: no
 * database, no clock. Run, preview, explanation, forecast and simulation all ask it. Each item is judged by itself;
 * then items move together where the policy says so; then levels that are not worth a notice are left out; and what
 * remains must pass the gates that hold for the customer as a whole.
 */
export function evaluate(situation: Situation, today: CalendarDate): Decision[] {
  const judged = situation.items.map((item) => judge(item, situation, today))
  const lifted = liftWithCustomer(situation, judged, today)
  const worthwhile = keepMinimums(situation, lifted)
  return lookForNext(situation, gate(situation, worthwhile, today), today)
}

/**
 * What rises today is looked at again when the level after it may apply, which may depend on the deadline now set; what
 * is below a minimum, when that may change.
 */
function lookForNext(
  situation: Situation,
  decisions: readonly Decision[],
  today: CalendarDate,
): Decision[] {
  const risen = follow(situation, decisions, today).items
  return decisions.map((decision, index) => {
    const item = risen[index] as ItemSituation
    if (decision.reason === 'below_minimum')
      return { ...decision, nextLookDate: lookBelowMinimum(item, today) }
    if (decision.outcome !== 'escalate') return decision
    return { ...decision, nextLookDate: nextStepDate(item, addDays(today, 1)) }
  })
}

/** The first day on which any of these answers may differ by itself; null when only an event can change them. */
export const nextLookOf = (decisions: readonly Decision[]): CalendarDate | null =>
  earliestOf(decisions.map(({ nextLookDate }) => nextLookDate))

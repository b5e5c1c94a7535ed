import { addDays, type CalendarDate, daysOverdue, laterOf } from '../foundation/calendar.ts'
import type { PolicyChooser } from '../ledger/followed-policy.ts'
import { applicableLevel, levelAfter, type Policy } from './policy.ts'
import type { HoldReason } from './table.ts'

/** What a decision comes to. */
export const outcomes = ['escalate', 'wait', 'blocked', 'finished'] as const
export type Outcome = (typeof outcomes)[number]

/** Why an item was or was not escalated: a closed catalogue. */
export const decisionReasons = {
  level_due: 'The item has been overdue long enough for the level.',
  lifted_with_customer:
    'Another item of the customer reached the level, and the policy lifts all due items together.',
  next_level_not_due: 'The next level is not due yet.',
  notice_interval: 'The customer was given notice too recently.',
  on_hold: 'A hold tells dunning to wait.',
  debit_pending: 'A direct debit is on its way to collect the item.',
  no_policy: 'No dunning policy applies.',
  last_level_reached: 'The policy has no further level.',
  charge_never_escalates: 'Charges never escalate.',
} as const
export type DecisionReason = keyof typeof decisionReasons

/** A hold that covers an item on the day of the evaluation. */
export interface ActiveHold {
  id: string
  reason: HoldReason
  untilDate: CalendarDate | null
}

/** An open item as the evaluator sees it. */
export interface ItemSituation {
  id: string
  kind: 'invoice' | 'charge'
  dueDate: CalendarDate
  level: number
  /** The day on which it reached that level; null while it has reached none. */
  levelDate: CalendarDate | null
  /** The version it is bound to, or the one that would apply; null when none does. */
  policy: Policy | null
  /** Who chose it, or that there is none. */
  policyChooser: PolicyChooser
  hold: ActiveHold | null
  /** The day on which a direct debit that is on its way collects it; null when none is. */
  collectionDate: CalendarDate | null
}

/** Everything that decides about one customer's items in one currency. */
export interface Situation {
  today: CalendarDate
  /** When the customer was last given notice in this currency. */
  lastNoticeDate: CalendarDate | null
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
  /** The first day on which the answer may differ by itself; null when only an event can change it. Always after today. */
  nextLookDate: CalendarDate | null
}

/**
 * The one brain of dunning: what should happen today to each open item of one customer in one currency. Pure: no
 * database, no clock. Scheduler, preview and explanation all ask it.
 */
export function evaluate(situation: Situation): Decision[] {
  const candidates = situation.items.map((item) => onItsOwn(item, situation.today))
  const lifted = liftWithCustomer(situation, candidates)
  return lifted.map((decision, index) => {
    const item = situation.items[index] as ItemSituation
    return onceADay(keepInterval(decision, item, situation), item, situation)
  })
}

/** What would happen to an item if it were the customer's only one. */
function onItsOwn(item: ItemSituation, today: CalendarDate): Decision {
  const { policy, level, dueDate, hold, collectionDate } = item
  const overdue = daysOverdue(dueDate, today)
  const stay = { itemId: item.id, fromLevel: level, toLevel: level }
  if (item.kind === 'charge') {
    return {
      ...stay,
      outcome: 'finished',
      reason: 'charge_never_escalates',
      inputs: {},
      nextLookDate: null,
    }
  }
  if (policy === null)
    return {
      ...stay,
      outcome: 'blocked',
      reason: 'no_policy',
      inputs: { chosen_by: item.policyChooser },
      nextLookDate: null,
    }
  if (hold !== null) {
    const inputs = { hold_id: hold.id, hold_reason: hold.reason, until_date: hold.untilDate }
    const nextLookDate = hold.untilDate === null ? null : addDays(hold.untilDate, 1)
    return { ...stay, outcome: 'blocked', reason: 'on_hold', inputs, nextLookDate }
  }
  if (collectionDate !== null) {
    const inputs = { collection_date: collectionDate }
    const nextLookDate = addDays(laterOf(collectionDate, today), 1)
    return { ...stay, outcome: 'blocked', reason: 'debit_pending', inputs, nextLookDate }
  }
  const next = levelAfter(policy, level)
  if (next === undefined) {
    return {
      ...stay,
      outcome: 'finished',
      reason: 'last_level_reached',
      inputs: { level },
      nextLookDate: null,
    }
  }
  const inputs = {
    days_overdue: overdue,
    level_days_overdue: next.days_overdue,
    next_level: next.level,
  }
  if (overdue < next.days_overdue) {
    return {
      ...stay,
      outcome: 'wait',
      reason: 'next_level_not_due',
      inputs,
      nextLookDate: addDays(dueDate, next.days_overdue),
    }
  }
  const target = policy.catch_up === 'highest' ? (applicableLevel(policy, overdue) ?? next) : next
  return escalation(item, target.level, 'level_due', today, {
    ...inputs,
    level_days_overdue: target.days_overdue,
  })
}

/** Under a policy of scope `customer`, every due item rises to the highest level any of them has, or reaches today. */
function liftWithCustomer({ items, today }: Situation, decisions: Decision[]): Decision[] {
  const highest = new Map<string, number>()
  const isDue = (
    item: ItemSituation,
    decision: Decision,
  ): item is ItemSituation & { policy: Policy } =>
    item.policy?.scope === 'customer' &&
    decision.outcome !== 'blocked' &&
    item.kind === 'invoice' &&
    applicableLevel(item.policy, daysOverdue(item.dueDate, today)) !== undefined
  for (const [index, decision] of decisions.entries()) {
    const item = items[index] as ItemSituation
    if (isDue(item, decision)) {
      highest.set(item.policy.id, Math.max(highest.get(item.policy.id) ?? 0, decision.toLevel))
    }
  }
  return decisions.map((decision, index) => {
    const item = items[index] as ItemSituation
    if (!isDue(item, decision)) return decision
    const top = Math.min(highest.get(item.policy.id) ?? 0, item.policy.levels.at(-1)?.level ?? 0)
    if (top <= decision.toLevel) return decision
    const inputs = { days_overdue: daysOverdue(item.dueDate, today), customer_level: top }
    return escalation(item, top, 'lifted_with_customer', today, inputs)
  })
}

/** However often a day is looked at, an item rises once: what it has reached today it is told first. */
function onceADay(decision: Decision, item: ItemSituation, { today }: Situation): Decision {
  if (decision.outcome !== 'escalate' || item.levelDate !== today) return decision
  return {
    ...decision,
    outcome: 'wait',
    reason: 'next_level_not_due',
    inputs: { ...decision.inputs, level_date: today },
    toLevel: decision.fromLevel,
    nextLookDate: addDays(today, 1),
  }
}

/** Nobody is given notice twice within the policy's interval: an escalation waits for its end. */
function keepInterval(
  decision: Decision,
  item: ItemSituation,
  { today, lastNoticeDate }: Situation,
): Decision {
  if (decision.outcome !== 'escalate' || lastNoticeDate === null || item.policy === null)
    return decision
  const interval = item.policy.min_notice_interval_days
  const earliest = addDays(lastNoticeDate, interval)
  if (today >= earliest) return decision
  return {
    ...decision,
    outcome: 'wait',
    reason: 'notice_interval',
    inputs: {
      ...decision.inputs,
      last_notice_date: lastNoticeDate,
      min_notice_interval_days: interval,
    },
    toLevel: decision.fromLevel,
    nextLookDate: earliest,
  }
}

function escalation(
  item: ItemSituation,
  toLevel: number,
  reason: DecisionReason,
  today: CalendarDate,
  inputs: Record<string, unknown>,
): Decision {
  const policy = item.policy as Policy
  const after = levelAfter(policy, toLevel)
  const tomorrow = addDays(today, Math.max(1, policy.min_notice_interval_days))
  const nextLookDate =
    after === undefined ? null : laterOf(addDays(item.dueDate, after.days_overdue), tomorrow)
  return {
    itemId: item.id,
    outcome: 'escalate',
    reason,
    inputs,
    fromLevel: item.level,
    toLevel,
    nextLookDate,
  }
}

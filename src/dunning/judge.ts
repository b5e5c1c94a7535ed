import { addDays, type CalendarDate, daysOverdue, laterOf } from '../foundation/calendar.ts'
import type { Decision, ItemSituation, Situation } from './evaluate.ts'
import { type Level, levelAfter, levelOf, type Policy } from './policy.ts'
import type { DecisionReason } from './reasons.ts'
import {
  courtesyOn,
  firstCourtesyAfter,
  levelDate,
  nextStepDate,
  overdueEnoughFrom,
} from './when.ts'

type Answer = Pick<Decision, 'outcome' | 'reason' | 'inputs' | 'nextLookDate'>

/** What would happen to an item if nothing but itself and the customer's oldest item counted. */
export function judge(item: ItemSituation, situation: Situation, today: CalendarDate): Decision {
  const answer = (what: Answer & Partial<Pick<Decision, 'toLevel' | 'courtesy'>>): Decision => ({
    itemId: item.id,
    fromLevel: item.level,
    toLevel: item.level,
    courtesy: null,
    ...what,
  })
  const { policy } = item
  if (!item.principal) return answer(finished('charge_never_escalates', {}))
  if (policy === null) return answer(blocked('no_policy', { chosen_by: item.policyChooser }))
  const obstacle = obstacleTo(item, today)
  if (obstacle !== null) return answer(obstacle)
  if (today <= item.dueDate) return answer(beforeDue(item, policy, today))

  const next = levelAfter(policy, item.level)
  if (next === undefined) return answer(finished('last_level_reached', { level: item.level }))
  if (item.maximumLevel !== null && next.level > item.maximumLevel) {
    return answer(finished('maximum_level_reached', { maximum_level: item.maximumLevel }))
  }
  const inputs = { days_overdue: daysOverdue(item.dueDate, today), ...inputsOf(item, policy, next) }
  const dueFrom = levelDate(item, policy, next)
  if (today < dueFrom) return answer(wait('next_level_not_due', inputs, dueFrom))
  const accountFrom = overdueEnoughFrom(situation, policy)
  if (today < accountFrom) {
    const minimum = { account_minimum_days: policy.account_minimum_days }
    return answer(wait('account_not_due', { ...inputs, ...minimum }, accountFrom))
  }
  const target = policy.catch_up === 'highest' ? highestDue(item, policy, next, today) : next
  return escalation(item, target, 'level_due', {
    ...inputs,
    ...inputsOf(item, policy, target),
  })
}

/**
 * Under a policy of scope `customer`, every due item rises to the highest level any of them has, or reaches today. Due
 * is what has reached a level, or may reach the first.
 */
export function liftWithCustomer(
  { items }: Situation,
  decisions: readonly Decision[],
  today: CalendarDate,
): Decision[] {
  const isDue = (item: ItemSituation, { outcome, reason }: Decision) =>
    item.policy?.scope === 'customer' &&
    outcome !== 'blocked' &&
    outcome !== 'remind' &&
    reason !== 'account_not_due' &&
    item.principal &&
    (item.level > 0 || today >= levelDate(item, item.policy, item.policy.levels[0] as Level))
  const highest = new Map<string, number>()
  for (const [index, decision] of decisions.entries()) {
    const item = items[index] as ItemSituation
    const key = versionOf(item)
    if (isDue(item, decision)) highest.set(key, Math.max(highest.get(key) ?? 0, decision.toLevel))
  }
  return decisions.map((decision, index) => {
    const item = items[index] as ItemSituation
    if (item.policy === null || !isDue(item, decision)) return decision
    const most = Math.min(item.maximumLevel ?? Number.MAX_SAFE_INTEGER, item.policy.levels.length)
    const top = levelOf(item.policy, Math.min(highest.get(versionOf(item)) as number, most))
    if (top === undefined || top.level <= decision.toLevel) return decision
    const inputs = { days_overdue: daysOverdue(item.dueDate, today), customer_level: top.level }
    return escalation(item, top, 'lifted_with_customer', inputs)
  })
}

/** Items are compared only with those that follow the same version. */
export const versionOf = ({ policy }: ItemSituation): string => `${policy?.id} ${policy?.version}`

/** What keeps an item that may escalate from it, whatever its policy says; null when nothing does. */
function obstacleTo(item: ItemSituation, today: CalendarDate): Answer | null {
  if (item.proposedBy !== null) return blocked('awaiting_review', { run_id: item.proposedBy })
  return restraintOn(item, today)
}

/** Why nobody may be asked for an item on a day, be it by a step of its own or beside others; null when one may. */
export function restraintOn(item: ItemSituation, today: CalendarDate): Answer | null {
  if (item.limitationDate !== null && item.limitationDate < today)
    return blocked('time_barred', { limitation_date: item.limitationDate })
  const hold = holdOn(item, today)
  if (hold !== undefined) {
    const inputs = { hold_id: hold.id, hold_reason: hold.reason, until_date: hold.untilDate }
    return blocked('on_hold', inputs, hold.untilDate === null ? null : addDays(hold.untilDate, 1))
  }
  if (item.collectionDate !== null) {
    const inputs = { collection_date: item.collectionDate }
    return blocked('debit_pending', inputs, addDays(laterOf(item.collectionDate, today), 1))
  }
  return null
}

/** Of the holds of a day, the one that lasts longest. */
function holdOn({ holds }: ItemSituation, today: CalendarDate) {
  const lasting = ({ untilDate }: { untilDate: CalendarDate | null }) => untilDate ?? '9999-12-31'
  return holds
    .filter((hold) => hold.fromDate <= today && lasting(hold) >= today)
    .reduce<(typeof holds)[number] | undefined>(
      (longest, hold) =>
        longest === undefined || lasting(hold) > lasting(longest) ? hold : longest,
      undefined,
    )
}

/** Until its due date has passed, an item may be reminded of; nothing is overdue on its due date. */
function beforeDue(
  item: ItemSituation,
  policy: Policy,
  today: CalendarDate,
): Answer & { courtesy?: number } {
  const courtesy = courtesyOn(item, policy, today)
  const next = levelAfter(policy, item.level)
  const inputs = { days_overdue: 0, ...(next && inputsOf(item, policy, next)) }
  const nextLookDate =
    firstCourtesyAfter(item, policy, today) ?? nextStepDate(item, addDays(item.dueDate, 1))
  if (courtesy === undefined)
    return { outcome: 'wait', reason: 'next_level_not_due', inputs, nextLookDate }
  return {
    outcome: 'remind',
    reason: 'courtesy_due',
    inputs: { ...inputs, days_before_due: courtesy.days_before_due },
    courtesy: courtesy.days_before_due,
    nextLookDate,
  }
}

/** The highest level whose time has come; a level that waits for a deadline that is not set yet is never skipped. */
function highestDue(item: ItemSituation, policy: Policy, next: Level, today: CalendarDate): Level {
  let highest = next
  for (const level of policy.levels.filter((one) => one.level > next.level)) {
    if (level.anchor === 'previous_deadline' || levelDate(item, policy, level) > today) break
    if (item.maximumLevel !== null && level.level > item.maximumLevel) break
    highest = level
  }
  return highest
}

/** An escalation to a level. When to look for what follows is known when all that rises today is known. */
const escalation = (
  item: ItemSituation,
  to: Level,
  reason: DecisionReason,
  inputs: Record<string, unknown>,
): Decision => ({
  itemId: item.id,
  outcome: 'escalate',
  reason,
  inputs,
  fromLevel: item.level,
  toLevel: to.level,
  courtesy: null,
  nextLookDate: null,
})

const inputsOf = (item: ItemSituation, policy: Policy, level: Level) => ({
  next_level: level.level,
  level_days: level.days,
  anchor: level.anchor,
  level_date: levelDate(item, policy, level),
})

const wait = (
  reason: DecisionReason,
  inputs: Answer['inputs'],
  nextLookDate: CalendarDate,
): Answer => ({ outcome: 'wait', reason, inputs, nextLookDate })

const blocked = (
  reason: DecisionReason,
  inputs: Answer['inputs'] = {},
  nextLookDate: CalendarDate | null = null,
): Answer => ({ outcome: 'blocked', reason, inputs, nextLookDate })

const finished = (reason: DecisionReason, inputs: Answer['inputs']): Answer => ({
  outcome: 'finished',
  reason,
  inputs,
  nextLookDate: null,
})

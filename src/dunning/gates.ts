import { addDays, type CalendarDate, earliestOf } from '../foundation/calendar.ts'
import { businessDayFrom } from '../foundation/holidays.ts'
import { sum } from '../foundation/money.ts'
import type { Decision, ItemSituation, Situation } from './evaluate.ts'
import { levelOf, type Policy } from './policy.ts'
import type { DecisionReason } from './reasons.ts'
import { nextLevelDateAfter } from './when.ts'

/** A step that is about to be taken. */
interface Step {
  item: ItemSituation
  policy: Policy
  decision: Decision
  situation: Situation
  today: CalendarDate
}

/** Why a step may not be taken today, and when to look again. */
interface Refusal {
  outcome: 'wait' | 'blocked'
  reason: DecisionReason
  inputs: Record<string, unknown>
  nextLookDate: Decision['nextLookDate']
}

/**
 * The gates that every step must pass, in this order, since the first that is shut is the reason that is told. What a
 * gate keeps back today is looked at again when the gate may open by itself.
 */
const gates: ((step: Step) => Refusal | null)[] = [
  uncovered,
  noticeInterval,
  contactBudget,
  businessDay,
  freshPaymentData,
  onceADay,
]

/** Keeps back what may not be done to the customer today. */
export const gate = (
  situation: Situation,
  decisions: readonly Decision[],
  today: CalendarDate,
): Decision[] =>
  decisions.map((decision, index) => {
    const item = situation.items[index] as ItemSituation
    const { policy } = item
    const acts = decision.outcome === 'escalate' || decision.outcome === 'remind'
    if (!acts || policy === null) return decision
    for (const refuse of gates) {
      const refusal = refuse({ item, policy, decision, situation, today })
      if (refusal !== null) return keptBack(decision, refusal)
    }
    return decision
  })

const keptBack = (decision: Decision, { inputs, ...refusal }: Refusal): Decision => ({
  ...decision,
  ...refusal,
  inputs: { ...decision.inputs, ...inputs },
  toLevel: decision.fromLevel,
  courtesy: null,
})

/** However often a day is looked at, an item rises once: what it has reached today it is told first. */
function onceADay({ item, today }: Step): Refusal | null {
  if (item.levelDate !== today) return null
  const inputs = { level_date: today }
  return waitUntil(addDays(today, 1), 'next_level_not_due', inputs)
}

/** Nobody is chased for what their own money with us would pay. */
function uncovered({ item, situation, today, decision }: Step): Refusal | null {
  const counts = ({ id, dueDate }: ItemSituation) =>
    dueDate < today || (decision.outcome === 'remind' && id === item.id)
  const owed = sum(situation.items.filter(counts).map(({ openAmount }) => openAmount))
  if (situation.unallocatedAmount < owed) return null
  return {
    outcome: 'blocked',
    reason: 'covered_by_unallocated',
    inputs: { unallocated_amount: situation.unallocatedAmount, overdue_amount: owed },
    nextLookDate: addDays(today, 1),
  }
}

/** Nobody is given notice twice within the policy's interval; a reminder before the due date is not a notice. */
function noticeInterval({ policy, decision, situation, today }: Step): Refusal | null {
  const { lastNoticeDate } = situation
  if (lastNoticeDate === null || decision.outcome === 'remind') return null
  const earliest = addDays(lastNoticeDate, policy.min_notice_interval_days)
  if (today >= earliest) return null
  return waitUntil(earliest, 'notice_interval', {
    last_notice_date: lastNoticeDate,
    min_notice_interval_days: policy.min_notice_interval_days,
  })
}

/**
 * The contact budget counts everything we start, over all channels and currencies; statutory notices are exempt. So a
 * step that is kept back is looked at again when another step may take its place, which may be exempt.
 */
function contactBudget({ item, policy, decision, situation, today }: Step): Refusal | null {
  const { contact_budget: budget } = policy
  const isStatutory = (levelOf(policy, decision.toLevel)?.statutory_notice ?? null) !== null
  if (budget === null || (isStatutory && decision.outcome === 'escalate')) return null
  const recent = situation.contacts
    .filter((date) => date > addDays(today, -budget.days) && date <= today)
    .sort()
  const oldestThatCounts = recent.at(-budget.contacts)
  if (oldestThatCounts === undefined) return null
  const opens = addDays(oldestThatCounts, budget.days)
  const otherStep = decision.nextLookDate ?? nextLevelDateAfter(item, policy, today)
  return waitUntil(earliestOf([opens, otherStep]), 'contact_budget', {
    contacts: recent.length,
    contact_budget: budget,
  })
}

function businessDay({ policy, today }: Step): Refusal | null {
  if (policy.business_days === null) return null
  const { country, region } = policy.business_days
  const next = businessDayFrom(today, country, region)
  return next === today ? null : waitUntil(next, 'not_a_business_day', { country, region })
}

/** Nobody is chased on old news: what has been paid in the meantime we would not know. */
function freshPaymentData({ policy, situation, today }: Step): Refusal | null {
  const { payment_data_max_age_days: oldest } = policy
  const { paymentsKnownUntil } = situation
  if (oldest === null) return null
  if (paymentsKnownUntil !== null && addDays(paymentsKnownUntil, oldest) >= today) return null
  return {
    outcome: 'blocked',
    reason: 'stale_payment_data',
    inputs: { payments_known_until: paymentsKnownUntil, payment_data_max_age_days: oldest },
    nextLookDate: addDays(today, 1),
  }
}

const waitUntil = (
  nextLookDate: Decision['nextLookDate'],
  reason: DecisionReason,
  inputs: Record<string, unknown>,
): Refusal => ({ outcome: 'wait', reason, inputs, nextLookDate })

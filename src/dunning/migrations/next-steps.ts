import type { CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import { project } from '../project.ts'
import type { DecisionReason } from '../reasons.ts'
import type { CustomerSituation } from '../situation.ts'

/** What comes next for an open item if nothing but time happens. */
export interface NextStep {
  /** The level it will reach; null when only an event can bring a step. */
  level: number | null
  date: CalendarDate | null
  /** What is decided about it today. */
  reason: DecisionReason
}

/** The next step of every item of whole customers, by item. */
export function nextSteps(
  groups: readonly CustomerSituation[],
  today: CalendarDate,
): Map<string, NextStep> {
  const steps = new Map<string, NextStep>()
  for (const account of groupBy(groups, ({ customerId }) => customerId).values()) {
    const situations = account.map(({ situation }) => situation)
    for (const { date, decisions } of project(situations, today)) {
      for (const { itemId, outcome, toLevel, reason } of decisions.flat()) {
        const known = steps.get(itemId)
        if (known !== undefined && (known.date !== null || outcome !== 'escalate')) continue
        const step = outcome === 'escalate' ? { level: toLevel, date } : { level: null, date: null }
        steps.set(itemId, { ...step, reason: known?.reason ?? reason })
      }
    }
  }
  return steps
}

import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Decision } from '../evaluate.ts'
import { type Courtesy, type Level, levelAfter, levelOf, type Policy } from '../policy.ts'
import type { ReleasedStep } from '../released-step.ts'
import type { CustomerSituation, DunnedItem } from '../situation.ts'
import type { NoticeRow } from '../table.ts'
import type { Told, Wording } from './notice-content.ts'

/** An item that is to be escalated or reminded of, now. */
export interface Chosen extends Told {
  decision: Decision
  /** The deadline that a reviewer has chosen; the level's own when null. */
  deadlineDate: CalendarDate | null
}

/** What is to be told to one customer in one currency. */
export interface Choice {
  group: CustomerSituation
  chosen: readonly Chosen[]
}

/** What makes one notice differ from another. */
export interface Subject {
  group: CustomerSituation
  kind: NoticeRow['kind']
  policy: Policy
  /** Null for a courtesy. */
  level: Level | null
  name: string
  wording: Wording
  told: readonly Chosen[]
  /** The items it lifts, each with the level it reaches. */
  steps: readonly Pick<ReleasedStep, 'item' | 'level'>[]
  listed: readonly DunnedItem[]
  deadlineDate: CalendarDate | null
  next: { level: number; date: CalendarDate } | null
}

/** The demand at the highest level reached, and the courtesy about what is due soon, as far as there is one. */
export function subjectsOf({ group, chosen }: Choice, today: CalendarDate): Subject[] {
  const demanded = chosen.filter(({ level }) => level > 0)
  const reminded = chosen.filter(({ level }) => level === 0)
  return [
    ...(demanded.length === 0 ? [] : [demandOf(group, demanded, today)]),
    ...(reminded.length === 0 ? [] : [courtesyOf(group, reminded)]),
  ]
}

function demandOf(group: CustomerSituation, told: readonly Chosen[], today: CalendarDate): Subject {
  const top = told.reduce((highest, one) => (one.level > highest.level ? one : highest))
  const policy = top.item.policy as Policy
  const level = levelOf(policy, top.level) as Level
  return {
    group,
    kind: 'demand',
    policy,
    level,
    name: level.name,
    wording: { ...level, statutoryNotice: level.statutory_notice },
    told,
    steps: told.map(toStep),
    listed: group.items.filter(({ due_date }) => due_date < today),
    deadlineDate: deadlineOf(level, told, today),
    next: nextStep(told),
  }
}

/** A reminder before the due date; where several are due on one day, it is worded as the one closest to it. */
function courtesyOf(group: CustomerSituation, told: readonly Chosen[]): Subject {
  const daysOf = ({ decision }: Chosen) => decision.courtesy as number
  const closest = told.reduce((first, one) => (daysOf(one) < daysOf(first) ? one : first))
  const policy = closest.item.policy as Policy
  const courtesy = policy.courtesies.find(
    ({ days_before_due }) => days_before_due === daysOf(closest),
  ) as Courtesy
  return {
    group,
    kind: 'courtesy',
    policy,
    level: null,
    name: courtesy.name,
    wording: { ...courtesy, statutoryNotice: null },
    told,
    steps: [],
    listed: told.map(({ item }) => item),
    deadlineDate: null,
    next: null,
  }
}

/** The latest that a reviewer has chosen for any of the items, else what the level says: a notice names one day. */
function deadlineOf(
  { payment_days: days }: Level,
  told: readonly Chosen[],
  today: CalendarDate,
): CalendarDate | null {
  const chosen = told.flatMap(({ deadlineDate }) => deadlineDate ?? []).sort()
  return chosen.at(-1) ?? (days === null ? null : addDays(today, days))
}

/** The first step that follows for any of the items if nothing is paid. */
function nextStep(told: readonly Chosen[]): Subject['next'] {
  const steps = told.flatMap(({ item, level, decision: { nextLookDate: date } }) => {
    const after = levelAfter(item.policy as Policy, level)
    return after === undefined || date === null ? [] : [{ level: after.level, date }]
  })
  return steps.sort((a, b) => (a.date < b.date ? -1 : 1))[0] ?? null
}

const toStep = ({ item, level }: Chosen) => ({
  item,
  level: levelOf(item.policy as Policy, level) as Level,
})

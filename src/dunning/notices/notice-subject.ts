import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import type { DunnedItem } from '../dunned-items.ts'
import type { Decision, ItemSituation } from '../evaluate.ts'
import { rise } from '../follow.ts'
import {
  type Courtesy,
  type Level,
  levelAfter,
  levelOf,
  type Policy,
  statutoryNotices,
} from '../policy.ts'
import type { ReleasedStep } from '../released-step.ts'
import type { CustomerSituation } from '../situation.ts'
import type { NoticeRow } from '../table.ts'
import { nextStepDate } from '../when.ts'
import { isAskedFor } from './asked-for.ts'
import type { Told, Wording } from './notice-content.ts'
import { noticeDeadline } from './notice-deadline.ts'

/** An item that is to be escalated or reminded of, now. */
export interface Chosen extends Told {
  decision: Decision
  /** The deadline that a reviewer has chosen; the level's own when null. */
  deadlineDate: CalendarDate | null
}

/** An item that a notice tells of, and when it is to be looked at next. */
export interface ToldItem extends Chosen {
  nextLookDate: CalendarDate | null
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
  told: readonly ToldItem[]
  /** The items it lifts, each with the level it reaches. */
  steps: readonly Pick<ReleasedStep, 'item' | 'level'>[]
  listed: readonly DunnedItem[]
  deadlineDate: CalendarDate | null
  next: { level: number; date: CalendarDate } | null
}

/**
 * What a customer is to be told: a notice of its own for each that a law asks for, one demand for all else that
 * escalates, and a courtesy about what is due soon, in this order. A statutory notice lists what it is about, and the
 * demand beside it the rest of what is overdue and may be asked for.
 */
export function subjectsOf({ group, chosen }: Choice, today: CalendarDate): Subject[] {
  const rising = chosen.filter(({ level }) => level > 0)
  const reminded = chosen.filter(({ level }) => level === 0)
  const risingBy = groupBy(rising, (one) => levelReached(one).statutory_notice)
  const noticeOf = new Map(rising.map((one) => [one.item.id, levelReached(one).statutory_notice]))
  const { items } = group.situation
  const overdue = group.items.filter(
    ({ due_date }, index) => due_date < today && isAskedFor(items[index] as ItemSituation, today),
  )
  return [
    ...[...statutoryNotices, null].flatMap((statutory) => {
      const told = risingBy.get(statutory)
      if (told === undefined) return []
      const listed = overdue.filter(({ id }) => (noticeOf.get(id) ?? null) === statutory)
      return [demandOf(group, told, listed, today)]
    }),
    ...(reminded.length === 0 ? [] : [courtesyOf(group, reminded)]),
  ]
}

/** What is told at the highest level that any of it reaches. */
function demandOf(
  group: CustomerSituation,
  chosen: readonly Chosen[],
  listed: readonly DunnedItem[],
  today: CalendarDate,
): Subject {
  const top = chosen.reduce((highest, one) => (one.level > highest.level ? one : highest))
  const level = levelReached(top)
  const choices = chosen.flatMap(({ deadlineDate }) => deadlineDate ?? [])
  const deadlineDate = noticeDeadline(level, choices, today)
  const before = new Map(group.situation.items.map((item) => [item.id, item]))
  const told = chosen.map((one) => {
    const item = before.get(one.item.id) as ItemSituation
    const risen = rise(item, one.level, today, deadlineDate)
    return { ...one, nextLookDate: nextStepDate(risen, addDays(today, 1)) }
  })
  return {
    group,
    kind: 'demand',
    policy: top.item.policy as Policy,
    level,
    name: level.name,
    wording: { ...level, statutoryNotice: level.statutory_notice },
    told,
    steps: told.map((one) => ({ item: one.item, level: levelReached(one) })),
    listed,
    deadlineDate,
    next: nextStep(told),
  }
}

/** A reminder before the due date; where several are due on one day, it is worded as the one closest to it. */
function courtesyOf(group: CustomerSituation, chosen: readonly Chosen[]): Subject {
  const daysOf = ({ decision }: Chosen) => decision.courtesy as number
  const closest = chosen.reduce((first, one) => (daysOf(one) < daysOf(first) ? one : first))
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
    told: chosen.map((one) => ({ ...one, nextLookDate: one.decision.nextLookDate })),
    steps: [],
    listed: chosen.map(({ item }) => item),
    deadlineDate: null,
    next: null,
  }
}

/** The first step that follows for any of the items if nothing is paid. */
function nextStep(told: readonly ToldItem[]): Subject['next'] {
  const steps = told.flatMap(({ item, level, nextLookDate: date }) => {
    const after = levelAfter(item.policy as Policy, level)
    return after === undefined || date === null ? [] : [{ level: after.level, date }]
  })
  return steps.sort((a, b) => (a.date < b.date ? -1 : 1))[0] ?? null
}

/** The level that an item reaches, as its policy defines it. */
const levelReached = ({ item, level }: Chosen): Level =>
  levelOf(item.policy as Policy, level) as Level

import { addDays, type CalendarDate, earliestOf } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import {
  type Decision,
  evaluate,
  type ItemSituation,
  nextLookOf,
  type Situation,
} from '../evaluate.ts'
import { followAll } from '../follow.ts'
import { type ForeseenNotice, foreseenNotices } from '../foreseen-notices.ts'
import type { Policy } from '../policy.ts'
import { amountOn, type CustomerHistory, type HistoricItem } from './history.ts'

/** A day on which a customer would have been told something. */
export interface ReplayedDay {
  date: CalendarDate
  notices: ForeseenNotice[]
}

/** What a policy would have done to a customer. */
export interface Replay {
  days: ReplayedDay[]
  /** What is open at the end, by item, with the level it has reached. */
  standing: ItemSituation[]
}

/**
 * Replays a customer's past under one policy, up to a day: on each day on which anything happened, or on which the
 * policy asks to look, the run of that day sees what was open, held and unallocated then, and its own earlier notices
 * instead of those that were really sent. Pure; the same past gives the same replay.
 */
export function replay(history: CustomerHistory, policy: Policy, until: CalendarDate): Replay {
  const facts = daysOf(history)
  const days: ReplayedDay[] = []
  let state: State = { items: new Map(), lastNotices: new Map(), contacts: history.contacts }
  let look: CalendarDate | null = null
  for (let next = 0; ; ) {
    const date = earliestOf([facts[next] ?? null, look])
    if (date === null || date > until) break
    while (next < facts.length && (facts[next] as CalendarDate) <= date) next += 1
    const situations = situationsOn(history, policy, state, date)
    const decisions = situations.map((situation) => evaluate(situation, date))
    const notices = situations.flatMap((situation, index) =>
      foreseenNotices(situation, decisions[index] as Decision[], date),
    )
    if (notices.length > 0) days.push({ date, notices })
    state = stateAfter(state, followAll(situations, decisions, date))
    look = nextLookOf(decisions.flat())
  }
  const standing = situationsOn(history, policy, state, until).flatMap(({ items }) => items)
  return { days, standing }
}

/** What a replay remembers of what it has done. */
interface State {
  items: ReadonlyMap<string, ItemSituation>
  lastNotices: ReadonlyMap<string, CalendarDate | null>
  contacts: readonly CalendarDate[]
}

function stateAfter(before: State, situations: readonly Situation[]): State {
  const [first] = situations
  if (first === undefined) return before
  return {
    items: new Map([
      ...before.items,
      ...situations.flatMap(({ items }) => items.map((item) => [item.id, item] as const)),
    ]),
    lastNotices: new Map([
      ...before.lastNotices,
      ...situations.map(({ currency, lastNoticeDate }) => [currency, lastNoticeDate] as const),
    ]),
    contacts: first.contacts,
  }
}

/** The days on which something changed that a run could see, in order. */
function daysOf({ items, unallocated, contacts }: CustomerHistory): CalendarDate[] {
  const days = new Set(contacts)
  for (const { date } of [...unallocated.values()].flat()) days.add(date)
  for (const { movements, holds } of items) {
    for (const { date } of movements) days.add(date)
    for (const { fromDate, untilDate } of holds) {
      days.add(fromDate)
      if (untilDate !== null) days.add(addDays(untilDate, 1))
    }
  }
  return [...days].sort()
}

/** What is open on a day, by currency, as the evaluator sees it. */
function situationsOn(
  { items, unallocated }: CustomerHistory,
  policy: Policy,
  state: State,
  today: CalendarDate,
): Situation[] {
  const open = items.flatMap((item) => {
    const openAmount = amountOn(item.movements, today)
    return openAmount > 0 ? [{ item, openAmount }] : []
  })
  const accounts = groupBy(open, ({ item }) => item.currency)
  return [...accounts].map(([currency, ofCurrency]) => ({
    currency,
    lastNoticeDate: state.lastNotices.get(currency) ?? null,
    contacts: state.contacts,
    paymentsKnownUntil: today,
    unallocatedAmount: Math.max(0, amountOn(unallocated.get(currency) ?? [], today)),
    items: ofCurrency.map(({ item, openAmount }) => ({
      ...(state.items.get(item.id) ?? untouched(item, policy)),
      openAmount,
    })),
  }))
}

const untouched = ({ id, dueDate, holds }: HistoricItem, policy: Policy): ItemSituation => ({
  id,
  principal: true,
  dueDate,
  openAmount: 0,
  level: 0,
  levelDate: null,
  deadlineDate: null,
  courtesies: [],
  maximumLevel: null,
  policy,
  holds,
  collectionDate: null,
  proposedBy: null,
  limitationDate: null,
  policyChooser: 'tenant',
})

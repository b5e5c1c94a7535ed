import { addDays, type CalendarDate, earliestOf } from '../../foundation/calendar.ts'
import { type Decision, evaluate, type ItemSituation, nextLookOf } from '../evaluate.ts'
import { followAll } from '../follow.ts'
import { type ForeseenNotice, foreseenNotices } from '../foreseen-notices.ts'
import { chargeNotices } from './charge-notices.ts'
import type { Costs, ReplayedCharge } from './costs.ts'
import type { CustomerHistory } from './history.ts'
import type { Rules } from './rules.ts'
import { settlePaid } from './settle-paid.ts'
import { type Standing, situationsOn, standingAfter } from './situations-on.ts'

/** A day on which a customer would have been told or charged something. */
export interface ReplayedDay {
  date: CalendarDate
  notices: ForeseenNotice[]
  charges: ReplayedCharge[]
}

/** What a policy would have done to a customer. */
export interface Replay {
  days: ReplayedDay[]
  /** What is open at the end, by item, with the level it has reached. */
  standing: ItemSituation[]
}

/**
 * Replays a customer's past under one policy and the law, up to a day: on each day on which anything happened, or on
 * which the policy asks to look, the run of that day sees what was open, held, on its way and unallocated then, and its own earlier
 * notices and charges instead of those there really were. Pure; the same past gives the same replay.
 */
export function replay(history: CustomerHistory, rules: Rules, until: CalendarDate): Replay {
  const facts = daysOf(history)
  const days: ReplayedDay[] = []
  let standing: Standing = { items: new Map(), lastNotices: new Map(), contacts: history.contacts }
  let costs: Costs = new Map()
  let look: CalendarDate | null = null
  for (let next = 0; ; ) {
    const date = earliestOf([facts[next] ?? null, look])
    if (date === null || date > until) break
    while (next < facts.length && (facts[next] as CalendarDate) <= date) next += 1
    const settled = settlePaid(history, costs, rules, date)
    const situations = situationsOn(history, rules, standing, date)
    const decisions = situations.map((situation) => evaluate(situation, date))
    const notices = situations.flatMap((situation, index) =>
      foreseenNotices(situation, decisions[index] as Decision[], date),
    )
    const charged = chargeNotices(history, notices, settled.costs, rules, date)
    const charges = [...settled.charges, ...charged.charges]
    if (notices.length + charges.length > 0) days.push({ date, notices, charges })
    costs = charged.costs
    standing = standingAfter(standing, followAll(situations, decisions, date))
    look = nextLookOf(decisions.flat())
  }
  const last = situationsOn(history, rules, standing, until)
  return { days, standing: last.flatMap(({ items }) => items) }
}

/** The days on which something changed that a run could see, in order. */
function daysOf({ items, unallocated, contacts }: CustomerHistory): CalendarDate[] {
  const days = new Set(contacts)
  for (const { date } of [...unallocated.values()].flat()) days.add(date)
  for (const { movements, holds, limits, debits } of items) {
    for (const { date } of [...movements, ...limits, ...debits]) days.add(date)
    for (const { fromDate, untilDate } of holds) {
      days.add(fromDate)
      if (untilDate !== null) days.add(addDays(untilDate, 1))
    }
  }
  return [...days].sort()
}

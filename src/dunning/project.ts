import { addDays, type CalendarDate, daysBetween } from '../foundation/calendar.ts'
import { type Decision, evaluate, nextLookOf, type Situation } from './evaluate.ts'
import { followAll } from './follow.ts'

/** What is decided on a day about a customer: one list of decisions per currency, in the order of the situations. */
export interface ProjectedDay {
  date: CalendarDate
  decisions: Decision[][]
}

/** How often a customer is looked at before a projection gives up: what has not happened by then waits for an event. */
const LOOKS_MAX = 400

/**
 * What will be decided about a customer, look by look from a day on, if nothing happens but time: no payment, no hold,
 * no contact but our own notices; what we know of payments stays as fresh as it is. Takes the customer's situations in
 * all its currencies, since they share its contacts.
 */
export function* project(
  situations: readonly Situation[],
  from: CalendarDate,
  until: CalendarDate | null = null,
): Generator<ProjectedDay> {
  let state = situations
  let date: CalendarDate | null = from
  for (let looks = 0; date !== null && looks < LOOKS_MAX; looks++) {
    if (until !== null && date > until) return
    const today: CalendarDate = date
    const decisions = state.map((situation) => evaluate(asFreshOn(today, situation), today))
    yield { date: today, decisions }
    state = followAll(state, decisions, today)
    date = nextLookOf(decisions.flat())
  }

  function asFreshOn(day: CalendarDate, situation: Situation): Situation {
    const { paymentsKnownUntil: known } = situation
    if (known === null) return situation
    return { ...situation, paymentsKnownUntil: addDays(known, daysBetween(from, day)) }
  }
}

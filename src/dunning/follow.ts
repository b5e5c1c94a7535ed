import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import type { Decision, ItemSituation, Situation } from './evaluate.ts'
import { type Level, levelOf, type Policy, type StatutoryNotice } from './policy.ts'

/** A customer's situations after what was decided about them has been done. */
export function followAll(
  situations: readonly Situation[],
  decisions: readonly Decision[][],
  today: CalendarDate,
): Situation[] {
  const contacted = situations.some((situation, index) =>
    isContact(situation, decisions[index] as Decision[]),
  )
  return situations.map((situation, index) => ({
    ...follow(situation, decisions[index] as Decision[], today),
    contacts: contacted ? [...situation.contacts, today] : situation.contacts,
  }))
}

/** A situation after what was decided has been done: levels, deadlines, reminders and the day of the notice. */
export function follow(
  situation: Situation,
  decisions: readonly Decision[],
  today: CalendarDate,
): Situation {
  const notices = noticeLevels(situation.items, decisions)
  return {
    ...situation,
    lastNoticeDate: notices.size === 0 ? situation.lastNoticeDate : today,
    items: situation.items.map((item, index) => {
      const decision = decisions[index] as Decision
      const reached = levelReached(item, decision)
      if (reached !== null) {
        const days = notices.get(reached.statutory_notice)?.payment_days ?? null
        return rise(item, reached.level, today, days === null ? null : addDays(today, days))
      }
      const { courtesy } = decision
      return courtesy === null ? item : { ...item, courtesies: [...item.courtesies, courtesy] }
    }),
  }
}

/** An item after a notice of a day has lifted it to a level and named a deadline. */
export const rise = (
  item: ItemSituation,
  level: number,
  today: CalendarDate,
  deadlineDate: CalendarDate | null,
): ItemSituation => ({ ...item, level, levelDate: today, deadlineDate })

/**
 * The levels at which the notices of a day speak: a statutory notice is one of its own, everything else that escalates
 * is told in one demand, at the highest level that any of it reaches. By the statutory notice; the demand by null.
 */
export function noticeLevels(
  items: readonly ItemSituation[],
  decisions: readonly Decision[],
): Map<StatutoryNotice | null, Level> {
  const notices = new Map<StatutoryNotice | null, Level>()
  for (const [index, decision] of decisions.entries()) {
    const level = levelReached(items[index] as ItemSituation, decision)
    if (level === null) continue
    const top = notices.get(level.statutory_notice)
    if (top === undefined || level.level > top.level) notices.set(level.statutory_notice, level)
  }
  return notices
}

/** The level that an item reaches by a decision; null when it does not escalate. */
export const levelReached = (
  { policy }: ItemSituation,
  { outcome, toLevel }: Decision,
): Level | null => (outcome === 'escalate' ? (levelOf(policy as Policy, toLevel) as Level) : null)

/** Whether what was decided contacts the customer at our own wish; a statutory notice is not counted. */
const isContact = ({ items }: Situation, decisions: readonly Decision[]): boolean =>
  noticeLevels(items, decisions).has(null) || decisions.some(({ outcome }) => outcome === 'remind')

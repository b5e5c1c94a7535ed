import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import type { Decision, ItemSituation, Situation } from './evaluate.ts'
import { type Level, levelOf, type Policy } from './policy.ts'

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
  const notice = noticeLevel(situation.items, decisions)
  const days = notice?.level.payment_days ?? null
  const deadlineDate = days === null ? null : addDays(today, days)
  return {
    ...situation,
    lastNoticeDate: notice === null ? situation.lastNoticeDate : today,
    items: situation.items.map((item, index) => {
      const { outcome, toLevel, courtesy } = decisions[index] as Decision
      if (outcome === 'escalate') return { ...item, level: toLevel, levelDate: today, deadlineDate }
      return courtesy === null ? item : { ...item, courtesies: [...item.courtesies, courtesy] }
    }),
  }
}

/** The level at which a notice speaks: the highest that any item reaches; null when none escalates. */
export function noticeLevel(
  items: readonly ItemSituation[],
  decisions: readonly Decision[],
): { level: Level; policy: Policy } | null {
  let top: { level: Level; policy: Policy } | null = null
  for (const [index, { outcome, toLevel }] of decisions.entries()) {
    const { policy } = items[index] as ItemSituation
    if (outcome !== 'escalate' || policy === null) continue
    if (top === null || toLevel > top.level.level)
      top = { level: levelOf(policy, toLevel) as Level, policy }
  }
  return top
}

/** Whether what was decided contacts the customer at our own wish; a statutory notice is not counted. */
function isContact({ items }: Situation, decisions: readonly Decision[]): boolean {
  const notice = noticeLevel(items, decisions)
  if (notice !== null) return notice.level.statutory_notice === null
  return decisions.some(({ outcome }) => outcome === 'remind')
}

import { addDays, type CalendarDate, earliestOf, laterOf } from '../../foundation/calendar.ts'
import { businessDayFrom } from '../../foundation/holidays.ts'
import type { TermState } from '../law/charge-refusal.ts'
import type { Channel, StatutoryNotice } from '../policy.ts'

/** A notice that the law wants before costs, and what was heard of it. */
export interface GivenNotice {
  kind: StatutoryNotice
  /** The deadline it set last. */
  deadline_date: CalendarDate | null
  /** The reports that it went out or arrived, without those after which it came back. */
  reports: { status: 'sent' | 'delivered' | 'viewed'; channel: Channel; date: CalendarDate }[]
}

/** The least days from a notice to its deadline, however it goes out. */
export const statutoryDaysMin = {
  /** Art. 6:96(6) BW: fourteen days from the day after receipt; fifteen after sending is the shortest that can hold. */
  nl_14_day: 15,
  /** Art. XIX.2 WER: fourteen calendar days. */
  be_first_reminder: 14,
} as const satisfies Record<StatutoryNotice, number>

/** The earliest deadline that a statutory notice of a day may set. */
export const earliestDeadline = (notice: StatutoryNotice, noticeDate: CalendarDate): CalendarDate =>
  addDays(noticeDate, statutoryDaysMin[notice])

/** How long a letter of which only the dispatch is known is taken to have been on its way: cautious, no statute says so. */
const LETTER_DAYS = 3

/** How far the term of the notice that the law wants has come on a day, by the notices that were given. */
export function termState(
  wanted: StatutoryNotice,
  given: readonly GivenNotice[],
  today: CalendarDate,
): TermState {
  const notices = given.filter(({ kind }) => kind === wanted)
  if (notices.length === 0) return 'missing'
  const end = earliestOf(notices.map(termEnd))
  if (end === null) return 'not_sent'
  return end < today ? 'has_run' : 'running'
}

/** The last day of the term, never before the deadline the notice set; null where nobody has said that it went out. */
function termEnd(notice: GivenNotice): CalendarDate | null {
  const end = notice.kind === 'nl_14_day' ? dutchEnd(notice) : belgianEnd(notice)
  return end === null ? null : laterOf(end, notice.deadline_date ?? end)
}

/** Art. 6:96 (6) BW: fourteen days from the day after receipt; the fifteenth is over before costs are due. */
function dutchEnd({ reports }: GivenNotice): CalendarDate | null {
  const days = (wanted: 'sent' | 'delivered' | 'viewed') =>
    reports
      .filter(({ status }) => status === wanted)
      .map(({ channel, date }) =>
        wanted === 'sent' && channel === 'letter' ? addDays(date, LETTER_DAYS) : date,
      )
  const received = earliestOf(days('delivered')) ?? earliestOf([...days('sent'), ...days('viewed')])
  return received === null ? null : addDays(received, 15)
}

/** Art. XIX.2 CEL: fourteen days from the third working day after a letter was sent, else from the day after. */
function belgianEnd({ reports }: GivenNotice): CalendarDate | null {
  const starts = reports.map(({ channel, date }) =>
    channel === 'letter' ? thirdWorkingDayAfter(date) : addDays(date, 1),
  )
  const start = earliestOf(starts)
  return start === null ? null : addDays(start, 14)
}

function thirdWorkingDayAfter(date: CalendarDate): CalendarDate {
  const next = (day: CalendarDate) => businessDayFrom(addDays(day, 1), 'BE', null)
  return next(next(next(date)))
}

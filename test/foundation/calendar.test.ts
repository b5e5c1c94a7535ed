import fc from 'fast-check'
import t from 'tap'
import {
  addDays,
  addMonths,
  daysBetween,
  daysOverdue,
  earliestOf,
  isCalendarDate,
  isInstant,
  isTimeZone,
  laterOf,
} from '../../src/foundation/calendar.ts'

/** Counts days the way people do, month by month; knows nothing of epochs or milliseconds. */
function dayAfter(date: string): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const pad = (value: number, width: number) => String(value).padStart(width, '0')
  if (day < (lengths[month - 1] as number))
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(day + 1, 2)}`
  return month < 12 ? `${pad(year, 4)}-${pad(month + 1, 2)}-01` : `${pad(year + 1, 4)}-01-01`
}

t.test(
  'every day between 1900 and 2200 follows the one before, whatever daylight saving does',
  async (t) => {
    let day = '1900-01-01'
    let count = 0
    const wrong: string[] = []
    while (day < '2200-12-31') {
      const next = dayAfter(day)
      count += 1
      if (addDays(day, 1) !== next || addDays(next, -1) !== day || daysBetween(day, next) !== 1)
        wrong.push(day)
      if (!isCalendarDate(next) || daysBetween('1900-01-01', next) !== count) wrong.push(next)
      day = next
    }
    t.same(wrong, [])
    t.equal(count, 109_937)
  },
)

t.test('adding days and counting them are each other’s inverse', async () => {
  const days = fc.integer({ min: 0, max: 109_937 }).map((offset) => addDays('1900-01-01', offset))
  fc.assert(
    fc.property(days, days, (from, to) => {
      const between = daysBetween(from, to)
      return (
        addDays(from, between) === to &&
        daysBetween(to, from) === -between + 0 &&
        daysOverdue(from, to) === Math.max(0, between) &&
        laterOf(from, to) === (between > 0 ? to : from) &&
        earliestOf([null, from, to]) === (between > 0 ? from : to)
      )
    }),
  )
})

t.test('months later is the same day, or the last of a month that has no such day', async (t) => {
  t.equal(addMonths('2026-01-31', 1), '2026-02-28')
  t.equal(addMonths('2024-01-31', 1), '2024-02-29')
  t.equal(addMonths('2024-02-29', 12), '2025-02-28')
  t.equal(addMonths('2024-02-29', 48), '2028-02-29')
  t.equal(addMonths('2025-11-30', 3), '2026-02-28')
  t.equal(addMonths('2025-12-15', 1), '2026-01-15')
  t.equal(addMonths('2026-03-31', -1), '2026-02-28')
  t.equal(addMonths('2026-01-15', -13), '2024-12-15')
})

t.test('month ends and leap days', async (t) => {
  t.equal(addDays('2024-02-28', 1), '2024-02-29')
  t.equal(addDays('2024-02-29', 365), '2025-02-28')
  t.equal(addDays('2023-12-31', 60), '2024-02-29')
  t.equal(addDays('1900-02-28', 1), '1900-03-01')
  t.equal(addDays('2000-02-28', 1), '2000-02-29')
  t.equal(daysBetween('2026-03-28', '2026-03-30'), 2, 'over the start of summer time')
  t.equal(daysOverdue('2026-03-15', '2026-03-15'), 0, 'nothing is overdue on its due date')
  t.equal(earliestOf([]), null)
})

t.test('only days that exist between 1900 and 2200 are days', async (t) => {
  for (const day of ['1900-01-01', '2200-12-31', '2024-02-29', '2000-02-29', '2026-12-31'])
    t.ok(isCalendarDate(day), day)
  for (const text of [
    '1899-12-31',
    '2201-01-01',
    '2025-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-1-1',
    '0000-01-01',
    '9999-12-31',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    'infinity',
    '',
  ])
    t.notOk(isCalendarDate(text), JSON.stringify(text))
})

t.test('an instant is RFC 3339 as both JavaScript and PostgreSQL read it', async (t) => {
  for (const instant of [
    '2026-03-01T00:00:00Z',
    '2026-03-01T23:59:59.999999999Z',
    '2026-03-01T00:00:00+14:00',
    '2026-03-01T00:00:00-03:30',
  ])
    t.ok(isInstant(instant), instant)
  for (const text of [
    '2026-03-01',
    '2026-03-01T00:00:00',
    '2026-03-01T24:00:00Z',
    '2026-03-01T23:59:60Z',
    '2026-02-29T00:00:00Z',
    '2026-03-01T00:00:00+15:00',
    '2026-03-01 00:00:00Z',
    '1899-12-31T00:00:00Z',
    'infinity',
  ])
    t.notOk(isInstant(text), text)
})

t.test('a time zone has a name', async (t) => {
  for (const zone of ['Europe/Berlin', 'Pacific/Honolulu', 'UTC', 'Asia/Kathmandu'])
    t.ok(isTimeZone(zone), zone)
  for (const zone of ['Europe/Nowhere', '+02:00', '-0500', '']) t.notOk(isTimeZone(zone), zone)
})

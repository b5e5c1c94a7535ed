import fc from 'fast-check'
import t from 'tap'
import { sendFrom } from '../../../src/dunning/notices/send-from.ts'

const night = { from: '20:00', to: '08:00' }
const berlin = (now: string, quiet = night) => sendFrom(now, quiet, 'Europe/Berlin')

t.test('a notice goes out at once outside quiet hours, and at their end within them', async (t) => {
  t.equal(berlin('2026-03-20T12:34:56.789Z'), '2026-03-20T12:34:56.789Z')
  t.equal(sendFrom('2026-03-20T23:00:00Z', null, 'Europe/Berlin'), '2026-03-20T23:00:00Z')
  t.equal(
    berlin('2026-03-20T19:00:00Z'),
    '2026-03-21T07:00:00.000Z',
    'at 20:00 CET, when they begin',
  )
  t.equal(berlin('2026-03-20T18:59:59.999Z'), '2026-03-20T18:59:59.999Z', 'just before')
  t.equal(berlin('2026-03-21T06:59:30Z'), '2026-03-21T07:00:00.000Z', 'just before they end')
  t.equal(berlin('2026-03-21T07:00:00Z'), '2026-03-21T07:00:00Z', 'when they end')
  const noon = { from: '12:00', to: '13:30' }
  t.equal(berlin('2026-07-01T10:10:00Z', noon), '2026-07-01T11:30:00.000Z', 'within a day')
})

t.test('a month, a year and daylight saving end in the night', async (t) => {
  t.equal(berlin('2026-04-30T21:00:00Z'), '2026-05-01T06:00:00.000Z')
  t.equal(berlin('2026-12-31T22:00:00Z'), '2027-01-01T07:00:00.000Z')
  t.equal(berlin('2026-03-28T21:00:00Z'), '2026-03-29T06:00:00.000Z', 'an hour less')
  t.equal(berlin('2026-10-24T20:00:00Z'), '2026-10-25T07:00:00.000Z', 'an hour more')
  const early = { from: '00:00', to: '02:30' }
  t.equal(
    berlin('2026-03-28T23:30:00Z', early),
    '2026-03-29T01:00:00.000Z',
    '02:30 does not exist on that day: the first that does is 03:00',
  )
  t.equal(
    berlin('2026-10-25T01:10:00Z', early),
    '2026-10-25T01:30:00.000Z',
    '02:10 comes twice, and is quiet the second time too',
  )
})

t.test('whatever the zone and the hours, it is the first instant that is not quiet', async (t) => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Australia/Lord_Howe',
  )
  const minutes = { min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 }
  fc.assert(
    fc.property(fc.integer(minutes), time, time, zone, (minute, from, to, timeZone) => {
      const local = (ms: number) =>
        new Date(ms).toLocaleTimeString('sv', { timeZone, timeStyle: 'short' })
      const isQuiet = (ms: number) => {
        const at = local(ms)
        return from <= to ? at >= from && at < to : at >= from || at < to
      }
      const now = minute * 60_000
      const at = Date.parse(sendFrom(new Date(now).toISOString(), { from, to }, timeZone))
      if (at < now || isQuiet(at)) return false
      return at === now || isQuiet(at - 60_000)
    }),
    { numRuns: 200 },
  )
  t.pass()
})

import t from 'tap'
import { retryAfterOf, standardTiming, waitAfter } from '../../src/webhooks/timing.ts'

const HOUR = 3_600

t.test('ten attempts over about three days', async (t) => {
  const waits = Array.from({ length: 10 }, (_, index) =>
    waitAfter(index + 1, null, standardTiming, () => 0.5),
  )
  t.same(waits, [
    5,
    300,
    1800,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
    null,
  ])
})

t.test('waits differ by a tenth at most', async (t) => {
  t.equal(
    waitAfter(2, null, standardTiming, () => 0),
    270,
  )
  t.ok(Math.abs((waitAfter(2, null, standardTiming, () => 0.999999) ?? 0) - 330) < 0.001)
})

t.test('a receiver may slow us down to twice the step, and not speed us up', async (t) => {
  t.equal(
    waitAfter(2, 400, standardTiming, () => 0),
    400,
  )
  t.equal(
    waitAfter(2, 99_999, standardTiming, () => 0),
    600,
  )
  t.equal(
    waitAfter(2, 1, standardTiming, () => 0),
    300,
  )
  t.equal(waitAfter(10, 60, standardTiming), null, 'and not beyond the last attempt')
})

t.test('Retry-After is seconds or a date', async (t) => {
  const now = new Date('2026-03-01T00:00:00Z')
  t.equal(retryAfterOf('120', now), 120)
  t.equal(retryAfterOf('Sun, 01 Mar 2026 00:01:00 GMT', now), 60)
  t.equal(retryAfterOf('Sat, 28 Feb 2026 00:01:00 GMT', now), 0)
  for (const nonsense of [undefined, '', 'soon', '-5', '1.5', 'Sun, 99 Foo', '99999999999']) {
    t.equal(retryAfterOf(nonsense, now), null, String(nonsense))
  }
})

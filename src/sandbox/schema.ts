import { type Static, Type } from '@sinclair/typebox'
import { At, Body, Nullable, named, OneOf, YesNo } from '../foundation/http/schema.ts'
import type { ClockState } from './set-clock.ts'

export const TestClock = named(
  'TestClock',
  Type.Object(
    {
      object: Type.Unsafe<'test_clock'>(
        Type.String({
          description: 'What this is.',
          const: 'test_clock',
          examples: ['test_clock'],
        }),
      ),
      now: At('Where the clock stands.', '2026-03-01T06:00:00.000Z'),
      status: OneOf(['ready', 'advancing'], {
        description:
          'Whether it is on its way. `ready` means that all that happened is in the feed.',
      }),
      target: Nullable(
        At('Where it is going; null when it has arrived.', '2026-04-01T06:00:00.000Z'),
      ),
      frozen: YesNo('True once it was set or advanced; before that it follows real time.'),
    },
    {
      description:
        'The clock of a test tenant. Business days, stamps and events follow it; retries and leases follow real time.',
    },
  ),
)

export const SetTestClock = named(
  'SetTestClock',
  Body(
    { now: At('Where to put the clock.', '2026-03-01T00:00:00Z') },
    { description: 'Where to put the test clock.' },
  ),
)

export const AdvanceTestClock = named(
  'AdvanceTestClock',
  Body(
    { to: At('Where to advance to; not before now.', '2026-04-01T00:00:00Z') },
    { description: 'How far to advance the test clock.' },
  ),
)

/** The clock as the API shows it. */
export const clockToJson = ({ now, target, frozen }: ClockState): Static<typeof TestClock> => ({
  object: 'test_clock',
  now,
  status: target === null ? 'ready' : 'advancing',
  target,
  frozen,
})

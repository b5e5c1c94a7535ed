import fc from 'fast-check'
import t from 'tap'
import {
  type Decision,
  evaluate,
  type ItemSituation,
  type Situation,
} from '../../src/dunning/evaluate.ts'
import { levelAfter, type Policy } from '../../src/dunning/policy.ts'
import { addDays, daysOverdue } from '../../src/foundation/calendar.ts'

const TODAY = '2026-06-15'

const policyOf = (more: Partial<Policy> = {}): Policy => ({
  id: 'p',
  version: 1,
  scope: 'invoice',
  min_notice_interval_days: 0,
  catch_up: 'one_level',
  levels: [5, 15, 30].map((days_overdue, n) => ({
    level: n + 1,
    days_overdue,
    name: `L${n + 1}`,
    fees: [],
  })),
  ...more,
})
const itemOf = (daysLate: number, more: Partial<ItemSituation> = {}): ItemSituation => ({
  id: 'i',
  kind: 'invoice',
  dueDate: addDays(TODAY, -daysLate),
  level: 0,
  levelDate: null,
  policy: policyOf(),
  policyChooser: 'tenant',
  hold: null,
  collectionDate: null,
  ...more,
})
const decide = (items: ItemSituation[], lastNoticeDate: string | null = null): Decision[] =>
  evaluate({ today: TODAY, lastNoticeDate, items })
const one = (item: ItemSituation, lastNoticeDate: string | null = null): Decision =>
  decide([item], lastNoticeDate)[0] as Decision

const policies = fc
  .record({
    scope: fc.constantFrom('invoice' as const, 'customer' as const),
    catch_up: fc.constantFrom('one_level' as const, 'highest' as const),
    min_notice_interval_days: fc.constantFrom(0, 0, 1, 7, 30),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
  })
  .map(({ days, ...rest }) =>
    policyOf({
      ...rest,
      levels: [...days]
        .sort((a, b) => a - b)
        .map((days_overdue, n) => ({ level: n + 1, days_overdue, name: `L${n + 1}`, fees: [] })),
    }),
  )
const situations: fc.Arbitrary<Situation> = fc
  .record({
    policy: policies,
    items: fc.array(
      fc.record({
        late: fc.integer({ min: -10, max: 80 }),
        level: fc.nat({ max: 6 }),
        reachedDaysAgo: fc.nat({ max: 20 }),
        kind: fc.constantFrom(
          'invoice' as const,
          'invoice' as const,
          'invoice' as const,
          'charge' as const,
        ),
        held: fc.option(fc.nat({ max: 20 }), { freq: 5 }),
        forEver: fc.boolean(),
        without: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    noticeDaysAgo: fc.option(fc.nat({ max: 40 })),
  })
  .map(({ policy, items, noticeDaysAgo }) => ({
    today: TODAY,
    lastNoticeDate: noticeDaysAgo === null ? null : addDays(TODAY, -noticeDaysAgo),
    items: items.map(({ late, level, reachedDaysAgo, kind, held, forEver, without }, n) => {
      const wasDue = late - reachedDaysAgo >= (policy.levels[0]?.days_overdue ?? 0)
      const reached = kind === 'invoice' && wasDue ? Math.min(level, policy.levels.length) : 0
      return itemOf(late, {
        id: `i${n}`,
        kind,
        level: reached,
        levelDate: reached === 0 ? null : addDays(TODAY, -reachedDaysAgo),
        policy: without ? null : policy,
        hold:
          held === null
            ? null
            : { id: 'h', reason: 'promise', untilDate: forEver ? null : addDays(TODAY, held) },
      })
    }),
  }))

const everyDecision =
  (judge: (decision: Decision, item: ItemSituation, situation: Situation) => boolean) => () =>
    fc.assert(
      fc.property(situations, (situation) =>
        evaluate(situation).every((decision, n) =>
          judge(decision, situation.items[n] as ItemSituation, situation),
        ),
      ),
      { numRuns: 2_000 },
    )
const escalates = ({ outcome }: Decision) => outcome === 'escalate'

t.test('every item gets one decision, in order', async () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const ids = situation.items.map(({ id }) => id)
      return (
        evaluate(situation)
          .map(({ itemId }) => itemId)
          .join() === ids.join()
      )
    }),
  )
})
t.test('a level never falls, and an item rises only when it escalates', async () =>
  everyDecision(
    (decision, item) =>
      decision.fromLevel === item.level &&
      (escalates(decision) ? decision.toLevel > item.level : decision.toLevel === item.level),
  )(),
)
t.test('on hold, without a policy, or as a charge, nothing escalates', async () =>
  everyDecision(
    (decision, item) =>
      !escalates(decision) ||
      (item.hold === null && item.policy !== null && item.kind === 'invoice'),
  )(),
)
t.test('nothing escalates that is not overdue by the days of some level', async () =>
  everyDecision(
    (decision, item) =>
      !escalates(decision) ||
      daysOverdue(item.dueDate, TODAY) >= (item.policy?.levels[0]?.days_overdue ?? 0),
  )(),
)
t.test(
  'by itself an item rises to a level it is overdue enough for, and never beyond the last',
  async () =>
    everyDecision((decision, item) => {
      if (!escalates(decision)) return true
      const level = (item.policy as Policy).levels.find((all) => all.level === decision.toLevel)
      return (
        level !== undefined &&
        (decision.reason !== 'level_due' || level.days_overdue <= daysOverdue(item.dueDate, TODAY))
      )
    })(),
)
t.test('one level at a time means one level at a time', async () =>
  everyDecision((decision, item) => {
    const { policy } = item
    if (!escalates(decision) || policy?.catch_up !== 'one_level' || policy.scope !== 'invoice')
      return true
    return decision.toLevel === levelAfter(policy, item.level)?.level
  })(),
)
t.test('only a policy of scope customer lifts', async () =>
  everyDecision(
    (decision, item) =>
      decision.reason !== 'lifted_with_customer' || item.policy?.scope === 'customer',
  )(),
)
t.test('the next look is after today, or only an event can bring it', async () =>
  everyDecision(({ nextLookDate }) => nextLookDate === null || nextLookDate > TODAY)(),
)
t.test('no notice within the interval of the last one', async () =>
  everyDecision(
    (decision, item, { lastNoticeDate }) =>
      !escalates(decision) ||
      lastNoticeDate === null ||
      addDays(lastNoticeDate, (item.policy as Policy).min_notice_interval_days) <= TODAY,
  )(),
)
t.test('what is due and not held back escalates', async () =>
  everyDecision((decision, item, { lastNoticeDate }) => {
    const next = item.policy && levelAfter(item.policy, item.level)
    const isFree =
      item.hold === null &&
      item.kind === 'invoice' &&
      lastNoticeDate === null &&
      item.levelDate !== TODAY
    return (
      !isFree ||
      !next ||
      next.days_overdue > daysOverdue(item.dueDate, TODAY) ||
      escalates(decision)
    )
  })(),
)

/** The situation as it is right after a run has done what was decided. */
function after(situation: Situation): Situation {
  const decisions = evaluate(situation)
  return {
    ...situation,
    lastNoticeDate: decisions.some(escalates) ? TODAY : situation.lastNoticeDate,
    items: situation.items.map((item, n) => {
      const decision = decisions[n] as Decision
      return escalates(decision) ? { ...item, level: decision.toLevel, levelDate: TODAY } : item
    }),
  }
}

t.test('a second look on the same day lifts nothing again', async () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const lifted = new Set(
        evaluate(situation)
          .filter(escalates)
          .map(({ itemId }) => itemId),
      )
      return evaluate(after(situation)).every(
        (decision) => !escalates(decision) || !lifted.has(decision.itemId),
      )
    }),
    { numRuns: 2_000 },
  )
})

t.test('nothing changes by itself before the next look', async () => {
  fc.assert(
    fc.property(situations, fc.integer({ min: 1, max: 40 }), (situation, days) => {
      const now = after(situation)
      const looks = evaluate(now)
      const today = addDays(TODAY, days)
      const isHeld = (item: ItemSituation) =>
        item.hold !== null && (item.hold.untilDate === null || item.hold.untilDate >= today)
      const then = evaluate({
        ...now,
        today,
        items: now.items.map((item) => (isHeld(item) ? item : { ...item, hold: null })),
      })
      const first = looks.flatMap(({ nextLookDate }) => nextLookDate ?? []).sort()[0]
      const somebodyIsLookedAt = first !== undefined && first <= today
      return somebodyIsLookedAt || then.every((decision) => !escalates(decision))
    }),
    { numRuns: 3_000 },
  )
})

t.test('case by case', async (t) => {
  t.match(one(itemOf(4)), {
    outcome: 'wait',
    reason: 'next_level_not_due',
    nextLookDate: addDays(TODAY, 1),
    inputs: { days_overdue: 4, level_days_overdue: 5 },
  })
  t.match(one(itemOf(-20)), { outcome: 'wait', nextLookDate: addDays(TODAY, 25) })
  t.match(one(itemOf(5)), { outcome: 'escalate', toLevel: 1, nextLookDate: addDays(TODAY, 10) })
  t.match(
    one(itemOf(60)),
    { outcome: 'escalate', fromLevel: 0, toLevel: 1, nextLookDate: addDays(TODAY, 1) },
    'behind: one level a day',
  )
  t.match(one(itemOf(60, { policy: policyOf({ catch_up: 'highest' }) })), {
    outcome: 'escalate',
    toLevel: 3,
    nextLookDate: null,
  })
  t.match(one(itemOf(16, { level: 1, policy: policyOf({ catch_up: 'highest' }) })), {
    toLevel: 2,
    nextLookDate: addDays(TODAY, 14),
  })
  t.match(one(itemOf(60, { level: 3 })), {
    outcome: 'finished',
    reason: 'last_level_reached',
    nextLookDate: null,
  })
  t.match(one(itemOf(60, { kind: 'charge' })), {
    outcome: 'finished',
    reason: 'charge_never_escalates',
    nextLookDate: null,
  })
  t.match(one(itemOf(60, { policy: null })), {
    outcome: 'blocked',
    reason: 'no_policy',
    nextLookDate: null,
  })
  t.match(one(itemOf(60, { level: 1, levelDate: TODAY })), {
    outcome: 'wait',
    nextLookDate: addDays(TODAY, 1),
  })
})

t.test('nothing is escalated while a direct debit is on its way', async (t) => {
  const pending = (collectionDate: string) => one(itemOf(60, { collectionDate }))
  t.match(pending(addDays(TODAY, 3)), {
    outcome: 'blocked',
    reason: 'debit_pending',
    nextLookDate: addDays(TODAY, 4),
    inputs: { collection_date: addDays(TODAY, 3) },
  })
  t.match(
    pending(addDays(TODAY, -2)),
    { outcome: 'blocked', nextLookDate: addDays(TODAY, 1) },
    'also when its day has passed and nobody has said what became of it',
  )
})

t.test('a hold covers its last day', async (t) => {
  const held = (untilDate: string | null) =>
    one(itemOf(60, { hold: { id: 'h', reason: 'dispute', untilDate } }))
  t.match(held(TODAY), {
    outcome: 'blocked',
    reason: 'on_hold',
    nextLookDate: addDays(TODAY, 1),
    inputs: { hold_reason: 'dispute' },
  })
  t.match(held(null), { outcome: 'blocked', nextLookDate: null })
})

t.test('the interval counts from the customer’s last notice', async (t) => {
  const weekly = policyOf({ min_notice_interval_days: 7 })
  t.match(one(itemOf(5, { policy: weekly }), addDays(TODAY, -6)), {
    outcome: 'wait',
    reason: 'notice_interval',
    nextLookDate: addDays(TODAY, 1),
  })
  t.match(one(itemOf(5, { policy: weekly }), addDays(TODAY, -7)), { outcome: 'escalate' })
  t.match(one(itemOf(60, { policy: weekly })), {
    outcome: 'escalate',
    nextLookDate: addDays(TODAY, 7),
  })
})

t.test(
  'with scope customer all due items rise to the highest, and what is not due stays',
  async (t) => {
    const together = policyOf({ scope: 'customer' })
    const [old, young, notDue, held, finished] = decide([
      itemOf(16, { id: 'old', level: 1, policy: together }),
      itemOf(5, { id: 'young', policy: together }),
      itemOf(4, { id: 'not due', policy: together }),
      itemOf(40, {
        id: 'held',
        policy: together,
        hold: { id: 'h', reason: 'promise', untilDate: null },
      }),
      itemOf(90, { id: 'charge', kind: 'charge', policy: together }),
    ])
    t.match(old, { outcome: 'escalate', toLevel: 2, reason: 'level_due' })
    t.match(young, {
      outcome: 'escalate',
      fromLevel: 0,
      toLevel: 2,
      reason: 'lifted_with_customer',
      inputs: { customer_level: 2 },
    })
    t.match(notDue, { outcome: 'wait' })
    t.match(held, { outcome: 'blocked' })
    t.match(finished, { outcome: 'finished' })

    const [done, late] = decide([
      itemOf(60, { id: 'done', level: 3, policy: together }),
      itemOf(6, { id: 'late', policy: together }),
    ])
    t.match(done, { outcome: 'finished' })
    t.match(late, { outcome: 'escalate', toLevel: 3, reason: 'lifted_with_customer' })
  },
)

t.test('items on different policies do not lift each other', async (t) => {
  const [mine, theirs] = [policyOf({ scope: 'customer' }), policyOf({ scope: 'customer', id: 'q' })]
  const [, other] = decide([itemOf(60, { level: 2, policy: mine }), itemOf(5, { policy: theirs })])
  t.match(other, { toLevel: 1, reason: 'level_due' })
})

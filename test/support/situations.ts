import fc from 'fast-check'
import type { ItemSituation, Situation } from '../../src/dunning/evaluate.ts'
import type { Level, Policy } from '../../src/dunning/policy.ts'
import { addDays, type CalendarDate } from '../../src/foundation/calendar.ts'

/** A level that does nothing but escalate. */
export const levelOf = (level: number, days: number, more: Partial<Level> = {}): Level => ({
  level,
  days,
  anchor: 'due_date',
  name: `Level ${level}`,
  tone: 'neutral',
  template: null,
  channels: ['email', 'letter'],
  minimum_amounts: [],
  minimum_percent: null,
  fees: [],
  interest: { kind: 'none' },
  lump_sum: false,
  payment_days: null,
  statutory_notice: null,
  consequences: { credit_hold: false, tasks: [], proposal: null },
  ...more,
})

/** Levels at 5, 15 and 30 days, and nothing else. */
export const policyOf = (more: Partial<Policy> = {}): Policy => ({
  id: 'p',
  version: 1,
  scope: 'invoice',
  catch_up: 'one_level',
  min_notice_interval_days: 0,
  item_grace_days: 0,
  account_minimum_days: 0,
  release: 'automatic',
  payment_data_max_age_days: null,
  contact_budget: null,
  business_days: null,
  quiet_hours: null,
  on_principal_paid: 'waive',
  courtesies: [],
  levels: [levelOf(1, 5), levelOf(2, 15), levelOf(3, 30)],
  ...more,
})

/** An item of 100.00 that nothing has happened to. */
export const itemOf = (
  dueDate: CalendarDate,
  more: Partial<ItemSituation> = {},
): ItemSituation => ({
  id: 'i',
  principal: true,
  dueDate,
  openAmount: 100_00,
  level: 0,
  levelDate: null,
  deadlineDate: null,
  courtesies: [],
  maximumLevel: null,
  policy: policyOf(),
  policyChooser: 'tenant',
  holds: [],
  collectionDate: null,
  proposedBy: null,
  limitationDate: null,
  ...more,
})

export const situationOf = (
  items: readonly ItemSituation[],
  more: Partial<Situation> = {},
): Situation => ({
  currency: 'EUR',
  lastNoticeDate: null,
  contacts: [],
  paymentsKnownUntil: null,
  unallocatedAmount: 0,
  items,
  ...more,
})

const courtesy = (days_before_due: number) => ({
  days_before_due,
  name: 'Due soon',
  tone: 'friendly' as const,
  template: null,
  channels: ['email' as const],
})

const descending = (max: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 14 }), { maxLength: max })
    .map((days) => days.sort((a, b) => b - a))

const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })
  .map((days) => days.sort((a, b) => a - b))

/** Levels with every kind of anchor, deadline and minimum. */
const levels = fc
  .tuple(
    ascending,
    fc.array(
      fc.record({
        anchor: fc.constantFrom('due_date', 'end_of_month', 'previous_deadline'),
        payment_days: fc.option(fc.integer({ min: 1, max: 20 })),
        minimum: fc.option(fc.integer({ min: 1, max: 300_00 })),
        minimum_percent: fc.option(fc.integer({ min: 1, max: 100 }), { freq: 8 }),
        isStatutory: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  )
  .map(([days, more]) =>
    days.map((day, index) => {
      const { anchor, payment_days, minimum, minimum_percent, isStatutory } = more[
        index
      ] as (typeof more)[0]
      const follows = index > 0 && more[index - 1]?.payment_days != null
      return levelOf(index + 1, anchor === 'previous_deadline' && follows ? (day % 9) + 1 : day, {
        anchor: anchor === 'previous_deadline' && !follows ? 'due_date' : anchor,
        payment_days,
        minimum_percent,
        minimum_amounts: minimum === null ? [] : [{ currency: 'EUR', amount: minimum }],
        statutory_notice: isStatutory ? 'nl_14_day' : null,
      })
    }),
  )

/** Policies of every kind. */
export const policies: fc.Arbitrary<Policy> = fc
  .record({
    scope: fc.constantFrom('invoice' as const, 'customer' as const),
    catch_up: fc.constantFrom('one_level' as const, 'highest' as const),
    min_notice_interval_days: fc.constantFrom(0, 0, 1, 7, 30),
    item_grace_days: fc.constantFrom(0, 0, 3),
    account_minimum_days: fc.constantFrom(0, 0, 10),
    payment_data_max_age_days: fc.constantFrom(null, null, null, 3),
    contact_budget: fc.constantFrom(
      null,
      null,
      { contacts: 1, days: 7 },
      { contacts: 2, days: 10 },
    ),
    business_days: fc.constantFrom(null, { country: 'DE', region: 'BY' }),
    courtesies: descending(3).map((days) => days.map(courtesy)),
    levels,
  })
  .map(policyOf)

const TODAY = '2026-06-15'
const dayFrom = (min: number, max: number) =>
  fc.integer({ min, max }).map((days) => addDays(TODAY, days))

const holds = fc.array(
  fc
    .record({
      id: fc.constantFrom('h1', 'h2'),
      reason: fc.constantFrom('promise' as const, 'dispute' as const),
      fromDate: dayFrom(-10, 40),
      days: fc.option(fc.integer({ min: 0, max: 20 }), { freq: 6 }),
    })
    .map(({ days, ...hold }) => ({
      ...hold,
      untilDate: days === null ? null : addDays(hold.fromDate, days),
    })),
  { maxLength: 2 },
)

/** Items at any point of their way through one of these policies. */
const itemsUnder = (given: readonly Policy[]) =>
  fc.array(
    fc
      .record({
        policy: fc.constantFrom(...given, null),
        principal: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
        dueDate: dayFrom(-70, 30),
        openAmount: fc.integer({ min: 1, max: 400_00 }),
        reached: fc.nat({ max: 5 }),
        reachedDaysAgo: fc.integer({ min: 0, max: 30 }),
        deadlineDays: fc.option(fc.integer({ min: 1, max: 20 })),
        maximumLevel: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 5 }),
        holds,
        collectionDate: fc.option(dayFrom(-3, 20), { freq: 8 }),
        limitationDate: fc.option(dayFrom(-5, 40), { freq: 8 }),
      })
      .map(({ reached, reachedDaysAgo, deadlineDays, policy, ...item }) => {
        const isOverdue = item.dueDate < addDays(TODAY, -reachedDaysAgo)
        const level =
          policy === null || !item.principal || !isOverdue
            ? 0
            : Math.min(reached, policy.levels.length)
        const levelDate = level === 0 ? null : addDays(TODAY, -reachedDaysAgo)
        return itemOf(item.dueDate, {
          ...item,
          policy,
          level,
          levelDate,
          deadlineDate:
            levelDate === null || deadlineDays === null ? null : addDays(levelDate, deadlineDays),
        })
      }),
    { minLength: 1, maxLength: 5 },
  )

/** The day on which the random situations are looked at first. */
export const situationsFrom: CalendarDate = TODAY

/** What decides about a customer in one currency: at most two policies, anything of the past. */
export const situations: fc.Arbitrary<Situation> = fc
  .tuple(policies, policies)
  .chain(([one, other]) =>
    fc.record({
      currency: fc.constant('EUR'),
      lastNoticeDate: fc.option(dayFrom(-40, 0)),
      contacts: fc.array(dayFrom(-12, 0), { maxLength: 3 }),
      paymentsKnownUntil: fc.option(dayFrom(-6, 0)),
      unallocatedAmount: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 500_00 }) },
      ),
      items: itemsUnder([one, { ...other, version: 2 }]).map((items) =>
        items.map((item, index) => ({ ...item, id: `i${index}` })),
      ),
    }),
  )

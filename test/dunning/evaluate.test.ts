import fc from 'fast-check'
import t from 'tap'
import {
  type Decision,
  evaluate,
  type ItemSituation,
  nextLookOf,
  type Situation,
} from '../../src/dunning/evaluate.ts'
import { feeAmount, feeIn } from '../../src/dunning/fee.ts'
import { follow, followAll } from '../../src/dunning/follow.ts'
import { levelAfter, levelOf as levelIn, type Policy } from '../../src/dunning/policy.ts'
import { project } from '../../src/dunning/project.ts'
import { nextStepDate } from '../../src/dunning/when.ts'
import { addDays, type CalendarDate, daysOverdue } from '../../src/foundation/calendar.ts'
import { isBusinessDay } from '../../src/foundation/holidays.ts'
import { sizeOf } from '../support/certify.ts'
import {
  itemOf,
  levelOf,
  policyOf,
  situationOf,
  situations,
  situationsFrom as TODAY,
} from '../support/situations.ts'

const late = (days: number, more: Partial<ItemSituation> = {}): ItemSituation =>
  itemOf(addDays(TODAY, -days), more)
const decide = (items: ItemSituation[], more: Partial<Situation> = {}): Decision[] =>
  evaluate(situationOf(items, more), TODAY)
const one = (item: ItemSituation, more: Partial<Situation> = {}): Decision =>
  decide([item], more)[0] as Decision

const everyDecision =
  (isRight: (decision: Decision, item: ItemSituation, situation: Situation) => boolean) =>
  async () =>
    fc.assert(
      fc.property(situations, (situation) =>
        evaluate(situation, TODAY).every((decision, n) =>
          isRight(decision, situation.items[n] as ItemSituation, situation),
        ),
      ),
      { numRuns: 2_000 },
    )
const escalates = ({ outcome }: Decision) => outcome === 'escalate'
const acts = ({ outcome }: Decision) => outcome === 'escalate' || outcome === 'remind'

t.test(
  'a level never falls, and an item rises only when it escalates',
  everyDecision(
    (decision, item) =>
      decision.itemId === item.id &&
      decision.fromLevel === item.level &&
      (escalates(decision) ? decision.toLevel > item.level : decision.toLevel === item.level),
  ),
)
t.test(
  'on hold, without a policy, as a charge, or while a debit is pending, nothing is done',
  everyDecision(
    (decision, item) =>
      !acts(decision) ||
      (item.principal &&
        item.policy !== null &&
        item.collectionDate === null &&
        item.holds.every(
          ({ fromDate, untilDate }) =>
            fromDate > TODAY || (untilDate !== null && untilDate < TODAY),
        )),
  ),
)
t.test(
  'nothing escalates that is not overdue, and nothing overdue is a courtesy',
  everyDecision(
    (decision, item) => !acts(decision) || escalates(decision) === item.dueDate < TODAY,
  ),
)
t.test(
  'nothing rises beyond the last level or the item’s own highest',
  everyDecision(
    ({ toLevel }, item) =>
      toLevel === item.level ||
      toLevel <= Math.min(item.policy?.levels.length ?? 0, item.maximumLevel ?? 20),
  ),
)
t.test(
  'one level at a time means one level at a time',
  everyDecision((decision, item) => {
    const { policy } = item
    if (!escalates(decision) || policy?.catch_up !== 'one_level' || policy.scope !== 'invoice')
      return true
    return decision.toLevel === levelAfter(policy, item.level)?.level
  }),
)
t.test(
  'only a policy of scope customer lifts',
  everyDecision(
    (decision, item) =>
      decision.reason !== 'lifted_with_customer' || item.policy?.scope === 'customer',
  ),
)
t.test(
  'the next look is after today, or only an event can bring it',
  everyDecision(({ nextLookDate }) => nextLookDate === null || nextLookDate > TODAY),
)
t.test(
  'every gate holds: interval, budget, business days, fresh payment data, money that covers it',
  everyDecision((decision, { policy }, situation) => {
    if (!acts(decision) || policy === null) return true
    const { lastNoticeDate, contacts, paymentsKnownUntil, unallocatedAmount, items } = situation
    const { contact_budget: budget, business_days: days } = policy
    const isStatutory = levelIn(policy, decision.toLevel)?.statutory_notice != null
    const recent = contacts.filter((date) => budget && date > addDays(TODAY, -budget.days))
    const overdue = items
      .filter(({ dueDate }) => dueDate < TODAY)
      .reduce((total, { openAmount }) => total + openAmount, 0)
    return (
      (!escalates(decision) ||
        lastNoticeDate === null ||
        addDays(lastNoticeDate, policy.min_notice_interval_days) <= TODAY) &&
      (budget === null ||
        recent.length < budget.contacts ||
        (isStatutory && escalates(decision))) &&
      (days === null || isBusinessDay(TODAY, days.country, days.region)) &&
      (policy.payment_data_max_age_days === null ||
        (paymentsKnownUntil !== null &&
          addDays(paymentsKnownUntil, policy.payment_data_max_age_days) >= TODAY)) &&
      (overdue === 0 || !escalates(decision) || unallocatedAmount < overdue)
    )
  }),
)
t.test('an item has the deadline of the notice that tells it', async (t) => {
  const policy = policyOf({
    levels: [
      levelOf(1, 5, { payment_days: 7 }),
      levelOf(2, 15, { payment_days: 17, statutory_notice: 'nl_14_day' }),
      levelOf(3, 30, { payment_days: 3 }),
    ],
  })
  const situation = situationOf(
    [
      late(40, { id: 'top', policy, level: 2 }),
      late(20, { id: 'letter', policy, level: 1 }),
      late(6, { id: 'first', policy }),
    ],
    { lastNoticeDate: null },
  )
  const risen = (only: readonly string[]): string[] => {
    const decisions = evaluate(situation, TODAY).map((decision) =>
      only.includes(decision.itemId) ? decision : { ...decision, outcome: 'wait' as const },
    )
    const [after] = followAll([situation], [decisions], TODAY) as [Situation]
    const items = after.items.filter(({ id }) => only.includes(id))
    return [
      ...items.map(({ id, deadlineDate }) => `${id} ${daysOverdue(TODAY, deadlineDate as string)}`),
      `${after.contacts.length} contacts`,
    ]
  }
  t.same(risen(['top', 'letter', 'first']), ['top 3', 'letter 17', 'first 3', '1 contacts'])
  t.same(risen(['letter', 'first']), ['letter 17', 'first 7', '1 contacts'])
  t.same(risen(['letter']), ['letter 17', '0 contacts'], 'a statutory notice alone is no contact')
})
t.test('a second look on the same day does nothing again', async () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const first = evaluate(situation, TODAY)
      const again = evaluate(follow(situation, first, TODAY), TODAY)
      return again.every((decision, index) => !acts(decision) || !acts(first[index] as Decision))
    }),
    { numRuns: 2_000 },
  )
})

/** Every step of a situation, looking at it on every single day, with payment data as fresh as on the first. */
function everyDay(situation: Situation, until: CalendarDate): string[] {
  const steps: string[] = []
  let state = situation
  for (let day = TODAY; day <= until; day = addDays(day, 1)) {
    const decisions = evaluate(state, day)
    const known = state.paymentsKnownUntil
    steps.push(...stepsOf(decisions, day))
    const isContact = decisions.some(
      (decision, n) => acts(decision) && !isStatutory(state, decision, n),
    )
    state = follow(state, decisions, day)
    if (isContact) state = { ...state, contacts: [...state.contacts, day] }
    if (known !== null) state = { ...state, paymentsKnownUntil: addDays(known, 1) }
  }
  return steps
}
function isStatutory({ items }: Situation, decision: Decision, n: number): boolean {
  if (!escalates(decision)) return false
  return levelIn(items[n]?.policy as Policy, decision.toLevel)?.statutory_notice != null
}
const stepsOf = (decisions: readonly Decision[], day: CalendarDate) =>
  decisions
    .filter(acts)
    .map(({ itemId, toLevel, courtesy }) => `${day} ${itemId} ${toLevel} ${courtesy ?? ''}`)

t.test(
  'what is foretold is what happens: looking only when a look is due misses nothing that looking every day finds',
  async () => {
    const until = addDays(TODAY, 30)
    fc.assert(
      fc.property(situations, (situation) => {
        const foretold = [...project([situation], TODAY, until)].flatMap(({ date, decisions }) =>
          stepsOf(decisions.flat(), date),
        )
        return foretold.join('\n') === everyDay(situation, until).join('\n')
      }),
      { numRuns: sizeOf({ slice: 3_000, certify: 30_000, certification: 1_000_000 }) },
    )
  },
)

t.test('case by case', async (t) => {
  t.match(one(late(4)), {
    outcome: 'wait',
    reason: 'next_level_not_due',
    nextLookDate: addDays(TODAY, 1),
    inputs: { days_overdue: 4, level_days: 5, anchor: 'due_date', level_date: addDays(TODAY, 1) },
  })
  t.match(one(late(-20)), { outcome: 'wait', nextLookDate: addDays(TODAY, 25) })
  t.match(one(late(5)), { outcome: 'escalate', toLevel: 1, nextLookDate: addDays(TODAY, 10) })
  t.match(
    one(late(60)),
    { outcome: 'escalate', fromLevel: 0, toLevel: 1, nextLookDate: addDays(TODAY, 1) },
    'behind: one level a day',
  )
  t.match(one(late(60, { policy: policyOf({ catch_up: 'highest' }) })), {
    outcome: 'escalate',
    toLevel: 3,
    nextLookDate: null,
  })
  t.match(one(late(16, { level: 1, policy: policyOf({ catch_up: 'highest' }) })), {
    toLevel: 2,
    nextLookDate: addDays(TODAY, 14),
  })
  t.match(one(late(60, { level: 3 })), {
    outcome: 'finished',
    reason: 'last_level_reached',
    nextLookDate: null,
  })
  t.match(one(late(60, { principal: false })), {
    outcome: 'finished',
    reason: 'charge_never_escalates',
  })
  t.match(one(late(60, { policy: null, policyChooser: 'customer' })), {
    outcome: 'blocked',
    reason: 'no_policy',
    inputs: { chosen_by: 'customer' },
    nextLookDate: null,
  })
  t.equal(nextStepDate(late(60, { policy: null }), TODAY), null, 'and no step is to come')
  t.match(one(late(60, { level: 1, levelDate: TODAY })), {
    outcome: 'wait',
    nextLookDate: addDays(TODAY, 1),
  })
  t.match(one(late(60, { level: 1, maximumLevel: 1 })), {
    outcome: 'finished',
    reason: 'maximum_level_reached',
  })
  t.match(one(late(60, { limitationDate: addDays(TODAY, -1) })), {
    outcome: 'blocked',
    reason: 'time_barred',
  })
  t.match(one(late(60, { limitationDate: TODAY })), { outcome: 'escalate' }, 'on its last day')
  t.match(one(late(60, { proposedBy: 'r' })), { outcome: 'blocked', reason: 'awaiting_review' })
})

t.test('nothing is escalated while a direct debit is on its way', async (t) => {
  const pending = (collectionDate: string) => one(late(60, { collectionDate }))
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

t.test('a hold covers its first and its last day', async (t) => {
  const held = (untilDate: string | null, fromDate = TODAY) =>
    one(late(60, { holds: [{ id: 'h', reason: 'dispute', fromDate, untilDate }] }))
  t.match(held(TODAY), {
    outcome: 'blocked',
    reason: 'on_hold',
    nextLookDate: addDays(TODAY, 1),
    inputs: { hold_reason: 'dispute' },
  })
  t.match(held(null), { outcome: 'blocked', nextLookDate: null })
  t.match(held(null, addDays(TODAY, 1)), { outcome: 'escalate' }, 'it begins tomorrow')
})

t.test('the interval counts from the customer’s last notice', async (t) => {
  const weekly = policyOf({ min_notice_interval_days: 7 })
  t.match(one(late(5, { policy: weekly }), { lastNoticeDate: addDays(TODAY, -6) }), {
    outcome: 'wait',
    reason: 'notice_interval',
    nextLookDate: addDays(TODAY, 1),
  })
  t.match(one(late(5, { policy: weekly }), { lastNoticeDate: addDays(TODAY, -7) }), {
    outcome: 'escalate',
  })
})

t.test(
  'with scope customer all due items rise to the highest, what is not due stays',
  async (t) => {
    const together = policyOf({ scope: 'customer' })
    const holds = [{ id: 'h', reason: 'promise' as const, fromDate: TODAY, untilDate: null }]
    const [old, young, notDue, held, charge] = decide([
      late(16, { id: 'old', level: 1, policy: together }),
      late(5, { id: 'young', policy: together }),
      late(4, { id: 'not due', policy: together }),
      late(40, { id: 'held', policy: together, holds }),
      late(90, { id: 'charge', principal: false, policy: together }),
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
    t.match(charge, { outcome: 'finished' })

    const [done, behind, capped] = decide([
      late(60, { id: 'done', level: 3, policy: together }),
      late(6, { id: 'behind', policy: together }),
      late(6, { id: 'capped', policy: together, maximumLevel: 2 }),
    ])
    t.match(done, { outcome: 'finished' })
    t.match(behind, { outcome: 'escalate', toLevel: 3, reason: 'lifted_with_customer' })
    t.match(capped, { outcome: 'escalate', toLevel: 2 })
  },
)

t.test('items on different policies do not lift each other', async (t) => {
  const [mine, theirs] = [policyOf({ scope: 'customer' }), policyOf({ scope: 'customer', id: 'q' })]
  const [, other] = decide([late(60, { level: 2, policy: mine }), late(5, { policy: theirs })])
  t.match(other, { toLevel: 1, reason: 'level_due' })
})

t.test('a level counts from its anchor', async (t) => {
  const anchored = (anchor: 'end_of_month' | 'previous_deadline') =>
    policyOf({
      levels: [levelOf(1, 5, { payment_days: 10 }), levelOf(2, 3, { anchor }), levelOf(3, 60)],
    })
  const item = (more: Partial<ItemSituation>) =>
    itemOf('2026-05-04', { level: 1, levelDate: '2026-05-09', ...more })
  t.match(
    one(item({ policy: anchored('end_of_month') })),
    { outcome: 'escalate', toLevel: 2, inputs: { level_date: '2026-06-03' } },
    'three days after the end of May',
  )
  t.match(
    one(item({ policy: anchored('previous_deadline'), deadlineDate: '2026-06-13' })),
    { outcome: 'wait', nextLookDate: '2026-06-16', inputs: { anchor: 'previous_deadline' } },
    'three days after the deadline',
  )
  t.match(
    one(late(5, { policy: anchored('previous_deadline') })),
    { outcome: 'escalate', toLevel: 1, nextLookDate: addDays(TODAY, 13) },
    'the deadline is set by the notice: ten days, and three after them',
  )
  t.match(
    one(late(70, { policy: { ...anchored('previous_deadline'), catch_up: 'highest' } })),
    { toLevel: 1 },
    'what waits for a deadline is never skipped, however late',
  )
  t.match(
    one(
      itemOf('2028-02-10', {
        policy: policyOf({ levels: [levelOf(1, 1, { anchor: 'end_of_month' })] }),
      }),
    ),
    { nextLookDate: '2028-03-01' },
    'the day after 29 February',
  )
})

t.test('grace shifts each item, the account minimum lets all or nothing through', async (t) => {
  t.match(one(late(7, { policy: policyOf({ item_grace_days: 3 }) })), {
    outcome: 'wait',
    nextLookDate: addDays(TODAY, 1),
  })
  t.match(one(late(8, { policy: policyOf({ item_grace_days: 3 }) })), { outcome: 'escalate' })
  const policy = policyOf({ account_minimum_days: 20 })
  t.match(one(late(19, { policy })), {
    outcome: 'wait',
    reason: 'account_not_due',
    nextLookDate: addDays(TODAY, 1),
  })
  const [old, young] = decide([late(20, { policy }), late(6, { policy })])
  t.match(old, { outcome: 'escalate' })
  t.match(young, { outcome: 'escalate' }, 'the oldest opens the gate for all')
})

t.test('below its minimum a level falls to the one below, and is tested again there', async (t) => {
  const minimum = (amount: number) => ({ minimum_amounts: [{ currency: 'EUR', amount }] })
  const policy = policyOf({
    catch_up: 'highest',
    levels: [levelOf(1, 5, minimum(50_00)), levelOf(2, 15), levelOf(3, 30, minimum(200_00))],
  })
  t.match(one(late(40, { policy })), {
    outcome: 'escalate',
    reason: 'fell_to_lower_level',
    toLevel: 2,
    inputs: { below_minimum: { level: 3, amount: 100_00, minimum_amount: 200_00 } },
  })
  t.match(
    decide([late(40, { policy }), late(41, { id: 'j', policy })]).map(({ toLevel }) => toLevel),
    [3, 3],
    'together they are worth it',
  )
  t.match(
    one(late(40, { policy, level: 2 })),
    { outcome: 'wait', reason: 'below_minimum', toLevel: 2, nextLookDate: null },
    'what falls to a level it has had gets no notice',
  )
  t.match(one(late(6, { policy, openAmount: 49_99 })), {
    outcome: 'wait',
    reason: 'below_minimum',
  })
  t.match(one(late(6, { policy, openAmount: 50_00 })), { outcome: 'escalate', toLevel: 1 })
  t.match(
    evaluate(situationOf([late(6, { policy, openAmount: 1 })], { currency: 'USD' }), TODAY)[0],
    { outcome: 'escalate' },
    'the minimum of another currency is no minimum',
  )
  const share = policyOf({ levels: [levelOf(1, 5, { minimum_percent: 40 })] })
  const [small] = decide([
    late(6, { policy: share, openAmount: 39_99 }),
    itemOf(addDays(TODAY, 9), { id: 'j', policy: share, openAmount: 60_01 }),
  ])
  t.match(small, { reason: 'below_minimum', nextLookDate: addDays(TODAY, 1) })
  const [enough] = decide([
    late(6, { policy: share, openAmount: 40_00 }),
    itemOf(addDays(TODAY, 9), { id: 'j', policy: share, openAmount: 60_00 }),
  ])
  t.match(enough, { outcome: 'escalate' })
})

t.test('before and on its due date an item is reminded of, once each', async (t) => {
  const reminder = (days_before_due: number) => ({
    days_before_due,
    name: 'Due',
    tone: 'friendly' as const,
    template: null,
    channels: ['email' as const],
  })
  const policy = policyOf({ courtesies: [reminder(7), reminder(0)] })
  t.match(one(late(-8, { policy })), { outcome: 'wait', nextLookDate: addDays(TODAY, 1) })
  t.match(one(late(-7, { policy })), {
    outcome: 'remind',
    reason: 'courtesy_due',
    courtesy: 7,
    fromLevel: 0,
    toLevel: 0,
    nextLookDate: addDays(TODAY, 7),
  })
  t.match(one(late(-3, { policy })), { outcome: 'remind', courtesy: 7 }, 'late, but still useful')
  t.match(one(late(-3, { policy, courtesies: [7] })), { outcome: 'wait' })
  t.match(one(late(0, { policy, courtesies: [7] })), { outcome: 'remind', courtesy: 0 })
  t.match(one(late(0, { policy })), { courtesy: 0 }, 'of two that were missed only the nearest')
  t.match(one(late(1, { policy })), { outcome: 'wait', nextLookDate: addDays(TODAY, 4) })
})

t.test(
  'the contact budget counts people’s contacts too, and spares statutory notices',
  async (t) => {
    const policy = policyOf({ contact_budget: { contacts: 2, days: 7 } })
    const contacted = (...daysAgo: number[]) => ({
      contacts: daysAgo.map((days) => addDays(TODAY, -days)),
    })
    t.match(one(late(5, { policy }), contacted(6)), { outcome: 'escalate' })
    t.match(
      one(late(5, { policy }), contacted(7, 3)),
      { outcome: 'escalate' },
      'the window is over',
    )
    t.match(one(late(5, { policy }), contacted(6, 3)), {
      outcome: 'wait',
      reason: 'contact_budget',
      nextLookDate: addDays(TODAY, 1),
      inputs: { contacts: 2 },
    })
    t.match(one(late(5, { policy }), contacted(6, 3, 3)), { nextLookDate: addDays(TODAY, 4) })
    const statutory = levelOf(1, 5, { statutory_notice: 'nl_14_day', payment_days: 15 })
    t.match(one(late(5, { policy: { ...policy, levels: [statutory] } }), contacted(1, 1)), {
      outcome: 'escalate',
    })
  },
)

t.test('notices go out on business days', async (t) => {
  const policy = policyOf({ business_days: { country: 'DE', region: 'BY' } })
  const on = (date: CalendarDate) =>
    evaluate(situationOf([itemOf(addDays(date, -5), { policy })]), date)[0]
  t.match(on('2026-04-02'), { outcome: 'escalate' })
  t.match(
    on('2026-04-03'),
    { outcome: 'wait', reason: 'not_a_business_day', nextLookDate: '2026-04-07' },
    'Good Friday; Easter Monday is one as well',
  )
  t.match(on('2026-01-06'), { reason: 'not_a_business_day' }, 'Epiphany, in Bavaria')
})

t.test('nobody is chased on old news, or for what their own money covers', async (t) => {
  const policy = policyOf({ payment_data_max_age_days: 3 })
  t.match(one(late(5, { policy })), { outcome: 'blocked', reason: 'stale_payment_data' })
  const known = (days: number) => ({ paymentsKnownUntil: addDays(TODAY, -days) })
  t.match(one(late(5, { policy }), known(4)), {
    reason: 'stale_payment_data',
    nextLookDate: addDays(TODAY, 1),
  })
  t.match(one(late(5, { policy }), known(3)), { outcome: 'escalate' })

  t.match(one(late(5), { unallocatedAmount: 100_00 }), {
    outcome: 'blocked',
    reason: 'covered_by_unallocated',
    inputs: { unallocated_amount: 100_00, overdue_amount: 100_00 },
  })
  t.match(one(late(5), { unallocatedAmount: 99_99 }), { outcome: 'escalate' })
  t.equal(nextLookOf(decide([late(-20), late(5)])), addDays(TODAY, 10))
  t.equal(daysOverdue(late(5).dueDate, TODAY), 5)
})

t.test('a fee is an amount, a percentage, or the last step that is reached', async (t) => {
  const fees = [
    { currency: 'EUR', amount: 500 },
    { currency: 'USD', percent: '2.5' },
  ]
  t.same(feeIn(fees, 'USD'), fees[1])
  t.equal(feeIn(fees, 'GBP'), undefined)
  t.equal(feeAmount({ currency: 'EUR', amount: 500 }, 1), 500)
  t.equal(feeAmount({ currency: 'EUR', percent: '2.5' }, 10_019), 250, '250.475')
  t.equal(feeAmount({ currency: 'EUR', percent: '2.5' }, 10_020), 251, '250.5')
  const steps = [
    { from_amount: 1_000, amount: 300 },
    { from_amount: 10_000, amount: 900 },
  ]
  t.same(
    [999, 1_000, 9_999, 10_000].map((overdue) => feeAmount({ currency: 'EUR', steps }, overdue)),
    [0, 300, 300, 900],
  )
})

import t from 'tap'
import { testApp } from '../support/app.ts'
import { recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)

const everything = {
  name: 'Everything',
  scope: 'customer',
  catch_up: 'highest',
  min_notice_interval_days: 7,
  item_grace_days: 3,
  account_minimum_days: 5,
  release: 'review',
  payment_data_max_age_days: 2,
  contact_budget: { contacts: 1, days: 7 },
  business_days: { country: 'DE', region: 'BY' },
  quiet_hours: { from: '20:00', to: '08:00' },
  on_principal_paid: 'enforce',
  courtesies: [
    { days_before_due: 5, name: 'Soon', tone: 'friendly', template: 'soon', channels: ['email'] },
    { days_before_due: 0, name: 'Today', tone: 'neutral', template: null, channels: ['sms'] },
  ],
  levels: [
    {
      level: 1,
      days: 5,
      anchor: 'due_date',
      name: 'Reminder',
      tone: 'friendly',
      template: 'reminder-1',
      channels: ['email', 'letter'],
      minimum_amounts: [{ currency: 'EUR', amount: 1_000 }],
      minimum_percent: 10,
      fees: [],
      interest: { kind: 'none' },
      lump_sum: false,
      payment_days: 10,
      statutory_notice: null,
      consequences: { credit_hold: false, tasks: [], proposal: null },
    },
    {
      level: 2,
      days: 1,
      anchor: 'previous_deadline',
      name: 'Demand',
      tone: 'final',
      template: null,
      channels: ['letter'],
      minimum_amounts: [],
      minimum_percent: null,
      fees: [
        { currency: 'EUR', amount: 500 },
        { currency: 'USD', percent: '1.5' },
        {
          currency: 'GBP',
          steps: [
            { from_amount: 0, amount: 300 },
            { from_amount: 100_000, amount: 900 },
          ],
        },
      ],
      interest: { kind: 'contract', percent: '8' },
      lump_sum: true,
      payment_days: null,
      statutory_notice: null,
      consequences: {
        credit_hold: true,
        tasks: [{ assignee: 'sales', title: 'Talk to the customer' }],
        proposal: 'hand_over',
      },
    },
  ],
}

t.test('a policy is told as it was given, and with the defaults of what was not', async (t) => {
  t.match(await tenant.api('POST', '/v1/dunning-policies', everything), {
    status: 201,
    body: everything,
  })
  t.match(
    await make.policy({ levels: [{ level: 1, days: 5, name: 'One' }] }),
    {
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
      levels: [
        {
          anchor: 'due_date',
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
        },
      ],
    },
    'budget, business days, quiet hours, minimums and the guard are off unless they are set',
  )
})

const [first, second] = everything.levels
const withLevel = (index: 0 | 1, more: object) => ({
  levels: [first, second].map((level, at) => (at === index ? { ...level, ...more } : level)),
})
const euro = { currency: 'EUR', amount: 1 }
const statutory = { fees: [], lump_sum: false, payment_days: 15, statutory_notice: 'nl_14_day' }

const contradictory: [object, string, string][] = [
  [withLevel(1, { level: 3 }), '#/levels/1/level', 'not_consecutive'],
  [withLevel(1, { anchor: 'due_date' }), '#/levels/1/days', 'not_ascending'],
  [withLevel(0, { payment_days: null }), '#/levels/1/anchor', 'no_previous_deadline'],
  [withLevel(0, { anchor: 'previous_deadline' }), '#/levels/0/anchor', 'no_previous_deadline'],
  [
    withLevel(0, { minimum_amounts: [euro, euro] }),
    '#/levels/0/minimum_amounts/1',
    'repeated_currency',
  ],
  [withLevel(0, { fees: [euro, euro] }), '#/levels/0/fees/1', 'repeated_currency'],
  [withLevel(0, { fees: [{ currency: 'EUR' }] }), '#/levels/0/fees/0', 'exactly_one'],
  [withLevel(0, { fees: [{ ...euro, percent: '1' }] }), '#/levels/0/fees/0', 'exactly_one'],
  [
    withLevel(0, {
      fees: [
        {
          currency: 'EUR',
          steps: [
            { from_amount: 5, amount: 1 },
            { from_amount: 5, amount: 2 },
          ],
        },
      ],
    }),
    '#/levels/0/fees/0/steps/1/from_amount',
    'not_ascending',
  ],
  [withLevel(0, { interest: { kind: 'contract' } }), '#/levels/0/interest/percent', 'required'],
  [
    withLevel(0, { interest: { kind: 'statutory', percent: '8' } }),
    '#/levels/0/interest/percent',
    'not_allowed',
  ],
  [withLevel(1, { ...statutory, fees: [euro] }), '#/levels/1/fees', 'statutory_notice_is_free'],
  [
    withLevel(1, { ...statutory, lump_sum: true }),
    '#/levels/1/lump_sum',
    'statutory_notice_is_free',
  ],
  [
    withLevel(0, {
      ...statutory,
      statutory_notice: 'be_first_reminder',
      interest: { kind: 'statutory' },
    }),
    '#/levels/0/interest',
    'statutory_notice_is_free',
  ],
  [withLevel(1, { ...statutory, payment_days: 14 }), '#/levels/1/payment_days', 'minimum'],
  [
    withLevel(1, {
      ...statutory,
      statutory_notice: 'be_first_reminder',
      interest: { kind: 'none' },
    }),
    '#/levels/1/statutory_notice',
    'not_first',
  ],
  [
    withLevel(0, { consequences: { proposal: 'write_off' } }),
    '#/levels/0/consequences/proposal',
    'not_last',
  ],
  [
    { courtesies: [everything.courtesies[1], everything.courtesies[0]] },
    '#/courtesies/1/days_before_due',
    'not_descending',
  ],
  [{ business_days: { country: 'ZZ' } }, '#/business_days', 'unknown_calendar'],
  [{ business_days: { country: 'DE', region: 'ZZ' } }, '#/business_days', 'unknown_calendar'],
  [{ quiet_hours: { from: '08:00', to: '08:00' } }, '#/quiet_hours/to', 'whole_day'],
]

t.test('a policy that contradicts itself is refused with the place and the reason', async (t) => {
  for (const [change, pointer, code] of contradictory) {
    const answer = await tenant.api('POST', '/v1/dunning-policies', { ...everything, ...change })
    t.match(
      answer,
      { status: 422, body: { code: 'dunning_policy_contradictory', errors: [{ pointer, code }] } },
      `${pointer} ${code}`,
    )
  }
})

const malformed: [object, string][] = [
  [{ scope: 'item' }, '#/scope'],
  [{ levels: [] }, '#/levels'],
  [withLevel(0, { days: 0 }), '#/levels/0/days'],
  [withLevel(0, { channels: [] }), '#/levels/0/channels'],
  [withLevel(0, { minimum_percent: 101 }), '#/levels/0/minimum_percent'],
  [withLevel(0, { payment_days: 0 }), '#/levels/0/payment_days'],
  [
    withLevel(0, { interest: { kind: 'contract', percent: '100.00001' } }),
    '#/levels/0/interest/percent',
  ],
  [{ contact_budget: { contacts: 0, days: 7 } }, '#/contact_budget/contacts'],
  [{ quiet_hours: { from: '24:00', to: '08:00' } }, '#/quiet_hours/from'],
]

t.test('what is malformed is refused with the field', async (t) => {
  for (const [change, pointer] of malformed) {
    t.match(
      await tenant.api('POST', '/v1/dunning-policies', { ...everything, ...change }),
      { status: 422, body: { errors: [{ pointer }] } },
      pointer,
    )
  }
})

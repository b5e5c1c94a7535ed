import {
  afterDeadline,
  askSales,
  atLeast,
  considerate,
  dueSoon,
  type PolicyTemplate,
} from './template.ts'

/**
 * Collection costs in steps of which none exceeds the statutory scale (15 % of the first EUR 2,500, 10 % of the next
 * 2,500, 5 % of the next 5,000, 1 % of the next 190,000; at least EUR 40).
 */
const collectionCosts = [
  { from_amount: 0, amount: 4_000 },
  { from_amount: 30_000, amount: 4_500 },
  { from_amount: 50_000, amount: 7_500 },
  { from_amount: 75_000, amount: 11_250 },
  { from_amount: 100_000, amount: 15_000 },
  { from_amount: 150_000, amount: 22_500 },
  { from_amount: 200_000, amount: 30_000 },
  { from_amount: 250_000, amount: 37_500 },
  { from_amount: 375_000, amount: 50_000 },
  { from_amount: 500_000, amount: 62_500 },
  { from_amount: 750_000, amount: 75_000 },
  { from_amount: 1_000_000, amount: 87_500 },
  { from_amount: 5_000_000, amount: 127_500 },
  { from_amount: 10_000_000, amount: 177_500 },
  { from_amount: 20_000_000, amount: 277_500 },
]

/** Two reminders, the 14-day letter, and only when its term has run from receipt, the statutory costs. */
export const dutchConsumer: PolicyTemplate = {
  code: 'nl_consumer',
  name: 'Netherlands, consumer',
  description:
    'A word before the due date, two free reminders, and the 14-day letter, which must name the costs to come. Seventeen days leave room for the post: the term runs from the day after receipt, which you have to prove. Only then the statutory collection costs and interest follow, and handing over is proposed.',
  jurisdiction: 'NL',
  customer_kind: 'consumer',
  sources: ['art. 6:96 (5), (6) BW', 'Besluit 2012/141, art. 2', 'HR 25 November 2016'],
  policy: {
    name: 'Netherlands, consumer',
    ...considerate,
    business_days: { country: 'NL', region: null },
    courtesies: [dueSoon],
    levels: [
      {
        level: 1,
        days: 5,
        name: 'Payment reminder',
        tone: 'friendly',
        template: 'payment_reminder',
        channels: ['email', 'letter'],
        minimum_amounts: atLeast('EUR', 500),
        payment_days: 7,
      },
      {
        level: 2,
        ...afterDeadline,
        name: 'Second reminder',
        tone: 'neutral',
        template: 'second_reminder',
        channels: ['email', 'letter'],
        minimum_amounts: atLeast('EUR', 500),
        payment_days: 7,
      },
      {
        level: 3,
        ...afterDeadline,
        name: '14-day letter',
        tone: 'firm',
        template: 'nl_14_day_letter',
        channels: ['letter', 'email'],
        minimum_amounts: atLeast('EUR', 1_000),
        statutory_notice: 'nl_14_day',
        payment_days: 17,
        consequences: { tasks: [askSales] },
      },
      {
        level: 4,
        ...afterDeadline,
        name: 'Final demand with collection costs',
        tone: 'final',
        template: 'final_demand',
        channels: ['letter', 'email'],
        minimum_amounts: atLeast('EUR', 1_000),
        fees: [{ currency: 'EUR', steps: collectionCosts }],
        interest: { kind: 'statutory' },
        payment_days: 7,
        consequences: { proposal: 'hand_over' },
      },
    ],
  },
}

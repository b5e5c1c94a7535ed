import { afterDeadline, askSales, atLeast, considerate, type PolicyTemplate } from './template.ts'

/** The Late Payment of Commercial Debts (Interest) Act 1998, used late and with notice. */
export const britishBusiness: PolicyTemplate = {
  code: 'gb_business',
  name: 'United Kingdom, business',
  description:
    'A friendly reminder, a demand with statutory interest, a firm one with the fixed compensation of GBP 40, 70 or 100, and a letter before action. Does not fit where your terms have a substantial remedy of their own for late payment. Holidays are those of England.',
  jurisdiction: 'GB',
  customer_kind: 'business',
  sources: [
    'Late Payment of Commercial Debts (Interest) Act 1998, s. 1, 5A',
    'Practice Direction: Pre-Action Conduct and Protocols, para. 6',
  ],
  policy: {
    name: 'United Kingdom, business',
    ...considerate,
    business_days: { country: 'GB', region: 'ENG' },
    levels: [
      {
        level: 1,
        days: 5,
        name: 'Payment reminder',
        tone: 'friendly',
        template: 'payment_reminder',
        channels: ['email', 'letter'],
        minimum_amounts: atLeast('GBP', 500),
        payment_days: 7,
      },
      {
        level: 2,
        ...afterDeadline,
        name: 'Demand',
        tone: 'neutral',
        template: 'first_demand',
        channels: ['email', 'letter'],
        minimum_amounts: atLeast('GBP', 2_500),
        interest: { kind: 'statutory' },
        payment_days: 7,
      },
      {
        level: 3,
        ...afterDeadline,
        name: 'Firm demand',
        tone: 'firm',
        template: 'second_demand',
        channels: ['email', 'letter'],
        minimum_amounts: atLeast('GBP', 2_500),
        interest: { kind: 'statutory' },
        lump_sum: true,
        payment_days: 7,
        consequences: { credit_hold: true, tasks: [askSales] },
      },
      {
        level: 4,
        ...afterDeadline,
        name: 'Letter before action',
        tone: 'final',
        template: 'letter_before_action',
        channels: ['letter', 'email'],
        minimum_amounts: atLeast('GBP', 5_000),
        interest: { kind: 'statutory' },
        payment_days: 14,
        consequences: { credit_hold: true, proposal: 'hand_over' },
      },
    ],
  },
}

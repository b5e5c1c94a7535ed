import { Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Currency,
  Decimal,
  Id,
  List,
  Nullable,
  Text,
} from '../../foundation/http/schema.ts'
import { publicIdOrNull } from '../../foundation/id.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import type { SimulationRow } from './table.ts'

/** How a policy that is tried is named. */
export const policyFields = {
  policy_id: Nullable(Id('dunning_policy', 'The policy; null for a draft.')),
  version: Nullable(Count('Its version; null for a draft.')),
  name: Text('What it is called.', { maxLength: 100, example: 'Standard, three steps' }),
}

/** What is claimed besides the principals. */
const claimedFields = {
  fee_amount: Amount('Fees, after what the law refuses or cuts.', { example: 60_000 }),
  interest_amount: Amount(
    'Interest, statutory or agreed as the level says, from default on, less what was claimed before.',
    { example: 1234 },
  ),
  lump_sum_amount: Amount('Lump sums that the law grants, once per item.', { example: 4_000 }),
}

const ChargeResult = Type.Object(
  {
    currency: Currency(),
    ...claimedFields,
    interest_amount: Amount(
      'Interest of notices and, where the policy enforces it, of principals that are paid; less what a payment that was seen late shows to be claimed too much, so that it may be below zero.',
      { minimum: -MAX_AMOUNT, example: 1234 },
    ),
    refused_amount: Amount(
      'Fees and lump sums that the policy asks for and the law refuses or cuts.',
      { example: 1_000 },
    ),
    waived_interest_amount: Amount(
      'Interest that ran since the last claim and is given up when the principal is settled.',
      { example: 211 },
    ),
  },
  { description: 'What would have been charged in one currency.' },
)

const LevelResult = Type.Object(
  {
    level: Count('The level of the notices; 0 for reminders before the due date.'),
    currency: Currency(),
    notice_count: Count('Notices.', { example: 120 }),
    item_count: Count('Items that they lift, or remind of.', { example: 203 }),
    customer_count: Count('Customers that are sent any.', { example: 96 }),
    amount: Amount('What was open of those items.'),
    ...claimedFields,
    observed_notice_count: Count('Notices after which all the days asked for are known.', {
      example: 110,
    }),
    paid_soon_notice_count: Count('Those whose items were all paid in full within these days.', {
      example: 61,
    }),
    paid_soon_amount: Amount('What these notices were about.'),
  },
  { description: 'What the notices of one level in one currency would have been.' },
)

export const PolicyResult = Type.Object(
  {
    ...policyFields,
    contacted_customer_count: Count('Customers that are sent anything.', { example: 96 }),
    contact_count: Count('Contacts: days on which a customer is sent anything.', { example: 131 }),
    average_contacts: Nullable(Decimal('Contacts per contacted customer.', '1.36')),
    max_contacts: Count('The most that one customer has.', { example: 4 }),
    customers_1_count: Count('Customers with one contact.', { example: 70 }),
    customers_2_count: Count('Customers with two contacts.', { example: 20 }),
    customers_3_count: Count('Customers with three contacts.', { example: 5 }),
    customers_over_3_count: Count('Customers with more than three contacts.'),
    paid_anyway_customer_count: Count(
      'Customers whose every observed notice was followed by full payment within the days: in the past that really was, which had its own notices.',
      { example: 31 },
    ),
    levels: List(LevelResult, { description: 'By level and currency.', maxItems: 10_000 }),
    charges: List(ChargeResult, {
      description:
        'By currency, by the law and the reference rates of today. A notice counts as sent on its day; nobody pays what is charged.',
      maxItems: 200,
    }),
    standing: List(
      Type.Object(
        {
          level: Count('The level they have reached; 0 for none.'),
          currency: Currency(),
          item_count: Count('Items.', { example: 41 }),
          amount: Amount('What is open of them.'),
        },
        { description: 'What is open at the end of the last day of items at one level.' },
      ),
      { description: 'The money at each level, at the end.', maxItems: 10_000 },
    ),
  },
  { description: 'What one policy would have done.' },
)

/** What each policy came to, as the API shows it. */
export const resultsOf = ({ policies, tallies }: SimulationRow) =>
  tallies.map((tally, index) => ({
    ...namedPolicy(policies[index] as SimulationRow['policies'][number]),
    ...tally,
    average_contacts:
      tally.contacted_customer_count === 0
        ? null
        : (tally.contact_count / tally.contacted_customer_count).toFixed(2),
  }))

/** Which policy it is. */
export const namedPolicy = ({ policy_id, version, name }: SimulationRow['policies'][number]) => ({
  policy_id: publicIdOrNull('dunning_policy', policy_id),
  version,
  name,
})

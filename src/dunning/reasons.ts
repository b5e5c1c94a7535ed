/** What a decision comes to. */
export const outcomes = ['escalate', 'remind', 'wait', 'blocked', 'finished'] as const
export type Outcome = (typeof outcomes)[number]

/** Why an item was or was not escalated: a closed catalogue. */
export const decisionReasons = {
  level_due: 'The item has been overdue long enough for the level.',
  lifted_with_customer:
    'Another item of the customer reached the level, and the policy lifts all due items together.',
  fell_to_lower_level:
    'A higher level is due, but what is owed is below its minimum: the highest level whose minimum is reached is taken.',
  courtesy_due: 'It is time for a reminder before the due date.',
  next_level_not_due: 'The next level is not due yet.',
  account_not_due: 'No item of the customer has been overdue long enough for the policy.',
  below_minimum: 'What is owed is below the minimum of every level that is due.',
  notice_interval: 'The customer was given notice too recently.',
  contact_budget: 'The customer has been contacted as often as the policy allows.',
  not_a_business_day: 'Today is a weekend or a public holiday.',
  stale_payment_data: 'What we know of payments is older than the policy allows.',
  covered_by_unallocated: 'Money of the customer that is not allocated yet covers what is overdue.',
  on_hold: 'A hold tells dunning to wait.',
  debit_pending: 'A direct debit is on its way to collect the item.',
  time_barred: 'The claim can no longer be enforced by law.',
  awaiting_review: 'A proposal for the item waits for its release.',
  no_policy: 'No dunning policy applies.',
  last_level_reached: 'The policy has no further level.',
  maximum_level_reached: 'The item may not be escalated further.',
  nothing_open: 'Nothing of the item is open any more.',
  failed: 'It could not be carried out; the log of the service says why.',
  charge_never_escalates: 'Charges never escalate.',
} as const
export type DecisionReason = keyof typeof decisionReasons

/** The groups operations are documented in, in the order of the house. */
export const tags = {
  Tenant:
    'The creditor: its time zone, locale, currency, terms and default dunning policy, and the API keys of its programs.',
  Tenants: 'All tenants of this service, for whoever runs the platform.',
  Access: 'Roles, and who changed what about access.',
  'API keys': 'Credentials for programs. A secret is shown once, when it is made.',
  Customers: 'Who owes: businesses and consumers, their contacts, terms and balances.',
  Tasks:
    'What people are to do about a customer: opened by them, or by the service once per occasion.',
  Approvals: 'What one principal asks for, and another has to agree to: four eyes.',
  Invoices:
    'Documents that claim money. A draft can be changed; once issued it is corrected only by another document.',
  Credit: 'What may be sold on account, and when not.',
  'Credit notes': 'Documents that take a claim back.',
  Payments: 'Money received, and which open items it settled.',
  'Bank statements':
    'Bank accounts, their statements and every movement on them, each kept once however many files show it.',
  'Bank matching':
    'Where the money of bank lines belongs: proposals with scores and reasons, what is posted by itself, and what people decide.',
  'Direct debits':
    'SEPA direct debit: mandates, debits that are announced, sent to the bank as a file, collected and sometimes returned.',
  Refunds: 'Unallocated money that goes back to the customer: approved, then paid.',
  Deferrals: 'Later due dates that were agreed, and what becomes of dunning and interest.',
  'Write-offs': 'Claims that are given up, the tax in them, and what comes in after all.',
  Ledger:
    'The subledger: every movement as one immutable entry, and the proof that open amounts equal their sum.',
  Reports: 'What is owed and how late it is, as of any day.',
  Dunning:
    'Policies, runs, decisions, notices and holds: how overdue items escalate, exactly once and explainably.',
  Activities:
    'What people did about a customer: calls, letters, visits. Collection contacts count for the contact budget of dunning.',
  'Late payment':
    'The law of late payment: default, interest, lump sums and limitation by jurisdiction, with the reference rates they follow. No legal advice.',
  Webhooks: 'Endpoints that are told what happened, signed, at least once, in order per entity.',
  Events: 'The feed of everything that happened, in commit order and without gaps.',
  Privacy: 'What is stored about a person, and how to make it nobody’s.',
  Audit:
    'The sealed chain over the event feed: whoever keeps one of its hashes can prove that nothing before it was changed.',
  Imports: 'Thousands of rows at once, with an outcome for each.',
  Simulators:
    'What the outside world would do, in test tenants: customers pay or do not, banks send statements, notices bounce.',
  Fixtures: 'Test tenants that are filled by one call, and emptied by another.',
  'Test clock': 'Time of a test tenant. Advancing it runs every job that would have run.',
  Service: 'Limits and health of this installation. Needs no credential.',
} as const

/** The name of a group. */
export type Tag = keyof typeof tags

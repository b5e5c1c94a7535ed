import type { HTTPMethods } from 'fastify'
import { addDays, type CalendarDate } from '../../src/foundation/calendar.ts'
import { camt053 } from './camt.ts'
import type { Chance } from './random.ts'
import { threeLevels } from './records.ts'

// biome-ignore lint/suspicious/noExplicitAny: moves look into answers of every shape
type Json = any

/** What a move is made of besides its place: the day, chance, and the resources found for the places in its path. */
export interface Turn {
  today: CalendarDate
  chance: Chance
  /** The id of one of the newest resources of a list, by the list's name; undefined where there is none. */
  one(list: string): Promise<string | undefined>
  /** A number that no other move has. */
  next(): number
}

/** A request somebody may make: its path names lists, `{customers}`, and means one of each. */
export type Move = [HTTPMethods, string, ((turn: Turn) => Json)?]

const reason = () => ({ reason: 'It was agreed by telephone' })
const note = ({ next }: Turn) => ({ note: `Note ${next()}` })
const metadata = ({ next }: Turn) => ({ metadata: { seen: String(next()) } })
const amountOf = ({ chance }: Turn) => chance.between(1, 400) * 100
const days = ({ today }: Turn, count: number) => addDays(today, count)

/** Everything people and systems do in a year, as often as it stands here. */
export const moves: Move[] = [
  ['POST', '/v1/customers', (turn) => customer(turn)],
  ['PATCH', '/v1/customers/{customers}', ({ next }) => ({ name: `Muster ${next()} GmbH` })],
  [
    'PATCH',
    '/v1/customers/{customers}',
    ({ one }) => one('customer-classes').then((id) => ({ customer_class_id: id })),
  ],
  ['POST', '/v1/customer-classes', ({ next }) => ({ code: `C${next()}`, name: 'Class' })],
  ['PATCH', '/v1/customer-classes/{customer-classes}', ({ next }) => ({ name: `Class ${next()}` })],
  ['PATCH', '/v1/tenant', ({ next }) => ({ name: `Muster ${next()} AG` })],
  ['POST', '/v1/api-keys', () => ({ name: 'ERP', scopes: ['events:read'] })],
  ['POST', '/v1/invoices', invoice],
  ['POST', '/v1/invoices', invoice],
  ['POST', '/v1/invoices', invoice],
  ['POST', '/v1/invoices', invoice],
  [
    'POST',
    '/v1/invoices',
    async (turn) => ({ ...(await invoice(turn)), issue: false, number: undefined }),
  ],
  ['PATCH', '/v1/invoices/{invoices}', metadata],
  ['DELETE', '/v1/invoices/{invoices?status=draft}'],
  ['POST', '/v1/invoices/{invoices?status=draft}/issue', ({ next }) => ({ number: `D-${next()}` })],
  ['POST', '/v1/invoices/{invoices}/void', reason],
  ['POST', '/v1/payments', payment],
  ['POST', '/v1/payments', payment],
  ['POST', '/v1/payments', payment],
  ['POST', '/v1/payments', async (turn) => ({ ...(await payment(turn)), allocate: 'none' })],
  ['POST', '/v1/payments', async (turn) => ({ ...(await payment(turn)), status: 'pending' })],
  ['PATCH', '/v1/payments/{payments}', metadata],
  ['POST', '/v1/payments/{payments}/allocations', () => ({})],
  ['POST', '/v1/payments/{payments}/reversal', reason],
  [
    'POST',
    '/v1/payments/{payments}/transfers',
    async ({ one, chance }) => ({
      customer_id: await one('customers'),
      amount: chance.between(1, 50) * 100,
    }),
  ],
  [
    'POST',
    '/v1/payments/{payments?status=pending}/receipt',
    ({ today }) => ({ received_date: today }),
  ],
  ['POST', '/v1/allocations/{allocations}/undo', () => ({})],
  [
    'POST',
    '/v1/credit-notes',
    async (turn) => ({
      customer_id: await turn.one('customers'),
      number: `G-${turn.next()}`,
      currency: 'EUR',
      issue_date: turn.today,
      total_amount: amountOf(turn),
    }),
  ],
  ['PATCH', '/v1/credit-notes/{credit-notes}', metadata],
  ['POST', '/v1/credit-notes/{credit-notes}/allocations', () => ({})],
  [
    'POST',
    '/v1/refunds',
    async (turn) => ({
      payment_id: await turn.one('payments'),
      amount: 100,
      method: 'bank_transfer',
      ...reason(),
    }),
  ],
  [
    'POST',
    '/v1/refunds',
    async (turn) => ({
      credit_note_id: await turn.one('credit-notes'),
      amount: 100,
      method: 'bank_transfer',
      ...reason(),
    }),
  ],
  ['POST', '/v1/refunds/{refunds}/pay', () => ({})],
  ['POST', '/v1/refunds/{refunds}/cancel', reason],
  [
    'POST',
    '/v1/write-offs',
    async (turn) => ({ item_id: await turn.one('open-items'), ...reason() }),
  ],
  ['POST', '/v1/write-offs/{write-offs}/undo', reason],
  ['POST', '/v1/write-offs/{write-offs}/relief', () => ({})],
  [
    'POST',
    '/v1/write-offs/{write-offs}/recoveries',
    async ({ one }) => ({ payment_id: await one('payments'), amount: 100 }),
  ],
  [
    'POST',
    '/v1/deferrals',
    async (turn) => ({
      item_id: await turn.one('open-items'),
      due_date: days(turn, 40),
      ...reason(),
    }),
  ],
  ['POST', '/v1/deferrals/{deferrals}/revoke', reason],
  ['POST', '/v1/open-items/{open-items?kind=charge}/waiver', reason],
  ['PUT', '/v1/open-items/{open-items}/dunning-limit', () => ({ maximum_level: 1, ...reason() })],
  [
    'POST',
    '/v1/dunning-holds',
    async ({ one }) => ({ reason: 'promise', customer_id: await one('customers') }),
  ],
  [
    'POST',
    '/v1/dunning-holds',
    async (turn) => ({
      reason: 'dispute',
      invoice_id: await turn.one('invoices'),
      until_date: days(turn, 20),
    }),
  ],
  ['PATCH', '/v1/dunning-holds/{dunning-holds}', note],
  ['POST', '/v1/dunning-holds/{dunning-holds}/lift', () => ({})],
  ['POST', '/v1/dunning-policies', () => threeLevels],
  ['POST', '/v1/dunning-runs', () => ({})],
  ['POST', '/v1/dunning-runs', () => ({ release: 'approval' })],
  ['POST', '/v1/dunning-runs/{dunning-runs}/release', () => ({})],
  ['POST', '/v1/dunning-runs/{dunning-runs}/discard', () => ({})],
  ['POST', '/v1/dunning-runs/{dunning-runs}/reverse', reason],
  ['POST', '/v1/dunning-notices/{dunning-notices}/reverse', reason],
  [
    'POST',
    '/v1/dunning-notices/{dunning-notices}/deliveries',
    ({ today }) => ({ status: 'delivered', channel: 'email', occurred_at: `${today}T08:00:00Z` }),
  ],
  [
    'POST',
    '/v1/tasks',
    async ({ one }) => ({ kind: 'call', title: 'Call.', customer_id: await one('customers') }),
  ],
  ['PATCH', '/v1/tasks/{tasks}', note],
  ['POST', '/v1/tasks/{tasks}/complete', () => ({})],
  ['POST', '/v1/tasks/{tasks}/cancel', reason],
  ['POST', '/v1/tasks/{tasks}/reopen', () => ({})],
  [
    'POST',
    '/v1/activities',
    async ({ one }) => ({
      kind: 'call',
      direction: 'outgoing',
      outcome: 'reached',
      customer_id: await one('customers'),
    }),
  ],
  ['POST', '/v1/activities/{activities}/cancel', reason],
  [
    'POST',
    '/v1/credit-holds',
    async ({ one }) => ({ reason: 'other', customer_id: await one('customers') }),
  ],
  ['POST', '/v1/credit-holds/{credit-holds}/lift', reason],
  [
    'PUT',
    '/v1/customers/{customers}/credit-limit',
    (turn) => ({
      amount: amountOf(turn) * 20,
      currency: 'EUR',
      valid_until: days(turn, turn.chance.between(20, 200)),
      ...reason(),
    }),
  ],
  [
    'PUT',
    '/v1/customers/{customers}/credit-limit',
    (turn) => ({ amount: amountOf(turn), currency: 'EUR', request: true, ...reason() }),
  ],
  ['POST', '/v1/credit-limits/{credit-limits}/end', reason],
  ['POST', '/v1/approvals/{approvals}/withdraw', reason],
  ['POST', '/v1/credit-groups', () => ({ name: 'Muster Holding' })],
  ['PATCH', '/v1/credit-groups/{credit-groups}', ({ next }) => ({ name: `Holding ${next()}` })],
  ['PUT', '/v1/credit-groups/{credit-groups}/members/{customers}', () => ({})],
  ['DELETE', '/v1/credit-groups/{credit-groups}/members/{customers}'],
  [
    'POST',
    '/v1/orders-on-hand',
    async (turn) => ({
      customer_id: await turn.one('customers'),
      external_id: `PO-${turn.chance.between(1, 20)}`,
      currency: 'EUR',
      open_amount: amountOf(turn),
    }),
  ],
  [
    'POST',
    '/v1/credit-checks',
    async (turn) => ({
      customer_id: await turn.one('customers'),
      amount: amountOf(turn),
      currency: 'EUR',
      external_id: `PO-${turn.next()}`,
      reserve: { ttl_seconds: 600_000 },
    }),
  ],
  [
    'POST',
    '/v1/credit-checks',
    async (turn) => ({
      customer_id: await turn.one('customers'),
      amount: amountOf(turn),
      currency: 'EUR',
    }),
  ],
  ['POST', '/v1/credit-checks/{credit-checks}/recheck', () => ({})],
  [
    'POST',
    '/v1/credit-checks/{credit-checks}/reject',
    () => ({ role: 'credit manager', ...reason() }),
  ],
  ['POST', '/v1/reservations/{reservations}/release', reason],
  ['POST', '/v1/reservations/{reservations}/extend', () => ({ ttl_seconds: 172_800 })],
  ['POST', '/v1/credit-reviews', async ({ one }) => ({ customer_id: await one('customers') })],
  ['POST', '/v1/credit-reviews/{credit-reviews}/complete', reason],
  ['POST', '/v1/credit-reviews/{credit-reviews}/dismiss', reason],
  [
    'POST',
    '/v1/customers/{customers}/onboarding-checks',
    ({ today }) => ({
      kind: 'identity',
      result: 'passed',
      done_by: 'Anna Weber',
      done_date: today,
    }),
  ],
  [
    'POST',
    '/v1/customers/{customers}/credit-reports',
    ({ today, chance }) => ({
      provider: 'Creditreform',
      report_date: today,
      score: chance.between(1, 99),
    }),
  ],
  [
    'POST',
    '/v1/customers/{customers}/trade-references',
    ({ today }) => ({ referee: 'Stahlhandel KG', reference_date: today, rating: 80 }),
  ],
  ['PUT', '/v1/customers/{customers}/standing', () => ({ standing: 'good', ...reason() })],
  ['DELETE', '/v1/customers/{customers}/standing'],
  [
    'POST',
    '/v1/exchange-rates',
    ({ today }) => ({ from_currency: 'USD', to_currency: 'EUR', rate_date: today, rate: '0.9234' }),
  ],
  [
    'POST',
    '/v1/mandates',
    async (turn) => ({
      customer_id: await turn.one('customers'),
      reference: `M-${turn.next()}`,
      scheme: 'core',
      sequence: 'recurring',
      debtor_name: 'Muster',
      iban: 'DE89370400440532013000',
      signature_date: turn.today,
    }),
  ],
  ['PATCH', '/v1/mandates/{mandates}', ({ next }) => ({ debtor_name: `Muster ${next()}` })],
  ['POST', '/v1/mandates/{mandates}/revoke', () => ({})],
  ['POST', '/v1/debit-batches', (turn) => ({ collection_date: days(turn, 8) })],
  ['POST', '/v1/debit-batches', (turn) => ({ collection_date: days(turn, 9) })],
  ['POST', '/v1/debit-batches/{debit-batches}/close', () => ({})],
  ['POST', '/v1/direct-debits/{direct-debits}/cancel', () => ({})],
  ['POST', '/v1/direct-debits/{direct-debits}/return', () => ({ reason_code: 'AM04' })],
  ['POST', '/v1/bank-statements', statement],
  ['POST', '/v1/bank-lines/match', () => ({})],
  ['POST', '/v1/bank-lines/{bank-lines}/ignore', reason],
  [
    'POST',
    '/v1/bank-lines/{bank-lines}/split',
    async ({ one }) => ({ parts: [{ customer_id: await one('customers'), amount: 7_700 }] }),
  ],
  ['POST', '/v1/bank-lines/{bank-lines}/undo', reason],
  ['POST', '/v1/csv-mappings', (turn) => mapping(turn)],
  ['PUT', '/v1/csv-mappings/{csv-mappings}', (turn) => mapping(turn)],
  ['DELETE', '/v1/csv-mappings/{csv-mappings}'],
  [
    'PUT',
    '/v1/customers/{customers}/allocation-settings',
    ({ chance }) => ({ discount_grace_days: chance.between(0, 9) }),
  ],
  ['DELETE', '/v1/customers/{customers}/allocation-settings'],
  [
    'PATCH',
    '/v1/allocation-settings',
    ({ chance }) => ({ discount_grace_days: chance.between(0, 9) }),
  ],
  [
    'POST',
    '/v1/imports',
    ({ next }) => ({
      resource: 'customers',
      items: [
        { external_id: `I-${next()}`, name: 'B', kind: 'business', country: 'DE', currency: 'EUR' },
      ],
    }),
  ],
]

export const customer = ({ next, chance }: Turn) => ({
  external_id: `E-${next()}`,
  name: 'Muster GmbH',
  kind: chance.happens(0.8) ? 'business' : 'consumer',
  country: chance.pick(['DE', 'AT', 'FR']),
  currency: 'EUR',
})

async function invoice(turn: Turn): Promise<Json> {
  const due_date = days(turn, turn.chance.between(0, 30))
  return {
    customer_id: await turn.one('customers'),
    number: `R-${turn.next()}`,
    currency: 'EUR',
    issue_date: turn.today,
    due_date,
    total_amount: amountOf(turn),
    issue: true,
  }
}

async function payment(turn: Turn): Promise<Json> {
  return {
    customer_id: await turn.one('customers'),
    currency: 'EUR',
    amount: amountOf(turn),
    received_date: turn.today,
    method: 'bank_transfer',
  }
}

const mapping = ({ next }: Turn) => ({
  name: `Bank ${next()}`,
  date_format: 'DD.MM.YYYY',
  decimal_sign: ',',
  columns: { booking_date: 'Tag', amount: 'Betrag', remittance: ['Zweck'] },
  account: 'DE89370400440532013000',
  currency: 'EUR',
})

function statement({ today, next }: Turn): string {
  return camt053([{ bookingDate: today, amount: 7_700 }], {
    id: `S-${next()}`,
    iban: 'DE89370400440532013000',
  })
}

import { performRun } from '../../src/dunning/runs/start-run.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { runAdvance } from '../../src/sandbox/advance-clock.ts'
import { jobs } from '../../src/schedule.ts'
import type { Reply, TestApp, TestTenant } from './app.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

/** Makes records that are right in every way the test does not mention. Each throws when the API refuses it. */
export interface Records {
  customer(more?: object): Promise<Json>
  /** Issued on 1 March 2026 over 100.00, due on the 15th. */
  invoice(customer: Json, more?: object): Promise<Json>
  /** 100.00 received on 2 March 2026, allocated by the rules. */
  payment(customer: Json, more?: object): Promise<Json>
  creditNote(customer: Json, more?: object): Promise<Json>
  /** 10.00 of a payment or credit note, by transfer. */
  refund(source: { payment_id: string } | { credit_note_id: string }, more?: object): Promise<Json>
  /** All that is open of an item. */
  writeOff(item: Json, more?: object): Promise<Json>
  /** Three levels at 5, 15 and 30 days, item by item, without an interval. */
  policy(more?: object): Promise<Json>
  hold(more: object): Promise<Json>
  /** A call to make, for a collector, today. */
  task(more: object): Promise<Json>
  /** A call we made just now; a collection contact. */
  activity(more: object): Promise<Json>
  /** In force from today, because of what is overdue. */
  creditHold(customer: Json, more?: object): Promise<Json>
  /** Only the limit decides, and denies. */
  creditPolicy(more?: object): Promise<Json>
  /** 50,000.00, standing, from today. */
  creditLimit(customer: Json, more?: object): Promise<Json>
  creditGroup(...members: Json[]): Promise<Json>
  /** 100.00 ordered under `PO-1`, not invoiced yet. */
  order(customer: Json, more?: object): Promise<Json>
  /** A dollar costs 0.9234 euros from 1 March 2026 on. */
  exchangeRate(more?: object): Promise<Json>
  get(url: string): Promise<Json>
  patch(url: string, changes: object): Promise<Json>
}

let numbers = 0

export function recordsOf({ api }: Pick<TestTenant, 'api'>): Records {
  const post = async (url: string, body: object) => accepted(await api('POST', url, body), url)
  const put = async (url: string, body: object) => accepted(await api('PUT', url, body), url)
  const number = () => {
    numbers += 1
    return numbers
  }
  return {
    customer: (more) =>
      post('/v1/customers', {
        name: 'Muster GmbH',
        kind: 'business',
        country: 'DE',
        currency: 'EUR',
        ...more,
      }),
    invoice: ({ id, currency }, more = {}) =>
      post('/v1/invoices', {
        customer_id: id,
        number: `R-${number()}`,
        currency,
        issue_date: '2026-03-01',
        total_amount: 10_000,
        issue: true,
        ...('net_days' in more || 'instalments' in more ? {} : { due_date: '2026-03-15' }),
        ...more,
      }),
    payment: ({ id, currency }, more) =>
      post('/v1/payments', {
        customer_id: id,
        currency,
        amount: 10_000,
        received_date: '2026-03-02',
        method: 'bank_transfer',
        ...more,
      }),
    creditNote: ({ id, currency }, more) =>
      post('/v1/credit-notes', {
        customer_id: id,
        number: `G-${number()}`,
        currency,
        issue_date: '2026-03-02',
        total_amount: 10_000,
        ...more,
      }),
    refund: (source, more) =>
      post('/v1/refunds', {
        amount: 1_000,
        method: 'bank_transfer',
        reason: 'paid twice',
        ...source,
        ...more,
      }),
    writeOff: ({ id }, more) =>
      post('/v1/write-offs', { item_id: id, reason: 'insolvent', ...more }),
    policy: (more) => post('/v1/dunning-policies', { ...threeLevels, ...more }),
    hold: (more) => post('/v1/dunning-holds', { reason: 'promise', ...more }),
    task: (more) =>
      post('/v1/tasks', { kind: 'call', title: 'Call about what is overdue.', ...more }),
    activity: (more) =>
      post('/v1/activities', { kind: 'call', direction: 'outgoing', outcome: 'reached', ...more }),
    creditHold: ({ id }, more) =>
      post('/v1/credit-holds', { customer_id: id, reason: 'overdue', ...more }),
    creditPolicy: (more) =>
      put('/v1/credit-policy', {
        name: 'Credit policy',
        owner: 'Head of credit',
        checks: { limit: { reaction: 'deny' } },
        ...more,
      }),
    creditLimit: ({ id, currency }, more) =>
      put(`/v1/customers/${id}/credit-limit`, {
        amount: 5_000_000,
        currency,
        reason: 'agreed',
        ...more,
      }),
    creditGroup: async (...members) => {
      const group = await post('/v1/credit-groups', { name: 'Muster Holding' })
      for (const { id } of members) await put(`/v1/credit-groups/${group.id}/members/${id}`, {})
      return group
    },
    order: ({ id, currency }, more) =>
      post('/v1/orders-on-hand', {
        customer_id: id,
        external_id: 'PO-1',
        currency,
        open_amount: 10_000,
        ...more,
      }),
    exchangeRate: (more) =>
      post('/v1/exchange-rates', {
        from_currency: 'USD',
        to_currency: 'EUR',
        rate_date: '2026-03-01',
        rate: '0.9234',
        ...more,
      }),
    get: async (url) => accepted(await api('GET', url), url),
    patch: async (url, changes) => accepted(await api('PATCH', url, changes), url),
  }
}

export const threeLevels = {
  name: 'Three levels',
  scope: 'invoice',
  min_notice_interval_days: 0,
  levels: [
    { level: 1, days: 5, name: 'Reminder' },
    { level: 2, days: 15, name: 'Demand' },
    { level: 3, days: 30, name: 'Final demand' },
  ],
}

/** The body of an answer that says yes. */
export function accepted({ status, body }: Reply, what = 'the request'): Json {
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`)
  return body
}

/** A test tenant's clock. Its jobs run here and now, without workers. */
export interface Clock {
  set(now: string): Promise<void>
  /** Goes to an instant, or to 08:00 UTC of a day, and runs everything on the way. */
  advance(to: string): Promise<void>
}

export function clockOf({ context }: Pick<TestApp, 'context'>, tenant: TestTenant): Clock {
  const instant = (to: string) => (to.length === 10 ? `${to}T08:00:00Z` : to)
  return {
    async set(now) {
      accepted(
        await tenant.api('PUT', '/v1/test-clock', { now: instant(now) }),
        'setting the clock',
      )
    },
    async advance(to) {
      accepted(await tenant.api('POST', '/v1/test-clock/advance', { to: instant(to) }), 'advancing')
      await runAdvance(context, jobs, tenant.uuid, new AbortController().signal)
    },
  }
}

/** Starts a dunning run as the API does, and carries it out here and now. */
export async function dunNow(
  app: Pick<TestApp, 'context'>,
  tenant: TestTenant,
  body: object = {},
): Promise<Json> {
  return carryOn(
    app,
    tenant,
    accepted(await tenant.api('POST', '/v1/dunning-runs', body), 'starting a run'),
  )
}

/** Carries on with what was asked of a dunning run, here and now: to run, to release, to discard or to reverse it. */
export async function carryOn(
  { context }: Pick<TestApp, 'context'>,
  { api, uuid }: TestTenant,
  { id }: { id: string },
): Promise<Json> {
  await performRun(context, uuid, uuidOf(id), new AbortController().signal)
  return accepted(await api('GET', `/v1/dunning-runs/${id}`))
}

/** A signal that says stop when it is asked the next time after so many: a process that dies between two commits. */
export function dyingAfter(checks: number): AbortSignal {
  let left = checks
  const signal = {
    get aborted() {
      return left < 0
    },
    throwIfAborted() {
      left -= 1
      if (left < 0) throw new Error('killed')
    },
  }
  return signal as AbortSignal
}

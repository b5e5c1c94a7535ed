import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

/** Calls a service that runs in a process of its own. Repeats what it asks to repeat, as an integrator would. */
export function callerOf({ url, apiKey }: { url: string; apiKey: string }) {
  return async (method: string, path: string, body?: unknown): Promise<Json> => {
    const key = randomUUID()
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' ? { 'idempotency-key': key } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => undefined)
      if (answer !== undefined && answer.status < 300) return answer.json()
      if (attempt === 10 || (answer !== undefined && answer.status < 500)) {
        throw new Error(`${method} ${path}: ${answer?.status} ${await answer?.text()}`)
      }
      await sleep(200)
    }
  }
}

export type Call = ReturnType<typeof callerOf>

const CUSTOMERS = 12

/** A small company with a policy of three levels: a dozen customers with three invoices each, none of which is paid. */
export async function foundCompany(call: Call): Promise<void> {
  await call('PUT', '/v1/test-clock', { now: '2026-01-01T08:00:00Z' })
  const policy = await call('POST', '/v1/dunning-policies', {
    name: 'Three levels',
    scope: 'invoice',
    levels: [
      { level: 1, days: 5, name: 'Reminder' },
      { level: 2, days: 15, name: 'Demand', fees: [{ currency: 'EUR', amount: 500 }] },
      { level: 3, days: 30, name: 'Final demand' },
    ],
  })
  await call('PATCH', '/v1/tenant', { dunning_policy_id: policy.id })
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const customer = await call('POST', '/v1/customers', {
      external_id: `C-${index}`,
      name: `Customer ${index}`,
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
    })
    for (const part of [1, 2, 3]) {
      await call('POST', '/v1/invoices', {
        customer_id: customer.id,
        number: `R-${index}-${part}`,
        currency: 'EUR',
        issue_date: '2026-01-01',
        due_date: `2026-01-${String(5 + index + part).padStart(2, '0')}`,
        total_amount: 10_000 * part,
        issue: true,
      })
    }
  }
}

/** Sends the clock on its way. */
export const beginAdvance = (call: Call, to: string): Promise<Json> =>
  call('POST', '/v1/test-clock/advance', { to })

/** Waits until the clock has arrived; throws after `ms`. */
export async function arrived(call: Call, ms = 120_000): Promise<void> {
  const end = Date.now() + ms
  while ((await call('GET', '/v1/test-clock')).status !== 'ready') {
    if (Date.now() > end) throw new Error(`the clock did not arrive within ${ms} ms`)
    await sleep(100)
  }
}

/** The whole feed. */
export async function feedOf(call: Call): Promise<Json[]> {
  const events: Json[] = []
  for (;;) {
    const page = await call(
      'GET',
      `/v1/events?limit=200&sequence_gt=${events.at(-1)?.sequence ?? 1}`,
    )
    events.push(...page.data)
    if (!page.has_more) return events
  }
}

/** What a company's time came to, in figures that do not depend on ids: the same history gives the same text. */
export async function figuresOf(call: Call): Promise<Json> {
  const events = await feedOf(call)
  const levels = events
    .filter(({ type }) => type === 'dunning.level_changed')
    .map(({ timestamp, data }) => `${timestamp} ${data.object.invoice_number} ${data.object.level}`)
  const counts: Record<string, number> = {}
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1
  const [aging, verification] = await Promise.all([
    call('GET', '/v1/reports/aging'),
    call('GET', '/v1/ledger/verification'),
  ])
  return {
    levels: levels.sort(),
    counts,
    aging: aging.rows,
    ok: verification.ok,
    gapless: events.every(
      ({ sequence }, index) => index === 0 || sequence === events[index - 1].sequence + 1,
    ),
  }
}

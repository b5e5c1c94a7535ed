import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { TestTenant } from './app.ts'
import { recordsOf } from './records.ts'

/** Clients of a tenant that pay and read without pause and never give up. */
export interface Payers {
  /** Answers by status. */
  statuses: Map<number, number>
  /** What was answered that nobody may be answered: neither yes, nor come again, as a problem. */
  offences: string[]
  /** How often somebody was told that a payment is recorded; each is a payment of its own. */
  acknowledged(): number
  /** Milliseconds until the next payment is acknowledged. */
  untilWell(): Promise<number>
  /** Lets everybody come to an end, and compares what they were told with what is there. */
  end(owner: Client): Promise<{ acknowledged: number; there: number }>
}

/** The answers a client has to live with while its database is in trouble. */
const BEARABLE = new Set([200, 201, 503])

export async function payers(tenant: TestTenant, count = 6): Promise<Payers> {
  const make = recordsOf(tenant)
  const customers = await Promise.all(Array.from({ length: 4 }, () => make.customer()))
  const statuses = new Map<number, number>()
  const offences: string[] = []
  const name = randomUUID()
  let acknowledged = 0
  let isOver = false

  const ask: TestTenant['api'] = async (method, url, body, headers) => {
    const reply = await tenant.api(method, url, body, headers)
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
    const isProblem = String(reply.headers['content-type']).startsWith('application/problem+json')
    const isBearable =
      (BEARABLE.has(reply.status) && (reply.status < 300 || isProblem)) ||
      reply.body?.code === 'idempotency_in_progress'
    const saysWhen = reply.status !== 503 || reply.headers['retry-after'] !== undefined
    if (!isBearable || !saysWhen)
      offences.push(`${method} ${url}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply
  }
  const pay = async (externalId: string, customer: { id: string }) => {
    const key = { 'idempotency-key': externalId }
    const payment = {
      customer_id: customer.id,
      external_id: externalId,
      currency: 'EUR',
      amount: 3,
      received_date: '2026-03-02',
      method: 'cash',
    }
    while ((await ask('POST', '/v1/payments', payment, key)).status !== 201) await sleep(10)
    acknowledged += 1
  }
  const client = async (n: number) => {
    for (let m = 0; !isOver; m += 1) {
      await pay(`${name}-${n}-${m}`, customers[(n + m) % customers.length])
      await ask('GET', '/v1/payments?limit=5')
    }
  }
  const clients = Array.from({ length: count }, (_, n) => client(n))

  return {
    statuses,
    offences,
    acknowledged: () => acknowledged,
    async untilWell() {
      const began = performance.now()
      const before = acknowledged
      while (acknowledged === before) await sleep(5)
      return performance.now() - began
    },
    async end(owner) {
      isOver = true
      await Promise.all(clients)
      const { rows } = await owner.query(
        `select count(*)::int as there from payment where starts_with(external_id, $1)`,
        [name],
      )
      return { acknowledged, there: rows[0].there }
    },
  }
}

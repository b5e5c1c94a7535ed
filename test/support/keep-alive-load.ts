import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from './service.ts'
import { callerOf } from './year.ts'

interface Answer {
  status: number
  isLast: boolean
  /** What was said, when it was refused. */
  problem?: string
}

/** One request over a connection that is kept; `isLast` when the service asks to come back over a new one. */
export const ask = (
  agent: Agent,
  url: string,
  apiKey: string,
  method = 'GET',
  body?: object,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body && {
            'content-type': 'application/json',
            'idempotency-key': `${Math.random()}`,
          }),
        },
      },
      (response) => {
        const status = response.statusCode ?? 0
        const isLast = response.headers.connection === 'close'
        text(response).then(
          (said) => resolve({ status, isLast, ...(status >= 400 && { problem: said }) }),
          reject,
        )
      },
    )
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
  })

/** Clients that keep their connections and do not pause for long, behind a load balancer. */
export interface KeepAliveLoad {
  /** Lets them finish what they are at, and tells how it went. */
  end(): Promise<{ asked: number; failures: string[] }>
}

const CLIENTS = 8

/** Puts clients that read and pay before replicas of one database, which share their API key. */
export async function keepAliveLoad(
  replicas: readonly [Service, ...Service[]],
): Promise<KeepAliveLoad> {
  const customer = await callerOf(replicas[0])('POST', '/v1/customers', {
    name: 'A',
    kind: 'business',
    country: 'DE',
    currency: 'EUR',
  })
  const payment = {
    customer_id: customer.id,
    currency: 'EUR',
    amount: 1,
    received_date: '2026-01-01',
    method: 'cash',
  }
  const over = new AbortController()
  const { next, looking } = balancer(replicas, over.signal)
  const failures: string[] = []
  let asked = 0
  /** Keeps a connection to whoever is next until it is asked to come back over another. */
  const client = async () => {
    while (!over.signal.aborted) {
      const { url, apiKey } = next()
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      for (let isLast = false; !isLast && !over.signal.aborted; ) {
        asked += 1
        const answer = await (asked % 3 === 0
          ? ask(agent, `${url}/v1/payments`, apiKey, 'POST', payment)
          : ask(agent, `${url}/v1/customers`, apiKey)
        ).catch((error: Error) => ({ status: 599, isLast: true, error }))
        if (answer.status >= 400) failures.push(JSON.stringify(answer))
        isLast = answer.isLast
        await sleep(20)
      }
      agent.destroy()
    }
  }
  const clients = Array.from({ length: CLIENTS }, client)
  return {
    async end() {
      over.abort()
      await Promise.all([...clients, looking])
      return { asked, failures }
    },
  }
}

/**
 * Knows, as a load balancer does, which of its replicas want requests. It asks each for itself, so that one that is
 * slow to answer does not keep it from hearing that another looks away.
 */
function balancer(replicas: readonly Service[], signal: AbortSignal) {
  let turn = 0
  const ready = new Set(replicas)
  const look = async (replica: Service) => {
    while (!signal.aborted) {
      const isReady = await fetch(`${replica.url}/readyz`)
        .then((answer) => answer.ok)
        .catch(() => false)
      if (isReady) ready.add(replica)
      else ready.delete(replica)
      await sleep(100)
    }
  }
  return {
    next: () => {
      turn += 1
      return [...ready][turn % ready.size] as Service
    },
    looking: Promise.all(replicas.map(look)),
  }
}

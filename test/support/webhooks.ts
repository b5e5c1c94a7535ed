import { setTimeout as sleep } from 'node:timers/promises'
import { sequenceEvents } from '../../src/events/sequence-events.ts'
import type { Context } from '../../src/foundation/http/context.ts'
import type { DeliverOptions } from '../../src/webhooks/deliver.ts'
import { standardTiming, type Timing } from '../../src/webhooks/timing.ts'
import { hasWebhookWork, startWebhookWorkers } from '../../src/webhooks/workers.ts'
import type { TestTenant } from './app.ts'
import { expectSecret, until } from './receiver.ts'

/** Lets webhooks reach this machine. */
export const LOCAL = { WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8', WEBHOOK_TIMEOUT_MS: '1000' }

/** Retries that a test can wait for. */
export const quick = (timing: Partial<Timing> = {}): DeliverOptions => ({
  timing: { ...standardTiming, retries: [0.05, 0.05, 0.05], ...timing },
})

/** Sequences, fans out and delivers until the test ends or `stop` is called. */
export function webhookWorkers(
  t: { teardown(handler: () => unknown): void },
  context: Context,
  options: DeliverOptions = quick(),
): { stop(): Promise<void> } {
  const end = new AbortController()
  const running = Promise.all([
    sequence(context, end.signal),
    startWebhookWorkers(context, end.signal, options),
  ])
  const stop = async () => {
    end.abort()
    await running
  }
  t.teardown(stop)
  return { stop }
}

async function sequence(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sequenceEvents(context)
    await context.wake.wait('sequencer', 50, signal)
  }
}

/** Waits until everything announced so far has been attempted. */
export async function allTold(context: Context, ms?: number): Promise<void> {
  await until(
    async () => !(await hasWebhookWork(context)),
    ms,
    () => 'webhooks are still on their way',
  )
  await sleep(20)
}

/** Creates an endpoint and answers it with its secret. */
export async function endpointFor(
  tenant: TestTenant,
  url: string,
  more: Record<string, unknown> = {},
) {
  const { status, body } = await tenant.api('POST', '/v1/webhook-endpoints', {
    url,
    event_types: ['*'],
    ...more,
  })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  expectSecret(url, body.secret)
  return body
}

/** Gives an endpoint another secret and answers the rotation. */
export async function rotate(
  tenant: TestTenant,
  { id, url }: { id: string; url: string },
  graceSeconds: number,
) {
  const { status, body } = await tenant.api('POST', `/v1/webhook-endpoints/${id}/rotate-secret`, {
    grace_seconds: graceSeconds,
  })
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  expectSecret(url, body.secret)
  return body
}

/** Creates customers, one event each. */
export async function customers(tenant: TestTenant, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const { status, body } = await tenant.api('POST', '/v1/customers', {
      name: `Customer ${index}`,
      kind: 'business',
      country: 'DE',
      currency: 'EUR',
    })
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
    ids.push(body.id)
  }
  return ids
}

/** An endpoint's deliveries, newest first. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export const deliveriesOf = async (tenant: TestTenant, id: string, filters = ''): Promise<any[]> =>
  (await tenant.api('GET', `/v1/webhook-endpoints/${id}/deliveries?limit=200${filters}`)).body.data

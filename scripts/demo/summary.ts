import type { ReceivablesClient } from '../../openapi/client/src/index.ts'
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts'
import type { Company } from './company.ts'
import type { Played } from './play.ts'

const DELIVERY_MS_MAX = 60_000

/** What a level has led to. */
interface Effect {
  items: number
  notices: number
  fees: number
  /** Paid, on items that stood at this level when the money came. */
  collected: number
}

export interface Summary {
  text: string
  /** What must not be in a demo; empty when all is well. */
  faults: string[]
}

/** Asks the service what came of it all, and says it in a page. */
export async function summarize(
  company: Company,
  { policy, endpointId }: Played,
  client: ReceivablesClient,
  receiver: WebhookReceiver,
): Promise<Summary> {
  const { effects, sent } = await readStory(client)
  const failed = await failedDeliveries(client, endpointId, receiver, sent)
  const verified = receiver.events.length
  const aging = await client.get('/v1/reports/aging')
  const ledger = await client.get('/v1/ledger/verification')

  const agingTable = table(
    ['', 'not due', '1–30 days', '31–60', '61–90', 'over 90', 'owed in all', 'unallocated'],
    aging.rows.map((row) => [
      row.currency,
      ...[
        row.not_due_amount,
        row.days_1_30_amount,
        row.days_31_60_amount,
        row.days_61_90_amount,
        row.days_over_90_amount,
        row.total_amount,
        row.unallocated_amount,
      ].map(money),
    ]),
  )
  const levels = [
    { level: 0, name: 'without being asked', days: null },
    ...policy.levels.map(({ level, name, days }) => ({ level, name, days })),
  ]
  const total = [...effects.values()].reduce((sum, { collected }) => sum + collected, 0)
  const levelTable = table(
    ['', 'items', 'notices', 'fees claimed', 'collected then', ''],
    levels.map(({ level, name, days }) => {
      const { items, notices, fees, collected } = effects.get(level) ?? noEffect()
      const asked = level > 0
      return [
        asked ? `${level}  ${name}, from day ${days}` : `–  ${name}`,
        asked ? count(items) : '',
        asked ? count(notices) : '',
        asked ? money(fees) : '',
        money(collected),
        total === 0 ? '' : `${((100 * collected) / total).toFixed(1)} %`,
      ]
    }),
  )
  const isWell = failed === 0 && verified === sent
  const text = `Aging of ${company.name}, end of ${aging.as_of_date}, in euros

${aging.rows.length === 0 ? '  Nothing is owed.' : agingTable}

Dunning by “${policy.name}”, and what was collected after which level, in euros

${levelTable}

Webhooks   ${count(sent)} sent, ${count(verified)} verified, ${count(failed)} failed
Ledger     ${ledger.ok ? 'verified: every amount equals the sum of its entries' : `${ledger.differences.length} differences`}`
  const faults = [
    ...(isWell ? [] : ['not every webhook was delivered and verified', ...receiver.refusals]),
    ...receiver.disorder(),
    ...(ledger.ok ? [] : ['the ledger does not add up']),
  ]
  return { text, faults: faults.slice(0, 10) }
}

/** Waits until what was sent has come in, and answers how many deliveries went wrong. */
async function failedDeliveries(
  client: ReceivablesClient,
  endpointId: string,
  receiver: WebhookReceiver,
  sent: number,
): Promise<number> {
  await receiver.until(sent, DELIVERY_MS_MAX).catch(() => undefined)
  const given = await client.get('/v1/webhook-endpoints/{id}/deliveries', {
    path: { id: endpointId },
    query: { status: ['failed', 'skipped'], limit: 200 },
  })
  return given.data.length + receiver.refusals.length + receiver.disorder().length
}

const noEffect = (): Effect => ({ items: 0, notices: 0, fees: 0, collected: 0 })

interface AllocationsOf {
  id: string
  allocations: { id: string; item_id: string; amount: number }[]
}

/**
 * Reads the feed as any integrator may: the level of each item as it changes, the money as it comes and goes, and how
 * much there was to tell since the endpoint exists.
 */
async function readStory(
  client: ReceivablesClient,
): Promise<{ effects: Map<number, Effect>; sent: number }> {
  const effects = new Map<number, Effect>()
  const effectOf = (level: number): Effect => {
    const effect = effects.get(level) ?? noEffect()
    effects.set(level, effect)
    return effect
  }
  const levels = new Map<string, number>()
  const settled = new Map<string, Map<string, { level: number; amount: number }>>()
  let creation = 0
  let last = 0
  for await (const { type, data, sequence } of client.list('/v1/events', {
    query: { limit: 200 },
  })) {
    const object: Record<string, unknown> = data.object
    last = sequence
    if (type === 'webhook_endpoint.created') creation = sequence
    else if (type === 'dunning.level_changed') {
      levels.set(String(object.id), Number(object.level))
      effectOf(Number(object.level)).items += 1
    } else if (type === 'dunning.notice_issued') {
      const effect = effectOf(Number(object.level))
      effect.notices += 1
      effect.fees += Number(object.fee_amount)
    } else if (type === 'payment.allocated') {
      const { id, allocations } = object as unknown as AllocationsOf
      const known = settled.get(id) ?? new Map<string, { level: number; amount: number }>()
      settled.set(id, known)
      for (const allocation of allocations) {
        if (known.has(allocation.id)) continue
        const level = levels.get(allocation.item_id) ?? 0
        known.set(allocation.id, { level, amount: allocation.amount })
        effectOf(level).collected += allocation.amount
      }
    } else if (type === 'payment.reversed') {
      for (const { level, amount } of settled.get(String(object.id))?.values() ?? [])
        effectOf(level).collected -= amount
    }
  }
  return { effects, sent: last - creation }
}

const count = (value: number): string => value.toLocaleString('en-US')

const money = (cents: number): string =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Columns as wide as they must be: the first to the left, the others to the right. */
function table(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `  ${cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')}`.trimEnd()
  return [line(head), ...rows.map(line)].join('\n')
}

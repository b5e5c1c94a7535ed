import { isDeepStrictEqual } from 'node:util'
import type { Known } from './follower.ts'
import type { Ask } from './random-year.ts'

// biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
type Json = any

interface Apart {
  fields: string[]
  because: string
}

/** What a resource and its newest event do not both show, at any depth, by kind, and why. */
const apart: Record<string, Apart[]> = {
  allocation_settings: [
    {
      fields: ['jurisdiction'],
      because: 'is that of the customer’s country unless somebody said otherwise',
    },
  ],
  api_key: [{ fields: ['last_used_at'], because: 'use makes no version' }],
  bank_line: [
    { fields: ['matches'], because: 'what became of it, or was taken back, is of the event' },
  ],
  credit_group: [
    {
      fields: ['customer_id'],
      because: 'is of the event: who joined or left; each customer shows its group',
    },
  ],
  credit_report: [{ fields: ['raw'], because: 'what the provider sent is read where it is kept' }],
  invoice: [
    { fields: ['days_overdue', 'overdue'], because: 'follows from the due date and the day' },
    { fields: ['level', 'dunning_level'], because: 'levels are told of the open items' },
  ],
  open_item: [
    { fields: ['days_overdue', 'overdue'], because: 'follows from the due date and the day' },
    {
      fields: [
        ...['due_date', 'open_amount', 'paid_amount', 'credited_amount', 'deposit_amount'],
        ...['waived_amount', 'discounted_amount', 'deducted_amount', 'written_off_amount'],
      ],
      because: 'is told of its invoice, or of the payments and credit notes that settled it',
    },
    {
      fields: [
        ...['invoice_number', 'level_name', 'cycle', 'notice_id', 'run_id', 'policy_id'],
        ...['policy_version', 'reason', 'waive_reason'],
      ],
      because: 'is of the event: why and by what the level changed or the charge was given up',
    },
  ],
}

/** The lists whose rows are no resources of their own to a follower, and where they are found. */
const partsOfOthers: Record<string, string> = {
  '/v1/open-items': 'part of their invoices',
  '/v1/allocations': 'part of their payments and credit notes',
  '/v1/ledger/entries': 'the journal of what the events tell',
  '/v1/charges': 'worked out for the day until they are claimed as open items',
  '/v1/customers/{id}/foresight': 'worked out for the day',
  '/v1/customers/{id}/credit-scores': 'one a day; a change is told as the customer’s standing',
  '/v1/credit-groups/{id}/members': 'each customer shows its group; see `members`',
  '/v1/dunning-runs/{id}/decisions': 'come with their run; each later version is told',
  '/v1/dunning-migrations/{id}/items': 'part of their migration',
  '/v1/dunning-notices/{id}/deliveries': 'told as the state of their notice',
  '/v1/imports/{id}/results': 'part of their import, and told as what was imported',
  '/v1/webhook-endpoints/{id}/deliveries': 'how events were told',
  '/v1/reference-rates': 'published, the same for every tenant',
  '/v1/events': 'the feed',
  '/v1/snapshot': 'the feed',
  '/v1/event-types': 'the catalogue',
}

/** Where the service shows a resource otherwise than its newest event did. */
export async function differences(ask: Ask, known: Known): Promise<Json[]> {
  const found: Json[] = []
  for (const { type, related, data } of known.values()) {
    if (related.url === null) continue
    const fields = (apart[related.type] ?? []).flatMap(({ fields }) => fields)
    const shown = without(await ask('GET', related.url), fields)
    const rebuilt = without(data.object, fields)
    for (const name of new Set([...Object.keys(shown), ...Object.keys(rebuilt)]))
      if (!isDeepStrictEqual(shown[name], rebuilt[name]))
        found.push({ type, url: related.url, name, shown: shown[name], rebuilt: rebuilt[name] })
  }
  return found
}

/** What lists show that no event told of; a bank line that nothing became of yet came with its statement. */
export async function strangers(ask: Ask, known: Known): Promise<string[]> {
  const found: string[] = []
  const { paths } = await ask('GET', '/openapi.json')
  for (const [path, { get }] of Object.entries<Json>(paths)) {
    const isList = get?.parameters?.some(({ name }: Json) => name === 'cursor')
    if (!isList || path in partsOfOthers) continue
    for (const url of placesOf(path, known)) {
      for (let cursor = ''; ; ) {
        const page = await ask('GET', `${url}?limit=200${cursor}`)
        for (const { id, object, version } of page.data)
          if (id !== undefined && !known.has(id) && !(object === 'bank_line' && version === 1))
            found.push(`${url} ${id}`)
        if (!page.has_more) break
        cursor = `&cursor=${page.next_cursor}`
      }
    }
  }
  return found
}

/** Who is in which credit group, as customers show it, and as the service lists it. */
export async function members(
  ask: Ask,
  known: Known,
): Promise<{ rebuilt: string[]; listed: string[] }> {
  const rebuilt: string[] = []
  const listed: string[] = []
  for (const { related, data } of known.values()) {
    const { id, credit_group_id } = data.object as Json
    if (related.type === 'customer' && credit_group_id !== null)
      rebuilt.push(`${id} in ${credit_group_id}`)
    if (related.type !== 'credit_group') continue
    const page = await ask('GET', `${related.url}/members?limit=200`)
    for (const { customer_id } of page.data) listed.push(`${customer_id} in ${id}`)
  }
  return { rebuilt: rebuilt.sort(), listed: listed.sort() }
}

/** Where a list is to be found: at its path, or below each known resource that the path begins with. */
function placesOf(path: string, known: Known): string[] {
  const [above = '', below] = path.split(/\{\w+\}/)
  if (below === undefined) return [path]
  return [...known.values()]
    .filter(({ related: { id, url } }) => url === above + id)
    .map(({ related }) => related.url + below)
}

/** A value without some fields, at any depth. */
function without(value: Json, fields: readonly string[]): Json {
  return JSON.parse(JSON.stringify(value), (name, inner) =>
    fields.includes(name) ? undefined : inner,
  )
}

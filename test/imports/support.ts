import type { Context } from '../../src/foundation/http/context.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { runImport } from '../../src/imports/run-import.ts'
import type { Api, TestTenant } from '../support/app.ts'

/** What the tests look at of an import that has ended. */
export interface Imported {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  import: any
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  results: any[]
}

/** Sends rows, has them done as a worker would, and reads what became of them. */
export async function importAll(
  context: Context,
  tenant: TestTenant,
  body: object | string | Buffer,
  query = '',
  type = 'application/x-ndjson',
): Promise<Imported> {
  const isFile = typeof body === 'string' || Buffer.isBuffer(body)
  const headers: Record<string, string> = isFile ? { 'content-type': type } : {}
  const accepted = await tenant.api('POST', `/v1/imports${query}`, body, headers)
  if (accepted.status !== 202) throw new Error(JSON.stringify(accepted.body))
  await runImport(context, tenant.uuid, uuidOf(accepted.body.id), new AbortController().signal)
  return read(tenant.api, accepted.body.id)
}

/** An import and the results of all its rows. */
export async function read(api: Api, id: string): Promise<Imported> {
  const found = await api('GET', `/v1/imports/${id}`)
  const results = []
  let cursor: string | null = null
  do {
    const at: string = cursor === null ? '' : `&cursor=${cursor}`
    const page = await api('GET', `/v1/imports/${id}/results?limit=200${at}`)
    results.push(...page.body.data)
    cursor = page.body.next_cursor
  } while (cursor !== null)
  return { import: found.body, results }
}

export const customer = (external_id: string, more: object = {}) => ({
  external_id,
  name: `Customer ${external_id}`,
  kind: 'business',
  country: 'DE',
  currency: 'EUR',
  ...more,
})

export const invoice = (external_id: string, more: object = {}) => ({
  customer_external_id: 'C-1',
  external_id,
  number: `N-${external_id}`,
  currency: 'EUR',
  issue_date: '2026-03-01',
  due_date: '2026-03-31',
  total_amount: 10_000,
  issue: true,
  ...more,
})

export const payment = (external_id: string, more: object = {}) => ({
  customer_external_id: 'C-1',
  external_id,
  currency: 'EUR',
  amount: 10_000,
  received_date: '2026-03-14',
  method: 'bank_transfer',
  ...more,
})

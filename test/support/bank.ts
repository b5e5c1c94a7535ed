import { randomUUID } from 'node:crypto'
import { runMatching } from '../../src/cash/matching/run-matching.ts'
import type { TestApp, TestTenant } from './app.ts'
import { camt053, type StatementEntry } from './camt.ts'
import { accepted } from './records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

/** Imports a statement of our account with these entries, and answers its lines, in their order. */
export async function importStatement(
  { api }: Pick<TestTenant, 'api'>,
  entries: readonly StatementEntry[],
): Promise<Json[]> {
  const xml = camt053(entries, { id: randomUUID(), iban: 'DE89370400440532013000' })
  return importFile({ api }, xml)
}

/** Imports a bank file, and answers its lines, in their order. */
export async function importFile({ api }: Pick<TestTenant, 'api'>, xml: string): Promise<Json[]> {
  const headers = { 'content-type': 'application/xml' }
  const file = accepted(await api('POST', '/v1/bank-statements', xml, headers), 'the import')
  const lines: Json[] = []
  for (const { id } of file.statements) {
    const url = `/v1/bank-lines?bank_statement_id=${id}&limit=200`
    lines.push(...accepted(await api('GET', url)).data)
  }
  return lines.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Has the unmatched lines matched, as a worker would. */
export const matchAll = (
  { context }: Pick<TestApp, 'context'>,
  { uuid }: Pick<TestTenant, 'uuid'>,
): Promise<void> => runMatching(context, uuid, uuid, new AbortController().signal)

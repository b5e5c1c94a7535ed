import { csvLine } from '../foundation/csv.ts'
import { read } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { type JournalFilters, listJournal } from './journal.ts'
import { journalColumns, journalLineToJson } from './journal-schema.ts'

const PAGE = 1_000

/**
 * The journal as CSV, page by page, so that a year of it needs no more memory than a day. No transaction stays open
 * while the caller reads; the pages agree because all of them show what was known when the first was made.
 */
export async function* journalAsCsv(
  context: Context,
  tenantId: string,
  filters: JournalFilters,
): AsyncGenerator<string> {
  yield csvLine(journalColumns)
  const knownAt = filters.known_at ?? (await read(context.api, tenantId, async ({ now }) => now))
  let cursor: string | undefined
  do {
    const { lines, next } = await read(context.api, tenantId, async (reader) => {
      const page = await listJournal(reader, {
        ...filters,
        known_at: knownAt,
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      })
      return {
        lines: page.rows.map((line) => journalLineToJson(line, reader)),
        next: page.nextCursor ?? undefined,
      }
    })
    cursor = next
    yield lines.map((line) => csvLine(journalColumns.map((column) => line[column]))).join('')
  } while (cursor !== undefined)
}

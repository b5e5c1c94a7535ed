import { Readable } from 'node:stream'
import { read } from '../foundation/database/commit.ts'
import { callerOf } from '../foundation/http/caller.ts'
import type { Context } from '../foundation/http/context.ts'
import { type Http, route } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { listJournal } from './journal.ts'
import { JournalEntryList, JournalQuery, journalLineToJson } from './journal-schema.ts'
import { journalAsCsv } from './write-journal.ts'

/** What the general ledger is to be told. */
export function journalRoutes(http: Http, context: Context): void {
  route(http, {
    method: 'GET',
    url: '/v1/ledger/journal',
    operationId: 'listJournal',
    tag: 'Ledger',
    summary: 'Export the posting journal',
    description:
      'Entries by posting date, with the tenant’s account codes: as pages of JSON, or whole as CSV with `format=csv`. By default only what the service made happen, so that nothing the ERP pushed reaches its books twice.',
    scope: 'ledger:read',
    query: JournalQuery,
    answers: { 200: JournalEntryList },
    csv: true,
    problems: ['invalid_cursor'],
    work: async ({ query: { format, ...filters } }, request, reply) => {
      const { tenantId } = callerOf(request)
      if (format === 'csv') {
        const { limit: _, cursor: __, ...period } = filters
        return reply
          .type('text/csv; charset=utf-8')
          .send(Readable.from(journalAsCsv(context, tenantId, period)))
      }
      return read(context.api, tenantId, async (reader) =>
        listToJson(await listJournal(reader, filters), (line) => journalLineToJson(line, reader)),
      )
    },
  })
}

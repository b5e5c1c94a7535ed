import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { listJournal } from './journal.ts'
import { JournalEntryList, JournalQuery, journalLineToJson } from './journal-schema.ts'

/** What the general ledger is to be told. */
export function journalRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/ledger/journal',
    operationId: 'listJournal',
    tag: 'Ledger',
    summary: 'Export the posting journal',
    description:
      'Entries by posting date, with the tenant’s account codes: as pages, or whole with `format`. By default only what the service made happen, so that nothing the ERP pushed reaches its books twice.',
    scope: 'ledger:read',
    query: JournalQuery,
    answers: { 200: JournalEntryList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listJournal(reader, filters), (line) => journalLineToJson(line, reader)),
  })
}

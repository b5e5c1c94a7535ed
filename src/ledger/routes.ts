import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { balanceRoutes } from './balance-routes.ts'
import { journalRoutes } from './journal-routes.ts'
import { listEntries } from './queries.ts'
import {
  EntryQuery,
  entryToJson,
  LedgerEntryList,
  Verification,
  verificationToJson,
} from './schema.ts'
import { ledgerSettingsRoutes } from './settings-routes.ts'
import { findDifferences } from './verify-ledger.ts'

/** What is owed, and the proof that it adds up. */
export function ledgerRoutes(http: Http, context: Context): void {
  balanceRoutes(http, context)
  journalRoutes(http, context)
  ledgerSettingsRoutes(http, context)

  query(http, context, {
    method: 'GET',
    url: '/v1/ledger/entries',
    operationId: 'listLedgerEntries',
    tag: 'Ledger',
    summary: 'List ledger entries',
    description:
      'Every movement of the subledger, the latest recorded first. Entries are never changed or deleted.',
    scope: 'ledger:read',
    query: EntryQuery,
    answers: { 200: LedgerEntryList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listEntries(reader, filters), (entry) => entryToJson(entry, reader.tenant)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/ledger/verification',
    operationId: 'verifyLedger',
    tag: 'Ledger',
    summary: 'Prove that the ledger adds up',
    description:
      'Recomputes every stored amount from the ledger’s entries in one snapshot. The same check runs every night.',
    scope: 'ledger:read',
    answers: { 200: Verification },
    work: async (reader) => verificationToJson(await findDifferences(reader), reader.now),
  })
}

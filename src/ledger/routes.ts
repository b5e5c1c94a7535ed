import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { balanceRoutes } from './balance-routes.ts'
import { checkInvariants } from './invariants.ts'
import { journalRoutes } from './journal-routes.ts'
import { listEntries, listItems, requireItem } from './queries.ts'
import {
  EntryQuery,
  entryToJson,
  LedgerEntryList,
  OpenItem,
  OpenItemList,
  OpenItemQuery,
  openItemToJson,
  Verification,
  verificationToJson,
  WaiveCharge,
} from './schema.ts'
import { ledgerSettingsRoutes } from './settings-routes.ts'
import { findDifferences } from './verify-ledger.ts'
import { waiveCharge } from './waive-charge.ts'

/** What is owed, and the proof that it adds up. */
export function ledgerRoutes(http: Http, context: Context): void {
  balanceRoutes(http, context)
  journalRoutes(http, context)
  ledgerSettingsRoutes(http, context)

  query(http, context, {
    method: 'GET',
    url: '/v1/open-items',
    operationId: 'listOpenItems',
    tag: 'Ledger',
    summary: 'List open items',
    description: 'Instalments of invoices and charges, the earliest due date first.',
    scope: 'invoices:read',
    query: OpenItemQuery,
    answers: { 200: OpenItemList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listItems(reader, filters), (item) => openItemToJson(item, reader.today)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/open-items/:id',
    operationId: 'getOpenItem',
    tag: 'Ledger',
    summary: 'Read an open item',
    description: 'One amount owed with one due date, as it stands today.',
    scope: 'invoices:read',
    params: IdParams('open_item', 'open item'),
    answers: { 200: OpenItem },
    problems: ['open_item_not_found'],
    work: async (reader, { params }) =>
      openItemToJson(await requireItem(reader, uuidOf(params.id)), reader.today),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/open-items/:id/waiver',
    operationId: 'waiveCharge',
    tag: 'Ledger',
    summary: 'Give up a charge',
    description: 'Wholly or in part: charges waived against receivable. Only charges are waived.',
    scope: 'invoices:write',
    idempotency: 'required',
    ifMatch: 'none',
    params: IdParams('open_item', 'open item'),
    body: WaiveCharge,
    answers: { 200: OpenItem },
    problems: ['open_item_not_found', 'not_a_charge', 'insufficient_open_amount', 'date_in_future'],
    work: async (tx, { params, body }) => {
      const charge = await waiveCharge(tx, {
        itemId: uuidOf(params.id),
        amount: body.amount ?? null,
        waiveDate: body.waive_date ?? null,
        reason: body.reason,
      })
      return openItemToJson(charge, tx.today)
    },
  })

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
      'Recomputes every stored amount from the ledger’s entries in one snapshot, as happens every night too, and looks whether each invariant holds. The latter reads every table: seconds where there are millions of rows.',
    scope: 'ledger:read',
    answers: { 200: Verification },
    work: async (reader) =>
      verificationToJson(await findDifferences(reader), await checkInvariants(reader), reader.now),
  })
}

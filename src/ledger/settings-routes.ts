import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { closePeriod, mapAccounts } from './change-settings.ts'
import { findSettings } from './queries.ts'
import {
  ClosePeriod,
  LedgerSettings,
  ReplaceAccountCodes,
  settingsToJson,
} from './settings-schema.ts'

const answers = { 200: LedgerSettings }

/** How the general ledger is told what happens here. */
export function ledgerSettingsRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/account-codes',
    operationId: 'getAccountCodes',
    tag: 'Ledger',
    summary: 'Read the account codes',
    description: 'Every account of the subledger with the tenant’s own code for it.',
    scope: 'ledger:read',
    answers,
    work: async (reader) => settingsToJson(await findSettings(reader), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/account-codes',
    operationId: 'replaceAccountCodes',
    tag: 'Ledger',
    summary: 'Map accounts to the tenant’s codes',
    description: 'The journal shows the codes as they are when it is read.',
    scope: 'ledger:write',
    body: ReplaceAccountCodes,
    answers,
    work: async (tx, { body, ifMatch }) =>
      settingsToJson(await mapAccounts(tx, { codes: body.account_codes, ifMatch }), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/ledger/closed-period',
    operationId: 'getClosedPeriod',
    tag: 'Ledger',
    summary: 'Read until when the books are closed',
    description: 'What counts by then and is recorded later is posted on the first open day.',
    scope: 'ledger:read',
    answers,
    work: async (reader) => settingsToJson(await findSettings(reader), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/ledger/closed-period',
    operationId: 'closePeriod',
    tag: 'Ledger',
    summary: 'Close the books until a day',
    description:
      'Only posting dates follow it: entries recorded from now on that count in a closed period are posted on the first open day. What is recorded keeps its posting date, also when a period is opened again.',
    scope: 'ledger:write',
    body: ClosePeriod,
    answers,
    problems: ['date_in_future'],
    work: async (tx, { body, ifMatch }) =>
      settingsToJson(await closePeriod(tx, { until: body.closed_until_date ?? null, ifMatch }), tx),
  })
}

import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { amendMandate } from './amend-mandate.ts'
import { createMandate } from './create-mandate.ts'
import {
  CreateMandate,
  Mandate,
  MandateList,
  MandatePatch,
  MandateQuery,
  mandateToJson,
  newMandate,
} from './mandate-schema.ts'
import { putSettings } from './put-settings.ts'
import { listMandates, requireMandate, requireSettings } from './queries.ts'
import { revokeMandate } from './revoke-mandate.ts'
import {
  DirectDebitSettings,
  newSettings,
  PutDirectDebitSettings,
  settingsToJson,
} from './settings-schema.ts'

const tag = 'Direct debits'
const params = IdParams('mandate', 'mandate')

/** Who may collect, and from whom. */
export function mandateRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/direct-debit-settings',
    operationId: 'getDirectDebitSettings',
    tag,
    summary: 'Read the creditor’s own data',
    description: 'What the bank knows the creditor by, and the rules for notices and returns.',
    scope: 'direct_debits:read',
    answers: { 200: DirectDebitSettings },
    problems: ['direct_debit_settings_not_found'],
    work: async (reader) => settingsToJson(await requireSettings(reader), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/direct-debit-settings',
    operationId: 'putDirectDebitSettings',
    tag,
    summary: 'Set the creditor’s own data',
    description:
      'Replaces all of them. A new creditor identifier or name is told to the bank with the next debit under each mandate.',
    scope: 'direct_debits:write',
    body: PutDirectDebitSettings,
    answers: { 200: DirectDebitSettings },
    work: async (tx, { body, ifMatch }) =>
      settingsToJson(await putSettings(tx, { ...newSettings(body), ifMatch }), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/mandates',
    operationId: 'createMandate',
    tag,
    summary: 'Record a mandate',
    description: 'A debtor’s signed permission to collect; b2b only from businesses.',
    scope: 'direct_debits:write',
    body: CreateMandate,
    answers: { 201: Mandate },
    problems: ['customer_not_found', 'mandate_reference_taken'],
    work: async (tx, { body }) => mandateToJson(await createMandate(tx, newMandate(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/mandates',
    operationId: 'listMandates',
    tag,
    summary: 'List mandates',
    description: 'The newest first.',
    scope: 'direct_debits:read',
    query: MandateQuery,
    answers: { 200: MandateList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listMandates(reader, filters), (mandate) => mandateToJson(mandate, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/mandates/:id',
    operationId: 'getMandate',
    tag,
    summary: 'Read a mandate',
    description: 'With its status and the last day it may be used.',
    scope: 'direct_debits:read',
    params,
    answers: { 200: Mandate },
    problems: ['mandate_not_found'],
    work: async (reader, { params: { id } }) =>
      mandateToJson(await requireMandate(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/mandates/:id',
    operationId: 'amendMandate',
    tag,
    summary: 'Amend a mandate',
    description:
      'The next file tells the bank, once, what it was before. One that was blocked for its account is active again with another.',
    scope: 'direct_debits:write',
    params,
    body: MandatePatch,
    answers: { 200: Mandate },
    problems: ['mandate_not_found', 'mandate_reference_taken', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      mandateToJson(await amendMandate(tx, { id: uuidOf(id), changes: body, ifMatch }), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/mandates/:id/revoke',
    operationId: 'revokeMandate',
    tag,
    summary: 'Revoke a mandate',
    description:
      'Ends it today and takes back what is scheduled under it; what is with the bank runs its course.',
    scope: 'direct_debits:write',
    params,
    answers: { 200: Mandate },
    problems: ['mandate_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      mandateToJson(await revokeMandate(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}

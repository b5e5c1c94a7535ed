import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { cancelDebit } from './cancel-debits.ts'
import { createDebit } from './create-debit.ts'
import {
  CreateDirectDebit,
  DirectDebit,
  DirectDebitList,
  DirectDebitQuery,
  debitToJson,
  newDebit,
  ReturnDirectDebit,
} from './debit-schema.ts'
import { type DebitWithItems, listDebits, requireDebit, withItems } from './queries.ts'
import { returnDebit } from './return-debit.ts'

const tag = 'Direct debits'
const params = IdParams('direct_debit', 'direct debit')

/** Single collections: announced, taken back, returned. */
export function debitRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/direct-debits',
    operationId: 'createDirectDebit',
    tag,
    summary: 'Announce a direct debit',
    description:
      'Records a pending payment and announces the pre-notification; its items are neither collected twice nor dunned meanwhile. A batch of its day takes it to the bank.',
    scope: 'direct_debits:write',
    idempotency: 'required',
    body: CreateDirectDebit,
    answers: { 201: DirectDebit },
    problems: [
      'direct_debit_settings_not_found',
      'mandate_not_found',
      'mandate_not_usable',
      'open_item_not_found',
      'invoice_not_found',
      'customer_mismatch',
      'currency_mismatch',
      'item_not_collectable',
      'nothing_to_collect',
    ],
    work: async (tx, { body }) => debitToJson(await createDebit(tx, newDebit(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/direct-debits',
    operationId: 'listDirectDebits',
    tag,
    summary: 'List direct debits',
    description: 'The newest first, each with what it is to settle.',
    scope: 'direct_debits:read',
    query: DirectDebitQuery,
    answers: { 200: DirectDebitList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listDebits(reader, filters), (one) => debitToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/direct-debits/:id',
    operationId: 'getDirectDebit',
    tag,
    summary: 'Read a direct debit',
    description: 'With what it is to settle, and why it came back if it did.',
    scope: 'direct_debits:read',
    params,
    answers: { 200: DirectDebit },
    problems: ['direct_debit_not_found'],
    work: async (reader, { params: { id } }) => {
      const [one] = (await withItems(reader, [await requireDebit(reader, uuidOf(id))])) as [
        DebitWithItems,
      ]
      return debitToJson(one, reader)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/direct-debits/:id/cancel',
    operationId: 'cancelDirectDebit',
    tag,
    summary: 'Cancel a direct debit',
    description: 'Only before its file is made. Dunning looks at its items again.',
    scope: 'direct_debits:write',
    params,
    answers: { 200: DirectDebit },
    problems: ['direct_debit_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      debitToJson(await cancelDebit(tx, { id: uuidOf(id), ifMatch }), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/direct-debits/:id/return',
    operationId: 'returnDirectDebit',
    tag,
    summary: 'Say that a direct debit came back',
    description:
      'For those without bank files. Its items are open again on their old due dates; the reason decides about a fee, another attempt and the mandate.',
    scope: 'direct_debits:write',
    idempotency: 'required',
    params,
    body: ReturnDirectDebit,
    answers: { 200: DirectDebit },
    problems: ['direct_debit_not_found', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      debitToJson(
        await returnDebit(tx, {
          id: uuidOf(id),
          reasonCode: body.reason_code,
          date: body.return_date ?? null,
          ifMatch,
        }),
        tx,
      ),
  })
}

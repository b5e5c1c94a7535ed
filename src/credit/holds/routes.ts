import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { liftCreditHold } from './lift-credit-hold.ts'
import { placeCreditHold } from './place-credit-holds.ts'
import { listCreditHolds, requireCreditHold } from './queries.ts'
import * as wire from './schema.ts'

const params = IdParams('credit_hold', 'credit hold')

/** Reasons not to sell on account. */
export function creditHoldRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/credit-holds',
    operationId: 'placeCreditHold',
    tag: 'Credit',
    summary: 'Place a credit hold',
    description: 'From a day on until lifted; one per customer and reason.',
    scope: 'credit:write',
    body: wire.PlaceCreditHold,
    answers: { 201: wire.CreditHold },
    problems: ['customer_not_found', 'credit_hold_in_force'],
    work: async (tx, { body }) =>
      wire.creditHoldToJson(
        await placeCreditHold(tx, {
          customerId: uuidOf(body.customer_id),
          reason: body.reason,
          note: body.note ?? null,
          fromDate: body.from_date ?? null,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-holds',
    operationId: 'listCreditHolds',
    tag: 'Credit',
    summary: 'List credit holds',
    description: 'The newest first.',
    scope: 'credit:read',
    query: wire.CreditHoldQuery,
    answers: { 200: wire.CreditHoldList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listCreditHolds(reader, filters), (hold) =>
        wire.creditHoldToJson(hold, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-holds/:id',
    operationId: 'getCreditHold',
    tag: 'Credit',
    summary: 'Read a credit hold',
    description: 'Whom it covers, why, and whether it is in force.',
    scope: 'credit:read',
    params,
    answers: { 200: wire.CreditHold },
    problems: ['credit_hold_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.creditHoldToJson(await requireCreditHold(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-holds/:id/lift',
    operationId: 'liftCreditHold',
    tag: 'Credit',
    summary: 'Lift a credit hold',
    description:
      'Ends it today. Payment does not lift what a person or a dunning level has placed: to sell on account again is a person’s decision. What the credit policy has placed comes back with its next look while its cause stands.',
    scope: 'credit:write',
    params,
    body: wire.LiftCreditHold,
    answers: { 200: wire.CreditHold },
    problems: ['credit_hold_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.creditHoldToJson(
        await liftCreditHold(tx, { id: uuidOf(id), reason: body.reason, ifMatch }),
        tx,
      ),
  })
}

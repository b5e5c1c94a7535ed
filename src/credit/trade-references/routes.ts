import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { listReferences, requireReference } from './queries.ts'
import { recordReference } from './record-reference.ts'
import * as wire from './schema.ts'

const params = IdParams('customer', 'customer')

/** What other creditors say of customers. */
export function tradeReferenceRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/customers/:id/trade-references',
    operationId: 'recordTradeReference',
    tag: 'Credit',
    summary: 'Record a trade reference',
    description:
      'What another creditor says of a customer. Their average rating counts in the score, which is made anew at once.',
    scope: 'credit:write',
    ifMatch: 'none',
    params,
    body: wire.RecordTradeReference,
    answers: { 201: wire.TradeReference },
    problems: ['customer_not_found', 'date_in_future'],
    work: async (tx, { params: { id }, body }) => {
      const reference = await recordReference(tx, {
        customerId: uuidOf(id),
        referee: body.referee,
        referenceDate: body.reference_date,
        relationSince: body.relation_since ?? null,
        highCredit: body.high_credit ?? null,
        daysLate: body.days_late ?? null,
        rating: body.rating,
        note: body.note ?? null,
      })
      const json = wire.tradeReferenceToJson(reference, tx)
      return new Answer(201, json, { location: `/v1/trade-references/${json.id}` })
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/trade-references',
    operationId: 'listTradeReferences',
    tag: 'Credit',
    summary: 'List the trade references of a customer',
    description: 'The last recorded first.',
    scope: 'credit:read',
    params,
    query: wire.TradeReferenceQuery,
    answers: { 200: wire.TradeReferenceList },
    problems: ['customer_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      return listToJson(await listReferences(reader, customer.id, page), (reference) =>
        wire.tradeReferenceToJson(reference, reader),
      )
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/trade-references/:id',
    operationId: 'getTradeReference',
    tag: 'Credit',
    summary: 'Read a trade reference',
    description: 'Who says it, and what.',
    scope: 'credit:read',
    params: IdParams('trade_reference', 'trade reference'),
    answers: { 200: wire.TradeReference },
    problems: ['trade_reference_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.tradeReferenceToJson(await requireReference(reader, uuidOf(id)), reader),
  })
}

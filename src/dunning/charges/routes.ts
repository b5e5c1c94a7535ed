import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { listCharges, requireCharge } from './queries.ts'
import * as wire from './schema.ts'

/** What late payment costs. */
export function chargeRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/charges',
    operationId: 'listCharges',
    tag: 'Dunning',
    summary: 'List charges',
    description:
      'Fees, interest and lump sums of dunning, the newest first; also what the law refused, with the reason.',
    scope: 'dunning:read',
    query: wire.ChargeQuery,
    answers: { 200: wire.ChargeList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listCharges(reader, filters), (one) => wire.chargeToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/charges/:id',
    operationId: 'getCharge',
    tag: 'Dunning',
    summary: 'Read a charge',
    description:
      'What it is for and how it came about, stretch by stretch. It is settled and waived as the open item it was claimed as.',
    scope: 'dunning:read',
    params: IdParams('charge', 'charge'),
    answers: { 200: wire.Charge },
    problems: ['charge_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.chargeToJson(await requireCharge(reader, uuidOf(id)), reader),
  })
}

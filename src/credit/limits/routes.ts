import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { endCreditLimit } from './end-credit-limit.ts'
import { listCreditLimits, requireCreditLimit } from './queries.ts'
import * as wire from './schema.ts'
import { subjectLimitRoutes } from './subject-routes.ts'

const tag = 'Credit'
const params = IdParams('credit_limit', 'credit limit')
const answers = { 200: wire.CreditLimit }

/** What customers, and groups of them, may owe. */
export function creditLimitRoutes(http: Http, context: Context): void {
  subjectLimitRoutes(http, context)

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-limits',
    operationId: 'listCreditLimits',
    tag,
    summary: 'List credit limits',
    description:
      'The newest first, with those that wait, that others have followed and that have ended; `in_force=true` are those that hold today.',
    scope: 'credit:read',
    query: wire.CreditLimitQuery,
    answers: { 200: wire.CreditLimitList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listCreditLimits(reader, filters), (limit) =>
        wire.creditLimitToJson(limit, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-limits/:id',
    operationId: 'getCreditLimit',
    tag,
    summary: 'Read a credit limit',
    description: 'Its terms, and what has become of it.',
    scope: 'credit:read',
    params,
    answers,
    problems: ['credit_limit_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.creditLimitToJson(await requireCreditLimit(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-limits/:id/end',
    operationId: 'endCreditLimit',
    tag,
    summary: 'End a credit limit',
    description:
      'From today on. Behind a temporary limit the standing one holds again; behind a standing one nothing: those that it had replaced end with it. One that has not begun yet ends alone.',
    scope: 'credit:write',
    params,
    body: wire.EndCreditLimit,
    answers,
    problems: ['credit_limit_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.creditLimitToJson(
        await endCreditLimit(tx, { id: uuidOf(id), reason: body.reason, ifMatch }),
        tx,
      ),
  })
}

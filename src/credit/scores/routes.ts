import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { overrideStanding } from './override-standing.ts'
import { listScores } from './queries.ts'
import { requireStanding } from './require-standing.ts'
import * as wire from './schema.ts'
import { scoreCustomers } from './score-customers.ts'
import { CreditStanding, PutStanding, standingToJson } from './standing-schema.ts'

const params = IdParams('customer', 'customer')
const problems = ['customer_not_found', 'credit_standing_not_found'] as const

/** How customers score, and how they stand. */
export function creditScoreRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/credit-score',
    operationId: 'getCreditScore',
    tag: 'Credit',
    summary: 'Read a customer’s score and standing',
    description:
      'Each factor of the score with its figure, its points and what it contributes; the standing as derived and as a person has said. Made every night, and whenever a report or reference comes in.',
    scope: 'credit:read',
    params,
    answers: { 200: wire.CurrentCreditScore },
    problems,
    work: async (reader, { params: { id } }) =>
      wire.currentScoreToJson(await requireStanding(reader, uuidOf(id)), reader),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/credit-scores',
    operationId: 'listCreditScores',
    tag: 'Credit',
    summary: 'List how a customer has scored',
    description: 'One entry each time something had changed, the newest first.',
    scope: 'credit:read',
    params,
    query: wire.CreditScoreQuery,
    answers: { 200: wire.CreditScoreList },
    problems: ['customer_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      return listToJson(await listScores(reader, customer.id, page), wire.scoreToJson)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/customers/:id/credit-score/recompute',
    operationId: 'recomputeCreditScore',
    tag: 'Credit',
    summary: 'Score a customer now',
    description:
      'By the policy in force, from what is known now, without waiting for the night. Nothing is announced if nothing has changed.',
    scope: 'credit:write',
    ifMatch: 'none',
    params,
    answers: { 200: wire.CurrentCreditScore },
    problems,
    work: async (tx, { params: { id } }) => {
      await scoreCustomers(tx, [uuidOf(id)])
      return wire.currentScoreToJson(await requireStanding(tx, uuidOf(id)), tx)
    },
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/customers/:id/standing',
    operationId: 'putCreditStanding',
    tag: 'Credit',
    summary: 'Override a customer’s standing',
    description:
      'A person’s word goes before what is derived, until its last day or until it is taken back.',
    scope: 'credit:write',
    params,
    body: PutStanding,
    answers: { 200: CreditStanding },
    problems: ['customer_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const override = {
        standing: body.standing,
        reason: body.reason,
        untilDate: body.until_date ?? null,
      }
      await overrideStanding(tx, { customerId: uuidOf(id), override, ifMatch })
      return standingToJson(await requireStanding(tx, uuidOf(id)), tx)
    },
  })

  command(http, context, {
    method: 'DELETE',
    url: '/v1/customers/:id/standing',
    operationId: 'deleteCreditStanding',
    tag: 'Credit',
    summary: 'Take an override back',
    description: 'What is derived holds again; where nobody has said anything, nothing changes.',
    scope: 'credit:write',
    params,
    answers: { 200: CreditStanding },
    problems,
    work: async (tx, { params: { id }, ifMatch }) => {
      await overrideStanding(tx, { customerId: uuidOf(id), override: null, ifMatch })
      return standingToJson(await requireStanding(tx, uuidOf(id)), tx)
    },
  })
}

import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { requireCustomer } from '../parties/queries.ts'
import { refuseBackwards } from './period.ts'
import {
  movementsOf,
  openDocuments,
  openingAndClosing,
  type StatementQuestion,
} from './statement-of-account.ts'
import {
  StatementOfAccount,
  StatementQuery,
  statementToCsv,
  statementToJson,
} from './statement-schema.ts'

/** What a customer is told about its account. */
export function statementRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/statement',
    operationId: 'getStatementOfAccount',
    tag: 'Reports',
    summary: 'Read a statement of account',
    description:
      'One customer and currency over a period: what is open at the end by document, or every movement with the running balance. As JSON, or as CSV with `format=csv`.',
    scope: 'reports:read',
    params: IdParams('customer', 'customer'),
    query: StatementQuery,
    answers: { 200: StatementOfAccount },
    csv: true,
    problems: ['customer_not_found', 'amount_out_of_range'],
    work: async (reader, { params, query: asked }) => {
      const customer = await requireCustomer(reader, uuidOf(params.id))
      const toDate = asked.to_date ?? reader.today
      const question: StatementQuestion = {
        customerId: customer.id,
        currency: asked.currency ?? customer.currency,
        fromDate: asked.from_date ?? `${toDate.slice(0, 8)}01`,
        toDate,
        knownAt: asked.known_at ?? null,
      }
      refuseBackwards(question)
      const lines =
        asked.form === 'balance_forward'
          ? { movements: await movementsOf(reader, question) }
          : { items: await openDocuments(reader, question) }
      const statement = statementToJson(question, await openingAndClosing(reader, question), lines)
      if (asked.format !== 'csv') return statement
      return new Answer(200, statementToCsv(statement), {
        'content-type': 'text/csv; charset=utf-8',
      })
    },
  })
}

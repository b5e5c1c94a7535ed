import type { Reader } from '../../foundation/database/frame.ts'
import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import type { ProblemCode } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { requireCreditGroup } from '../groups/queries.ts'
import type { LimitSubject } from './limit.ts'
import { findLimitInForce } from './queries.ts'
import * as wire from './schema.ts'
import { setCreditLimit } from './set-credit-limit.ts'

/** How one kind of subject has its limit at a path of its own. */
interface SubjectRoutes {
  url: string
  params: ReturnType<typeof IdParams>
  what: string
  setOperationId: string
  getOperationId: string
  notFound: ProblemCode
  /** What else setting it can be refused with. */
  refusals: ProblemCode[]
  subject(id: string): LimitSubject
  /** Refuses what is not there. */
  require(reader: Reader, id: string): Promise<unknown>
}

/** Setting the limit of a customer or a group, and what is in force. */
export function subjectLimitRoutes(http: Http, context: Context): void {
  addRoutes(http, context, {
    url: '/v1/customers/:id/credit-limit',
    params: IdParams('customer', 'customer'),
    what: 'a customer',
    setOperationId: 'setCreditLimit',
    getOperationId: 'getCreditLimitInForce',
    notFound: 'customer_not_found',
    refusals: ['onboarding_incomplete'],
    subject: (id) => ({ customer_id: id, group_id: null }),
    require: requireCustomer,
  })
  addRoutes(http, context, {
    url: '/v1/credit-groups/:id/credit-limit',
    params: IdParams('credit_group', 'group'),
    what: 'a group',
    setOperationId: 'setGroupCreditLimit',
    getOperationId: 'getGroupCreditLimitInForce',
    notFound: 'credit_group_not_found',
    refusals: [],
    subject: (id) => ({ customer_id: null, group_id: id }),
    require: requireCreditGroup,
  })
}

function addRoutes(http: Http, context: Context, of: SubjectRoutes): void {
  const { url, params, what, notFound } = of
  command(http, context, {
    method: 'PUT',
    url,
    operationId: of.setOperationId,
    tag: 'Credit',
    summary: `Set the credit limit of ${what}`,
    description:
      'As a record of its own; what was there stays as history. Where the credit policy wants a second principal for the amount, or with `request`, it answers 202: the limit holds nothing until its approval. It may be below what is owed already.',
    scope: 'credit:write',
    params,
    body: wire.SetCreditLimit,
    ifMatch: 'none',
    answers: { 200: wire.CreditLimit, 202: wire.CreditLimit },
    problems: [notFound, ...of.refusals],
    work: async (tx, { params: { id }, body }) => {
      const limit = await setCreditLimit(tx, {
        subject: of.subject(uuidOf(id)),
        terms: wire.limitTerms(body, tx.today),
        asked: body.request ?? false,
      })
      const json = wire.creditLimitToJson(limit, tx)
      return limit.status === 'requested'
        ? new Answer(202, json, { location: `/v1/credit-limits/${json.id}` })
        : json
    },
  })

  query(http, context, {
    method: 'GET',
    url,
    operationId: of.getOperationId,
    tag: 'Credit',
    summary: `Read the credit limit of ${what}`,
    description:
      'The limit in force on a day, as it is known now or was known at an instant. A temporary limit goes before the standing one while it lasts.',
    scope: 'credit:read',
    params,
    query: wire.AsOfQuery,
    answers: { 200: wire.CreditLimitInForce },
    problems: [notFound],
    work: async (reader, { params: { id }, query: { as_of_date, known_at } }) => {
      const subject = of.subject(uuidOf(id))
      await of.require(reader, uuidOf(id))
      const asOf = { day: as_of_date ?? reader.today, knownAt: known_at }
      return wire.limitInForceToJson(subject, asOf, await findLimitInForce(reader, subject, asOf))
    },
  })
}

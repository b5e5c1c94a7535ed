import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { definitionOf } from './definition-of.ts'
import { putPolicy } from './put-policy.ts'
import { listVersions, requirePolicy } from './queries.ts'
import { retirePolicy } from './retire-policy.ts'
import * as wire from './schema.ts'
import { standardPolicy } from './standard-policy.ts'

/** How the tenant decides about credit. */
export function creditPolicyRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'PUT',
    url: '/v1/credit-policy',
    operationId: 'putCreditPolicy',
    tag: 'Credit',
    summary: 'Set the credit policy',
    description:
      'How scores, limits and checks are made, from now on; the next version of the one policy a tenant has. Without a policy only limits and credit holds decide. A policy that contradicts itself is refused with every place where it does.',
    scope: 'credit:admin',
    body: wire.PutCreditPolicy,
    answers: { 200: wire.CreditPolicy },
    work: async (tx, { body, ifMatch }) =>
      wire.policyToJson(
        await putPolicy(tx, { name: body.name, definition: definitionOf(body), ifMatch }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-policy',
    operationId: 'getCreditPolicy',
    tag: 'Credit',
    summary: 'Read the credit policy',
    description: 'Its current version; `retired_date` says whether it still decides.',
    scope: 'credit:read',
    answers: { 200: wire.CreditPolicy },
    problems: ['credit_policy_not_found'],
    work: async (reader) => wire.policyToJson(await requirePolicy(reader), reader),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-policy/versions',
    operationId: 'listCreditPolicyVersions',
    tag: 'Credit',
    summary: 'List the versions of the credit policy',
    description: 'Every version that ever decided, the newest first.',
    scope: 'credit:read',
    query: wire.CreditPolicyQuery,
    answers: { 200: wire.CreditPolicyList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: page }) =>
      listToJson(await listVersions(reader, page), (version) => wire.policyToJson(version, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-policy/template',
    operationId: 'getCreditPolicyTemplate',
    tag: 'Credit',
    summary: 'Read a credit policy to begin with',
    description:
      'A complete policy for trade between businesses, in the tenant’s currency; change it and send it with PUT.',
    scope: 'credit:read',
    answers: { 200: wire.PutCreditPolicy },
    work: async ({ tenant }) => standardPolicy(tenant.currency),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-policy/retire',
    operationId: 'retireCreditPolicy',
    tag: 'Credit',
    summary: 'Retire the credit policy',
    description:
      'From today only limits and credit holds decide. PUT puts a policy in force again.',
    scope: 'credit:admin',
    answers: { 200: wire.CreditPolicy },
    problems: ['credit_policy_not_found', 'invalid_state'],
    work: async (tx, { ifMatch }) => wire.policyToJson(await retirePolicy(tx, ifMatch), tx),
  })
}

import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { createPolicy } from './create-policy.ts'
import { definitionOf } from './definition-of.ts'
import * as wire from './policy-schema.ts'
import * as find from './queries.ts'
import { replacePolicy } from './replace-policy.ts'

const policyParams = IdParams('dunning_policy', 'dunning policy')

/** Policies and their versions. */
export function policyRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-policies',
    operationId: 'createDunningPolicy',
    tag: 'Dunning',
    summary: 'Create a dunning policy',
    description:
      'A policy does nothing until the tenant or a customer names it. One that contradicts itself is refused with every place where it does.',
    scope: 'dunning:write',
    body: wire.CreateDunningPolicy,
    answers: { 201: wire.DunningPolicy },
    problems: ['dunning_policy_contradictory'],
    work: async (tx, { body }) =>
      wire.policyToJson(await createPolicy(tx, body.name, definitionOf(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policies',
    operationId: 'listDunningPolicies',
    tag: 'Dunning',
    summary: 'List dunning policies',
    description: 'Each in its current version, the newest first.',
    scope: 'dunning:read',
    query: wire.PolicyQuery,
    answers: { 200: wire.DunningPolicyList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: page }) =>
      listToJson(await find.listPolicies(reader, page), (policy) =>
        wire.policyToJson(policy, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policies/:id',
    operationId: 'getDunningPolicy',
    tag: 'Dunning',
    summary: 'Read a dunning policy',
    description: 'Its current version.',
    scope: 'dunning:read',
    params: policyParams,
    answers: { 200: wire.DunningPolicy },
    problems: ['dunning_policy_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.policyToJson(await find.requirePolicy(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/dunning-policies/:id',
    operationId: 'replaceDunningPolicy',
    tag: 'Dunning',
    summary: 'Give a dunning policy its next version',
    description:
      'Versions are immutable. Items under way stay on the version they began with; all others are judged by the new one from the next run on.',
    scope: 'dunning:write',
    ifMatch: 'required',
    params: policyParams,
    body: wire.ReplaceDunningPolicy,
    answers: { 200: wire.DunningPolicy },
    problems: ['dunning_policy_not_found', 'dunning_policy_contradictory'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.policyToJson(
        await replacePolicy(tx, {
          id: uuidOf(id),
          name: body.name,
          definition: definitionOf(body),
          ifMatch,
        }),
        tx,
      ),
  })
}

import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { renameCreditGroup } from './change-credit-group.ts'
import { addMember, removeMember } from './change-members.ts'
import { createCreditGroup } from './create-credit-group.ts'
import { listCreditGroups, listMembers, requireCreditGroup } from './queries.ts'
import * as wire from './schema.ts'

const tag = 'Credit'
const params = IdParams('credit_group', 'group')
const answers = { 200: wire.CreditGroup }

/** Customers that share a limit. */
export function creditGroupRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/credit-groups',
    operationId: 'createCreditGroup',
    tag,
    summary: 'Create a group of customers that share a credit limit',
    description: 'Nobody is in it yet, and it has no limit yet.',
    scope: 'credit:write',
    body: wire.CreateCreditGroup,
    answers: { 201: wire.CreditGroup },
    work: async (tx, { body }) =>
      wire.creditGroupToJson(await createCreditGroup(tx, body.name), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-groups',
    operationId: 'listCreditGroups',
    tag,
    summary: 'List credit groups',
    description: 'The newest first; with `customer_id` the one that the customer is in.',
    scope: 'credit:read',
    query: wire.CreditGroupQuery,
    answers: { 200: wire.CreditGroupList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listCreditGroups(reader, filters), (group) =>
        wire.creditGroupToJson(group, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-groups/:id',
    operationId: 'getCreditGroup',
    tag,
    summary: 'Read a credit group',
    description: 'Its name; its members and its limit are read apart.',
    scope: 'credit:read',
    params,
    answers,
    problems: ['credit_group_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.creditGroupToJson(await requireCreditGroup(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/credit-groups/:id',
    operationId: 'renameCreditGroup',
    tag,
    summary: 'Rename a credit group',
    description: 'A merge patch (RFC 7396).',
    scope: 'credit:write',
    params,
    body: wire.CreditGroupPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers,
    problems: ['credit_group_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.creditGroupToJson(
        await renameCreditGroup(tx, { id: uuidOf(id), name: body.name, ifMatch }),
        tx,
      ),
  })

  memberRoutes(http, context)
}

function memberRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/credit-groups/:id/members',
    operationId: 'listCreditGroupMembers',
    tag,
    summary: 'List who is in a credit group',
    description: 'By customer.',
    scope: 'credit:read',
    params,
    query: wire.CreditGroupMemberQuery,
    answers: { 200: wire.CreditGroupMemberList },
    problems: ['credit_group_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) => {
      const group = await requireCreditGroup(reader, uuidOf(id))
      return listToJson(await listMembers(reader, group.id, page), wire.memberToJson)
    },
  })

  const membership = {
    url: '/v1/credit-groups/:id/members/:customer_id',
    tag,
    scope: 'credit:write',
    params: wire.CreditGroupMemberParams,
    answers,
    ifMatch: 'none',
  } as const

  command(http, context, {
    ...membership,
    method: 'PUT',
    operationId: 'addCreditGroupMember',
    summary: 'Put a customer into a credit group',
    description: 'From then on the limit of the group has to hold for it as well as its own.',
    problems: ['credit_group_not_found', 'customer_not_found', 'customer_in_credit_group'],
    work: async (tx, { params: { id, customer_id } }) =>
      wire.creditGroupToJson(
        await addMember(tx, { groupId: uuidOf(id), customerId: uuidOf(customer_id) }),
        tx,
      ),
  })

  command(http, context, {
    ...membership,
    method: 'DELETE',
    operationId: 'removeCreditGroupMember',
    summary: 'Take a customer out of a credit group',
    description: 'From then on only its own limit has to hold.',
    problems: ['credit_group_not_found', 'customer_not_found', 'customer_not_in_credit_group'],
    work: async (tx, { params: { id, customer_id } }) =>
      wire.creditGroupToJson(
        await removeMember(tx, { groupId: uuidOf(id), customerId: uuidOf(customer_id) }),
        tx,
      ),
  })
}

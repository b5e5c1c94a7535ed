import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { updateClass } from './change-class.ts'
import { createClass } from './create-class.ts'
import { listClasses, requireClass } from './queries.ts'
import * as wire from './schema.ts'
import { upsertClass } from './upsert-class.ts'

const tag = 'Customers'
const params = IdParams('customer_class', 'customer class')

/** What customers that are treated alike have in common. */
export function customerClassRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/customer-classes',
    operationId: 'createCustomerClass',
    tag,
    summary: 'Create a customer class',
    description: 'Its terms and dunning policy are those of customers that have none of their own.',
    scope: 'customers:write',
    body: wire.CreateCustomerClass,
    answers: { 201: wire.CustomerClass },
    problems: ['customer_class_code_taken', 'dunning_policy_not_found'],
    work: async (tx, { body }) =>
      wire.classToJson(await createClass(tx, wire.classSettings(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customer-classes',
    operationId: 'listCustomerClasses',
    tag,
    summary: 'List customer classes',
    description: 'The newest first.',
    scope: 'customers:read',
    query: wire.CustomerClassQuery,
    answers: { 200: wire.CustomerClassList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listClasses(reader, filters), (row) => wire.classToJson(row, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customer-classes/:id',
    operationId: 'getCustomerClass',
    tag,
    summary: 'Read a customer class',
    description: 'What its customers have in common.',
    scope: 'customers:read',
    params,
    answers: { 200: wire.CustomerClass },
    problems: ['customer_class_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.classToJson(await requireClass(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/customer-classes/:id',
    operationId: 'updateCustomerClass',
    tag,
    summary: 'Change a customer class',
    description:
      'A merge patch (RFC 7396). Under another dunning policy, open items that dunning has not begun with are looked at again at the next run.',
    scope: 'customers:write',
    params,
    body: wire.CustomerClassPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers: { 200: wire.CustomerClass },
    problems: ['customer_class_not_found', 'customer_class_code_taken', 'dunning_policy_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.classToJson(
        await updateClass(tx, { id: uuidOf(id), patch: wire.classPatch(body), ifMatch }),
        tx,
      ),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/customer-classes/by-code/:code',
    operationId: 'upsertCustomerClass',
    tag,
    summary: 'Create or replace a customer class by code',
    description:
      'Makes the class what the body says, whether it exists (200) or not (201). What is left out is emptied. Sending the same again changes nothing.',
    scope: 'customers:write',
    params: wire.CodeParams,
    body: wire.UpsertCustomerClass,
    answers: { 200: wire.CustomerClass, 201: wire.CustomerClass },
    problems: ['dunning_policy_not_found'],
    work: async (tx, { params: { code }, body, ifMatch }) => {
      const { customerClass, created } = await upsertClass(tx, {
        settings: wire.classSettings({ code, ...body }),
        ifMatch,
      })
      const location = `/v1/customer-classes/${publicId('customer_class', customerClass.id)}`
      return new Answer(
        created ? 201 : 200,
        wire.classToJson(customerClass, tx),
        created ? { location } : {},
      )
    },
  })
}

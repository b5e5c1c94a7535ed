import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, lookUp } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { dryRun, IdParams, Query } from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { customerFrom, customersOf } from '../queries.ts'
import { updateCustomer } from './change-customer.ts'
import { createCustomer } from './create-customers.ts'
import { customerPage, customerPageFrom } from './queries.ts'
import {
  CreateCustomer,
  Customer,
  CustomerList,
  CustomerPatch,
  CustomerQuery,
  customerPatch,
  customerToJson,
  ExternalIdParams,
  newCustomer,
  UpsertCustomer,
} from './schema.ts'
import { upsertCustomer } from './upsert-customer.ts'

const tag = 'Customers'

export function customerRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/customers',
    operationId: 'createCustomer',
    tag,
    summary: 'Create a customer',
    description:
      'A customer is a debtor of the tenant. With an `external_id` of yours you can upsert it later and never create it twice.',
    scope: 'customers:write',
    query: Query(dryRun),
    body: CreateCustomer,
    answers: { 201: Customer },
    problems: ['external_id_taken', 'customer_class_not_found', 'dunning_policy_not_found'],
    work: async (tx, { body }) =>
      customerToJson(await createCustomer(tx, newCustomer(body)), tx.tenant.mode),
  })

  lookUp(http, context, {
    method: 'GET',
    url: '/v1/customers',
    operationId: 'listCustomers',
    tag,
    summary: 'List customers',
    description:
      'Newest first unless sorted otherwise. To follow changes, sort by `updated_at` and filter with `updated_at_gte`, or read the event feed.',
    scope: 'customers:read',
    query: CustomerQuery,
    answers: { 200: CustomerList },
    problems: ['invalid_cursor'],
    questions: (asking, { query: filters }) => [customerPage(asking, filters)],
    show: ([customers], { tenant }, { query: filters }) =>
      listToJson(customerPageFrom(customers, filters), (row) => customerToJson(row, tenant.mode)),
  })

  lookUp(http, context, {
    method: 'GET',
    url: '/v1/customers/:id',
    operationId: 'getCustomer',
    tag,
    summary: 'Read a customer',
    description: 'What the customer owes stands under `/v1/customers/{id}/balance`.',
    scope: 'customers:read',
    params: IdParams('customer', 'customer'),
    answers: { 200: Customer },
    problems: ['customer_not_found'],
    questions: (asking, { params }) => [customersOf(asking, [uuidOf(params.id)])],
    show: ([customers], { tenant }) => customerToJson(customerFrom(customers), tenant.mode),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/customers/:id',
    operationId: 'updateCustomer',
    tag,
    summary: 'Change a customer',
    description:
      'A merge patch (RFC 7396). Metadata merges by key, contacts are replaced as a whole; a patch that changes nothing makes no version and announces nothing.',
    scope: 'customers:write',
    params: IdParams('customer', 'customer'),
    body: CustomerPatch,
    consumes: ['application/merge-patch+json', 'application/json'],
    answers: { 200: Customer },
    problems: [
      'customer_not_found',
      'external_id_taken',
      'customer_class_not_found',
      'dunning_policy_not_found',
      'invalid_state',
    ],
    work: async (tx, { params, body, ifMatch }) =>
      customerToJson(
        await updateCustomer(tx, { id: uuidOf(params.id), patch: customerPatch(body), ifMatch }),
        tx.tenant.mode,
      ),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/customers/by-external-id/:external_id',
    operationId: 'upsertCustomer',
    tag,
    summary: 'Create or replace a customer by external id',
    description:
      'Makes the customer what the body says, whether it exists (200) or not (201). What is left out is emptied. Sending the same again changes nothing.',
    scope: 'customers:write',
    params: ExternalIdParams,
    body: UpsertCustomer,
    answers: { 200: Customer, 201: Customer },
    problems: ['customer_class_not_found', 'dunning_policy_not_found', 'invalid_state'],
    work: async (tx, { params, body, ifMatch }) => {
      const { customer, created } = await upsertCustomer(tx, {
        ...params,
        customer: newCustomer(body),
        ifMatch,
      })
      const location = `/v1/customers/${publicId('customer', customer.id)}`
      return new Answer(
        created ? 201 : 200,
        customerToJson(customer, tx.tenant.mode),
        created ? { location } : {},
      )
    },
  })
}

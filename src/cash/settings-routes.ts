import type { Reader } from '../foundation/database/frame.ts'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { IdParams, NoContent } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { requireCustomer } from '../parties/queries.ts'
import { allocationSettings, findSettings } from './allocation-settings.ts'
import {
  changeTenantSettings,
  deleteCustomerSettings,
  replaceCustomerSettings,
} from './change-settings.ts'
import { type AllocationSettings as Applied, defaultSettings } from './settings.ts'
import {
  AllocationSettings,
  AllocationSettingsPatch,
  CustomerAllocationSettings,
  settingsToJson,
} from './settings-schema.ts'

const params = IdParams('customer', 'customer')

/** How money is allocated that nobody designated. */
export function settingsRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/allocation-settings',
    operationId: 'getAllocationSettings',
    tag: 'Payments',
    summary: 'Read how money is allocated',
    description: 'The tenant’s rules and tolerances, with the defaults where nothing was said.',
    scope: 'payments:read',
    answers: { 200: AllocationSettings },
    work: ofTenant,
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/allocation-settings',
    operationId: 'changeAllocationSettings',
    tag: 'Payments',
    summary: 'Change how money is allocated',
    description: 'Money that has been allocated already stays where it is.',
    scope: 'tenants:write',
    body: AllocationSettingsPatch,
    answers: { 200: AllocationSettings },
    work: async (tx, { body, ifMatch }) => {
      await changeTenantSettings(tx, body, ifMatch)
      return ofTenant(tx)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/allocation-settings',
    operationId: 'getCustomerAllocationSettings',
    tag: 'Payments',
    summary: 'Read how a customer’s money is allocated',
    description: 'What applies: what was said for the customer, else for the tenant.',
    scope: 'payments:read',
    params,
    answers: { 200: AllocationSettings },
    problems: ['customer_not_found'],
    work: (reader, { params: { id } }) => ofCustomer(reader, uuidOf(id)),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/customers/:id/allocation-settings',
    operationId: 'replaceCustomerAllocationSettings',
    tag: 'Payments',
    summary: 'Set how a customer’s money is allocated',
    description: 'All that differs from what the tenant says; what is left out is the tenant’s.',
    scope: 'customers:write',
    params,
    body: CustomerAllocationSettings,
    answers: { 200: AllocationSettings },
    problems: ['customer_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      await replaceCustomerSettings(tx, uuidOf(id), body, ifMatch)
      return ofCustomer(tx, uuidOf(id))
    },
  })

  command(http, context, {
    method: 'DELETE',
    url: '/v1/customers/:id/allocation-settings',
    operationId: 'deleteCustomerAllocationSettings',
    tag: 'Payments',
    summary: 'Let the tenant’s settings apply to a customer again',
    description: 'Safe to repeat.',
    scope: 'customers:write',
    params,
    answers: { 204: NoContent },
    problems: ['customer_not_found'],
    work: async (tx, { params: { id }, ifMatch }) =>
      deleteCustomerSettings(tx, uuidOf(id), ifMatch),
  })
}

async function ofTenant(reader: Reader) {
  const row = await findSettings(reader, null)
  return settingsToJson({ ...defaultSettings, ...row?.settings }, row, null, reader)
}

async function ofCustomer(reader: Reader, customerId: string) {
  const { id } = await requireCustomer(reader, customerId)
  const applied = (await allocationSettings(reader, [id])).get(id) as Applied
  return settingsToJson(applied, await findSettings(reader, id), id, reader)
}

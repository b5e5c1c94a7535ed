import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { checklistOf, listOnboardingChecks, requireOnboardingCheck } from './queries.ts'
import { recordOnboardingCheck } from './record-onboarding-check.ts'
import * as wire from './schema.ts'

const tag = 'Credit'
const params = IdParams('customer', 'customer')

/** What is looked into before a customer gets its first limit. */
export function onboardingRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/customers/:id/onboarding-checks',
    operationId: 'recordOnboardingCheck',
    tag,
    summary: 'Record what was looked into about a customer',
    description: 'It stays as recorded; of several of a kind the newest counts.',
    scope: 'credit:write',
    params,
    body: wire.RecordOnboardingCheck,
    ifMatch: 'none',
    answers: { 201: wire.OnboardingCheck },
    problems: ['customer_not_found', 'date_in_future'],
    work: async (tx, { params: { id }, body }) => {
      const check = await recordOnboardingCheck(tx, {
        customer_id: uuidOf(id),
        kind: body.kind,
        result: body.result,
        done_by: body.done_by,
        done_date: body.done_date,
        note: body.note ?? null,
        document_reference: body.document_reference ?? null,
      })
      const json = wire.onboardingCheckToJson(check, tx)
      return new Answer(201, json, { location: `/v1/onboarding-checks/${json.id}` })
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/onboarding-checks',
    operationId: 'listOnboardingChecks',
    tag,
    summary: 'List what was looked into about a customer',
    description: 'The latest recorded first.',
    scope: 'credit:read',
    params,
    query: wire.OnboardingCheckQuery,
    answers: { 200: wire.OnboardingCheckList },
    problems: ['customer_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: filters }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      return listToJson(await listOnboardingChecks(reader, customer.id, filters), (check) =>
        wire.onboardingCheckToJson(check, reader),
      )
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/onboarding-checks/:id',
    operationId: 'getOnboardingCheck',
    tag,
    summary: 'Read one onboarding check',
    description: 'What was looked into, by whom and with what result.',
    scope: 'credit:read',
    params: IdParams('onboarding_check', 'check'),
    answers: { 200: wire.OnboardingCheck },
    problems: ['onboarding_check_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.onboardingCheckToJson(await requireOnboardingCheck(reader, uuidOf(id)), reader),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/onboarding',
    operationId: 'getOnboarding',
    tag,
    summary: 'Read a customer’s onboarding checklist',
    description: 'What the credit policy asks for before a first limit, and what is done of it.',
    scope: 'credit:read',
    params,
    answers: { 200: wire.Onboarding },
    problems: ['customer_not_found'],
    work: async (reader, { params: { id } }) => {
      const customer = await requireCustomer(reader, uuidOf(id))
      return wire.onboardingToJson(customer.id, await checklistOf(reader, customer.id))
    },
  })
}

import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf, uuidOrNull } from '../../foundation/id.ts'
import { cancelActivity } from './cancel-activity.ts'
import { logActivity } from './log-activity.ts'
import { listActivities, requireActivity } from './queries.ts'
import * as wire from './schema.ts'

const params = IdParams('activity', 'activity')

/** What people did. */
export function activityRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/activities',
    operationId: 'logActivity',
    tag: 'Activities',
    summary: 'Log an activity',
    description:
      'A call, a letter, a visit. Collection contacts use the contact budget of dunning from the day they happened.',
    scope: 'tasks:write',
    idempotency: 'required',
    body: wire.LogActivity,
    answers: { 201: wire.Activity },
    problems: ['customer_not_found', 'invoice_not_found', 'customer_mismatch', 'date_in_future'],
    work: async (tx, { body }) =>
      wire.activityToJson(
        await logActivity(tx, {
          customerId: uuidOrNull(body.customer_id),
          invoiceId: uuidOrNull(body.invoice_id),
          kind: body.kind,
          direction: body.direction,
          outcome: body.outcome ?? null,
          contact_name: body.contact_name ?? null,
          occurredAt: body.occurred_at ?? null,
          note: body.note ?? null,
          collection: body.collection ?? null,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/activities',
    operationId: 'listActivities',
    tag: 'Activities',
    summary: 'List activities',
    description: 'The latest first.',
    scope: 'tasks:read',
    query: wire.ActivityQuery,
    answers: { 200: wire.ActivityList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listActivities(reader, filters), (one) => wire.activityToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/activities/:id',
    operationId: 'getActivity',
    tag: 'Activities',
    summary: 'Read an activity',
    description: 'What was done, by what means, and what came of it.',
    scope: 'tasks:read',
    params,
    answers: { 200: wire.Activity },
    problems: ['activity_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.activityToJson(await requireActivity(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/activities/:id/cancel',
    operationId: 'cancelActivity',
    tag: 'Activities',
    summary: 'Cancel an activity',
    description:
      'What was logged by mistake stays readable and counts no more. Log it again as it was.',
    scope: 'tasks:write',
    params,
    body: wire.CancelActivity,
    answers: { 200: wire.Activity },
    problems: ['activity_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.activityToJson(
        await cancelActivity(tx, { id: uuidOf(id), reason: body.reason, ifMatch }),
        tx,
      ),
  })
}

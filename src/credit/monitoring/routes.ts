import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { listCreditAlerts, requireCreditAlert } from './queries.ts'
import * as wire from './schema.ts'

/** What monitoring has found out about debtors. */
export function creditAlertRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/credit-alerts',
    operationId: 'listCreditAlerts',
    tag: 'Credit',
    summary: 'List credit alerts',
    description: 'What monitoring has found worth telling, the newest first; each is an event too.',
    scope: 'credit:read',
    query: wire.CreditAlertQuery,
    answers: { 200: wire.CreditAlertList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listCreditAlerts(reader, filters), (alert) =>
        wire.creditAlertToJson(alert, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-alerts/:id',
    operationId: 'getCreditAlert',
    tag: 'Credit',
    summary: 'Read a credit alert',
    description: 'What was found about whom, and by which figures.',
    scope: 'credit:read',
    params: IdParams('credit_alert', 'credit alert'),
    answers: { 200: wire.CreditAlert },
    problems: ['credit_alert_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.creditAlertToJson(await requireCreditAlert(reader, uuidOf(id)), reader),
  })
}

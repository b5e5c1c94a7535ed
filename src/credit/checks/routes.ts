import type { Static } from '@sinclair/typebox'
import { LATER } from '../../foundation/gather.ts'
import type { Context } from '../../foundation/http/context.ts'
import { gatheredCommand } from '../../foundation/http/gathered-command.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { type CheckRequest, checkCredits } from './check-credit.ts'
import { recheck, rejectCheck, releaseCheck } from './decide-check.ts'
import { listChecks, requireCheck } from './queries.ts'
import { replayCheck } from './replay-check.ts'
import * as wire from './schema.ts'

const params = IdParams('credit_check', 'credit check')

/** May this be sold on account? */
export function creditCheckRoutes(http: Http, context: Context): void {
  gatheredCommand(http, context, {
    method: 'POST',
    url: '/v1/credit-checks',
    operationId: 'checkCredit',
    tag: 'Credit',
    summary: 'Check credit',
    description:
      'Whether something may be sold on account: approve, refer to a person, or deny, with every rule and what it looked at. With `reserve` the credit is held if it is approved; parallel checks never hold more than a limit allows together.',
    scope: 'credit:write',
    idempotency: 'required',
    query: wire.CheckDryRun,
    body: wire.CreateCreditCheck,
    answers: { 201: wire.CreditCheck },
    problems: ['customer_not_found', 'reservation_active'],
    customerOf: ({ customer_id }) => uuidOf(customer_id),
    work: async (tx, inputs) => {
      const checks = await checkCredits(
        tx,
        inputs.map(({ body }) => requestOf(body)),
      )
      return checks.map((one) =>
        one === LATER || one instanceof Problem ? one : wire.checkToJson(one, tx),
      )
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-checks',
    operationId: 'listCreditChecks',
    tag: 'Credit',
    summary: 'List credit checks',
    description: 'The newest first; `status=referred` is what waits for a person.',
    scope: 'credit:read',
    query: wire.CreditCheckQuery,
    answers: { 200: wire.CreditCheckList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listChecks(reader, filters), (check) => wire.checkToJson(check, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-checks/:id',
    operationId: 'getCreditCheck',
    tag: 'Credit',
    summary: 'Read a credit check',
    description: 'What was asked, what was known, what was decided, and by whom.',
    scope: 'credit:read',
    params,
    answers: { 200: wire.CreditCheck },
    problems: ['credit_check_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.checkToJson(await requireCheck(reader, uuidOf(id)), reader),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-checks/:id/replay',
    operationId: 'replayCreditCheck',
    tag: 'Credit',
    summary: 'Decide a credit check once more',
    description:
      'From the ledger and the events, as they were known at the moment of the decision, and by the version of the policy that decided: whether it comes out the same.',
    scope: 'credit:read',
    params,
    answers: { 200: wire.CreditCheckReplay },
    problems: ['credit_check_not_found', 'amount_out_of_range'],
    work: async (reader, { params: { id } }) =>
      wire.replayToJson(await replayCheck(reader, await requireCheck(reader, uuidOf(id)))),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-checks/:id/release',
    operationId: 'releaseCreditCheck',
    tag: 'Credit',
    summary: 'Release a credit check',
    description:
      'A person’s word that something may be sold although the rules said otherwise. What was to be held is held now, above the limit too, and the rules that had reacted rest for some days.',
    scope: 'credit:admin',
    params,
    body: wire.ReleaseCreditCheck,
    answers: { 200: wire.CreditCheck },
    problems: ['credit_check_not_found', 'invalid_state', 'reservation_active'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.checkToJson(
        await releaseCheck(
          tx,
          { id: uuidOf(id), ifMatch },
          {
            role: body.role,
            reason: body.reason,
            validUntil: body.valid_until,
            graceDays: body.grace_days ?? null,
          },
        ),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-checks/:id/reject',
    operationId: 'rejectCreditCheck',
    tag: 'Credit',
    summary: 'Reject a credit check',
    description: 'A person’s word that something must not be sold on account.',
    scope: 'credit:admin',
    params,
    body: wire.RejectCreditCheck,
    answers: { 200: wire.CreditCheck },
    problems: ['credit_check_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.checkToJson(await rejectCheck(tx, { id: uuidOf(id), ifMatch }, body), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-checks/:id/recheck',
    operationId: 'recheckCredit',
    tag: 'Credit',
    summary: 'Check credit once more',
    description:
      'Asks again what was referred or denied, as things stand now: the new check takes the old one’s place.',
    scope: 'credit:write',
    params,
    answers: { 201: wire.CreditCheck },
    problems: ['credit_check_not_found', 'invalid_state', 'reservation_active'],
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.checkToJson(await recheck(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}

const requestOf = (body: Static<typeof wire.CreateCreditCheck>): CheckRequest => ({
  customerId: uuidOf(body.customer_id),
  externalId: body.reserve?.external_id ?? body.external_id ?? null,
  currency: body.currency,
  amount: body.amount,
  netDays: body.net_days ?? null,
  reserveSeconds: body.reserve?.ttl_seconds ?? null,
  recheckOfId: null,
})

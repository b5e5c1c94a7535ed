import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { completeCreditReview } from './complete-review.ts'
import { dismissCreditReview } from './dismiss-review.ts'
import { openCreditReview } from './open-review.ts'
import { listCreditReviews, requireCreditReview } from './queries.ts'
import * as wire from './schema.ts'

const params = IdParams('credit_review', 'credit review')

/** Whether limits and terms are still fitting. */
export function creditReviewRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/credit-reviews',
    operationId: 'openCreditReview',
    tag: 'Credit',
    summary: 'Open a credit review',
    description:
      'Recommends what to do with a customer’s limit and terms, before the calendar asks for it.',
    scope: 'credit:write',
    body: wire.OpenCreditReview,
    answers: { 201: wire.CreditReview },
    problems: ['customer_not_found', 'credit_review_open'],
    work: async (tx, { body }) =>
      wire.creditReviewToJson(await openCreditReview(tx, uuidOf(body.customer_id)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-reviews',
    operationId: 'listCreditReviews',
    tag: 'Credit',
    summary: 'List credit reviews',
    description: 'The newest first; `status=due,open` is what waits for a decision.',
    scope: 'credit:read',
    query: wire.CreditReviewQuery,
    answers: { 200: wire.CreditReviewList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listCreditReviews(reader, filters), (review) =>
        wire.creditReviewToJson(review, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/credit-reviews/:id',
    operationId: 'getCreditReview',
    tag: 'Credit',
    summary: 'Read a credit review',
    description: 'What it recommends and why, and what a person has decided.',
    scope: 'credit:read',
    params,
    answers: { 200: wire.CreditReview },
    problems: ['credit_review_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.creditReviewToJson(await requireCreditReview(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-reviews/:id/complete',
    operationId: 'completeCreditReview',
    tag: 'Credit',
    summary: 'Complete a credit review',
    description:
      'Applies what a person has decided, whatever was recommended: the limit by the same rules as any other, approval included, and the terms. Of two who decide at once, one is told that it is decided.',
    scope: 'credit:write',
    params,
    body: wire.CompleteCreditReview,
    answers: { 200: wire.CreditReview },
    problems: ['credit_review_not_found', 'invalid_state', 'onboarding_incomplete'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.creditReviewToJson(
        await completeCreditReview(tx, {
          id: uuidOf(id),
          ifMatch,
          limit: body.limit && {
            amount: body.limit.amount,
            currency: body.limit.currency ?? null,
            validUntil: body.limit.valid_until ?? null,
          },
          netDays: body.net_days,
          reason: body.reason,
          nextReviewDate: body.next_review_date ?? null,
        }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-reviews/:id/dismiss',
    operationId: 'dismissCreditReview',
    tag: 'Credit',
    summary: 'Dismiss a credit review',
    description: 'Ends it without a change; the calendar goes on from today.',
    scope: 'credit:write',
    params,
    body: wire.DismissCreditReview,
    answers: { 200: wire.CreditReview },
    problems: ['credit_review_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.creditReviewToJson(
        await dismissCreditReview(tx, { id: uuidOf(id), ifMatch, reason: body.reason }),
        tx,
      ),
  })
}

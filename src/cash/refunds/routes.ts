import type { Static } from '@sinclair/typebox'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { MoneySource } from '../draw-money.ts'
import { approveRefund } from './approve-refund.ts'
import { cancelRefund } from './cancel-refund.ts'
import { payRefund } from './pay-refund.ts'
import { listRefunds, requireRefund } from './queries.ts'
import * as wire from './schema.ts'

const params = IdParams('refund', 'refund')

/** What goes back. */
export function refundRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/refunds',
    operationId: 'createRefund',
    tag: 'Refunds',
    summary: 'Approve a refund',
    description:
      'Takes unallocated money of a payment or a credit note and owes it to the customer. Allocated money has to be unallocated first.',
    scope: 'refunds:write',
    idempotency: 'required',
    query: wire.ApproveQuery,
    body: wire.CreateRefund,
    answers: { 201: wire.Refund },
    problems: [
      'payment_not_found',
      'credit_note_not_found',
      'insufficient_unallocated_amount',
      'invalid_state',
      'date_in_future',
    ],
    work: async (tx, { body }) =>
      wire.refundToJson(
        await approveRefund(tx, {
          source: sourceOf(body),
          amount: body.amount,
          method: body.method,
          reference: body.reference ?? null,
          reason: body.reason,
          approvalDate: body.approval_date ?? null,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/refunds',
    operationId: 'listRefunds',
    tag: 'Refunds',
    summary: 'List refunds',
    description: 'Newest first. `status=approved` is what has to be paid out.',
    scope: 'refunds:read',
    query: wire.RefundQuery,
    answers: { 200: wire.RefundList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listRefunds(reader, filters), (refund) => wire.refundToJson(refund, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/refunds/:id',
    operationId: 'getRefund',
    tag: 'Refunds',
    summary: 'Read a refund',
    description: 'What goes back, why, and whether it was paid.',
    scope: 'refunds:read',
    params,
    answers: { 200: wire.Refund },
    problems: ['refund_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.refundToJson(await requireRefund(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/refunds/:id/pay',
    operationId: 'payRefund',
    tag: 'Refunds',
    summary: 'Record that a refund was paid',
    description: 'The money has left our account.',
    scope: 'refunds:write',
    params,
    body: wire.PayRefund,
    answers: { 200: wire.Refund },
    problems: ['refund_not_found', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.refundToJson(
        await payRefund(tx, {
          id: uuidOf(id),
          paidDate: body.paid_date ?? null,
          reference: body.reference ?? null,
          ifMatch,
        }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/refunds/:id/cancel',
    operationId: 'cancelRefund',
    tag: 'Refunds',
    summary: 'Cancel a refund',
    description:
      'One that will not be paid, or one that was paid and came back. The money is unallocated again.',
    scope: 'refunds:write',
    params,
    body: wire.CancelRefund,
    answers: { 200: wire.Refund },
    problems: ['refund_not_found', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.refundToJson(
        await cancelRefund(tx, {
          id: uuidOf(id),
          reason: body.reason,
          cancellationDate: body.cancellation_date ?? null,
          ifMatch,
        }),
        tx,
      ),
  })
}

function sourceOf({ payment_id, credit_note_id }: Static<typeof wire.CreateRefund>): MoneySource {
  if (payment_id !== undefined && credit_note_id === undefined)
    return { kind: 'payment', id: uuidOf(payment_id) }
  if (credit_note_id !== undefined && payment_id === undefined)
    return { kind: 'credit_note', id: uuidOf(credit_note_id) }
  throw invalidFields({
    pointer: '#/payment_id',
    code: 'one_of',
    detail: 'exactly one of payment_id and credit_note_id is needed',
  })
}

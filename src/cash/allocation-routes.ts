import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { allocateCreditNote } from './allocate-credit-note.ts'
import { allocatePayment, reallocatePayment } from './allocate-payment.ts'
import {
  AllocateMoney,
  Allocation,
  AllocationList,
  AllocationQuery,
  allocationToJson,
  designationOf,
  ReallocatePayment,
  TransferPayment,
  UndoAllocation,
} from './allocation-schema.ts'
import { listAllocations } from './queries.ts'
import { Payment, paymentToJson, RecordQuery } from './schema.ts'
import { transferPayment } from './transfer-payment.ts'
import { undoAllocation } from './undo-allocation.ts'

const params = IdParams('payment', 'payment')

const problems = [
  'invoice_not_found',
  'open_item_not_found',
  'insufficient_open_amount',
  'insufficient_unallocated_amount',
  'invalid_state',
  'currency_mismatch',
  'customer_mismatch',
  'amounts_do_not_add_up',
] as const

/** Which money settles which open item: used, used otherwise, taken back, moved. */
export function allocationRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/payments/:id/allocations',
    operationId: 'allocatePayment',
    tag: 'Payments',
    summary: 'Allocate the unallocated money of a payment',
    description: 'As designated, all or nothing; else by the rules of the allocation settings.',
    scope: 'payments:write',
    idempotency: 'required',
    params,
    query: RecordQuery,
    body: AllocateMoney,
    answers: { 200: Payment },
    problems: ['payment_not_found', ...problems],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const designations = body.allocations?.map(designationOf) ?? null
      return paymentToJson(await allocatePayment(tx, { id: uuidOf(id), designations, ifMatch }), tx)
    },
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/payments/:id/allocations',
    operationId: 'reallocatePayment',
    tag: 'Payments',
    summary: 'Replace the allocations of a payment',
    description:
      'Undoes all that stand and allocates anew, in one commit: either all of it happens or nothing.',
    scope: 'payments:write',
    params,
    query: RecordQuery,
    body: ReallocatePayment,
    answers: { 200: Payment },
    problems: ['payment_not_found', 'date_in_future', ...problems],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const reallocated = await reallocatePayment(tx, {
        id: uuidOf(id),
        designations: body.allocations?.map(designationOf) ?? null,
        date: body.undone_date ?? null,
        ifMatch,
      })
      return paymentToJson(reallocated, tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/payments/:id/transfers',
    operationId: 'transferPayment',
    tag: 'Payments',
    summary: 'Move unallocated money to another customer',
    description:
      'It counts there from today, as a payment of its own that names where it came from. Answers that payment.',
    scope: 'payments:write',
    idempotency: 'required',
    params,
    body: TransferPayment,
    answers: { 201: Payment },
    problems: [
      'payment_not_found',
      'customer_not_found',
      'insufficient_unallocated_amount',
      'invalid_state',
    ],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const moved = await transferPayment(tx, {
        id: uuidOf(id),
        customerId: uuidOf(body.customer_id),
        amount: body.amount,
        ifMatch,
      })
      const json = paymentToJson(moved, tx)
      return new Answer(201, json, { location: `/v1/payments/${json.id}` })
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-notes/:id/allocations',
    operationId: 'allocateCreditNote',
    tag: 'Credit notes',
    summary: 'Use the unallocated part of a credit note',
    description:
      'For any open items of its customer: as designated, all or nothing; else by the rules. Answers what was allocated.',
    scope: 'payments:write',
    idempotency: 'required',
    params: IdParams('credit_note', 'credit note'),
    query: RecordQuery,
    body: AllocateMoney,
    answers: { 200: AllocationList },
    problems: ['credit_note_not_found', ...problems],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const designations = body.allocations?.map(designationOf) ?? null
      const rows = await allocateCreditNote(tx, { id: uuidOf(id), designations, ifMatch })
      return listToJson({ rows, nextCursor: null }, allocationToJson)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/allocations',
    operationId: 'listAllocations',
    tag: 'Payments',
    summary: 'List allocations',
    description:
      'Newest first, undone ones too, each with its rule, its reason and its deductions.',
    scope: 'payments:read',
    query: AllocationQuery,
    answers: { 200: AllocationList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listAllocations(reader, filters), allocationToJson),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/allocations/:id/undo',
    operationId: 'undoAllocation',
    tag: 'Payments',
    summary: 'Undo an allocation',
    description:
      'With what was deducted with it. Its item is open again on its old due date; its money or credit is unallocated again.',
    scope: 'payments:write',
    idempotency: 'required',
    ifMatch: 'none',
    params: IdParams('allocation', 'allocation'),
    body: UndoAllocation,
    answers: { 200: Allocation },
    problems: ['allocation_not_found', 'allocation_already_undone', 'date_in_future'],
    work: async (tx, { params: { id }, body }) =>
      allocationToJson(
        await undoAllocation(tx, { id: uuidOf(id), date: body.undone_date ?? null }),
      ),
  })
}

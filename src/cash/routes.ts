import {
  CreateCreditNote,
  CreditNote,
  creditNoteToJson,
  UpsertCreditNote,
} from '../billing/credit-note-schema.ts'
import { CreateQuery, ExternalIdParams } from '../billing/schema.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { gatheredCommand } from '../foundation/http/gathered-command.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { publicId, uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { allocationRoutes } from './allocation-routes.ts'
import { designationOf } from './allocation-schema.ts'
import { confirmClearing } from './confirm-clearing.ts'
import { creditInvoice } from './credit-invoice.ts'
import { debitOfPayment } from './debits/queries.ts'
import { newCreditNote } from './new-credit-note.ts'
import {
  listPayments,
  type PaymentWithAllocations,
  requirePayment,
  withAllocations,
} from './queries.ts'
import { receivePending } from './receive-pending.ts'
import { recordPayments } from './record-payments.ts'
import { reversePayment } from './reverse-payment.ts'
import {
  ConfirmClearing,
  CreatePayment,
  newPayment,
  Payment,
  PaymentList,
  PaymentPatch,
  PaymentQuery,
  paymentToJson,
  ReceivePayment,
  RecordQuery,
  ReversePayment,
  UpsertPayment,
} from './schema.ts'
import { settingsRoutes } from './settings-routes.ts'
import { updatePayment } from './update-payment.ts'
import { upsertCreditNote } from './upsert-credit-note.ts'
import { upsertPayment } from './upsert-payment.ts'

const params = IdParams('payment', 'payment')

const paymentProblems = [
  'customer_not_found',
  'invoice_not_found',
  'open_item_not_found',
  'external_id_taken',
  'insufficient_open_amount',
  'invalid_state',
  'currency_mismatch',
  'customer_mismatch',
  'date_in_future',
  'amounts_do_not_add_up',
] as const

const creditNoteProblems = [
  'customer_not_found',
  'invoice_not_found',
  'external_id_taken',
  'credit_note_number_taken',
  'open_item_not_found',
  'insufficient_open_amount',
  'amounts_do_not_add_up',
  'invalid_state',
  'currency_mismatch',
  'customer_mismatch',
  'date_in_future',
] as const

/** What came in, and what it settled. */
export function cashRoutes(http: Http, context: Context): void {
  allocationRoutes(http, context)
  settingsRoutes(http, context)

  gatheredCommand(http, context, {
    method: 'POST',
    url: '/v1/payments',
    operationId: 'createPayment',
    tag: 'Payments',
    summary: 'Record a payment',
    description:
      'Records money received and allocates it: as designated, else by the rules. What no open item takes stays unallocated.',
    scope: 'payments:write',
    idempotency: 'required',
    query: RecordQuery,
    body: CreatePayment,
    answers: { 201: Payment },
    problems: paymentProblems,
    customerOf: ({ customer_id }) => uuidOf(customer_id),
    work: async (tx, inputs) => {
      const recorded = await recordPayments(
        tx,
        inputs.map(({ body }) => newPayment(body)),
      )
      return recorded.map((one) => (one instanceof Problem ? one : paymentToJson(one, tx)))
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/payments',
    operationId: 'listPayments',
    tag: 'Payments',
    summary: 'List payments',
    description: 'Newest first, each with the allocations that stand.',
    scope: 'payments:read',
    query: PaymentQuery,
    answers: { 200: PaymentList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listPayments(reader, filters), (one) => paymentToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/payments/:id',
    operationId: 'getPayment',
    tag: 'Payments',
    summary: 'Read a payment',
    description: 'The payment with the allocations that stand.',
    scope: 'payments:read',
    params,
    answers: { 200: Payment },
    problems: ['payment_not_found'],
    work: async (reader, { params: { id } }) => {
      const [one] = (await withAllocations(reader, [await requirePayment(reader, uuidOf(id))])) as [
        PaymentWithAllocations,
      ]
      return paymentToJson(one, reader)
    },
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/payments/by-external-id/:external_id',
    operationId: 'upsertPayment',
    tag: 'Payments',
    summary: 'Record a payment, or find it recorded',
    description:
      'Safe to repeat: a payment that says the same is answered as it stands; one that says something else is refused. A pending payment that is said to be received is received.',
    scope: 'payments:write',
    ifMatch: 'none',
    params: ExternalIdParams,
    query: RecordQuery,
    body: UpsertPayment,
    answers: { 200: Payment, 201: Payment },
    problems: paymentProblems,
    work: async (tx, { body, params: { external_id } }) => {
      const { created, result } = await upsertPayment(tx, {
        ...newPayment(body),
        externalId: external_id,
      })
      const json = paymentToJson(result, tx)
      return created
        ? new Answer(201, json, { location: `/v1/payments/${json.id}` })
        : new Answer(200, json)
    },
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/payments/:id',
    operationId: 'updatePayment',
    tag: 'Payments',
    summary: 'Change a payment’s metadata',
    description: 'What was received cannot be changed; take a wrong payment back with a reversal.',
    scope: 'payments:write',
    params,
    body: PaymentPatch,
    answers: { 200: Payment },
    problems: ['payment_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      paymentToJson(
        await updatePayment(tx, { id: uuidOf(id), metadata: body.metadata, ifMatch }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/payments/:id/reversal',
    operationId: 'reversePayment',
    tag: 'Payments',
    summary: 'Take a payment back',
    description:
      'Undoes its allocations on the day of the reversal; its items are open again on their old due dates, and dunning resumes where it stood.',
    scope: 'payments:write',
    idempotency: 'required',
    params,
    body: ReversePayment,
    answers: { 200: Payment },
    problems: ['payment_not_found', 'payment_already_reversed', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      await refuseDebit(tx, uuidOf(id))
      const reversed = await reversePayment(tx, {
        id: uuidOf(id),
        reason: body.reason,
        reasonCode: body.reason_code ?? null,
        reversalDate: body.reversal_date ?? null,
        fee: body.fee_amount ?? 0,
        bankCharges: body.bank_charges_amount ?? 0,
        ifMatch,
      })
      return paymentToJson(reversed, tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/payments/:id/receipt',
    operationId: 'receivePayment',
    tag: 'Payments',
    summary: 'Receive a pending payment',
    description: 'The money is entered and allocated: as designated, else by the rules.',
    scope: 'payments:write',
    idempotency: 'required',
    params,
    query: RecordQuery,
    body: ReceivePayment,
    answers: { 200: Payment },
    problems: ['payment_not_found', ...paymentProblems],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      await refuseDebit(tx, uuidOf(id))
      const [received] = (await receivePending(tx, [
        {
          id: uuidOf(id),
          receivedDate: body.received_date,
          ...(body.provisional_until_date && {
            provisionalUntilDate: body.provisional_until_date,
          }),
          allocations: body.allocations?.map(designationOf) ?? null,
          allocate: body.allocate ?? 'auto',
          ifMatch,
        },
      ])) as [PaymentWithAllocations | Problem]
      if (received instanceof Problem) throw received
      return paymentToJson(received, tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/payments/:id/clearing',
    operationId: 'confirmClearing',
    tag: 'Payments',
    summary: 'Confirm that the bank has booked a payment',
    description: 'Moves money from clearing to cash, less what was kept of it on the way.',
    scope: 'payments:write',
    idempotency: 'required',
    params,
    body: ConfirmClearing,
    answers: { 200: Payment },
    problems: ['payment_not_found', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      paymentToJson(
        await confirmClearing(tx, {
          id: uuidOf(id),
          date: body.cleared_date,
          chargesAmount: body.charges_amount ?? 0,
          ifMatch,
        }),
        tx,
      ),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/credit-notes',
    operationId: 'createCreditNote',
    tag: 'Credit notes',
    summary: 'Issue a credit note',
    description:
      'Settles the items it names, then what else is open of the invoice it corrects. The excess stays unallocated, or is split between that and a refund; `dry_run` shows how much there is.',
    scope: 'invoices:write',
    idempotency: 'required',
    query: CreateQuery,
    body: CreateCreditNote,
    answers: { 201: CreditNote },
    problems: creditNoteProblems,
    work: async (tx, { body }) =>
      creditNoteToJson(await creditInvoice(tx, newCreditNote(body)), tx),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/credit-notes/by-external-id/:external_id',
    operationId: 'upsertCreditNote',
    tag: 'Credit notes',
    summary: 'Issue a credit note, or find it issued',
    description:
      'Safe to repeat: a credit note that says the same is answered as it stands; one that says something else is refused.',
    scope: 'invoices:write',
    ifMatch: 'none',
    params: ExternalIdParams,
    query: CreateQuery,
    body: UpsertCreditNote,
    answers: { 200: CreditNote, 201: CreditNote },
    problems: creditNoteProblems,
    work: async (tx, { body, params: { external_id } }) => {
      const input = { ...newCreditNote(body), externalId: external_id }
      const { created, result } = await upsertCreditNote(tx, input)
      const json = creditNoteToJson(result, tx)
      return created
        ? new Answer(201, json, { location: `/v1/credit-notes/${json.id}` })
        : new Answer(200, json)
    },
  })
}

/** A direct debit's payment comes and goes with its debit, so that mandate, fee and retry are decided too. */
async function refuseDebit(reader: Reader, paymentId: string): Promise<void> {
  const debit = await debitOfPayment(reader, paymentId)
  if (debit === undefined) return
  throw new Problem('invalid_state', {
    detail:
      'The payment is that of a direct debit: it is received with the debit, and taken back by returning or cancelling it.',
    current_status: debit.status,
    allowed_actions: debit.status === 'scheduled' ? ['cancel'] : ['return'],
    direct_debit_id: publicId('direct_debit', debit.id),
  })
}

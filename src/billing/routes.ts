import { createAndSettle } from '../cash/create-and-settle.ts'
import { useUnallocated } from '../cash/use-unallocated.ts'
import { Answer } from '../foundation/http/answer.ts'
import type { Context } from '../foundation/http/context.ts'
import { gatheredCommand } from '../foundation/http/gathered-command.ts'
import { command, type Http, lookUp, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams, NoContent } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { policyChoice } from '../parties/policy-choice.ts'
import {
  CreditNote,
  CreditNoteList,
  CreditNotePatch,
  CreditNoteQuery,
  creditNoteToJson,
} from './credit-note-schema.ts'
import { deleteDraft } from './delete-draft.ts'
import { issueInvoice } from './issue-invoice.ts'
import {
  creditNoteFrom,
  creditNoteOf,
  creditNotePage,
  creditNotePageFrom,
  type InvoiceWithItems,
  invoiceFrom,
  invoicePageFrom,
  invoicePageQuestions,
  invoiceQuestions,
  summarizeInvoices,
} from './queries.ts'
import {
  CreateInvoice,
  CreateQuery,
  deductionOf,
  ExternalIdParams,
  Invoice,
  InvoiceList,
  InvoicePatch,
  InvoiceQuery,
  InvoiceSummary,
  InvoiceSummaryQuery,
  IssueInvoice,
  invoiceToJson,
  newInvoice,
  UpsertInvoice,
  VoidInvoice,
} from './schema.ts'
import { updateCreditNote } from './update-credit-note.ts'
import { updateInvoice } from './update-invoice.ts'
import { upsertInvoice } from './upsert-invoice.ts'
import { voidInvoice } from './void-invoice.ts'

const params = IdParams('invoice', 'invoice')

/** What can be wrong with deposits deducted on an invoice that is issued. */
const depositProblems = ['customer_mismatch', 'currency_mismatch', 'deposit_exhausted'] as const

/** What customers owe: invoices, and the credit notes that take claims back. */
export function billingRoutes(http: Http, context: Context): void {
  gatheredCommand(http, context, {
    method: 'POST',
    url: '/v1/invoices',
    operationId: 'createInvoice',
    tag: 'Invoices',
    summary: 'Create an invoice',
    description:
      'Keeps a draft, or issues at once with `"issue": true`. The due date comes from the invoice, else from the terms of its customer, else of the tenant. Currency and customer are final.',
    scope: 'invoices:write',
    idempotency: 'required',
    query: CreateQuery,
    body: CreateInvoice,
    answers: { 201: Invoice },
    problems: [
      'customer_not_found',
      'external_id_taken',
      'invoice_number_taken',
      'due_date_missing',
      'date_in_future',
      'invoice_not_found',
      'dunning_policy_not_found',
      ...depositProblems,
    ],
    customerOf: ({ customer_id }) => uuidOf(customer_id),
    work: async (tx, inputs) => {
      const created = await createAndSettle(
        tx,
        inputs.map(({ body }) => newInvoice(body)),
      )
      return created.map((one) =>
        one instanceof Problem ? one : invoiceToJson(one.invoice, one.items, tx),
      )
    },
  })

  lookUp(http, context, {
    method: 'GET',
    url: '/v1/invoices',
    operationId: 'listInvoices',
    tag: 'Invoices',
    summary: 'List invoices',
    description:
      'Newest first unless sorted otherwise. Rows are whole invoices; their lines come with `expand=lines`.',
    scope: 'invoices:read',
    query: InvoiceQuery,
    expands: ['lines'],
    answers: { 200: InvoiceList },
    problems: ['invalid_cursor'],
    questions: (asking, { query: filters }) => invoicePageQuestions(asking, filters),
    show: (answers, moment, { query: filters, expand }) =>
      listToJson(invoicePageFrom(answers, filters), ({ invoice, items }) =>
        invoiceToJson(invoice, items, moment, { withLines: expand.includes('lines') }),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/invoices/summary',
    operationId: 'summarizeInvoices',
    tag: 'Invoices',
    summary: 'Count and sum invoices',
    description: 'By status and currency, with the same filters as the list.',
    scope: 'invoices:read',
    query: InvoiceSummaryQuery,
    answers: { 200: InvoiceSummary },
    problems: ['amount_out_of_range'],
    work: async (reader, { query: filters }) => ({
      object: 'invoice_summary',
      as_of_date: reader.today,
      rows: await summarizeInvoices(reader, filters),
    }),
  })

  lookUp(http, context, {
    method: 'GET',
    url: '/v1/invoices/:id',
    operationId: 'getInvoice',
    tag: 'Invoices',
    summary: 'Read an invoice',
    description: 'The invoice with its open items and lines, as it stands today.',
    scope: 'invoices:read',
    params,
    answers: { 200: Invoice },
    problems: ['invoice_not_found'],
    questions: (asking, { params: { id } }) => invoiceQuestions(asking, uuidOf(id)),
    show: (answers, moment) => {
      const { invoice, items } = invoiceFrom(answers)
      return invoiceToJson(invoice, items, moment)
    },
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/invoices/by-external-id/:external_id',
    operationId: 'upsertInvoice',
    tag: 'Invoices',
    summary: 'Create an invoice, or bring its draft up to date',
    description:
      'Safe to repeat: an issued invoice that says the same is answered as it stands; one that says something else is refused.',
    scope: 'invoices:write',
    params: ExternalIdParams,
    query: CreateQuery,
    body: UpsertInvoice,
    answers: { 200: Invoice, 201: Invoice },
    problems: [
      'customer_not_found',
      'invoice_number_taken',
      'due_date_missing',
      'date_in_future',
      'invoice_not_editable',
      'invoice_not_found',
      'dunning_policy_not_found',
      ...depositProblems,
    ],
    work: async (tx, { body, params: { external_id }, ifMatch }) => {
      const input = { ...newInvoice(body), externalId: external_id }
      const { created, issued, result } = await upsertInvoice(tx, input, ifMatch)
      const [{ invoice, items }] = (issued ? await useUnallocated(tx, [result]) : [result]) as [
        InvoiceWithItems,
      ]
      const json = invoiceToJson(invoice, items, tx)
      return created
        ? new Answer(201, json, { location: `/v1/invoices/${json.id}` })
        : new Answer(200, json)
    },
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/invoices/:id',
    operationId: 'updateInvoice',
    tag: 'Invoices',
    summary: 'Change a draft, or the dunning policy or metadata of an invoice',
    description:
      'An issued invoice is corrected by a credit note or a cancellation, never changed; what dunning does about it is no part of the document. Replacing lines needs If-Match.',
    scope: 'invoices:write',
    params,
    body: InvoicePatch,
    answers: { 200: Invoice },
    problems: [
      'invoice_not_found',
      'invoice_not_editable',
      'invoice_number_taken',
      'due_date_missing',
      'dunning_policy_not_found',
      'precondition_required',
    ],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const { deposit_deductions, dunning_policy_id: policy, ...rest } = body
      const changes = {
        ...rest,
        ...(deposit_deductions && { deposit_deductions: deposit_deductions.map(deductionOf) }),
        ...(policy !== undefined && policyChoice(policy)),
      }
      const { invoice, items } = await updateInvoice(tx, { id: uuidOf(id), changes, ifMatch })
      return invoiceToJson(invoice, items, tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/invoices/:id/issue',
    operationId: 'issueInvoice',
    tag: 'Invoices',
    summary: 'Issue a draft',
    description:
      'Turns the draft into a claim on its customer; from here on its amounts and dates never change.',
    scope: 'invoices:write',
    params,
    body: IssueInvoice,
    answers: { 200: Invoice },
    problems: [
      'invoice_not_found',
      'invalid_state',
      'invoice_number_taken',
      'date_in_future',
      ...depositProblems,
    ],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const issued = await issueInvoice(tx, { id: uuidOf(id), number: body?.number, ifMatch })
      const [{ invoice, items }] = (await useUnallocated(tx, [issued])) as [InvoiceWithItems]
      return invoiceToJson(invoice, items, tx)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/invoices/:id/void',
    operationId: 'voidInvoice',
    tag: 'Invoices',
    summary: 'Take an invoice back',
    description:
      'By a cancellation document, as long as neither money nor a notice has touched the invoice; after that it takes a credit note.',
    scope: 'invoices:write',
    params,
    body: VoidInvoice,
    answers: { 200: Invoice },
    problems: [
      'invoice_not_found',
      'invalid_state',
      'invoice_not_voidable',
      'invoice_number_taken',
      'date_in_future',
    ],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const input = {
        id: uuidOf(id),
        number: body.number ?? null,
        voidDate: body.void_date ?? null,
        reason: body.reason,
      }
      const { invoice, items } = await voidInvoice(tx, { ...input, ifMatch })
      return invoiceToJson(invoice, items, tx)
    },
  })

  command(http, context, {
    method: 'DELETE',
    url: '/v1/invoices/:id',
    operationId: 'deleteInvoice',
    tag: 'Invoices',
    summary: 'Delete a draft',
    description: 'Only drafts can be deleted; what was issued is voided.',
    scope: 'invoices:write',
    params,
    answers: { 204: NoContent },
    problems: ['invoice_not_found', 'invalid_state', 'invoice_in_use'],
    work: async (tx, { params: { id }, ifMatch }) => deleteDraft(tx, { id: uuidOf(id), ifMatch }),
  })

  lookUp(http, context, {
    method: 'GET',
    url: '/v1/credit-notes',
    operationId: 'listCreditNotes',
    tag: 'Credit notes',
    summary: 'List credit notes',
    description: 'Newest first. Rows are whole credit notes; their lines come with `expand=lines`.',
    scope: 'invoices:read',
    query: CreditNoteQuery,
    expands: ['lines'],
    answers: { 200: CreditNoteList },
    problems: ['invalid_cursor'],
    questions: (asking, { query: filters }) => [creditNotePage(asking, filters)],
    show: ([notes], moment, { query: filters, expand }) =>
      listToJson(creditNotePageFrom(notes, filters), (note) =>
        creditNoteToJson(note, moment, { withLines: expand.includes('lines') }),
      ),
  })

  lookUp(http, context, {
    method: 'GET',
    url: '/v1/credit-notes/:id',
    operationId: 'getCreditNote',
    tag: 'Credit notes',
    summary: 'Read a credit note',
    description: 'The credit note with its lines and what is left to use of it.',
    scope: 'invoices:read',
    params: IdParams('credit_note', 'credit note'),
    answers: { 200: CreditNote },
    problems: ['credit_note_not_found'],
    questions: (asking, { params: { id } }) => [creditNoteOf(asking, uuidOf(id))],
    show: ([notes], moment) => creditNoteToJson(creditNoteFrom(notes), moment),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/credit-notes/:id',
    operationId: 'updateCreditNote',
    tag: 'Credit notes',
    summary: 'Change a credit note’s metadata',
    description: 'A credit note is immutable but for its metadata.',
    scope: 'invoices:write',
    params: IdParams('credit_note', 'credit note'),
    body: CreditNotePatch,
    answers: { 200: CreditNote },
    problems: ['credit_note_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      creditNoteToJson(
        await updateCreditNote(tx, { id: uuidOf(id), metadata: body.metadata, ifMatch }),
        tx,
      ),
  })
}

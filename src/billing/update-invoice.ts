import { isDeepStrictEqual } from 'node:util'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { mergeMetadata } from '../foundation/merge.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { policyChoiceToJson } from '../parties/policy-choice.ts'
import { findCustomersWithTerms } from '../parties/queries.ts'
import { creditorReferenceErrors } from './creditor-reference.ts'
import { type DepositDeduction, deductionErrors } from './deposits.ts'
import { type AgreedDiscount, discountErrors, discountTiers } from './early-payment-discount.ts'
import { invoiceFact } from './events.ts'
import {
  amountErrors,
  type DueDateBasis,
  instalmentsOf,
  receiptErrors,
  termsErrors,
} from './invoice.ts'
import { type InvoiceWithItems, requireInvoice, withItems } from './queries.ts'
import type { Instalment, InvoiceRow, Line } from './table.ts'

/** What a merge patch may say about an invoice. */
export interface InvoiceChanges {
  number?: string | null
  issue_date?: CalendarDate
  due_date?: CalendarDate
  net_days?: number
  instalments?: Instalment[]
  due_date_basis?: DueDateBasis
  received_date?: CalendarDate | null
  consumer_notice_given?: boolean
  total_amount?: number
  tax_amount?: number | null
  creditor_reference?: string | null
  order_reference?: string | null
  early_payment_discounts?: AgreedDiscount[]
  lines?: Line[]
  deposit_deductions?: DepositDeduction[]
  dunning_policy_id?: string | null
  no_dunning?: boolean
  metadata?: Record<string, string | null>
}

export interface UpdateInvoice {
  id: string
  changes: InvoiceChanges
  ifMatch: number | undefined
}

/**
 * Changes a draft, or what is known about an issued invoice without being said by it: its metadata, when it was
 * received, and which dunning policy it follows. An issued invoice is corrected by a document only. Lines have no
 * identity of their own, so replacing them needs If-Match.
 */
export async function updateInvoice(
  tx: Tx,
  { id, changes, ifMatch }: UpdateInvoice,
): Promise<InvoiceWithItems> {
  const before = await requireInvoice(tx, id)
  requireVersion(before.version, ifMatch)
  const {
    metadata,
    received_date = before.received_date,
    dunning_policy_id = before.dunning_policy_id,
    no_dunning = before.no_dunning,
    ...content
  } = changes
  const changesContent = Object.keys(content).length > 0
  if (changesContent && before.status !== 'draft') {
    throw new Problem('invoice_not_editable', { current_status: before.status })
  }
  if (content.lines !== undefined && ifMatch === undefined)
    throw new Problem('precondition_required')

  const edited = changesContent ? await editDraft(tx, before, content) : {}
  const after = {
    ...before,
    ...edited,
    received_date,
    dunning_policy_id,
    no_dunning,
    metadata: mergeMetadata(before.metadata, metadata),
  }
  const errors = receiptErrors(after, tx.today)
  if (errors.length > 0) throw invalidFields(...errors)
  const previous = differences(before, after)
  if (Object.keys(previous).length === 0) return single(tx, before)

  const updated = await tx.db
    .updateTable('invoice')
    .set({
      number: after.number,
      issue_date: after.issue_date,
      due_date: after.due_date,
      due_date_basis: after.due_date_basis,
      received_date: after.received_date,
      consumer_notice_given: after.consumer_notice_given,
      total_amount: after.total_amount,
      tax_amount: after.tax_amount,
      instalments: JSON.stringify(after.instalments),
      creditor_reference: after.creditor_reference,
      order_reference: after.order_reference,
      early_payment_discounts: JSON.stringify(after.early_payment_discounts),
      lines: JSON.stringify(after.lines),
      deposit_deductions: JSON.stringify(after.deposit_deductions),
      dunning_policy_id,
      no_dunning,
      metadata: JSON.stringify(after.metadata),
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (updated === undefined) throw new Problem('version_mismatch')
  const result = await single(tx, updated)
  announce(tx, invoiceFact('invoice.updated', result, tx, previous))
  return result
}

type Content = Omit<
  InvoiceChanges,
  'metadata' | 'received_date' | 'dunning_policy_id' | 'no_dunning'
>

/** The draft's new content, held to the same rules as a new invoice. */
async function editDraft(
  tx: Tx,
  before: InvoiceRow,
  content: Content,
): Promise<Partial<InvoiceRow>> {
  const { due_date, net_days, instalments, early_payment_discounts, deposit_deductions, ...plain } =
    content
  const rest = {
    ...plain,
    ...(deposit_deductions && {
      deposit_deductions: deposit_deductions.map((one) => ({ ...one, tax_amount: 0 })),
    }),
  }
  const edited = { ...before, ...rest }
  const agreed = early_payment_discounts ?? before.early_payment_discounts
  const movesTerms = due_date !== undefined || net_days !== undefined || instalments !== undefined
  const single = before.instalments.length === 1
  const terms = {
    issue_date: edited.issue_date,
    total_amount: edited.total_amount,
    ...(movesTerms
      ? { due_date: due_date ?? null, net_days: net_days ?? null, instalments: instalments ?? null }
      : single
        ? { due_date: before.due_date }
        : { instalments: before.instalments }),
  }
  const errors = [
    ...termsErrors(terms),
    ...amountErrors(edited),
    ...deductionErrors(edited.kind, edited.total_amount, edited.deposit_deductions),
    ...discountErrors(agreed, edited.issue_date),
    ...creditorReferenceErrors(edited.creditor_reference),
  ]
  if (errors.length > 0) throw invalidFields(...errors)
  const customer = (await findCustomersWithTerms(tx, [before.customer_id])).get(before.customer_id)
  const plan = instalmentsOf(terms, customer?.agreed_net_days ?? null)
  if (plan === undefined) throw new Problem('due_date_missing')
  return {
    ...rest,
    instalments: plan,
    due_date: (plan[0] as Instalment).due_date,
    early_payment_discounts: discountTiers(agreed, edited.issue_date),
  }
}

const EDITABLE = [
  'number',
  'issue_date',
  'due_date',
  'due_date_basis',
  'received_date',
  'consumer_notice_given',
  'total_amount',
  'tax_amount',
  'instalments',
  'creditor_reference',
  'order_reference',
  'early_payment_discounts',
  'lines',
  'deposit_deductions',
  'metadata',
] as const

/** What the fields that change held before. */
function differences(before: InvoiceRow, after: InvoiceRow): Record<string, unknown> {
  const changed = EDITABLE.filter((field) => !isDeepStrictEqual(before[field], after[field]))
  const chosen = policyChoiceToJson(before)
  return {
    ...Object.fromEntries(changed.map((field) => [field, before[field]])),
    ...(chosen !== policyChoiceToJson(after) && { dunning_policy_id: chosen }),
  }
}

const single = async (tx: Tx, invoice: InvoiceRow): Promise<InvoiceWithItems> =>
  ((await withItems(tx, [invoice])) as [InvoiceWithItems])[0]

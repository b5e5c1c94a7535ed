import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { newId, publicId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import type { PolicyChoice } from '../parties/policy-choice.ts'
import { findCustomersWithTerms } from '../parties/queries.ts'
import { claimInvoices } from './claim-invoices.ts'
import { creditorReferenceErrors, creditorReferenceOf } from './creditor-reference.ts'
import { deductDeposits, isDeducting, planDeductions } from './deduct-deposits.ts'
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
import { findInvoices, type InvoiceWithItems, withItems } from './queries.ts'
import type { InvoiceRow, Line } from './table.ts'

/** An invoice somebody wants to exist. */
export interface NewInvoice {
  customerId: string
  externalId: string | null
  number: string | null
  currency: string
  issueDate: CalendarDate
  dueDate: CalendarDate | null
  netDays: number | null
  instalments: { due_date: CalendarDate; amount: number }[] | null
  dueDateBasis: DueDateBasis
  /** When the customer received it; null where nobody knows. */
  receivedDate: CalendarDate | null
  consumerNoticeGiven: boolean
  totalAmount: number
  taxAmount: number | null
  /** What the payer’s bank is to carry; made of the number when it is issued without one. */
  creditorReference: string | null
  /** The customer's order it bills; null for none. */
  orderReference: string | null
  earlyPaymentDiscounts: AgreedDiscount[]
  lines: Line[]
  /** What it claims: a sale, a deposit on one, or what was open in the system before this one. */
  kind: InvoiceRow['kind']
  depositDeductions: DepositDeduction[]
  /** Of an opening item: the day from which it counts here, and what the document was once about. */
  takenOver?: { date: CalendarDate; originalAmount: number | null }
  /** Which dunning policy it follows; null when nothing is said. */
  policyChoice: PolicyChoice | null
  metadata: Record<string, string>
  issue: boolean
}

/**
 * Creates invoices, as drafts or issued at once, set-based: one statement for the documents, one for their claims.
 * Answers for each input, in order, the invoice or the problem that refused it; one that is refused leaves nothing
 * behind and hinders no other.
 */
export async function createInvoices(
  tx: Tx,
  inputs: readonly NewInvoice[],
): Promise<(InvoiceWithItems | Problem)[]> {
  const [customers, unknownPolicies] = await together([
    findCustomersWithTerms(tx, [...new Set(inputs.map(({ customerId }) => customerId))]),
    findUnknownPolicies(tx, inputs),
  ])
  const prepared = await withPlannedDeductions(
    tx,
    inputs.map((input): InvoiceRow | Problem => {
      const customer = customers.get(input.customerId)
      if (customer === undefined) return new Problem('customer_not_found')
      const policyId = input.policyChoice?.dunning_policy_id ?? null
      if (policyId !== null && unknownPolicies.has(policyId))
        return new Problem('dunning_policy_not_found')
      return prepare(tx, input, customer.agreed_net_days)
    }),
  )

  const rows = prepared.filter((row): row is InvoiceRow => !(row instanceof Problem))
  const inserted = await insert(tx, rows)
  const created = await claimInvoices(
    tx,
    rows.filter((row) => inserted.has(row.id)),
  )
  announce(
    tx,
    ...created.map((one) =>
      invoiceFact(one.invoice.status === 'draft' ? 'invoice.created' : 'invoice.issued', one, tx),
    ),
  )

  await deductDeposits(tx, created)

  const byId = new Map((await asTheyStand(tx, created)).map((one) => [one.invoice.id, one]))
  return Promise.all(
    prepared.map((row) =>
      row instanceof Problem ? row : (byId.get(row.id) ?? whyNotInserted(tx, row)),
    ),
  )
}

/** Invoices that are issued with deposits deducted: the deductions with their tax, or the problem with them. */
async function withPlannedDeductions(
  tx: Tx,
  prepared: (InvoiceRow | Problem)[],
): Promise<(InvoiceRow | Problem)[]> {
  const issued = prepared.filter(
    (row): row is InvoiceRow => !(row instanceof Problem) && row.status === 'issued',
  )
  const plans = await planDeductions(tx, issued)
  return prepared.map((row) => {
    const plan = row instanceof Problem ? undefined : plans.get(row.id)
    if (row instanceof Problem || plan === undefined) return row
    return plan instanceof Problem ? plan : { ...row, deposit_deductions: plan }
  })
}

/** The invoices after their deposits have been deducted; only those that deduct any have changed. */
async function asTheyStand(
  tx: Tx,
  created: readonly InvoiceWithItems[],
): Promise<InvoiceWithItems[]> {
  const settled = await findInvoices(
    tx,
    created.filter(({ invoice }) => isDeducting(invoice)).map(({ invoice }) => invoice.id),
  )
  const now = await withItems(tx, [...settled.values()])
  return [...created.filter(({ invoice }) => !settled.has(invoice.id)), ...now]
}

/** The dunning policies that are chosen and do not exist. */
async function findUnknownPolicies(tx: Tx, inputs: readonly NewInvoice[]): Promise<Set<string>> {
  const chosen = inputs.flatMap(({ policyChoice }) => policyChoice?.dunning_policy_id ?? [])
  if (chosen.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('dunning_policy')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', sql<string>`any(${chosen})`)
    .execute()
  const known = new Set(rows.map(({ id }) => id))
  return new Set(chosen.filter((id) => !known.has(id)))
}

/** The row of an invoice that obeys the rules, or the problem that says which it breaks. */
function prepare(tx: Tx, input: NewInvoice, defaultNetDays: number | null): InvoiceRow | Problem {
  const terms = {
    issue_date: input.issueDate,
    total_amount: input.totalAmount,
    due_date: input.dueDate,
    net_days: input.netDays,
    instalments: input.instalments,
  }
  const amounts = {
    total_amount: input.totalAmount,
    tax_amount: input.taxAmount,
    lines: input.lines,
  }
  const errors = [
    ...termsErrors(terms),
    ...amountErrors(amounts),
    ...receiptErrors({ issue_date: input.issueDate, received_date: input.receivedDate }, tx.today),
    ...deductionErrors(input.kind, input.totalAmount, input.depositDeductions),
    ...discountErrors(input.earlyPaymentDiscounts, input.issueDate),
    ...creditorReferenceErrors(input.creditorReference),
  ]
  if (errors.length > 0) return invalidFields(...errors)
  const instalments = instalmentsOf(terms, defaultNetDays)
  if (instalments === undefined) return new Problem('due_date_missing')
  if (input.issue && input.number === null) {
    return invalidFields({
      pointer: '#/number',
      code: 'required',
      detail: 'is needed to issue an invoice',
    })
  }
  if (input.issue && input.issueDate > tx.today)
    return dateInFuture('issue_date', input.issueDate, tx.today)
  const first = (instalments[0] as { due_date: CalendarDate }).due_date
  const id = newId()
  return {
    tenant_id: tx.tenant.id,
    id,
    customer_id: input.customerId,
    external_id: input.externalId,
    number: input.number,
    kind: input.kind,
    status: input.issue ? 'issued' : 'draft',
    currency: input.currency,
    issue_date: input.issueDate,
    due_date: first,
    due_date_basis: input.dueDateBasis,
    received_date: input.receivedDate,
    consumer_notice_given: input.consumerNoticeGiven,
    total_amount: input.totalAmount,
    tax_amount: input.taxAmount,
    open_amount: input.issue ? input.totalAmount : 0,
    paid_amount: 0,
    credited_amount: 0,
    deposit_amount: 0,
    deposit_used_amount: 0,
    deposit_deductions: input.depositDeductions.map((one) => ({ ...one, tax_amount: 0 })),
    discounted_amount: 0,
    deducted_amount: 0,
    written_off_amount: 0,
    earliest_open_due_date: input.issue ? first : null,
    overdue_announced_for: null,
    instalments,
    creditor_reference:
      input.creditorReference ??
      (input.issue ? creditorReferenceOf(input.number as string, id) : null),
    order_reference: input.orderReference,
    early_payment_discounts: discountTiers(input.earlyPaymentDiscounts, input.issueDate),
    lines: input.lines,
    origin: 'pushed',
    dunning_policy_id: input.policyChoice?.dunning_policy_id ?? null,
    no_dunning: input.policyChoice?.no_dunning ?? false,
    taken_over_date: input.takenOver?.date ?? null,
    original_amount: input.takenOver?.originalAmount ?? null,
    void_number: null,
    void_date: null,
    void_reason: null,
    metadata: input.metadata,
    version: 1,
    created_at: tx.now,
    updated_at: tx.now,
  }
}

async function insert(tx: Tx, rows: readonly InvoiceRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const { rows: inserted } = await sql<{ id: string }>`
    insert into invoice
    select * from json_populate_recordset(null::invoice, ${JSON.stringify(rows)}) as given
    order by given.external_id, given.number
    on conflict do nothing
    returning id
  `.execute(tx.db)
  return new Set(inserted.map(({ id }) => id))
}

/** Which unique key refused a row, and who holds it: another invoice, or an earlier row of the same batch. */
async function whyNotInserted(tx: Tx, row: InvoiceRow): Promise<Problem> {
  const holders = await tx.db
    .selectFrom('invoice')
    .select(['id', 'external_id'])
    .where('tenant_id', '=', tx.tenant.id)
    .where((invoice) =>
      invoice.or([
        ...(row.external_id === null ? [] : [invoice('external_id', '=', row.external_id)]),
        ...(row.number === null ? [] : [invoice('number', '=', row.number)]),
      ]),
    )
    .execute()
  const sameExternalId = holders.find(
    (holder) => row.external_id !== null && holder.external_id === row.external_id,
  )
  const holder = sameExternalId ?? holders[0]
  return new Problem(sameExternalId ? 'external_id_taken' : 'invoice_number_taken', {
    ...(holder && { conflicting_id: publicId('invoice', holder.id) }),
  })
}

import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId, publicId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { postMoney } from '../ledger/post-money.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { requireCustomer } from '../parties/queries.ts'
import { creditNoteFact } from './events.ts'
import { amountErrors } from './invoice.ts'
import { creditedOf, requireInvoice } from './queries.ts'
import type { CreditNoteRow, InvoiceRow, Line } from './table.ts'

export interface IssueCreditNote {
  customerId: string
  /** The invoice it corrects, if it corrects one. */
  invoiceId: string | null
  externalId: string | null
  number: string
  currency: string
  issueDate: CalendarDate
  totalAmount: number
  taxAmount: number | null
  reason: string | null
  lines: Line[]
  metadata: Record<string, string>
}

/**
 * Issues a document that takes a claim back. Its amount becomes the customer's to use, unallocated; using it on the
 * invoice it corrects is the next step (`cash/`). Its tax share is booked against output tax.
 */
export async function issueCreditNote(tx: Tx, input: IssueCreditNote): Promise<CreditNoteRow> {
  await requireCustomer(tx, input.customerId)
  await lockCustomers(tx, [input.customerId])
  const invoice = input.invoiceId === null ? undefined : await requireInvoice(tx, input.invoiceId)
  if (invoice !== undefined) refuseForeign(invoice, input)
  if (invoice?.kind === 'deposit') await refuseDeducted(tx, invoice, input)
  const errors = amountErrors({
    total_amount: input.totalAmount,
    tax_amount: input.taxAmount,
    lines: input.lines,
  })
  if (errors.length > 0) throw invalidFields(...errors)
  if (input.issueDate > tx.today) throw dateInFuture('issue_date', input.issueDate, tx.today)

  const note = await tx.db
    .insertInto('credit_note')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: input.customerId,
      invoice_id: input.invoiceId,
      external_id: input.externalId,
      number: input.number,
      currency: input.currency,
      issue_date: input.issueDate,
      total_amount: input.totalAmount,
      tax_amount: input.taxAmount,
      unallocated_amount: input.totalAmount,
      reason: input.reason,
      lines: JSON.stringify(input.lines),
      metadata: JSON.stringify(input.metadata),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (note === undefined) throw await whyNot(tx, input)

  const tax = input.taxAmount ?? 0
  const shares = [
    {
      counterAccount:
        invoice?.kind === 'deposit' ? ('deposits' as const) : ('sales_deductions' as const),
      amount: input.totalAmount - tax,
    },
    { counterAccount: 'output_tax' as const, amount: tax },
  ]
  await postMoney(
    tx,
    shares
      .filter(({ amount }) => amount > 0)
      .map((share) => ({
        ...share,
        entryId: newId(),
        customerId: input.customerId,
        currency: input.currency,
        happening: 'credit_note_issued',
        effectiveDate: input.issueDate,
        source: { kind: 'credit_note' as const, id: note.id },
        undoesId: null,
      })),
  )
  announce(tx, creditNoteFact('credit_note.issued', note, tx))
  return note
}

function refuseForeign(invoice: InvoiceRow, input: IssueCreditNote): void {
  if (invoice.customer_id !== input.customerId) throw new Problem('customer_mismatch')
  if (invoice.currency !== input.currency) {
    throw new Problem('currency_mismatch', {
      errors: [
        {
          in: 'body',
          pointer: '#/currency',
          code: 'currency_mismatch',
          detail: 'must be the currency of the invoice',
          params: { expected: invoice.currency, actual: input.currency },
        },
      ],
    })
  }
  if (invoice.status === 'draft' || invoice.status === 'void') {
    throw new Problem('invalid_state', { current_status: invoice.status, allowed_actions: [] })
  }
}

/** What final invoices have deducted of a deposit has been given to the customer already; it is not credited again. */
async function refuseDeducted(
  tx: Tx,
  deposit: InvoiceRow,
  { totalAmount }: IssueCreditNote,
): Promise<void> {
  const credited = (await creditedOf(tx, [deposit.id])).get(deposit.id) ?? 0
  const left = deposit.total_amount - deposit.deposit_used_amount - credited
  if (totalAmount <= left) return
  throw invalidFields({
    pointer: '#/total_amount',
    code: 'exceeds_deposit',
    detail: 'must not exceed what is neither deducted nor credited of the deposit',
    params: { limit: left },
  })
}

async function whyNot(tx: Tx, input: IssueCreditNote): Promise<Problem> {
  const holders = await tx.db
    .selectFrom('credit_note')
    .select(['id', 'external_id'])
    .where('tenant_id', '=', tx.tenant.id)
    .where((note) =>
      note.or([
        note('number', '=', input.number),
        ...(input.externalId === null ? [] : [note('external_id', '=', input.externalId)]),
      ]),
    )
    .execute()
  const sameExternalId = holders.find(
    ({ external_id }) => input.externalId !== null && external_id === input.externalId,
  )
  const holder = sameExternalId ?? holders[0]
  return new Problem(sameExternalId ? 'external_id_taken' : 'credit_note_number_taken', {
    ...(holder && { conflicting_id: publicId('credit_note', holder.id) }),
  })
}

import { sql } from 'kysely'
import { giveBackToOrder } from '../credit/orders/give-back-to-order.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { type ItemMovement, moveItems } from '../ledger/move-items.ts'
import { lockCustomers } from '../ledger/queries.ts'
import type { LedgerEntryRow } from '../ledger/table.ts'
import { claimDateOf } from './claim-invoices.ts'
import { releaseDeposits } from './deduct-deposits.ts'
import { invoiceFact } from './events.ts'
import { type InvoiceWithItems, requireInvoice, withItems } from './queries.ts'
import type { InvoiceRow } from './table.ts'

export interface VoidInvoice {
  id: string
  /** The number of the cancellation document. */
  number: string | null
  /** Its date; today unless given. */
  voidDate: CalendarDate | null
  reason: string
  ifMatch: number | undefined
}

/**
 * Takes an issued invoice back by a cancellation document: every entry of its claim is undone, and deposits it had
 * deducted can be deducted again. Only while nothing has touched it; after money or a notice it takes a credit note.
 */
export async function voidInvoice(tx: Tx, input: VoidInvoice): Promise<InvoiceWithItems> {
  const { customer_id } = await requireInvoice(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const invoice = await requireInvoice(tx, input.id)
  requireVersion(invoice.version, input.ifMatch)
  const voidDate = input.voidDate ?? tx.today
  refuseImpossibleDates(invoice, voidDate, tx.today)

  const voided = await tx.db
    .updateTable('invoice')
    .set({
      status: 'void',
      open_amount: 0,
      deposit_amount: 0,
      earliest_open_due_date: null,
      void_number: input.number,
      void_date: voidDate,
      void_reason: input.reason,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', input.id)
    .where('status', 'in', ['issued', 'paid'])
    .where(sql<boolean>`open_amount + deposit_amount = total_amount`)
    .where(untouched(tx, input.id))
    .$if(input.ifMatch !== undefined, (update) => update.where('version', '=', invoice.version))
    .returningAll()
    .executeTakeFirst()
  if (voided === undefined) throw await whyNot(tx, input)

  const entries = await entriesOf(tx, input.id)
  await moveItems(
    tx,
    entries.map((entry) => takeBack(voided, entry, voidDate)),
  )
  await releaseDeposits(tx, voided)
  await giveBackToOrder(tx, voided)
  const [result] = (await withItems(tx, [voided])) as [InvoiceWithItems]
  announce(
    tx,
    invoiceFact('invoice.voided', result, tx, {
      status: 'issued',
      open_amount: invoice.open_amount,
    }),
  )
  return result
}

/** True while no allocation, not even an undone one, and no notice names the invoice. */
const untouched = (tx: Tx, invoiceId: string) => sql<boolean>`
  not exists (select 1 from allocation where tenant_id = ${tx.tenant.id} and invoice_id = ${invoiceId})
  and not exists (select 1 from dunning_step where tenant_id = ${tx.tenant.id} and invoice_id = ${invoiceId})`

/** The entries of an invoice’s claim, and of the deposits deducted from it. */
const entriesOf = (tx: Tx, invoiceId: string): Promise<LedgerEntryRow[]> =>
  tx.db
    .selectFrom('ledger_entry')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('source_id', '=', invoiceId)
    .where('happening', 'in', ['invoice_issued', 'opening_item', 'deposit_deducted'])
    .orderBy('id')
    .execute()

const takeBack = (
  invoice: InvoiceRow,
  entry: LedgerEntryRow,
  voidDate: CalendarDate,
): ItemMovement => {
  const isClaim = entry.debit_account === 'receivable'
  return {
    entryId: newId(),
    itemId: entry.item_id as string,
    amount: isClaim ? entry.amount : -entry.amount,
    part: isClaim ? 'voided' : 'deposit',
    happening: isClaim ? 'invoice_voided' : 'deposit_released',
    counterAccount: isClaim ? entry.credit_account : entry.debit_account,
    effectiveDate: voidDate,
    source: { kind: 'invoice', id: invoice.id },
    origin: invoice.origin,
    undoesId: entry.id,
  }
}

async function whyNot(tx: Tx, { id, ifMatch }: VoidInvoice): Promise<Problem> {
  const invoice = await requireInvoice(tx, id)
  requireVersion(invoice.version, ifMatch)
  if (invoice.status === 'issued') return new Problem('invoice_not_voidable')
  const actions = invoice.status === 'draft' ? ['issue', 'delete'] : []
  return new Problem('invalid_state', { current_status: invoice.status, allowed_actions: actions })
}

function refuseImpossibleDates(
  invoice: InvoiceRow,
  voidDate: CalendarDate,
  today: CalendarDate,
): void {
  if (voidDate > today) {
    throw dateInFuture('void_date', voidDate, today)
  }
  const claimed = claimDateOf(invoice)
  if (voidDate < claimed) {
    throw invalidFields({
      pointer: '#/void_date',
      code: 'before_issue_date',
      detail: 'must not be before issue_date',
      params: { issue_date: claimed },
    })
  }
}

import { requireInvoice } from '../billing/queries.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { requireCustomer } from '../parties/queries.ts'
import { holdFact } from './events.ts'
import type { HoldReason, HoldRow } from './table.ts'

export interface CreateHold {
  /** What it covers: an item, an invoice, or the whole customer; the narrowest that is given. */
  customerId: string | null
  invoiceId: string | null
  itemId: string | null
  reason: HoldReason
  note: string | null
  fromDate: CalendarDate | null
  untilDate: CalendarDate | null
}

/** Tells dunning to wait, from a day on (today unless given) until a day (inclusive), or until lifted. */
export async function createHold(tx: Tx, input: CreateHold): Promise<HoldRow> {
  const subject = await subjectOf(tx, input)
  await lockCustomers(tx, [subject.customerId])
  const fromDate = input.fromDate ?? tx.today
  if (input.untilDate !== null && input.untilDate < fromDate) {
    throw invalidFields({
      pointer: '#/until_date',
      code: 'before_from_date',
      detail: 'must not be before from_date',
      params: { from_date: fromDate },
    })
  }
  const hold = await tx.db
    .insertInto('dunning_hold')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: subject.customerId,
      invoice_id: subject.invoiceId,
      item_id: input.itemId,
      reason: input.reason,
      note: input.note,
      from_date: fromDate,
      until_date: input.untilDate,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, holdFact('dunning_hold.created', hold, tx))
  return hold
}

async function subjectOf(tx: Tx, { customerId, invoiceId, itemId }: CreateHold) {
  const item = itemId === null ? undefined : await findItem(tx, itemId)
  if (itemId !== null && item === undefined) throw new Problem('open_item_not_found')
  const invoice = invoiceId === null ? undefined : await requireInvoice(tx, invoiceId)
  const owner = item?.customer_id ?? invoice?.customer_id ?? customerId
  if (owner === null || owner === undefined) {
    throw invalidFields({
      pointer: '#/customer_id',
      code: 'required',
      detail: 'one of customer_id, invoice_id and item_id is needed',
    })
  }
  const mismatch =
    (customerId !== null && customerId !== owner) ||
    (invoice !== undefined &&
      (invoice.customer_id !== owner || (item !== undefined && item.invoice_id !== invoice.id)))
  if (customerId !== null) await requireCustomer(tx, customerId)
  if (mismatch) throw new Problem('customer_mismatch')
  return { customerId: owner, invoiceId: invoice?.id ?? null }
}

const findItem = (tx: Tx, id: string) =>
  tx.db
    .selectFrom('open_item')
    .select(['customer_id', 'invoice_id'])
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()

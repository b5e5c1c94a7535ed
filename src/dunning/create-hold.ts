import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { invalidFields } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { requireSubject } from '../parties/subject.ts'
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
  const { customerId } = await requireSubject(tx, { ...input, noticeId: null })
  await lockCustomers(tx, [customerId])
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
      customer_id: customerId,
      invoice_id: input.invoiceId,
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

import { endInterest } from '../../dunning/charges/settle-interest.ts'
import { announce } from '../../events/announce.ts'
import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../../foundation/problem.ts'
import { type ItemWithLevel, lockCustomers, requireItem } from '../../ledger/queries.ts'
import { deferralFact } from './events.ts'
import { moveDueDate } from './move-due-date.ts'
import type { DeferralRow } from './table.ts'

export interface DeferItem {
  itemId: string
  dueDate: CalendarDate
  /** When it was agreed; today when null. */
  agreedDate: CalendarDate | null
  reason: string
  accruedInterest: DeferralRow['accrued_interest']
  acknowledged: boolean
}

/**
 * Gives the customer more time for an instalment: what is open of it is due on another day from today on, dunning of it
 * begins a new cycle at level 0, and it is not late until then. Interest that had run is claimed or given up. The invoice
 * itself stays as it was issued.
 */
export async function deferItem(tx: Tx, input: DeferItem): Promise<DeferralRow> {
  const { customer_id } = await requireItem(tx, input.itemId)
  await lockCustomers(tx, [customer_id])
  const item = await requireItem(tx, input.itemId)
  const agreedDate = input.agreedDate ?? tx.today
  refuseImpossible(item, input.dueDate, agreedDate, tx.today)

  await endInterest(tx, item.id, { enforced: input.accruedInterest === 'claim', until: agreedDate })
  const deferral = await tx.db
    .insertInto('deferral')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id,
      item_id: item.id,
      invoice_id: item.invoice_id as string,
      status: 'agreed',
      currency: item.currency,
      amount: item.open_amount,
      previous_due_date: item.due_date,
      due_date: input.dueDate,
      agreed_date: agreedDate,
      acknowledged: input.acknowledged,
      accrued_interest: input.accruedInterest,
      reason: input.reason,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await moveDueDate(tx, deferral, input.dueDate, 'item_deferred')
  announce(tx, deferralFact('deferral.agreed', deferral, tx))
  return deferral
}

function refuseImpossible(
  item: ItemWithLevel,
  dueDate: CalendarDate,
  agreedDate: CalendarDate,
  today: CalendarDate,
): void {
  if (item.kind !== 'invoice') throw new Problem('not_an_instalment')
  if (item.open_amount === 0) throw new Problem('insufficient_open_amount', { open_amount: 0 })
  if (agreedDate > today) throw dateInFuture('agreed_date', agreedDate, today)
  if (dueDate <= laterOf(item.due_date, today))
    throw invalidFields({
      pointer: '#/due_date',
      code: 'too_early',
      detail: 'must be later than today and than the due date it has',
      params: { due_date: item.due_date, today },
    })
}

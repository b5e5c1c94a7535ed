import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { chosenItems, type WantedItem } from './chosen-items.ts'
import { type CollectableItem, collectableItems, freeOf } from './collectable.ts'
import { earliestCollection, refuseCollectionDate } from './collection-date.ts'
import { type DebitWithItems, requireMandate, requireSettings } from './queries.ts'
import { type PlannedDebit, scheduleDebits } from './schedule-debits.ts'
import type { MandateRow } from './table.ts'

export interface CreateDebit {
  mandateId: string
  /** The first possible day where null. */
  collectionDate: CalendarDate | null
  /** Everything that is due on the collection date where null. */
  items: WantedItem[] | null
  remittance: string | null
  final: boolean
}

/** Announces one debit. Its pre-notification goes out now, its money comes on the collection date. */
export async function createDebit(tx: Tx, input: CreateDebit): Promise<DebitWithItems> {
  await lockCustomers(tx, [(await requireMandate(tx, input.mandateId)).customer_id])
  const mandate = await requireMandate(tx, input.mandateId)
  const settings = await requireSettings(tx)
  const earliest = earliestCollection(tx.today, settings)
  const collectionDate = input.collectionDate ?? earliest
  refuseCollectionDate(collectionDate, earliest)
  await refuseMandate(tx, mandate, collectionDate)

  const open = await collectableItems(tx, [mandate.customer_id])
  const items =
    input.items === null
      ? dueItems(open, collectionDate)
      : await chosenItems(tx, mandate.customer_id, open, input.items)
  if (items.length === 0) throw new Problem('nothing_to_collect')
  const { remittance, final } = input
  const [debit] = (await scheduleDebits(tx, settings, [
    { mandate, collectionDate, items, remittance, final, batchId: null, retryOf: null },
  ])) as [DebitWithItems]
  return debit
}

/** Refuses a mandate that may not be used on that day, or whose only or last collection is on its way. */
async function refuseMandate(tx: Tx, mandate: MandateRow, date: CalendarDate): Promise<void> {
  const refusal = new Problem('mandate_not_usable', {
    current_status: mandate.status,
    usable_until_date: mandate.lapses_after_date,
  })
  if (mandate.status !== 'active' || date > mandate.lapses_after_date) throw refusal
  const last = await tx.db
    .selectFrom('direct_debit')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('mandate_id', '=', mandate.id)
    .where('status', '=', 'scheduled')
    .where((debit) =>
      debit.or([debit('final', '=', true), debit.val(mandate.sequence === 'one_off')]),
    )
    .executeTakeFirst()
  if (last !== undefined) throw refusal
}

/** Everything in euros that is due by a day and on its way nowhere; what a hold covers only when it is named. */
export const dueItems = (
  open: readonly CollectableItem[],
  dueUntil: CalendarDate,
): PlannedDebit['items'] =>
  open
    .filter((item) => item.currency === 'EUR' && item.due_date <= dueUntil && !item.held)
    .map((item) => ({ item, amount: freeOf(item) }))
    .filter(({ amount }) => amount > 0)

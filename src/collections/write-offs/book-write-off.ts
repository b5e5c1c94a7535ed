import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { type MovedItem, moveItems } from '../../ledger/move-items.ts'

export interface BookWriteOff {
  /** The write-off it is booked for. */
  id: string
  itemId: string
  amount: number
  date: CalendarDate
}

/** What of a write-off is known once it is booked. */
export interface Booked {
  item: MovedItem
  booking: Record<'entry_id' | 'write_off_date', string>
}

/** Moves the item: bad debt against receivable, never before what is open of it was claimed. */
export async function bookWriteOff(
  tx: Tx,
  { id, itemId, amount, date }: BookWriteOff,
): Promise<Booked> {
  const entryId = newId()
  const [item] = (await moveItems(tx, [
    {
      entryId,
      itemId,
      amount,
      part: 'written_off',
      happening: 'written_off',
      counterAccount: 'bad_debt',
      effectiveDate: date,
      source: { kind: 'write_off', id },
      origin: 'own',
      undoesId: null,
    },
  ])) as [MovedItem]
  return {
    item,
    booking: { entry_id: entryId, write_off_date: laterOf(date, item.settled_from_date) },
  }
}

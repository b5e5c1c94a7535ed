import { refreshInvoices } from '../../billing/refresh-invoices.ts'
import { invoicesOf } from '../../cash/settle.ts'
import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, Problem } from '../../foundation/problem.ts'
import { type MovedItem, moveItems } from '../../ledger/move-items.ts'
import { lockCustomers, requireItem } from '../../ledger/queries.ts'
import { announceWriteOff } from './events.ts'
import type { WriteOffWithRecoveries } from './queries.ts'

export interface WriteOffItem {
  itemId: string
  /** How much of what is open; all of it unless given. */
  amount: number | null
  reason: string
  /** From when it counts; today unless given, and never before what is open of the item was claimed. */
  writeOffDate: CalendarDate | null
}

/**
 * Gives a claim up, whole or in part: gross, bad debt against receivable. The item is not dunned any more as far as it
 * was given up, and its invoice is written off once nothing else of it is open.
 */
export async function writeOffItem(tx: Tx, input: WriteOffItem): Promise<WriteOffWithRecoveries> {
  const { customer_id } = await requireItem(tx, input.itemId)
  await lockCustomers(tx, [customer_id])
  const { open_amount, currency } = await requireItem(tx, input.itemId)
  const amount = input.amount ?? open_amount
  if (amount === 0 || amount > open_amount)
    throw new Problem('insufficient_open_amount', { open_amount })
  const date = input.writeOffDate ?? tx.today
  if (date > tx.today) throw dateInFuture('write_off_date', date, tx.today)

  const [id, entryId] = [newId(), newId()]
  const [item] = (await moveItems(tx, [
    {
      entryId,
      itemId: input.itemId,
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
  const writeOff = await tx.db
    .insertInto('write_off')
    .values({
      tenant_id: tx.tenant.id,
      id,
      customer_id,
      item_id: item.id,
      invoice_id: item.invoice_id,
      status: 'recorded',
      currency,
      amount,
      reason: input.reason,
      write_off_date: laterOf(date, item.settled_from_date),
      entry_id: entryId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const recorded = await announceWriteOff(tx, 'write_off.recorded', writeOff)
  await refreshInvoices(tx, invoicesOf([item]))
  return recorded
}

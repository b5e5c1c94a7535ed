import { sql } from 'kysely'
import { refreshInvoices } from '../../billing/refresh-invoices.ts'
import { invoicesOf } from '../../cash/settle.ts'
import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, Problem } from '../../foundation/problem.ts'
import { moveItems } from '../../ledger/move-items.ts'
import { postEntries } from '../../ledger/post-entries.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { refuseBefore, requireRecorded } from './dates.ts'
import { announceWriteOff } from './events.ts'
import { requireWriteOff, type WriteOffWithRecoveries } from './queries.ts'
import type { WriteOffRow } from './table.ts'

export interface UndoWriteOff {
  id: string
  reason: string
  /** From when the claim is open again; today unless given. */
  undoDate: CalendarDate | null
  ifMatch: number | undefined
}

/**
 * Takes a write-off back, with the tax claimed for it. The item is open again on its old due date and is dunned from
 * where it stood. What was recovered of it has to be undone first.
 */
export async function undoWriteOff(tx: Tx, input: UndoWriteOff): Promise<WriteOffWithRecoveries> {
  const { customer_id } = await requireWriteOff(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const writeOff = await requireWriteOff(tx, input.id)
  requireVersion(writeOff.version, input.ifMatch)
  requireRecorded(writeOff)
  if (writeOff.recovered_amount > 0)
    throw new Problem('invalid_state', {
      current_status: writeOff.status,
      allowed_actions: ['undo_recovery'],
    })
  const date = input.undoDate ?? tx.today
  if (date > tx.today) throw dateInFuture('undo_date', date, tx.today)
  refuseBefore(
    'undo_date',
    date,
    laterOf(writeOff.write_off_date, writeOff.relief_date ?? writeOff.write_off_date),
  )

  const items = await moveItems(tx, [
    {
      entryId: newId(),
      itemId: writeOff.item_id,
      amount: -writeOff.amount,
      part: 'written_off',
      happening: 'write_off_undone',
      counterAccount: 'bad_debt',
      effectiveDate: date,
      source: { kind: 'write_off', id: writeOff.id },
      origin: 'own',
      undoesId: writeOff.entry_id,
    },
  ])
  if (writeOff.relief_entry_id !== null)
    await oweTaxAgain(tx, writeOff, writeOff.relief_entry_id, date)
  const undone = await tx.db
    .updateTable('write_off')
    .set({
      status: 'undone',
      undo_date: date,
      undo_reason: input.reason,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', writeOff.id)
    .where('status', '=', 'recorded')
    .returningAll()
    .executeTakeFirstOrThrow()
  const result = await announceWriteOff(tx, 'write_off.undone', undone)
  await refreshInvoices(tx, invoicesOf(items))
  return result
}

const oweTaxAgain = (tx: Tx, writeOff: WriteOffRow, reliefEntryId: string, date: CalendarDate) =>
  postEntries(tx, [
    {
      entryId: newId(),
      happening: 'relief_undone',
      effectiveDate: date,
      currency: writeOff.currency,
      amount: writeOff.relieved_amount,
      debitAccount: 'bad_debt',
      creditAccount: 'output_tax',
      customerId: writeOff.customer_id,
      source: { kind: 'write_off', id: writeOff.id },
      undoesId: reliefEntryId,
    },
  ])

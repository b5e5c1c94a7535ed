import { sql } from 'kysely'
import { drawPayment } from '../../cash/draw-money.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, Problem } from '../../foundation/problem.ts'
import { postMoney } from '../../ledger/post-money.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { refuseBefore } from './dates.ts'
import { announceWriteOff } from './events.ts'
import { requireRecovery, requireWriteOff, type WriteOffWithRecoveries } from './queries.ts'
import type { RecoveryRow, WriteOffRow } from './table.ts'

export interface UndoRecovery {
  id: string
  /** From when the money can be used again; today unless given. */
  undoDate: CalendarDate | null
}

/** Takes a recovery back: its money was for something else, or is to be reversed. */
export async function undoRecovery(tx: Tx, input: UndoRecovery): Promise<WriteOffWithRecoveries> {
  const { write_off_id } = await requireRecovery(tx, input.id)
  const writeOff = await requireWriteOff(tx, write_off_id)
  await lockCustomers(tx, [writeOff.customer_id])
  const recovery = await requireRecovery(tx, input.id)
  if (recovery.undo_date !== null)
    throw new Problem('invalid_state', { current_status: 'undone', allowed_actions: [] })
  const date = input.undoDate ?? tx.today
  if (date > tx.today) throw dateInFuture('undo_date', date, tx.today)
  refuseBefore('undo_date', date, recovery.recovery_date)

  await drawPayment(tx, { id: recovery.payment_id, amount: -recovery.amount }, 'recovered_amount')
  await postMoney(tx, mirrored(recovery, writeOff, date))
  await tx.db
    .updateTable('recovery')
    .set({ undo_date: date })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', recovery.id)
    .execute()
  const lowered = await tx.db
    .updateTable('write_off')
    .set({
      recovered_amount: sql<number>`recovered_amount - ${recovery.amount}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', write_off_id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return announceWriteOff(tx, 'write_off.recovery_undone', lowered)
}

/** The entries of a recovery with their sides swapped. */
function mirrored(recovery: RecoveryRow, { customer_id }: WriteOffRow, date: CalendarDate) {
  const shares = [
    {
      undoesId: recovery.entry_id,
      counterAccount: 'bad_debt_recovery' as const,
      amount: recovery.amount - recovery.tax_amount,
    },
    {
      undoesId: recovery.tax_entry_id,
      counterAccount: 'output_tax' as const,
      amount: recovery.tax_amount,
    },
  ]
  return shares
    .filter(({ amount }) => amount > 0)
    .map((share) => ({
      ...share,
      entryId: newId(),
      customerId: customer_id,
      currency: recovery.currency,
      happening: 'recovery_undone',
      effectiveDate: date,
      source: { kind: 'payment' as const, id: recovery.payment_id },
      origin: 'own' as const,
    }))
}

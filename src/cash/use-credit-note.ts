import { sql } from 'kysely'
import { creditNoteFact } from '../billing/events.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { sum } from '../foundation/money.ts'
import type { Share } from './allocation.ts'
import { settle } from './settle.ts'
import type { AllocationWithDeductions } from './table.ts'

/** Uses a credit note for the items its shares name, from a day on. Its CHECKs refuse more than it has. */
export async function useCreditNote(
  tx: Tx,
  note: CreditNoteRow,
  shares: readonly Share[],
  date: CalendarDate,
): Promise<{ note: CreditNoteRow; allocations: AllocationWithDeductions[] }> {
  if (shares.length === 0) return { note, allocations: [] }
  const allocations = await settle(tx, [
    { source: { kind: 'credit_note', id: note.id }, date, shares },
  ])
  const used = await moveCreditNote(tx, note.id, sum(shares.map(({ amount }) => amount)))
  announce(tx, creditNoteFact('credit_note.allocated', used, tx))
  return { note: used, allocations }
}

/** Moves what of a credit note is allocated; a negative amount is what becomes unallocated again. */
export const moveCreditNote = (tx: Tx, id: string, amount: number): Promise<CreditNoteRow> =>
  tx.db
    .updateTable('credit_note')
    .set({
      allocated_amount: sql<number>`allocated_amount + ${amount}`,
      unallocated_amount: sql<number>`unallocated_amount - ${amount}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

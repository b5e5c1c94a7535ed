import type { Updateable } from 'kysely'
import type { ApprovalEffects } from '../../approvals/effects.ts'
import { refreshInvoices } from '../../billing/refresh-invoices.ts'
import { invoicesOf } from '../../cash/settle.ts'
import { laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { requireItem } from '../../ledger/queries.ts'
import { bookWriteOff } from './book-write-off.ts'
import { announceWriteOff } from './events.ts'
import { requireWriteOff } from './queries.ts'
import type { WriteOffRow, WriteOffTables } from './table.ts'

/** What becomes of a write-off that waits for an approval; its customer is locked. */
export const writeOffEffects: ApprovalEffects = {
  approved: (tx, { subject_id }) => approve(tx, subject_id),
  rejected: (tx, { subject_id }) => close(tx, subject_id, 'rejected'),
  withdrawn: (tx, { subject_id }) => close(tx, subject_id, 'withdrawn'),
}

/** It counts from the day of the decision on. What has been paid meanwhile cannot be given up any more. */
async function approve(tx: Tx, id: string): Promise<void> {
  const { item_id: itemId, amount, write_off_date } = await requireWriteOff(tx, id)
  const { open_amount } = await requireItem(tx, itemId)
  if (amount > open_amount) throw new Problem('insufficient_open_amount', { open_amount })
  const date = laterOf(write_off_date, tx.today)
  const { item, booking } = await bookWriteOff(tx, { id, itemId, amount, date })
  const recorded = await update(tx, id, { status: 'recorded', ...booking })
  await announceWriteOff(tx, 'write_off.recorded', recorded)
  await refreshInvoices(tx, invoicesOf([item]))
}

/** It was never booked. */
async function close(tx: Tx, id: string, status: 'rejected' | 'withdrawn'): Promise<void> {
  await announceWriteOff(tx, `write_off.${status}`, await update(tx, id, { status }))
}

const update = (
  tx: Tx,
  id: string,
  change: Updateable<WriteOffTables['write_off']>,
): Promise<WriteOffRow> =>
  tx.db
    .updateTable('write_off')
    .set((row) => ({ ...change, version: row('version', '+', 1), updated_at: tx.now }))
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .returningAll()
    .executeTakeFirstOrThrow()

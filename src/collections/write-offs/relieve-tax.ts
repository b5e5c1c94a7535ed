import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, Problem } from '../../foundation/problem.ts'
import { postEntries } from '../../ledger/post-entries.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { refuseBefore, requireRecorded } from './dates.ts'
import { announceWriteOff } from './events.ts'
import { requireWriteOff, taxOf, type WriteOffWithRecoveries } from './queries.ts'
import { reliefFor } from './tax.ts'

export interface RelieveTax {
  id: string
  /** The day the law allows it, which is often later than the write-off; today unless given. */
  reliefDate: CalendarDate | null
  ifMatch: number | undefined
}

/** Claims back the tax in what was written off and is not recovered: output tax against bad debt, on its own date. */
export async function relieveTax(tx: Tx, input: RelieveTax): Promise<WriteOffWithRecoveries> {
  const { customer_id } = await requireWriteOff(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const writeOff = await requireWriteOff(tx, input.id)
  requireVersion(writeOff.version, input.ifMatch)
  requireRecorded(writeOff)
  const date = input.reliefDate ?? tx.today
  if (date > tx.today) throw dateInFuture('relief_date', date, tx.today)
  refuseBefore('relief_date', date, writeOff.write_off_date)

  const claim = await taxOf(tx, writeOff.item_id)
  const lost = writeOff.amount - writeOff.recovered_amount
  const amount = reliefFor(claim, lost, claim.relieved_amount)
  if (writeOff.relief_date !== null || amount === 0) throw new Problem('nothing_to_relieve')
  const entryId = newId()
  await postEntries(tx, [
    {
      entryId,
      happening: 'bad_debt_relieved',
      effectiveDate: date,
      currency: writeOff.currency,
      amount,
      debitAccount: 'output_tax',
      creditAccount: 'bad_debt',
      customerId: customer_id,
      source: { kind: 'write_off', id: writeOff.id },
      undoesId: null,
    },
  ])
  const relieved = await tx.db
    .updateTable('write_off')
    .set({
      relieved_amount: amount,
      relief_date: date,
      relief_entry_id: entryId,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', writeOff.id)
    .where('status', '=', 'recorded')
    .where('relief_date', 'is', null)
    .returningAll()
    .executeTakeFirstOrThrow()
  return announceWriteOff(tx, 'write_off.relieved', relieved)
}

import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import type { ReportContent, Verdict } from '../bank/read/read-pain002.ts'
import { batchFact } from './events.ts'
import { uuidOfBankId } from './file-ids.ts'
import { groupIdOf } from './read-batch-file.ts'
import type { BatchRow, BatchStatus, DebitRow } from './table.ts'
import { takeBackDebits, wasCollected } from './take-back-debits.ts'

/** What a status report changed. */
export interface Reported {
  batch: BatchRow
  rejectedCount: number
  returnedCount: number
  repeatedCount: number
  unknownCount: number
}

/** The bank's status for a reason that it does not name. */
const NO_REASON = 'NARR'

/**
 * Takes in what the bank says of a file. A debit is rejected when it is named so, or its block, or the whole file;
 * what has been collected already is returned. Safe to repeat.
 */
export async function reportStatus(tx: Tx, report: ReportContent): Promise<Reported> {
  const batchId = uuidOfBankId('debit_batch', report.message.originalId ?? '')
  const customers = await debitsOf(tx, batchId)
  await lockCustomers(
    tx,
    customers.map(({ customer_id }) => customer_id),
  )
  const batch = await lockBatch(tx, batchId, report)
  const debits = await debitsOf(tx, batch.id)
  const verdictOn = verdictsOf(report, batch)
  const rejections = debits.flatMap((debit) => {
    const verdict = verdictOn(debit)
    return verdict === undefined ? [] : [{ debit, verdict }]
  })
  const fresh = rejections
    .filter(({ debit }) => debit.status === 'submitted' || debit.status === 'collected')
    .map(({ debit, verdict }) => ({
      debit,
      reasonCode: verdict.reasonCode ?? NO_REASON,
      reasonText: verdict.reasonText,
      date: tx.today,
      bankLineId: null,
    }))
  await takeBackDebits(tx, fresh)
  return {
    batch: await setStatus(tx, batch, statusAfter(report, debits, rejections.length)),
    rejectedCount: fresh.length,
    returnedCount: fresh.filter(wasCollected).length,
    repeatedCount: rejections.length - fresh.length,
    unknownCount: unknownOf(report, debits),
  }
}

async function debitsOf(tx: Tx, batchId: string | null): Promise<DebitRow[]> {
  return tx.db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('batch_id', '=', batchId)
    .where('status', '<>', 'cancelled')
    .orderBy('id')
    .execute()
}

async function lockBatch(
  tx: Tx,
  batchId: string | null,
  { message }: ReportContent,
): Promise<BatchRow> {
  const batch = await tx.db
    .selectFrom('debit_batch')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', batchId)
    .where('closed_at', 'is not', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (batch === undefined)
    throw new Problem('status_report_unknown', { original_message_id: message.originalId })
  return batch
}

/** Finds the verdict that rejects a debit, the narrowest first; undefined while none does. */
function verdictsOf({ message, payments }: ReportContent, batch: BatchRow) {
  const byId = (verdicts: readonly Verdict[]) =>
    new Map(verdicts.map((verdict) => [verdict.originalId, verdict]))
  const named = byId(payments.flatMap(({ debits }) => debits))
  const blocks = byId(payments)
  return ({ end_to_end_id, group_number }: DebitRow): Verdict | undefined =>
    [named.get(end_to_end_id), blocks.get(groupIdOf(batch, group_number as number)), message].find(
      (verdict) => verdict?.status === 'RJCT',
    )
}

/** Rejections of debits that are not in the file. */
function unknownOf({ payments }: ReportContent, debits: readonly DebitRow[]): number {
  const known = new Set(debits.map(({ end_to_end_id }) => end_to_end_id))
  return payments
    .flatMap((payment) => payment.debits)
    .filter(({ status, originalId }) => status === 'RJCT' && !known.has(originalId ?? '')).length
}

function statusAfter(
  { message, payments }: ReportContent,
  debits: readonly DebitRow[],
  rejectedCount: number,
): BatchStatus | undefined {
  const alreadyRejected = debits.some(({ status }) => status === 'rejected')
  if (rejectedCount === debits.length) return 'rejected'
  if (rejectedCount > 0 || alreadyRejected) return 'partly_rejected'
  const positive = [message, ...payments].some(({ status }) => status?.startsWith('AC'))
  return positive ? 'accepted' : undefined
}

async function setStatus(
  tx: Tx,
  batch: BatchRow,
  status: BatchStatus | undefined,
): Promise<BatchRow> {
  if (status === undefined || status === batch.status) return batch
  const reported = await tx.db
    .updateTable('debit_batch')
    .set({ status, version: batch.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', batch.id)
    .where('version', '=', batch.version)
    .returningAll()
    .executeTakeFirst()
  if (reported === undefined) throw new Problem('version_mismatch')
  announce(tx, {
    ...batchFact('debit_batch.reported', reported, tx),
    previous: { status: batch.status },
  })
  return reported
}

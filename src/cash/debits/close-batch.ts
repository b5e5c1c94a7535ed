import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { cancelDebits } from './cancel-debits.ts'
import { collectableItems } from './collectable.ts'
import { refuseCollectionDate } from './collection-date.ts'
import { batchFact, debitFact, mandateFact } from './events.ts'
import { type FiledDebit, fileDebits } from './file-debits.ts'
import {
  type DebitWithItems,
  mandatesOf,
  requireBatch,
  requireSettings,
  withItems,
} from './queries.ts'
import type { BatchRow, DebitRow, MandateRow, SettingsRow } from './table.ts'
import { addTargetDays, onTargetDay } from './target-days.ts'

export interface CloseBatch {
  id: string
  /** A later day, where the first can no longer be reached; as it was where null. */
  collectionDate: CalendarDate | null
  ifMatch: number | undefined
}

/**
 * Fixes the file of a batch: what can no longer be collected is taken out, the others get their place in the series of
 * their mandate, and each mandate remembers what the bank is told of it. From here on the file never changes.
 */
export async function closeBatch(tx: Tx, input: CloseBatch): Promise<BatchRow> {
  await requireBatch(tx, input.id)
  await lockCustomers(tx, await customersOf(tx, input.id))
  const batch = await requireBatch(tx, input.id)
  requireVersion(batch.version, input.ifMatch)
  if (batch.status !== 'open')
    throw new Problem('invalid_state', { current_status: batch.status, allowed_actions: [] })
  const settings = await requireSettings(tx)
  const collectionDate = input.collectionDate ?? batch.collection_date
  const soonest = onTargetDay(addTargetDays(tx.today, settings.lead_days))
  refuseCollectionDate(
    collectionDate,
    soonest > batch.collection_date ? soonest : batch.collection_date,
  )

  const { debits, mandates } = await takeOutTheImpossible(tx, batch, collectionDate)
  const filed = fileDebits(debits, mandates, settings, collectionDate)
  await writeDebits(tx, filed)
  await writeMandates(tx, filed)
  const left = await requireBatch(tx, batch.id)
  return writeBatch(tx, left, settings, collectionDate, filed)
}

async function customersOf(tx: Tx, batchId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('direct_debit')
    .select('customer_id')
    .distinct()
    .where('tenant_id', '=', tx.tenant.id)
    .where('batch_id', '=', batchId)
    .execute()
  return rows.map(({ customer_id }) => customer_id)
}

/** Cancels what was settled otherwise meanwhile, or whose mandate has ended; answers what is left, and its mandates. */
async function takeOutTheImpossible(tx: Tx, batch: BatchRow, date: CalendarDate) {
  const rows = await tx.db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('batch_id', '=', batch.id)
    .where('status', '=', 'scheduled')
    .orderBy('id')
    .execute()
  const debits = await withItems(tx, rows)
  const mandates = await mandatesOf(tx, rows)
  const open = new Map(
    (
      await collectableItems(
        tx,
        rows.map(({ customer_id }) => customer_id),
      )
    ).map((item) => [item.id, item]),
  )
  const isOpen = ({ items }: DebitWithItems) =>
    items.every(({ item_id }) => {
      const item = open.get(item_id)
      return item !== undefined && item.pending_amount <= item.open_amount
    })
  const isAllowed = ({ debit }: DebitWithItems) => {
    const mandate = mandates.get(debit.mandate_id)
    return mandate?.status === 'active' && date <= mandate.lapses_after_date
  }
  const impossible = async (reason: string, gone: readonly DebitWithItems[]) =>
    cancelDebits(
      tx,
      gone.map(({ debit }) => debit.id),
      reason,
    )
  await impossible(
    'The mandate may no longer be used.',
    debits.filter((one) => !isAllowed(one)),
  )
  const allowed = debits.filter(isAllowed)
  await impossible(
    'It was settled otherwise meanwhile.',
    allowed.filter((one) => !isOpen(one)),
  )
  return { debits: allowed.filter(isOpen), mandates }
}

async function writeDebits(tx: Tx, filed: readonly FiledDebit[]): Promise<void> {
  const rows = filed.map(({ one: { debit }, ...file }) => ({ id: debit.id, ...file }))
  const { rows: submitted } = await sql<DebitRow>`
    update direct_debit
    set status = 'submitted', sequence_type = filed.sequence_type, group_number = filed.group_number,
      collection_date = filed.collection_date, presented = filed.presented, presented_before = filed.presented_before,
      version = version + 1, updated_at = ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as filed(
      id uuid, sequence_type text, group_number int, collection_date date, presented jsonb, presented_before jsonb)
    where direct_debit.tenant_id = ${tx.tenant.id} and direct_debit.id = filed.id and status = 'scheduled'
    returning direct_debit.*
  `.execute(tx.db)
  const items = new Map(filed.map(({ one }) => [one.debit.id, one.items]))
  announce(
    tx,
    ...submitted.map((debit) =>
      debitFact('direct_debit.submitted', { debit, items: items.get(debit.id) ?? [] }, tx),
    ),
  )
}

/** What the bank is told of each mandate last, and that its 36 months begin anew. */
async function writeMandates(tx: Tx, filed: readonly FiledDebit[]): Promise<void> {
  const last = new Map(filed.map((file) => [file.one.debit.mandate_id, file]))
  const rows = [...last].map(([id, { presented, collection_date, sequence_type }]) => ({
    id,
    presented,
    collection_date,
    completed: sequence_type === 'OOFF' || sequence_type === 'FNAL',
  }))
  const { rows: used } = await sql<MandateRow>`
    update mandate
    set presented = used.presented, last_used_date = used.collection_date,
      lapses_after_date = (used.collection_date + interval '36 months')::date,
      status = case when used.completed then 'completed' else status end, version = version + 1, updated_at = ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as used(id uuid, presented jsonb, collection_date date, completed boolean)
    where mandate.tenant_id = ${tx.tenant.id} and mandate.id = used.id
    returning mandate.*
  `.execute(tx.db)
  announce(tx, ...used.map((mandate) => mandateFact('mandate.used', mandate, tx)))
}

async function writeBatch(
  tx: Tx,
  batch: BatchRow,
  settings: SettingsRow,
  collectionDate: CalendarDate,
  filed: readonly FiledDebit[],
): Promise<BatchRow> {
  const creditor = {
    creditor_id: settings.creditor_id,
    name: settings.creditor_name,
    iban: settings.iban,
    bic: settings.bic,
  }
  const closed = await tx.db
    .updateTable('debit_batch')
    .set({
      status: filed.length === 0 ? 'cancelled' : 'closed',
      collection_date: collectionDate,
      creditor: JSON.stringify(creditor),
      debit_count: filed.length,
      total_amount: sum(filed.map(({ one }) => one.debit.amount)),
      closed_at: tx.now,
      version: batch.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', batch.id)
    .where('version', '=', batch.version)
    .where('status', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (closed === undefined) throw new Problem('version_mismatch')
  announce(tx, batchFact('debit_batch.closed', closed, tx))
  return closed
}

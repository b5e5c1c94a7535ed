import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { findCustomers } from '../../parties/queries.ts'
import { DEBITS_PER_BATCH } from './batch.ts'
import { collectableItems, isCollectedByItself } from './collectable.ts'
import { earliestCollection, refuseCollectionDate } from './collection-date.ts'
import { dueItems } from './create-debit.ts'
import { batchFact, debitFact } from './events.ts'
import type { Scheme } from './mandate.ts'
import type { PainFormat } from './pain008.ts'
import { requireSettings, withItems } from './queries.ts'
import { type PlannedDebit, scheduleDebits } from './schedule-debits.ts'
import type { BatchRow, DebitRow, MandateRow } from './table.ts'

export interface CreateBatch {
  collectionDate: CalendarDate
  dueUntilDate: CalendarDate
  scheme: Scheme | null
  /** Everybody where null. */
  customerIds: string[] | null
  /** As the settings say where null. */
  format: PainFormat | null
}

/**
 * Gathers the debits of one day: those that are scheduled until then, and a new one for each customer with a recurring
 * mandate and something due. The customers are locked before anything is read, so that two batches never collect an
 * item twice. What does not fit is left for the next batch.
 */
export async function createBatch(tx: Tx, input: CreateBatch): Promise<BatchRow> {
  const settings = await requireSettings(tx)
  refuseCollectionDate(input.collectionDate, earliestCollection(tx.today, settings))
  if (input.customerIds !== null) await requireCustomers(tx, input.customerIds)
  const customerIds = await customersToCollectFrom(tx, input)
  await lockCustomers(tx, customerIds)

  const batch = await insertBatch(tx, input, input.format ?? settings.format)
  const taken = await takeScheduled(tx, input, customerIds, batch)
  const plans = await planDebits(tx, input, customerIds, batch)
  const made = await scheduleDebits(tx, settings, plans.slice(0, DEBITS_PER_BATCH - taken.length))
  const amounts = [...taken, ...made.map(({ debit }) => debit)].map(({ amount }) => amount)
  if (amounts.length === 0) throw new Problem('nothing_to_collect')

  const counted = await tx.db
    .updateTable('debit_batch')
    .set({ debit_count: amounts.length, total_amount: sum(amounts) })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', batch.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, batchFact('debit_batch.created', counted, tx))
  return counted
}

async function requireCustomers(tx: Tx, ids: readonly string[]): Promise<void> {
  if ((await findCustomers(tx, ids)).size < new Set(ids).size)
    throw new Problem('customer_not_found')
}

/**
 * The customers that have a debit waiting, or something to collect and a mandate; at most as many as a batch has debits.
 */
async function customersToCollectFrom(tx: Tx, input: CreateBatch): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    with waiting as (
      select distinct customer_id from direct_debit
      where tenant_id = ${tx.tenant.id} and status = 'scheduled' and batch_id is null and collection_date <= ${input.collectionDate}
        and scheme = coalesce(${input.scheme}, scheme)
    ), due as (
      select distinct mandate.customer_id from mandate
      cross join lateral (
        select 1 from open_item as item
        where item.tenant_id = mandate.tenant_id and item.customer_id = mandate.customer_id
          and item.due_date <= ${input.dueUntilDate} and item.open_amount > 0 and ${isCollectedByItself(tx.today)}
        limit 1
      ) as item
      where mandate.tenant_id = ${tx.tenant.id} and ${usable(input)}
    )
    select customer_id from (select * from waiting union select * from due) as customer
    where ${input.customerIds}::uuid[] is null or customer_id = any(${input.customerIds}::uuid[])
    order by customer_id
    limit ${DEBITS_PER_BATCH}
  `.execute(tx.db)
  return rows.map(({ customer_id }) => customer_id)
}

/** A mandate that may be used by itself on the day. One-off mandates are used only when they are named. */
const usable = ({ collectionDate, scheme }: CreateBatch) => sql<boolean>`
  mandate.status = 'active' and mandate.sequence = 'recurring' and mandate.lapses_after_date >= ${collectionDate}
  and mandate.scheme = coalesce(${scheme}, mandate.scheme) and not exists (
    select 1 from direct_debit as last
    where last.tenant_id = mandate.tenant_id and last.mandate_id = mandate.id and last.status = 'scheduled' and last.final)`

const insertBatch = (tx: Tx, { collectionDate }: CreateBatch, format: PainFormat) =>
  tx.db
    .insertInto('debit_batch')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      status: 'open',
      format,
      collection_date: collectionDate,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

/** Puts into the batch what was scheduled for a day until then; it is collected on the batch's. */
async function takeScheduled(
  tx: Tx,
  { collectionDate, scheme }: CreateBatch,
  customerIds: readonly string[],
  batch: BatchRow,
): Promise<DebitRow[]> {
  const { rows } = await sql<DebitRow>`
    with waiting as (
      select id from direct_debit
      where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds}) and status = 'scheduled' and batch_id is null
        and collection_date <= ${collectionDate} and scheme = coalesce(${scheme}, scheme)
      order by id
      limit ${DEBITS_PER_BATCH}
    )
    update direct_debit
    set batch_id = ${batch.id}, collection_date = ${collectionDate}, version = version + 1, updated_at = ${tx.now}
    from waiting
    where direct_debit.tenant_id = ${tx.tenant.id} and direct_debit.id = waiting.id
    returning direct_debit.*
  `.execute(tx.db)
  const taken = await withItems(tx, rows)
  announce(tx, ...taken.map((one) => debitFact('direct_debit.batched', one, tx)))
  return rows
}

/** One debit for each customer with something due, under the mandate signed last. */
async function planDebits(
  tx: Tx,
  input: CreateBatch,
  customerIds: readonly string[],
  batch: BatchRow,
): Promise<PlannedDebit[]> {
  const { rows: mandates } = await sql<MandateRow>`
    select distinct on (customer_id) mandate.* from mandate
    where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds}) and ${usable(input)}
    order by customer_id, signature_date desc, id desc
  `.execute(tx.db)
  const open = new Map<string, PlannedDebit['items']>()
  for (const due of dueItems(await collectableItems(tx, customerIds), input.dueUntilDate)) {
    const known = open.get(due.item.customer_id)
    if (known === undefined) open.set(due.item.customer_id, [due])
    else known.push(due)
  }
  return mandates.flatMap((mandate) => {
    const items = open.get(mandate.customer_id)
    return items === undefined
      ? []
      : [
          {
            mandate,
            collectionDate: input.collectionDate,
            items,
            remittance: null,
            final: false,
            batchId: batch.id,
            retryOf: null,
          },
        ]
  })
}

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import type { Designation } from '../designation.ts'
import { type ReceivePending, receivePending } from '../receive-pending.ts'
import { collectableItems } from './collectable.ts'
import { debitFact } from './events.ts'
import { type DebitWithItems, withItems } from './queries.ts'
import type { DebitRow } from './table.ts'

/** For 8 weeks a debtor can have a Core debit refunded without a reason (Directive (EU) 2015/2366, art. 77(1)). */
const REFUND_DAYS = 56

/**
 * Takes in the debits whose collection date has come. Answers how many, at most `limit`: call again while it is full.
 */
export async function collectDebits(tx: Tx, limit: number): Promise<number> {
  const { rows: due } = await sql<Pick<DebitRow, 'id' | 'customer_id'>>`
    select id, customer_id from direct_debit
    where tenant_id = ${tx.tenant.id} and ${isToBeReceived(tx)}
    order by collection_date, customer_id
    limit ${limit}
  `.execute(tx.db)
  if (due.length === 0) return 0
  await lockCustomers(
    tx,
    due.map(({ customer_id }) => customer_id),
  )
  await receiveDebits(
    tx,
    due.map(({ id }) => id),
  )
  return due.length
}

/**
 * Turns the pending payments of submitted debits into received ones, in clearing until the bank books them. What was
 * settled otherwise since the file was made stays unallocated. The caller has locked the customers.
 */
export async function receiveDebits(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<DebitRow>`
    update direct_debit
    set status = 'collected', version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = any(${ids}) and ${isToBeReceived(tx)}
    returning *
  `.execute(tx.db)
  const collected = await withItems(tx, rows)
  const open = new Map(
    (
      await collectableItems(
        tx,
        rows.map(({ customer_id }) => customer_id),
      )
    ).map((item) => [item.id, item.open_amount]),
  )
  const received = await receivePending(
    tx,
    collected.map(({ debit, items }) => receiptOf(debit, designations(items, open))),
  )
  // What cannot settle its items all the same has come nevertheless.
  const unsettled = collected.filter((_, index) => received[index] instanceof Problem)
  const taken = await receivePending(
    tx,
    unsettled.map(({ debit }) => receiptOf(debit, [])),
  )
  for (const refusal of taken) if (refusal instanceof Problem) throw refusal
  announce(tx, ...collected.map((one) => debitFact('direct_debit.collected', one, tx)))
}

/** A debit whose day has come, and whose payment nobody has taken back by hand. */
const isToBeReceived = ({ tenant, today }: Tx) => sql<boolean>`
  direct_debit.status = 'submitted' and direct_debit.collection_date <= ${today} and exists (
    select 1 from payment
    where payment.tenant_id = ${tenant.id} and payment.id = direct_debit.payment_id and payment.status = 'pending')`

/** The last day on which a collected debit is provisional; null where there is no right to a refund. */
const refundableUntil = ({
  scheme,
  collection_date,
}: Pick<DebitRow, 'scheme' | 'collection_date'>): CalendarDate | null =>
  scheme === 'core' ? addDays(collection_date, REFUND_DAYS) : null

const receiptOf = (debit: DebitRow, allocations: Designation[]): ReceivePending => ({
  id: debit.payment_id,
  receivedDate: debit.collection_date,
  provisionalUntilDate: refundableUntil(debit),
  allocations,
  allocate: 'none',
})

/** What of its items a debit still finds open; what it takes is gone for those after it. */
function designations(items: DebitWithItems['items'], open: Map<string, number>): Designation[] {
  return items.flatMap(({ item_id, amount }) => {
    const left = open.get(item_id) ?? 0
    const taken = Math.min(amount, left)
    open.set(item_id, left - taken)
    return taken === 0 ? [] : [{ itemId: item_id, amount: taken }]
  })
}

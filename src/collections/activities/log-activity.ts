import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { lookAtCustomer } from '../../ledger/watch-items.ts'
import { requireSubject } from '../../parties/subject.ts'
import { activityFact } from './events.ts'
import type { ActivityRow } from './table.ts'

export interface LogActivity
  extends Pick<ActivityRow, 'kind' | 'direction' | 'outcome' | 'contact_name' | 'note'> {
  customerId: string | null
  invoiceId: string | null
  /** When it happened; now when null. */
  occurredAt: Instant | null
  /** Whether it counts for the contact budget; what we start does when null, a reply never. */
  collection: boolean | null
}

/**
 * Records what somebody did about a customer. What counts as a collection contact comes before a dunning run or after
 * it, never in between, and has the customer looked at again.
 */
export async function logActivity(tx: Tx, input: LogActivity): Promise<ActivityRow> {
  const { customerId, invoiceId, occurredAt: at, collection: counts, ...told } = input
  const occurredAt = at ?? tx.now
  const collection = counts ?? input.direction === 'outgoing'
  if (Date.parse(occurredAt) > Date.parse(tx.now)) throw notYet(occurredAt, tx.now)
  if (collection && input.direction === 'incoming') {
    throw invalidFields({
      pointer: '#/collection',
      code: 'only_outgoing',
      detail: 'what the customer starts is no collection contact',
    })
  }
  const named = { customerId, invoiceId, itemId: null, noticeId: null }
  const subject = await requireSubject(tx, named)
  await lockCustomers(tx, [subject.customerId])
  const activity = await tx.db
    .insertInto('activity')
    .values({
      ...told,
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: subject.customerId,
      invoice_id: invoiceId,
      occurred_at: occurredAt,
      occurred_date: sql<CalendarDate>`(${occurredAt}::timestamptz at time zone ${tx.tenant.timeZone})::date`,
      collection,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (collection) await lookAtCustomer(tx, subject.customerId)
  announce(tx, activityFact('activity.logged', activity, tx))
  return activity
}

const notYet = (occurredAt: Instant, now: Instant) =>
  new Problem('date_in_future', {
    errors: [
      {
        in: 'body',
        pointer: '#/occurred_at',
        code: 'date_in_future',
        detail: 'must not be after now',
        params: { occurred_at: occurredAt, now },
      },
    ],
  })

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId, publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { creditHoldFact } from './events.ts'
import type { CreditHoldRow } from './table.ts'

/** A reason not to sell to a customer on account. */
export interface NewCreditHold {
  customerId: string
  reason: CreditHoldRow['reason']
  note: string | null
  fromDate: CalendarDate
  origin: CreditHoldRow['origin']
  /** The notice that made dunning place it. */
  noticeId: string | null
}

/**
 * Places holds, one per customer and reason: where one is in force already, it stays as it is. Answers those that are
 * new. The caller has locked the customers.
 */
export async function placeCreditHolds(
  tx: Tx,
  holds: readonly NewCreditHold[],
): Promise<CreditHoldRow[]> {
  if (holds.length === 0) return []
  const { rows: placed } = await sql<CreditHoldRow>`
    insert into credit_hold (tenant_id, id, customer_id, reason, note, from_date, origin, notice_id, created_at, updated_at)
    select ${tx.tenant.id}, id, customer_id, reason, note, from_date, origin, notice_id, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(holds.map(toRow))}) as hold(
      id uuid, customer_id uuid, reason text, note text, from_date date, origin text, notice_id uuid)
    on conflict (tenant_id, customer_id, reason) where lifted_date is null do nothing
    returning *
  `.execute(tx.db)
  announce(tx, ...placed.map((hold) => creditHoldFact('credit_hold.placed', hold, tx)))
  return placed
}

/** Places the hold a person asks for; `credit_hold_in_force` where there is one for this reason. */
export async function placeCreditHold(
  tx: Tx,
  input: Pick<NewCreditHold, 'customerId' | 'reason' | 'note'> & { fromDate: CalendarDate | null },
): Promise<CreditHoldRow> {
  await requireCustomer(tx, input.customerId)
  await lockCustomers(tx, [input.customerId])
  const fromDate = input.fromDate ?? tx.today
  const [placed] = await placeCreditHolds(tx, [
    { ...input, fromDate, origin: 'person', noticeId: null },
  ])
  if (placed === undefined) throw await inForce(tx, input)
  return placed
}

async function inForce(
  tx: Tx,
  { customerId, reason }: Pick<NewCreditHold, 'customerId' | 'reason'>,
): Promise<Problem> {
  const { id } = await tx.db
    .selectFrom('credit_hold')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', customerId)
    .where('reason', '=', reason)
    .where('lifted_date', 'is', null)
    .executeTakeFirstOrThrow()
  return new Problem('credit_hold_in_force', { conflicting_id: publicId('credit_hold', id) })
}

const toRow = (hold: NewCreditHold) => ({
  id: newId(),
  customer_id: hold.customerId,
  reason: hold.reason,
  note: hold.note,
  from_date: hold.fromDate,
  origin: hold.origin,
  notice_id: hold.noticeId,
})

import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'

/** Money of some customers that is not allocated yet, by customer and currency. */
export async function loadUnallocated(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('customer_balance')
    .select(['customer_id', 'currency', 'unallocated_amount'])
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
  return new Map(rows.map((row) => [`${row.customer_id} ${row.currency}`, row.unallocated_amount]))
}

/**
 * The last day of which we know all payments: what the bank account that is furthest behind has told us; without bank
 * accounts, when the last payment was recorded.
 */
export async function loadPaymentsKnownUntil({ db, tenant }: Reader): Promise<CalendarDate | null> {
  const { rows } = await sql<{ known_until: CalendarDate | null }>`
    select case when exists (select 1 from bank_account where tenant_id = ${tenant.id})
      then (
        select case when bool_and(fresh_until_at is not null)
          then (min(fresh_until_at) at time zone ${tenant.timeZone} - interval '1 microsecond')::date end
        from bank_account where tenant_id = ${tenant.id})
      else (select (max(created_at) at time zone ${tenant.timeZone})::date from payment where tenant_id = ${tenant.id})
      end as known_until
  `.execute(db)
  return rows[0]?.known_until ?? null
}

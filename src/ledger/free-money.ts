import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'

/**
 * What of a payment or credit note was unallocated on a day and has stayed so on every day since: what may be used with
 * effect from that day, so that on no day more is used than was there.
 */
export async function freeMoney(
  { db, tenant }: Reader,
  sourceId: string,
  from: CalendarDate,
): Promise<number> {
  const { rows } = await sql<{ amount: number }>`
    with moved as (
      select effective_date, case when credit_account = 'unallocated' then amount else -amount end as amount
      from ledger_entry
      where tenant_id = ${tenant.id} and source_id = ${sourceId} and 'unallocated' in (debit_account, credit_account)
      union all
      select effective_date, -ledger_entry.amount
      from ledger_entry join payment on payment.tenant_id = ${tenant.id} and payment.id = ledger_entry.source_id
      where ledger_entry.tenant_id = ${tenant.id} and ledger_entry.source_kind = 'transfer' and payment.transferred_from_id = ${sourceId}
    ), change as (
      select greatest(effective_date, ${from}::date) as date, amount from moved
      union all select ${from}::date, 0
    )
    select min(amount)::bigint as amount
    from (select sum(sum(amount)) over (order by date) as amount from change group by date) as day
  `.execute(db)
  return rows[0]?.amount ?? 0
}

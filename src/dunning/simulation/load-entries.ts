import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Cause } from './history.ts'
import { entrySeenDate } from './seen-date.ts'
import type { SimulationRow } from './table.ts'

/** What happened to an item, by day. */
export interface EntryFacts {
  item_id: string
  date: CalendarDate
  seen_date: CalendarDate
  amount: number
  cause: Cause
}

const cause = sql`case
  when happening in ('invoice_issued', 'opening_item', 'charge_claimed') then 'claim'
  when happening in ('invoice_voided', 'written_off', 'write_off_undone') then 'given_up'
  when source_kind = 'payment' and 'unallocated' in (debit_account, credit_account) then 'money'
  when source_kind = 'credit_note' and 'unallocated' in (debit_account, credit_account) then 'credit'
  else 'other' end`

/** All that moved what is open of the customers' items. */
export async function loadEntries(
  reader: Reader,
  simulation: SimulationRow,
  customerIds: readonly string[],
): Promise<EntryFacts[]> {
  const { db, tenant } = reader
  const sideOf = (side: 'debit' | 'credit') => sql`
    select item_id, effective_date as date, ${entrySeenDate(reader, simulation)} as seen_date,
      ${side === 'debit' ? sql`amount` : sql`-amount`} as amount,
      ${cause} as cause
    from ledger_entry
    where tenant_id = ${tenant.id} and ${sql.ref(`${side}_account`)} = 'receivable'
      and ${sql.ref(`${side}_customer_id`)} = any(${customerIds}) and recorded_at <= ${simulation.known_at}`
  const { rows } = await sql<EntryFacts>`
    select item_id, date, seen_date, sum(amount)::bigint as amount, cause
    from (${sideOf('debit')} union all ${sideOf('credit')}) as entry
    group by item_id, date, seen_date, cause having sum(amount) <> 0
    order by item_id, seen_date, date, cause
  `.execute(db)
  return rows
}

/** How a customer's unallocated money changed on a day. */
export interface UnallocatedFacts {
  customer_id: string
  currency: string
  date: CalendarDate
  amount: number
}

/** All that moved the customers' unallocated money. */
export async function loadUnallocated(
  reader: Reader,
  simulation: SimulationRow,
  customerIds: readonly string[],
): Promise<UnallocatedFacts[]> {
  const { db, tenant } = reader
  const sideOf = (side: 'debit' | 'credit') => sql`
    select ${sql.ref(`${side}_customer_id`)} as customer_id, currency, ${entrySeenDate(reader, simulation)} as date,
      ${side === 'credit' ? sql`amount` : sql`-amount`} as amount
    from ledger_entry
    where tenant_id = ${tenant.id} and ${sql.ref(`${side}_account`)} = 'unallocated'
      and ${sql.ref(`${side}_customer_id`)} = any(${customerIds}) and recorded_at <= ${simulation.known_at}`
  const { rows } = await sql<UnallocatedFacts>`
    select customer_id, currency, date, sum(amount)::bigint as amount
    from (${sideOf('debit')} union all ${sideOf('credit')}) as entry
    group by customer_id, currency, date having sum(amount) <> 0
    order by customer_id, currency, date
  `.execute(db)
  return rows
}

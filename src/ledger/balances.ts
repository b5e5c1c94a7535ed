import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { Account } from './accounts.ts'

/**
 * A point in both times of the ledger: what counts at the end of a day, as far as it was known at an instant. A day in
 * the past with everything that is known today shows what was entered late; with `knownAt`, what a report made then
 * has shown.
 */
export interface PointInTime {
  asOf: CalendarDate
  /** Null for everything that is known. */
  knownAt: Instant | null
}

/** The entries that count by then and were known by then, as a condition. */
export const countsAt = ({ asOf, knownAt }: PointInTime): RawBuilder<boolean> =>
  sql<boolean>`effective_date <= ${asOf} and (${knownAt}::timestamptz is null or recorded_at <= ${knownAt})`

/** What a customer owes and has with us in one currency. */
export interface CustomerBalance {
  currency: string
  open_amount: number
  overdue_amount: number
  unallocated_amount: number
}

/** A customer's balances as they stand today; the overdue part is derived from the day. */
export async function balancesOf(
  { db, tenant, today }: Reader,
  customerId: string,
): Promise<CustomerBalance[]> {
  const { rows } = await sql<CustomerBalance>`
    select balance.currency, balance.open_amount, balance.unallocated_amount, coalesce((
      select sum(item.open_amount)::bigint from open_item as item
      where item.tenant_id = ${tenant.id} and item.customer_id = ${customerId} and item.currency = balance.currency
        and item.open_amount > 0 and item.due_date < ${today}
    ), 0) as overdue_amount
    from customer_balance as balance
    where balance.tenant_id = ${tenant.id} and balance.customer_id = ${customerId}
    order by balance.currency
  `.execute(db)
  return rows
}

/** A customer's balances at another point in time, summed from the entries. */
export async function balancesAt(
  { db, tenant }: Reader,
  customerId: string,
  point: PointInTime,
): Promise<CustomerBalance[]> {
  const { rows } = await sql<CustomerBalance>`
    with movement as (
      select currency, debit_account as account, due_date, case when debit_account = 'receivable' then amount else -amount end as amount
      from ledger_entry
      where tenant_id = ${tenant.id} and debit_customer_id = ${customerId} and debit_account in ('receivable', 'unallocated') and ${countsAt(point)}
      union all
      select currency, credit_account, due_date, case when credit_account = 'receivable' then -amount else amount end
      from ledger_entry
      where tenant_id = ${tenant.id} and credit_customer_id = ${customerId} and credit_account in ('receivable', 'unallocated') and ${countsAt(point)}
    )
    select currency,
      coalesce(sum(amount) filter (where account = 'receivable'), 0)::bigint as open_amount,
      coalesce(sum(amount) filter (where account = 'receivable' and due_date < ${point.asOf}), 0)::bigint as overdue_amount,
      coalesce(sum(amount) filter (where account = 'unallocated'), 0)::bigint as unallocated_amount
    from movement group by currency order by currency
  `.execute(db)
  return rows
}

/** What moved on one account in one currency, up to a point in time. */
export interface AccountBalance {
  account: Account
  currency: string
  debit_amount: number
  credit_amount: number
}

/** The tenant's balances per account and currency. Over all accounts of a currency debit equals credit. */
export async function accountBalancesAt(
  { db, tenant }: Reader,
  point: PointInTime,
): Promise<AccountBalance[]> {
  const { rows } = await sql<AccountBalance>`
    with moved as (
      select debit_account, credit_account, currency, sum(amount) as amount from ledger_entry
      where tenant_id = ${tenant.id} and ${countsAt(point)}
      group by debit_account, credit_account, currency
    )
    select account, currency, sum(debit)::bigint as debit_amount, sum(credit)::bigint as credit_amount
    from (
      select debit_account as account, currency, amount as debit, 0 as credit from moved
      union all select credit_account, currency, 0, amount from moved
    ) as side
    group by account, currency order by currency, account
  `.execute(db)
  return rows
}

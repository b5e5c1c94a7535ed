import { sql } from 'kysely'
import { addDays, type CalendarDate, daysBetween } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'

/** What is owed in one currency (by one customer, where asked for), by how long it has been overdue. */
export interface AgingRow {
  customer_id: string | null
  currency: string
  not_due_amount: number
  days_1_30_amount: number
  days_31_60_amount: number
  days_61_90_amount: number
  days_over_90_amount: number
  total_amount: number
  unallocated_amount: number
}

export interface AgingQuestion {
  asOf: CalendarDate
  customerId: string | null
  byCustomer: boolean
}

/** What an entry costs that is found by its day, against one that is read where the ledger's own index has it. */
const COST_OF_TAKING_BACK = 4

/**
 * Ages what was owed at the end of a day, whatever has happened since; so the report of any past day comes out as it
 * was, corrected by what was entered late. For a day that is nearer to today than to the ledger's beginning it starts
 * from what is open now and takes back the entries that count later, else it adds up the entries that count by then: the
 * ledger says the same from either end.
 */
export async function agingAsOf(
  reader: Reader,
  { asOf, customerId, byCustomer }: AgingQuestion,
): Promise<AgingRow[]> {
  const { db, tenant } = reader
  const startsFromNow = await isNearerToday(reader, asOf)
  const oldest = (days: number) => addDays(asOf, -days)
  const bucket = (from: CalendarDate | null, to: CalendarDate | null) => sql`
    coalesce(sum(amount) filter (where ${from === null ? sql`true` : sql`due_date >= ${from}`}
      and ${to === null ? sql`true` : sql`due_date < ${to}`}), 0)::bigint`
  const ofCustomer = (column: 'customer_id' | 'debit_customer_id' | 'credit_customer_id') =>
    customerId === null ? sql`true` : sql`${sql.ref(column)} = ${customerId}`
  // What is posted by then counts by then, and the journal's index finds what is posted after it.
  const counts = startsFromNow
    ? sql`posting_date > ${asOf} and effective_date > ${asOf}`
    : sql`effective_date <= ${asOf}`
  const sign = startsFromNow ? sql`-` : sql``
  const whose = byCustomer ? sql`customer_id` : sql`null::uuid`
  const openNow = startsFromNow
    ? sql`
      select ${whose} as customer_id, currency, due_date, sum(open_amount)::bigint as amount
      from open_item
      where tenant_id = ${tenant.id} and open_amount > 0 and ${ofCustomer('customer_id')}
      group by 1, currency, due_date
      union all`
    : sql``
  const unallocatedNow = startsFromNow
    ? sql`
        select customer_id, currency, unallocated_amount as amount from customer_balance
        where tenant_id = ${tenant.id} and ${ofCustomer('customer_id')}
        union all`
    : sql``
  const { rows } = await sql<AgingRow>`
    with movement as (${openNow}
      select debit_customer_id as customer_id, currency, due_date, ${sign} amount from ledger_entry
      where tenant_id = ${tenant.id} and debit_account = 'receivable' and ${counts} and ${ofCustomer('debit_customer_id')}
      union all
      select credit_customer_id, currency, due_date, - (${sign} amount) from ledger_entry
      where tenant_id = ${tenant.id} and credit_account = 'receivable' and ${counts} and ${ofCustomer('credit_customer_id')}
    ), aged as (
      select ${whose} as customer_id, currency,
        ${bucket(asOf, null)} as not_due_amount,
        ${bucket(oldest(30), asOf)} as days_1_30_amount,
        ${bucket(oldest(60), oldest(30))} as days_31_60_amount,
        ${bucket(oldest(90), oldest(60))} as days_61_90_amount,
        ${bucket(null, oldest(90))} as days_over_90_amount
      from movement group by 1, 2
    ), totalled as (
      select *, not_due_amount + days_1_30_amount + days_31_60_amount + days_61_90_amount + days_over_90_amount as total_amount
      from aged
    ), kept as (
      select ${whose} as customer_id, currency, sum(amount)::bigint as unallocated_amount
      from (${unallocatedNow}
        select credit_customer_id as customer_id, currency, ${sign} amount from ledger_entry
        where tenant_id = ${tenant.id} and credit_account = 'unallocated' and ${counts} and ${ofCustomer('credit_customer_id')}
        union all
        select debit_customer_id, currency, - (${sign} amount) from ledger_entry
        where tenant_id = ${tenant.id} and debit_account = 'unallocated' and ${counts} and ${ofCustomer('debit_customer_id')}
      ) as movement group by 1, 2
    )
    select coalesce(totalled.customer_id, kept.customer_id) as customer_id, coalesce(totalled.currency, kept.currency) as currency,
      coalesce(not_due_amount, 0) as not_due_amount, coalesce(days_1_30_amount, 0) as days_1_30_amount,
      coalesce(days_31_60_amount, 0) as days_31_60_amount, coalesce(days_61_90_amount, 0) as days_61_90_amount,
      coalesce(days_over_90_amount, 0) as days_over_90_amount, coalesce(total_amount, 0) as total_amount,
      coalesce(unallocated_amount, 0) as unallocated_amount
    from totalled
    full join kept on kept.currency = totalled.currency ${byCustomer ? sql`and kept.customer_id = totalled.customer_id` : sql``}
    where coalesce(total_amount, 0) <> 0 or coalesce(unallocated_amount, 0) <> 0
    order by currency, customer_id
  `.execute(db)
  return rows
}

/**
 * Whether it takes less to go back to a day from today than to come up to it from the ledger's first day, should the
 * entries be spread evenly over its days.
 */
async function isNearerToday({ db, tenant, today }: Reader, asOf: CalendarDate): Promise<boolean> {
  if (asOf >= today) return true
  const { first } = await db
    .selectFrom('ledger_entry')
    .select(sql<CalendarDate | null>`min(posting_date)`.as('first'))
    .where('tenant_id', '=', tenant.id)
    .executeTakeFirstOrThrow()
  if (first === null) return true
  return daysBetween(asOf, today) * COST_OF_TAKING_BACK <= daysBetween(first, asOf)
}

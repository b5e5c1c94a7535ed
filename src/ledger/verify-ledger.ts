import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { type Comparison, comparisons, derivedFigures } from './derived-figures.ts'

/** Two figures that should be one. */
export interface Difference {
  check: string
  kind: Comparison['table'] | 'customer' | 'bank_line'
  id: string
  currency: string
  expected_amount: number
  actual_amount: number
}

/** How many differences are listed; one is already too many. */
const LISTED_MAX = 1_000

/**
 * Recomputes every materialised amount of the tenant from the ledger's entries and from each other, in one snapshot:
 * items, invoices, payments, credit notes and write-offs against entries, allocations, refunds and recoveries; balances,
 * accounts and unidentified bank lines against all of it, and amounts without a row to stand in. Empty means that all
 * agree.
 */
export async function findDifferences({ db, tenant }: Reader): Promise<Difference[]> {
  // A plan kept from when the ledger was small is many times slower than one made for its size today; and since whole
  // tables are compared, what looks up row by row is never right, however small the planner believes they are.
  await sql`
    select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_nestloop', 'off', true)
  `.execute(db)
  const { rows } = await sql<Difference>`
    with ${derivedFigures(tenant.id)}
    select 'open_item_equals_entries' as check, 'open_item' as kind, coalesce(item.id, claimed.id) as id,
      coalesce(item.currency, '') as currency, coalesce(claimed.amount, 0) as expected_amount, coalesce(item.open_amount, 0) as actual_amount
    from (select * from open_item where tenant_id = ${tenant.id}) as item full join claimed on claimed.id = item.id
    where item.open_amount is distinct from claimed.amount
    union all
    select 'balance_open_equals_entries', 'customer', coalesce(balance.customer_id, owed.customer_id), coalesce(balance.currency, owed.currency),
      coalesce(owed.amount, 0), coalesce(balance.open_amount, 0)
    from (select * from customer_balance where tenant_id = ${tenant.id}) as balance
    full join owed on owed.customer_id = balance.customer_id and owed.currency = balance.currency
    where coalesce(balance.open_amount, 0) <> coalesce(owed.amount, 0)
    union all
    select 'balance_unallocated_equals_entries', 'customer', coalesce(balance.customer_id, kept.customer_id), coalesce(balance.currency, kept.currency),
      coalesce(kept.amount, 0), coalesce(balance.unallocated_amount, 0)
    from (select * from customer_balance where tenant_id = ${tenant.id}) as balance
    full join kept on kept.customer_id = balance.customer_id and kept.currency = balance.currency
    where coalesce(balance.unallocated_amount, 0) <> coalesce(kept.amount, 0)
    union all
    select coalesce(booked.account, stated.account) || '_equals_documents', 'customer', coalesce(booked.customer_id, stated.customer_id),
      coalesce(booked.currency, stated.currency), coalesce(booked.amount, 0), coalesce(stated.amount, 0)
    from booked
    full join stated on stated.account = booked.account and stated.customer_id = booked.customer_id and stated.currency = booked.currency
    where coalesce(booked.amount, 0) <> coalesce(stated.amount, 0)
    union all
    select 'unidentified_equals_entries', 'bank_line', coalesce(money.bank_line_id, nobodys.id), coalesce(money.currency, nobodys.currency),
      coalesce(nobodys.amount, 0), coalesce(money.open_amount, 0)
    from (select * from unidentified_money where tenant_id = ${tenant.id}) as money
    full join nobodys on nobodys.id = money.bank_line_id and nobodys.currency = money.currency
    where coalesce(money.open_amount, 0) <> coalesce(nobodys.amount, 0)
    union all
    ${sql.join(
      comparisons.map((comparison) => compare(tenant.id, comparison)),
      sql` union all `,
    )}
    limit ${LISTED_MAX}
  `.execute(db)
  return rows
}

/** The rows of a table whose column is not the figure derived for them. */
const compare = (tenantId: string, { check, table, column, figures, figure }: Comparison) => sql`
  select ${check}, ${table}, stored.id, stored.currency, coalesce(derived.${sql.ref(figure)}, 0), stored.${sql.ref(column)}
  from ${sql.table(table)} as stored left join ${sql.table(figures)} as derived on derived.id = stored.id
  where stored.tenant_id = ${tenantId} and stored.${sql.ref(column)} <> coalesce(derived.${sql.ref(figure)}, 0)`

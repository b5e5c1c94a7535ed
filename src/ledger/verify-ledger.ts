import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'

/** Two figures that should be one. */
export interface Difference {
  check: string
  kind: 'open_item' | 'invoice' | 'payment' | 'credit_note' | 'customer'
  id: string
  currency: string
  expected_amount: number
  actual_amount: number
}

/** How many differences are listed; one is already too many. */
const LISTED_MAX = 1_000

/**
 * Recomputes every materialised amount of the tenant from the ledger's entries and from each other, in one snapshot:
 * items against their entries, invoices against their items, payments and credit notes against their entries and
 * allocations, balances against all of it, and amounts without a row to stand in. Empty means that all agree.
 */
export async function findDifferences({ db, tenant }: Reader): Promise<Difference[]> {
  // A plan kept from when the ledger was small is many times slower than one made for its size today.
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(db)
  const { rows } = await sql<Difference>`
    with entry as (
      select * from ledger_entry where tenant_id = ${tenant.id}
    ), claimed as (
      select item_id as id, sum(case when debit_account = 'receivable' then amount else -amount end)::bigint as amount
      from entry where 'receivable' in (debit_account, credit_account) group by item_id
    ), moved as (
      select source_id as id, case when credit_account = 'unallocated' then amount else -amount end as amount
      from entry where 'unallocated' in (debit_account, credit_account)
      union all
      select payment.transferred_from_id, -entry.amount
      from entry join payment on payment.tenant_id = ${tenant.id} and payment.id = entry.source_id
      where entry.source_kind = 'transfer'
    ), held as (
      select id, sum(amount)::bigint as amount from moved group by id
    ), deducted as (
      select item_id as id, sum(amount) filter (where deduction.kind = 'discount')::bigint as discounted,
        sum(amount) filter (where deduction.kind <> 'discount')::bigint as deducted
      from deduction where tenant_id = ${tenant.id} and undone_date is null group by item_id
    ), settled as (
      select coalesce(payment_id, credit_note_id) as id, sum(amount)::bigint as amount
      from allocation where tenant_id = ${tenant.id} and undone_date is null group by 1
    ), owed as (
      select debit_customer_id as customer_id, currency, sum(amount)::bigint as amount
      from (
        select debit_customer_id, currency, amount from entry where debit_account = 'receivable'
        union all
        select credit_customer_id, currency, -amount from entry where credit_account = 'receivable'
      ) as movement group by 1, 2
    ), kept as (
      select customer_id, currency, sum(amount)::bigint as amount
      from (
        select credit_customer_id as customer_id, currency, amount from entry where credit_account = 'unallocated'
        union all
        select debit_customer_id, currency, -amount from entry where debit_account = 'unallocated'
      ) as movement group by 1, 2
    ), of_invoice as (
      select invoice_id as id, sum(open_amount)::bigint as open_amount, sum(paid_amount)::bigint as paid_amount,
        sum(credited_amount)::bigint as credited_amount
      from open_item where tenant_id = ${tenant.id} and invoice_id is not null group by invoice_id
    )
    select 'open_item_equals_entries' as check, 'open_item' as kind, coalesce(item.id, claimed.id) as id,
      coalesce(item.currency, '') as currency, coalesce(claimed.amount, 0) as expected_amount, coalesce(item.open_amount, 0) as actual_amount
    from (select * from open_item where tenant_id = ${tenant.id}) as item full join claimed on claimed.id = item.id
    where item.open_amount is distinct from claimed.amount
    union all
    select 'open_item_discounted_equals_deductions', 'open_item', item.id, item.currency, coalesce(deducted.discounted, 0), item.discounted_amount
    from open_item as item left join deducted on deducted.id = item.id
    where item.tenant_id = ${tenant.id} and item.discounted_amount <> coalesce(deducted.discounted, 0)
    union all
    select 'open_item_deducted_equals_deductions', 'open_item', item.id, item.currency, coalesce(deducted.deducted, 0), item.deducted_amount
    from open_item as item left join deducted on deducted.id = item.id
    where item.tenant_id = ${tenant.id} and item.deducted_amount <> coalesce(deducted.deducted, 0)
    union all
    select 'invoice_open_equals_items', 'invoice', invoice.id, invoice.currency, coalesce(of_invoice.open_amount, 0), invoice.open_amount
    from invoice left join of_invoice on of_invoice.id = invoice.id
    where invoice.tenant_id = ${tenant.id} and invoice.open_amount <> coalesce(of_invoice.open_amount, 0)
    union all
    select 'invoice_paid_equals_items', 'invoice', invoice.id, invoice.currency, coalesce(of_invoice.paid_amount, 0), invoice.paid_amount
    from invoice left join of_invoice on of_invoice.id = invoice.id
    where invoice.tenant_id = ${tenant.id} and invoice.paid_amount <> coalesce(of_invoice.paid_amount, 0)
    union all
    select 'invoice_credited_equals_items', 'invoice', invoice.id, invoice.currency, coalesce(of_invoice.credited_amount, 0), invoice.credited_amount
    from invoice left join of_invoice on of_invoice.id = invoice.id
    where invoice.tenant_id = ${tenant.id} and invoice.credited_amount <> coalesce(of_invoice.credited_amount, 0)
    union all
    select 'payment_unallocated_equals_entries', 'payment', payment.id, payment.currency, coalesce(held.amount, 0), payment.unallocated_amount
    from payment left join held on held.id = payment.id
    where payment.tenant_id = ${tenant.id} and payment.unallocated_amount <> coalesce(held.amount, 0)
    union all
    select 'payment_allocated_equals_allocations', 'payment', payment.id, payment.currency, coalesce(settled.amount, 0), payment.allocated_amount
    from payment left join settled on settled.id = payment.id
    where payment.tenant_id = ${tenant.id} and payment.allocated_amount <> coalesce(settled.amount, 0)
    union all
    select 'credit_note_unallocated_equals_entries', 'credit_note', credit_note.id, credit_note.currency, coalesce(held.amount, 0), credit_note.unallocated_amount
    from credit_note left join held on held.id = credit_note.id
    where credit_note.tenant_id = ${tenant.id} and credit_note.unallocated_amount <> coalesce(held.amount, 0)
    union all
    select 'credit_note_allocated_equals_allocations', 'credit_note', credit_note.id, credit_note.currency, coalesce(settled.amount, 0), credit_note.allocated_amount
    from credit_note left join settled on settled.id = credit_note.id
    where credit_note.tenant_id = ${tenant.id} and credit_note.allocated_amount <> coalesce(settled.amount, 0)
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
    limit ${LISTED_MAX}
  `.execute(db)
  return rows
}

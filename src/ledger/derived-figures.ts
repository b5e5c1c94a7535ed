import { sql } from 'kysely'

/** A stored amount and the derived figure it must equal. */
export interface Comparison {
  check: string
  table: 'open_item' | 'invoice' | 'payment' | 'credit_note' | 'write_off'
  column: string
  /** The derived figures, by the id of the row. */
  figures: string
  figure: string
}

/** Every amount a row stores, and where it can be derived from. */
export const comparisons: readonly Comparison[] = [
  of('open_item', 'paid_amount', 'settled_item', 'paid', 'allocations'),
  of('open_item', 'credited_amount', 'settled_item', 'credited', 'allocations'),
  of('open_item', 'discounted_amount', 'deducted', 'discounted', 'deductions'),
  of('open_item', 'deducted_amount', 'deducted', 'deducted', 'deductions'),
  of('open_item', 'written_off_amount', 'given_up', 'amount', 'write_offs'),
  of('invoice', 'open_amount', 'of_invoice', 'open', 'items'),
  of('invoice', 'paid_amount', 'of_invoice', 'paid', 'items'),
  of('invoice', 'credited_amount', 'of_invoice', 'credited', 'items'),
  of('invoice', 'discounted_amount', 'of_invoice', 'discounted', 'items'),
  of('invoice', 'deducted_amount', 'of_invoice', 'deducted', 'items'),
  of('invoice', 'written_off_amount', 'of_invoice', 'written_off', 'items'),
  of('payment', 'unallocated_amount', 'held', 'amount', 'entries'),
  of('payment', 'allocated_amount', 'settled', 'amount', 'allocations'),
  of('payment', 'refunded_amount', 'refunded', 'amount', 'refunds'),
  of('payment', 'recovered_amount', 'recovered_of', 'amount', 'recoveries'),
  of('payment', 'transferred_amount', 'transferred', 'amount', 'payments'),
  of('credit_note', 'unallocated_amount', 'held', 'amount', 'entries'),
  of('credit_note', 'allocated_amount', 'settled', 'amount', 'allocations'),
  of('credit_note', 'refunded_amount', 'refunded', 'amount', 'refunds'),
  of('write_off', 'recovered_amount', 'recovered', 'amount', 'recoveries'),
]

function of(
  table: Comparison['table'],
  column: string,
  figures: string,
  figure: string,
  from: string,
): Comparison {
  return {
    check: `${table}_${column.replace('_amount', '')}_equals_${from}`,
    table,
    column,
    figures,
    figure,
  }
}

/** Every figure that is stored somewhere, derived again from the rows that are never changed: a chain of CTEs. */
export const derivedFigures = (tenantId: string) => sql`
  entry as (
    select * from ledger_entry where tenant_id = ${tenantId}
  ), claimed as (
    select item_id as id, sum(case when debit_account = 'receivable' then amount else -amount end)::bigint as amount
    from entry where 'receivable' in (debit_account, credit_account) group by item_id
  ), moved as (
    select source_id as id, case when credit_account = 'unallocated' then amount else -amount end as amount
    from entry where 'unallocated' in (debit_account, credit_account)
    union all
    select payment.transferred_from_id, -entry.amount
    from entry join payment on payment.tenant_id = ${tenantId} and payment.id = entry.source_id
    where entry.source_kind = 'transfer'
  ), held as (
    select id, sum(amount)::bigint as amount from moved group by id
  ), nobodys as (
    select coalesce(payment.bank_line_id, source_id) as id, entry.currency,
      sum(case when credit_account = 'unidentified' then entry.amount else -entry.amount end)::bigint as amount
    from entry left join payment on payment.tenant_id = ${tenantId} and payment.id = source_id
    where 'unidentified' in (debit_account, credit_account) group by 1, 2
  ), standing as (
    select * from allocation where tenant_id = ${tenantId} and undone_date is null
  ), settled as (
    select coalesce(payment_id, credit_note_id) as id, sum(amount)::bigint as amount from standing group by 1
  ), settled_item as (
    select item_id as id, sum(amount) filter (where payment_id is not null)::bigint as paid,
      sum(amount) filter (where credit_note_id is not null)::bigint as credited
    from standing group by item_id
  ), deducted as (
    select item_id as id, sum(amount) filter (where kind = 'discount')::bigint as discounted,
      sum(amount) filter (where kind <> 'discount')::bigint as deducted
    from deduction where tenant_id = ${tenantId} and undone_date is null group by item_id
  ), refunded as (
    select coalesce(payment_id, credit_note_id) as id, sum(amount)::bigint as amount
    from refund where tenant_id = ${tenantId} and status <> 'cancelled' group by 1
  ), transferred as (
    select transferred_from_id as id, sum(amount)::bigint as amount
    from payment where tenant_id = ${tenantId} and transferred_from_id is not null group by 1
  ), given_up as (
    select item_id as id, sum(amount)::bigint as amount
    from write_off where tenant_id = ${tenantId} and status = 'recorded' group by item_id
  ), recovered as (
    select write_off_id as id, sum(amount)::bigint as amount
    from recovery where tenant_id = ${tenantId} and undo_date is null group by write_off_id
  ), recovered_of as (
    select payment_id as id, sum(amount)::bigint as amount
    from recovery where tenant_id = ${tenantId} and undo_date is null group by payment_id
  ), of_invoice as (
    select invoice_id as id, sum(open_amount)::bigint as open, sum(paid_amount)::bigint as paid, sum(credited_amount)::bigint as credited,
      sum(discounted_amount)::bigint as discounted, sum(deducted_amount)::bigint as deducted, sum(written_off_amount)::bigint as written_off
    from open_item where tenant_id = ${tenantId} and invoice_id is not null group by invoice_id
  ), side as (
    select debit_account as account, debit_customer_id as customer_id, currency, amount from entry
    union all
    select credit_account, credit_customer_id, currency, -amount from entry
  ), owed as (
    select customer_id, currency, sum(amount)::bigint as amount from side where account = 'receivable' group by 1, 2
  ), kept as (
    select customer_id, currency, -sum(amount)::bigint as amount from side where account = 'unallocated' group by 1, 2
  ), booked as (
    select account, customer_id, currency, sum(amount)::bigint as amount
    from side where account in ('refunds_payable', 'bad_debt', 'bad_debt_recovery') group by 1, 2, 3
  ), stated as (
    select account, customer_id, currency, sum(amount)::bigint as amount
    from (
      select 'refunds_payable' as account, customer_id, currency, -amount as amount
      from refund where tenant_id = ${tenantId} and status = 'approved'
      union all
      select 'bad_debt', customer_id, currency, amount - relieved_amount
      from write_off where tenant_id = ${tenantId} and status = 'recorded'
      union all
      select 'bad_debt_recovery', customer_id, recovery.currency, tax_amount - recovery.amount
      from recovery join write_off on write_off.tenant_id = ${tenantId} and write_off.id = recovery.write_off_id
      where recovery.tenant_id = ${tenantId} and recovery.undo_date is null
    ) as document group by 1, 2, 3
  )`

import type { Context } from '../../src/foundation/http/context.ts'

/**
 * An auditor of its own: it knows the books only as tables and says what does not fit, in SQL that shares nothing with
 * the service. It looks past row-level security, as the owner of the database.
 */
const checks: Record<string, string> = {
  'an item’s open amount is the sum of its entries': `
    select item.id from open_item as item
    where tenant_id = $1 and open_amount <> (
      select coalesce(sum(amount) filter (where debit_account = 'receivable'), 0)
        - coalesce(sum(amount) filter (where credit_account = 'receivable'), 0)
      from ledger_entry as entry where entry.tenant_id = item.tenant_id and entry.item_id = item.id)`,
  'an item’s total is what was claimed': `
    select item.id from open_item as item
    where tenant_id = $1 and total_amount <> (
      select coalesce(sum(amount), 0) from ledger_entry as entry
      where entry.tenant_id = item.tenant_id and entry.item_id = item.id and (happening in ('invoice_issued', 'opening_item', 'charge_claimed') or happening = 'payment_reversed' and debit_account = 'receivable'))`,
  'what is paid and credited of an item is what its standing allocations say': `
    select item.id from open_item as item
    left join allocation on allocation.tenant_id = item.tenant_id and allocation.item_id = item.id and undone_date is null
    where item.tenant_id = $1
    group by item.id, item.paid_amount, item.credited_amount
    having item.paid_amount <> coalesce(sum(amount) filter (where payment_id is not null), 0)
      or item.credited_amount <> coalesce(sum(amount) filter (where credit_note_id is not null), 0)`,
  'what is discounted and deducted of an item is what its standing deductions say': `
    select item.id from open_item as item
    left join deduction on deduction.tenant_id = item.tenant_id and deduction.item_id = item.id and undone_date is null
    where item.tenant_id = $1
    group by item.id, item.discounted_amount, item.deducted_amount
    having item.discounted_amount <> coalesce(sum(deduction.amount) filter (where deduction.kind = 'discount'), 0)
      or item.deducted_amount <> coalesce(sum(deduction.amount) filter (where deduction.kind <> 'discount'), 0)`,
  'a deduction is entered once, its tax apart, and stands and falls with its allocation': `
    select deduction.id from deduction
    join allocation on allocation.tenant_id = deduction.tenant_id and allocation.id = allocation_id
    left join ledger_entry as net on net.tenant_id = deduction.tenant_id and net.id = deduction.entry_id
    left join ledger_entry as tax on tax.tenant_id = deduction.tenant_id and tax.id = deduction.tax_entry_id
    where deduction.tenant_id = $1 and ((deduction.undone_date is null) <> (allocation.undone_date is null)
      or net.amount is distinct from deduction.amount - deduction.tax_amount or net.item_id is distinct from deduction.item_id
      or coalesce(tax.amount, 0) <> deduction.tax_amount or tax.credit_account <> 'receivable' or tax.debit_account <> 'output_tax')`,
  'an undone allocation has its undo in the ledger, a standing one has none': `
    select allocation.id from allocation
    left join ledger_entry as undo on undo.tenant_id = allocation.tenant_id and undo.undoes_id = allocation.entry_id
    where allocation.tenant_id = $1 and undo.effective_date is distinct from allocation.undone_date`,
  'on no day was less than nothing or more than the total of an item open': `
    select distinct id from (
      select item.id, item.total_amount, sum(sum(case when debit_account = 'receivable' then amount else -amount end))
        over (partition by item.id order by effective_date) as open_amount
      from open_item as item
      join ledger_entry as entry on entry.tenant_id = item.tenant_id and entry.item_id = item.id
      where item.tenant_id = $1
      group by item.id, item.total_amount, effective_date
    ) as day where open_amount < 0 or open_amount > total_amount`,
  'on no day was less than nothing of a payment or credit note unallocated': `
    select distinct source_id as id from (
      select source_id, sum(sum(amount)) over (partition by source_id order by effective_date) as unallocated_amount
      from (
        select source_id, effective_date, case when credit_account = 'unallocated' then amount else -amount end as amount
        from ledger_entry where tenant_id = $1 and 'unallocated' in (debit_account, credit_account)
        union all
        select transferred_from_id, effective_date, -entry.amount from ledger_entry as entry
        join payment on payment.tenant_id = entry.tenant_id and payment.id = source_id
        where entry.tenant_id = $1 and source_kind = 'transfer'
      ) as movement group by source_id, effective_date
    ) as day where unallocated_amount < 0`,
  'an invoice is the sum of its items': `
    select invoice.id from invoice
    left join open_item as item on item.tenant_id = invoice.tenant_id and item.invoice_id = invoice.id
    where invoice.tenant_id = $1
    group by invoice.tenant_id, invoice.id
    having invoice.open_amount <> coalesce(sum(item.open_amount), 0)
      or invoice.paid_amount <> coalesce(sum(item.paid_amount), 0)
      or invoice.credited_amount <> coalesce(sum(item.credited_amount), 0)
      or invoice.deposit_amount <> coalesce(sum(item.deposit_amount), 0)
      or invoice.discounted_amount <> coalesce(sum(item.discounted_amount), 0)
      or invoice.deducted_amount <> coalesce(sum(item.deducted_amount), 0)
      or invoice.written_off_amount <> coalesce(sum(item.written_off_amount), 0)
      or invoice.status <> 'draft' and invoice.total_amount <> coalesce(sum(item.total_amount), 0)
      or invoice.status = 'draft' and count(item.id) > 0
      or invoice.earliest_open_due_date is distinct from min(item.due_date) filter (where item.open_amount > 0)`,
  'what deposits settle is what is deducted of them, and was booked as that': `
    select invoice.id from invoice
    where tenant_id = $1 and (deposit_used_amount <> (
        select coalesce(sum((deduction ->> 'amount')::bigint), 0) from invoice as final, jsonb_array_elements(final.deposit_deductions) as deduction
        where final.tenant_id = $1 and final.status not in ('draft', 'void') and (deduction ->> 'invoice_id')::uuid = invoice.id)
      or deposit_amount <> (
        select coalesce(sum(case when happening = 'deposit_deducted' then amount else -amount end), 0) from ledger_entry as entry
        where entry.tenant_id = $1 and source_id = invoice.id and happening in ('deposit_deducted', 'deposit_released')))`,
  'the status of an invoice follows its amounts': `
    select id from invoice
    where tenant_id = $1 and status is distinct from case
      when void_date is not null then 'void'
      when not exists (select 1 from open_item where open_item.tenant_id = invoice.tenant_id and invoice_id = invoice.id) then 'draft'
      when open_amount > 0 then 'issued' when written_off_amount > 0 then 'written_off' else 'paid' end`,
  'the tax of an issued invoice is booked to the cent': `
    select invoice.id from invoice
    where tenant_id = $1 and status <> 'draft' and kind <> 'opening' and coalesce(tax_amount, 0) <> (
      select coalesce(sum(amount), 0) from ledger_entry as entry
      where entry.tenant_id = invoice.tenant_id and source_id = invoice.id and happening = 'invoice_issued' and credit_account = 'output_tax')`,
  'a payment is what came in, less what it settled, went back, was recovered or was taken back': `
    select payment.id from payment
    where tenant_id = $1 and (unallocated_amount + transferred_amount <> (
      select coalesce(sum(case when credit_account = 'unallocated' then amount else -amount end), 0)
      from ledger_entry as entry
      where entry.tenant_id = payment.tenant_id and source_id = payment.id and 'unallocated' in (debit_account, credit_account))
    or transferred_amount <> (
      select coalesce(sum(amount), 0) from payment as moved
      where moved.tenant_id = payment.tenant_id and moved.transferred_from_id = payment.id)
    or difference_amount <> (
      select coalesce(sum(case when credit_account = 'payment_difference' then amount else -amount end), 0)
      from ledger_entry as entry
      where entry.tenant_id = payment.tenant_id and source_id = payment.id
        and 'unallocated' in (debit_account, credit_account) and 'payment_difference' in (debit_account, credit_account))
    or allocated_amount <> (
      select coalesce(sum(amount), 0) from allocation
      where allocation.tenant_id = payment.tenant_id and payment_id = payment.id and undone_date is null)
    or refunded_amount <> (
      select coalesce(sum(amount), 0) from refund
      where refund.tenant_id = payment.tenant_id and payment_id = payment.id and status <> 'cancelled')
    or recovered_amount <> (
      select coalesce(sum(amount), 0) from recovery
      where recovery.tenant_id = payment.tenant_id and payment_id = payment.id and undo_date is null)
    or reversed_amount <> case when status = 'reversed' then amount - refunded_amount - recovered_amount - transferred_amount else 0 end
    or case when status = 'pending' then 0 else amount end <> allocated_amount + unallocated_amount + refunded_amount
      + recovered_amount + transferred_amount + difference_amount + reversed_amount)`,
  'a credit note is what was credited, less what it settled and what goes back': `
    select note.id from credit_note as note
    where tenant_id = $1 and (unallocated_amount <> (
      select coalesce(sum(amount) filter (where credit_account = 'unallocated'), 0)
        - coalesce(sum(amount) filter (where debit_account = 'unallocated'), 0)
      from ledger_entry as entry where entry.tenant_id = note.tenant_id and source_id = note.id)
    or allocated_amount <> (
      select coalesce(sum(amount), 0) from allocation
      where allocation.tenant_id = note.tenant_id and credit_note_id = note.id and undone_date is null)
    or refunded_amount <> (
      select coalesce(sum(amount), 0) from refund
      where refund.tenant_id = note.tenant_id and credit_note_id = note.id and status <> 'cancelled')
    or total_amount <> allocated_amount + unallocated_amount + refunded_amount)`,
  'a customer’s balance is the sum of the items, payments and credit notes': `
    select customer_id as id from (
      select customer_id, currency, open_amount, 0 as unallocated_amount from open_item where tenant_id = $1
      union all select customer_id, currency, 0, unallocated_amount from payment where tenant_id = $1
      union all select customer_id, currency, 0, unallocated_amount from credit_note where tenant_id = $1
      union all select customer_id, currency, -open_amount, -unallocated_amount from customer_balance where tenant_id = $1
    ) as part group by customer_id, currency having sum(open_amount) <> 0 or sum(unallocated_amount) <> 0`,
  'cash and clearing are what was received, not taken back and not paid out, less what banks and providers kept': `
    select account || ' ' || currency as id from (
      select debit_account as account, currency, amount from ledger_entry where tenant_id = $1 and (debit_account in ('cash', 'clearing') or debit_account = 'opening_balance' and source_kind = 'payment')
      union all select credit_account, currency, -amount from ledger_entry where tenant_id = $1 and (credit_account in ('cash', 'clearing') or credit_account = 'opening_balance' and source_kind = 'payment')
      union all select account, currency, -amount from payment
      where tenant_id = $1 and status = 'received' and transferred_from_id is null
      union all select credit_account, currency, amount from ledger_entry
      where tenant_id = $1 and happening = 'return_charged_by_bank'
      union all select 'cash', currency, amount from ledger_entry where tenant_id = $1 and happening = 'clearing_charged'
      union all select 'cash', currency, amount from refund where tenant_id = $1 and status = 'paid'
      union all select account, currency, -open_amount from unidentified_money where tenant_id = $1
    ) as part group by account, currency having sum(amount) <> 0`,
  'what is written off of an item is what its standing write-offs say': `
    select item.id from open_item as item
    where tenant_id = $1 and written_off_amount <> (
      select coalesce(sum(amount), 0) from write_off
      where write_off.tenant_id = item.tenant_id and item_id = item.id and status = 'recorded')`,
  'what is owed back to customers is what was approved and not paid': `
    select currency as id from (
      select currency, case when credit_account = 'refunds_payable' then amount else -amount end as amount
      from ledger_entry where tenant_id = $1 and 'refunds_payable' in (debit_account, credit_account)
      union all select currency, -amount from refund where tenant_id = $1 and status = 'approved'
    ) as part group by currency having sum(amount) <> 0`,
  'on no day was less than nothing owed back, unidentified or lost as bad debt': `
    select distinct account || ' ' || currency as id from (
      select account, currency, sum(sum(amount)) over (partition by account, currency order by effective_date) as amount
      from (
        select debit_account as account, currency, effective_date, case when debit_account = 'bad_debt' then amount else -amount end as amount
        from ledger_entry where tenant_id = $1 and debit_account in ('refunds_payable', 'unidentified', 'bad_debt')
        union all
        select credit_account, currency, effective_date, case when credit_account = 'bad_debt' then -amount else amount end
        from ledger_entry where tenant_id = $1 and credit_account in ('refunds_payable', 'unidentified', 'bad_debt')
      ) as side group by account, currency, effective_date
    ) as day where amount < 0`,
  'bad debt is what was written off, less the tax claimed back': `
    select currency as id from (
      select currency, case when debit_account = 'bad_debt' then amount else -amount end as amount
      from ledger_entry where tenant_id = $1 and 'bad_debt' in (debit_account, credit_account)
      union all select currency, relieved_amount - amount from write_off where tenant_id = $1 and status = 'recorded'
    ) as part group by currency having sum(amount) <> 0`,
  'what was recovered is what the recoveries say, and income but for its tax': `
    select id from write_off
    where tenant_id = $1 and recovered_amount <> (
      select coalesce(sum(amount), 0) from recovery
      where recovery.tenant_id = write_off.tenant_id and write_off_id = write_off.id and undo_date is null)
    union all
    select customer_id from (
      select credit_customer_id as customer_id, amount from ledger_entry where tenant_id = $1 and credit_account = 'bad_debt_recovery'
      union all select debit_customer_id, -amount from ledger_entry where tenant_id = $1 and debit_account = 'bad_debt_recovery'
      union all select customer_id, recovery.tax_amount - recovery.amount from recovery
      join payment on payment.tenant_id = recovery.tenant_id and payment.id = recovery.payment_id
      where recovery.tenant_id = $1 and undo_date is null
    ) as part group by customer_id having sum(amount) <> 0`,
  'no more tax is claimed back for an item than was booked for it, nor owed again than was claimed back': `
    select item_id as id from write_off
    where tenant_id = $1 and status = 'recorded'
      and not exists (select 1 from invoice where invoice.tenant_id = $1 and invoice.id = write_off.invoice_id and kind = 'opening')
    group by item_id
    having sum(relieved_amount) > (
      select coalesce(sum(amount), 0) from ledger_entry as entry
      where entry.tenant_id = $1 and entry.item_id = write_off.item_id and happening = 'invoice_issued' and credit_account = 'output_tax')
    union all
    select write_off.id from write_off
    join recovery on recovery.tenant_id = write_off.tenant_id and write_off_id = write_off.id and recovery.undo_date is null
    where write_off.tenant_id = $1 group by write_off.id, relieved_amount having sum(recovery.tax_amount) > relieved_amount`,
  'what is unidentified is what the ledger says, line by line': `
    select bank_line_id as id from unidentified_money as money
    where tenant_id = $1 and open_amount <> (
      select coalesce(sum(case when credit_account = 'unidentified' then entry.amount else -entry.amount end), 0) from ledger_entry as entry
      where entry.tenant_id = money.tenant_id and 'unidentified' in (debit_account, credit_account) and (source_id = bank_line_id
        or source_id in (select id from payment where payment.tenant_id = $1 and payment.bank_line_id = money.bank_line_id)))
    union all
    select money.bank_line_id from unidentified_money as money
    join bank_line as line on line.tenant_id = money.tenant_id and line.id = money.bank_line_id
    where money.tenant_id = $1 and money.open_amount <> case when line.status = 'unmatched' then line.amount else 0 end
    union all
    select null from (
      select case when credit_account = 'unidentified' then amount else -amount end as amount
      from ledger_entry where tenant_id = $1 and 'unidentified' in (debit_account, credit_account)
      union all select -open_amount from unidentified_money where tenant_id = $1
    ) as part having sum(amount) <> 0`,
  'what goes back is money of the same customer and currency': `
    select refund.id from refund
    left join payment on payment.tenant_id = refund.tenant_id and payment.id = refund.payment_id
    left join credit_note as note on note.tenant_id = refund.tenant_id and note.id = refund.credit_note_id
    where refund.tenant_id = $1 and (refund.customer_id <> coalesce(payment.customer_id, note.customer_id)
      or refund.currency <> coalesce(payment.currency, note.currency))`,
  'an entry is posted on its day or, if that was closed, later': `
    select id from ledger_entry where tenant_id = $1 and posting_date < effective_date`,
  'a debit is the sum of what it is to settle, all of one customer': `
    select debit.id from direct_debit as debit
    left join direct_debit_item as part on part.tenant_id = debit.tenant_id and part.direct_debit_id = debit.id
    left join open_item as item on item.tenant_id = part.tenant_id and item.id = part.item_id
    where debit.tenant_id = $1
    group by debit.id, debit.amount, debit.customer_id
    having debit.amount <> coalesce(sum(part.amount), 0) or not bool_and(item.customer_id = debit.customer_id)`,
  'a debit and its payment tell the same': `
    select debit.id from direct_debit as debit
    join payment on payment.tenant_id = debit.tenant_id and payment.id = debit.payment_id
    where debit.tenant_id = $1 and (payment.amount <> debit.amount or payment.customer_id <> debit.customer_id
      or payment.status <> case
        when debit.status in ('scheduled', 'submitted') then 'pending' when debit.status = 'collected' then 'received' else 'reversed' end)`,
  'a batch that is closed is the sum of its debits': `
    select batch.id from debit_batch as batch
    left join direct_debit as debit on debit.tenant_id = batch.tenant_id and debit.batch_id = batch.id and debit.status <> 'cancelled'
    where batch.tenant_id = $1 and batch.status <> 'open'
    group by batch.id, batch.debit_count, batch.total_amount
    having batch.debit_count <> count(debit.id) or batch.total_amount <> coalesce(sum(debit.amount), 0)`,
  'an entry is in the currency and of the customer of its item': `
    select entry.id from ledger_entry as entry
    join open_item as item on item.tenant_id = entry.tenant_id and item.id = entry.item_id
    where entry.tenant_id = $1 and (entry.currency <> item.currency
      or entry.due_date <> item.due_date and entry.due_date not in (
        select unnest(array[previous_due_date, due_date]) from deferral where tenant_id = $1 and item_id = item.id)
      or item.customer_id <> case when debit_account = 'receivable' then debit_customer_id else credit_customer_id end)`,
  'money settles items of its own customer and currency': `
    select allocation.id from allocation
    join open_item as item on item.tenant_id = allocation.tenant_id and item.id = allocation.item_id
    left join payment on payment.tenant_id = allocation.tenant_id and payment.id = allocation.payment_id
    left join credit_note as note on note.tenant_id = allocation.tenant_id and note.id = allocation.credit_note_id
    where allocation.tenant_id = $1 and (
      item.currency <> coalesce(payment.currency, note.currency) or item.customer_id <> coalesce(payment.customer_id, note.customer_id)
      or allocation.currency <> item.currency or allocation.customer_id <> item.customer_id
      or allocation.invoice_id is distinct from item.invoice_id)`,
  'nothing takes effect before its claim, nor in the future': `
    select entry.id from ledger_entry as entry
    join tenant on tenant.tenant_id = entry.tenant_id
    left join open_item as item on item.tenant_id = entry.tenant_id and item.id = entry.item_id
    where entry.tenant_id = $1
      and (effective_date > (recorded_at at time zone time_zone)::date or effective_date < item.claim_date)`,
  'an undo mirrors what it undoes, on the same day or later': `
    select undo.id from ledger_entry as undo
    left join ledger_entry as done on done.tenant_id = undo.tenant_id and done.id = undo.undoes_id
    where undo.tenant_id = $1 and undo.undoes_id is not null and (done.id is null
      or undo.amount <> done.amount or undo.currency <> done.currency or undo.item_id is distinct from done.item_id
      or undo.debit_account <> done.credit_account or undo.credit_account <> done.debit_account
      or undo.effective_date < done.effective_date)`,
  'the events of an entity are numbered 1, 2, 3, …; a bank line came with its statement, a decision with its run, and have none for that': `
    select entity_id as id from event where tenant_id = $1
    group by entity_kind, entity_id
    having min(entity_sequence) <> case when entity_kind in ('bank_line', 'dunning_decision') then 2 else 1 end
      or max(entity_sequence) - min(entity_sequence) + 1 <> count(*)`,
  'the last event of an entity is its version': `
    select id from (
      select id, version from invoice where tenant_id = $1
      union all select id, version from payment where tenant_id = $1
      union all select id, version from credit_note where tenant_id = $1
      union all select id, version from mandate where tenant_id = $1
      union all select id, version from direct_debit where tenant_id = $1
      union all select id, version from debit_batch where tenant_id = $1
      union all select id, version from direct_debit_settings where tenant_id = $1
      union all select id, version from customer where tenant_id = $1
      union all select id, version from customer_class where tenant_id = $1
      union all select id, version from allocation_settings where tenant_id = $1
      union all select id, version from refund where tenant_id = $1
      union all select id, version from write_off where tenant_id = $1
      union all select id, version from ledger_settings where tenant_id = $1
      union all select id, version from dunning_policy where tenant_id = $1
      union all select id, version from dunning_limit where tenant_id = $1
      union all select id, version from dunning_migration where tenant_id = $1
      union all select id, version from dunning_hold where tenant_id = $1
      union all select id, version from task where tenant_id = $1
      union all select id, version from activity where tenant_id = $1
      union all select id, version from credit_hold where tenant_id = $1
      union all select id, version from approval where tenant_id = $1
      union all select id, version from credit_limit where tenant_id = $1
      union all select id, version from credit_group where tenant_id = $1
      union all select id, 1 from onboarding_check where tenant_id = $1
      union all select id, 1 from credit_alert where tenant_id = $1
      union all select id, version from credit_review where tenant_id = $1
      union all select id, version from credit_report where tenant_id = $1
      union all select id, version from trade_reference where tenant_id = $1
      union all select id, version from credit_standing where tenant_id = $1 and version > 0
      union all select id, version from jurisdiction_settings where tenant_id = $1
      union all select id, 1 from tenant_reference_rate where tenant_id = $1
      union all select id, version from dunning_notice where tenant_id = $1
      union all select id, version from dunning_simulation where tenant_id = $1
      union all select id, version from dunning_run where tenant_id = $1
      union all select id, version from bank_line where tenant_id = $1 and version > 1
      union all select state.item_id, state.version + case when item.kind = 'charge' then 1 else 0 end
        from dunning_state as state join open_item as item on item.tenant_id = state.tenant_id and item.id = state.item_id
        where state.tenant_id = $1
    ) as entity
    where version is distinct from (select max(entity_sequence) from event where event.tenant_id = $1 and entity_id = entity.id)`,
  'a credit limit waits, holds or does not as its approval says': `
    select credit_limit.id from credit_limit
    left join approval on approval.tenant_id = credit_limit.tenant_id and approval.subject_id = credit_limit.id
    where credit_limit.tenant_id = $1 and (approval_id is distinct from approval.id
      or credit_limit.status <> coalesce(approval.status, 'approved') or approval.customer_id is distinct from credit_limit.customer_id and approval.id is not null)`,
  'the feed is numbered without gaps and holds every event that is not waiting for its place': `
    select 'feed' as id
    from (
      select count(*) as count, coalesce(max(position), 0) as last, count(*) filter (where position >= first) as counted, first
      from feed, (
        -- A reset takes away most of what was before it.
        select coalesce(max(position), 1) as first from feed
        join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id and event.type = 'tenant.reset'
        where feed.tenant_id = $1) as life
      where tenant_id = $1
      group by first) as feed
    where counted <> last - first + 1 or last <> (select last_position from feed_head where tenant_id = $1)
      or count + (select count(*) from event_outbox where tenant_id = $1) <> (select count(*) from event where tenant_id = $1)`,
  'an item was lifted to a level once in a cycle, and told about it once': `
    select item_id as id from dunning_step as step
    where tenant_id = $1 and 1 <> (
      select count(*) from event
      where event.tenant_id = step.tenant_id and type = 'dunning.level_changed' and entity_id = item_id
        and (data -> 'object' ->> 'level')::int = level and (data -> 'object' ->> 'cycle')::int = cycle
        and (data -> 'previous_attributes' ->> 'level')::int < level)`,
  'a step that was reversed was told about once, in the cycle that it began': `
    select item_id as id from dunning_step as step
    where tenant_id = $1 and (case when reversed_date is null then 0 else 1 end) <> (
      select count(*) from event
      where event.tenant_id = step.tenant_id and type = 'dunning.level_changed' and entity_id = item_id
        and data -> 'object' ->> 'notice_id' = (select data -> 'object' ->> 'id' from event as told
          where told.tenant_id = step.tenant_id and told.type = 'dunning.notice_issued' and told.entity_id = step.notice_id)
        and (data -> 'previous_attributes' ->> 'level')::int > (data -> 'object' ->> 'level')::int)`,
  'a migration names the items it has moved, and counts those for which it changes anything': `
    select migration.id from dunning_migration as migration
    left join dunning_migration_item as moved on moved.tenant_id = migration.tenant_id and moved.migration_id = migration.id
    where migration.tenant_id = $1
    group by migration.id, migration.item_count, migration.customer_count, migration.changed_count, migration.to_version
    having item_count <> count(item_id) or customer_count <> count(distinct customer_id) or bool_or(from_version = to_version)
      or changed_count <> count(item_id) filter (
        where (before_level, before_date, before_reason) is distinct from (after_level, after_date, after_reason))`,
  'the steps of an item that stand rise from level to level, each on a later day': `
    select item_id as id from (
      select item_id, level, from_level, cycle, step_date, lag(level, 1, 0) over by_level as before,
        lag(step_date) over by_level as before_date, lag(cycle, 1, 1) over by_level as before_cycle, (
          select taken_over_level from dunning_state as state where state.tenant_id = $1 and state.item_id = step.item_id
        ) as taken_over_level
      from dunning_step as step where tenant_id = $1 and reversed_date is null
      window by_level as (partition by item_id, (
        select count(*) from deferral where deferral.tenant_id = $1 and deferral.item_id = step.item_id
          and status = 'agreed' and due_date < step_date) order by level)
    ) as step where (from_level <> before and (before_date is not null or from_level is distinct from taken_over_level)) or level <= from_level or before_date >= step_date or before_cycle > cycle`,
  'an item stands where its standing steps have brought it, in the cycle after all that were reversed': `
    select state.item_id as id from dunning_state as state
    join open_item as item on item.tenant_id = state.tenant_id and item.id = state.item_id
    left join dunning_step as step on step.tenant_id = state.tenant_id and step.item_id = state.item_id
    where state.tenant_id = $1
    group by state.item_id, state.level, state.level_date, state.cycle, state.taken_over_level, state.taken_over_date, item.due_date
    having state.level <> coalesce(max(step.level) filter (where reversed_date is null and step_date > item.due_date),
        case when taken_over_date > item.due_date then taken_over_level end, 0)
      or state.level_date is distinct from coalesce(max(step.step_date) filter (where reversed_date is null and step_date > item.due_date),
        case when taken_over_date > item.due_date then taken_over_date end)
      or state.cycle - 1 - count(*) filter (where reversed_date is not null) not between 0 and (
        select count(*) + count(*) filter (where status = 'revoked') from deferral
        where deferral.tenant_id = $1 and deferral.item_id = state.item_id)`,
  'a notice stands or falls with its steps, courtesies and decisions': `
    select notice.id from dunning_notice as notice
    where tenant_id = $1 and ((status = 'reversed') <> exists (
        select 1 from dunning_decision as decision
        where decision.tenant_id = notice.tenant_id and decision.notice_id = notice.id and decision.status = 'reversed')
      or exists (
        select 1 from dunning_step as step
        where step.tenant_id = notice.tenant_id and step.notice_id = notice.id and (reversed_date is null) = (status = 'reversed'))
      or status = 'reversed' and exists (
        select 1 from dunning_courtesy as courtesy where courtesy.tenant_id = notice.tenant_id and courtesy.notice_id = notice.id))`,
  'nobody owes the charges of a notice that was reversed': `
    select item.id from open_item as item
    join dunning_notice as notice on notice.tenant_id = item.tenant_id and notice.id = item.notice_id
    where item.tenant_id = $1 and notice.status = 'reversed' and item.open_amount + item.paid_amount > 0`,
  'a decision that was released has its notice, one that was not has none, and nothing waits in a run that is over': `
    select decision.id from dunning_decision as decision
    join dunning_run as run on run.tenant_id = decision.tenant_id and run.id = decision.run_id
    where decision.tenant_id = $1 and ((decision.status in ('released', 'reversed')) <> (notice_id is not null)
      or decision.status = 'proposed' and run.status in ('completed', 'discarded', 'reversed'))`,
  'a charge that was claimed is the open item it became, and every open item of dunning was a charge': `
    select charge.id from dunning_charge as charge
    join open_item as item on item.tenant_id = charge.tenant_id and item.id = charge.claim_item_id
    where charge.tenant_id = $1 and (charge.amount <> item.total_amount or charge.currency <> item.currency
      or charge.customer_id <> item.customer_id or charge.kind <> item.charge_kind or charge.notice_id is distinct from item.notice_id)
    union all
    select item.id from open_item as item
    where tenant_id = $1 and (charge_kind in ('interest', 'lump_sum') or charge_kind = 'fee' and notice_id is not null)
      and 1 <> (select count(*) from dunning_charge as charge where charge.tenant_id = item.tenant_id and charge.claim_item_id = item.id)`,
  'a principal has one lump sum at most, and interest that runs once': `
    select item_id as id from dunning_charge where tenant_id = $1 and reversed_date is null
    group by item_id
    having count(*) filter (where kind = 'lump_sum' and status <> 'refused') > 1 or count(*) filter (where status = 'accrued') > 1`,
  'nothing is open of a charge whose notice was taken back': `
    select charge.id from dunning_charge as charge
    join open_item as item on item.tenant_id = charge.tenant_id and item.id = charge.claim_item_id
    where charge.tenant_id = $1 and reversed_date is not null and item.open_amount > 0`,
  'what became of a bank line adds up to it, and stands exactly while it is not unmatched': `
    select line.id from bank_line as line
    left join bank_line_match as match on match.tenant_id = line.tenant_id and match.bank_line_id = line.id and undone_at is null
    where line.tenant_id = $1
    group by line.id, line.amount, line.status
    having coalesce(sum(match.amount), 0) <> case when line.status in ('matched', 'ignored') then line.amount else 0 end
      or (line.status = 'ignored') <> coalesce(bool_or(match.kind = 'ignored'), false)`,
  'a bank line is recorded once: its standing payments add up to no more than it, of its currency': `
    select line.id from bank_line as line
    join payment on payment.tenant_id = line.tenant_id and payment.bank_line_id = line.id
    where line.tenant_id = $1 and payment.status <> 'reversed'
    group by line.id, line.amount, line.currency
    having sum(payment.amount) > line.amount or bool_or(payment.currency <> line.currency)`,
  'a score is the sum of what its factors contributed, and a standing has its last score': `
    select id from credit_score
    where tenant_id = $1 and score <> (select coalesce(sum((factor ->> 'contribution')::int), 0) from jsonb_array_elements(factors) as factor)
    union all
    select standing.id from credit_standing as standing
    cross join lateral (
      select score, score_class, standing as derived from credit_score
      where credit_score.tenant_id = standing.tenant_id and credit_score.customer_id = standing.customer_id
      order by created_at desc, credit_score.id desc limit 1) as last
    where standing.tenant_id = $1 and (last.score, last.score_class, last.derived)
      is distinct from (standing.score, standing.score_class, standing.derived_standing)`,
  'every open item is watched, and no other': `
    select coalesce(item.id, watch.item_id) as id
    from (select id from open_item where tenant_id = $1 and open_amount > 0) as item
    full join (select item_id from item_watch where tenant_id = $1) as watch on watch.item_id = item.id
    where item.id is null or watch.item_id is null`,
  'an order on hand or a reservation is what its last event says, and each version has its event': `
    select stored.id from (
      select id, version, open_amount from order_on_hand where tenant_id = $1
      union all select id, version, open_amount from reservation where tenant_id = $1
    ) as stored
    left join event on event.tenant_id = $1 and event.entity_id = stored.id
    group by stored.id, stored.version, stored.open_amount
    having count(event.id) <> stored.version or stored.open_amount is distinct from
      max((data -> 'object' ->> 'open_amount')::bigint) filter (where entity_sequence = stored.version)`,
  'an invoice takes of an order of its own, and no more than it claims': `
    select invoice.id from order_invoiced as taken
    join invoice on invoice.tenant_id = taken.tenant_id and invoice.id = invoice_id
    join order_on_hand as known on known.tenant_id = taken.tenant_id and known.id = order_id
    where taken.tenant_id = $1 and (taken.amount > invoice.total_amount or invoice.status = 'draft'
      or invoice.customer_id <> known.customer_id or invoice.order_reference is distinct from known.external_id)`,
  'what is reserved is what was, less what invoices used up of it; and none of them more than it claims': `
    select held.id from reservation as held
    left join reservation_invoiced as used on used.tenant_id = held.tenant_id and used.reservation_id = held.id
    where held.tenant_id = $1
    group by held.id, held.amount, held.open_amount, held.status
    having held.amount - coalesce(sum(used.amount), 0) < held.open_amount
      or held.status = 'active' and held.amount - coalesce(sum(used.amount), 0) <> held.open_amount
    union all
    select invoice.id from invoice
    join reservation_invoiced as used on used.tenant_id = invoice.tenant_id and used.invoice_id = invoice.id
    where invoice.tenant_id = $1
    group by invoice.id, invoice.total_amount
    having sum(used.amount) > invoice.total_amount`,
}

/**
 * What does not fit in a tenant's books: each broken rule with the rows that break it. Empty is right. Tables that have
 * just been filled have no statistics, by which nested loops look cheap and never end.
 */
export async function auditBooks(context: Context, tenantUuid: string): Promise<string[]> {
  const found: string[] = []
  const client = await context.workers.pool.connect()
  try {
    await client.query('set enable_nestloop = off')
    for (const [rule, statement] of Object.entries(checks)) {
      const { rows } = await client.query<{ id: string }>(statement, [tenantUuid])
      if (rows.length > 0) found.push(`not true: ${rule}: ${rows.map(({ id }) => id).join(', ')}`)
    }
  } finally {
    client.release(true)
  }
  return found
}

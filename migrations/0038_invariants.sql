-- What must always be true, each as a view of the rows that break it: empty is right. They are written from the tables
-- alone, apart from the code that keeps them, so that each judges the other. The caller's rights apply: the application
-- sees a tenant's violations, the owner everybody's. `kind` says what the id, as text, is
-- the id of.

-- I1: an item is what was claimed, less what settled it by standing allocations, deductions and write-offs, and an
-- invoice is the sum of its items.
create view invariant_invoice_amounts with (security_invoker) as
  select item.tenant_id, 'open_item' as kind, item.id::text as id
  from open_item as item
  left join (
    select tenant_id, item_id, sum(amount) filter (where payment_id is not null) as paid,
      sum(amount) filter (where credit_note_id is not null) as credited
    from allocation where undone_date is null group by tenant_id, item_id
  ) as settled on settled.tenant_id = item.tenant_id and settled.item_id = item.id
  left join (
    select tenant_id, item_id, sum(amount) as amount
    from deduction where undone_date is null group by tenant_id, item_id
  ) as kept on kept.tenant_id = item.tenant_id and kept.item_id = item.id
  left join (
    select tenant_id, item_id, sum(amount) as amount
    from write_off where status = 'recorded' group by tenant_id, item_id
  ) as given_up on given_up.tenant_id = item.tenant_id and given_up.item_id = item.id
  where item.paid_amount <> coalesce(settled.paid, 0)
    or item.credited_amount <> coalesce(settled.credited, 0)
    or item.discounted_amount + item.deducted_amount <> coalesce(kept.amount, 0)
    or item.written_off_amount <> coalesce(given_up.amount, 0)
    or item.open_amount not between 0 and item.total_amount
  union all
  select invoice.tenant_id, 'invoice', invoice.id::text as id
  from invoice
  left join (
    select tenant_id, invoice_id, sum(total_amount) as total, sum(open_amount) as open, sum(paid_amount) as paid,
      sum(credited_amount) as credited, sum(written_off_amount) as written_off
    from open_item where invoice_id is not null group by tenant_id, invoice_id
  ) as item on item.tenant_id = invoice.tenant_id and item.invoice_id = invoice.id
  where invoice.open_amount <> coalesce(item.open, 0) or invoice.paid_amount <> coalesce(item.paid, 0)
    or invoice.credited_amount <> coalesce(item.credited, 0) or invoice.written_off_amount <> coalesce(item.written_off, 0)
    or invoice.status <> 'draft' and invoice.total_amount <> coalesce(item.total, 0);

-- I2: a payment or credit note is what it settled, went back, was recovered, moved on or is left, and each of these is
-- what its own rows say.
create view invariant_money_amounts with (security_invoker) as
  select money.tenant_id, money.kind, money.id::text as id
  from (
    select tenant_id, 'payment' as kind, id, allocated_amount, refunded_amount, unallocated_amount,
      case when status = 'pending' then 0 else amount end = allocated_amount + unallocated_amount + refunded_amount
        + recovered_amount + transferred_amount + difference_amount + reversed_amount as adds_up
    from payment
    union all
    select tenant_id, 'credit_note', id, allocated_amount, refunded_amount, unallocated_amount,
      total_amount = allocated_amount + unallocated_amount + refunded_amount
    from credit_note
  ) as money
  left join (
    select tenant_id, coalesce(payment_id, credit_note_id) as id, sum(amount) as amount
    from allocation where undone_date is null group by 1, 2
  ) as settled on settled.tenant_id = money.tenant_id and settled.id = money.id
  left join (
    select tenant_id, coalesce(payment_id, credit_note_id) as id, sum(amount) as amount
    from refund where status <> 'cancelled' group by 1, 2
  ) as returned on returned.tenant_id = money.tenant_id and returned.id = money.id
  where not money.adds_up or money.unallocated_amount < 0
    or money.allocated_amount <> coalesce(settled.amount, 0) or money.refunded_amount <> coalesce(returned.amount, 0);

-- I3: an entry has a positive amount and two sides, is in the currency of its item, and an undo mirrors what it undoes.
create view invariant_entries with (security_invoker) as
  select entry.tenant_id, 'ledger_entry' as kind, entry.id::text as id
  from ledger_entry as entry
  left join open_item as item on item.tenant_id = entry.tenant_id and item.id = entry.item_id
  left join ledger_entry as done on done.tenant_id = entry.tenant_id and done.id = entry.undoes_id
  where entry.amount < 1 or entry.currency <> item.currency
    or entry.debit_account = entry.credit_account and entry.debit_customer_id is not distinct from entry.credit_customer_id
    or entry.undoes_id is not null and (entry.amount, entry.currency, entry.debit_account, entry.credit_account)
      is distinct from (done.amount, done.currency, done.credit_account, done.debit_account);

-- I4: a customer's balance is what the ledger says, and what is open and unallocated of theirs.
create view invariant_balances with (security_invoker) as
  select tenant_id, 'customer' as kind, customer_id::text as id
  from (
    select tenant_id, customer_id, currency, open_amount, unallocated_amount, 0 as owed, 0 as kept from customer_balance
    union all
    select tenant_id, customer_id, currency, -open_amount, 0, 0, 0 from open_item
    union all
    select tenant_id, customer_id, currency, 0, -unallocated_amount, 0, 0 from payment
    union all
    select tenant_id, customer_id, currency, 0, -unallocated_amount, 0, 0 from credit_note
    union all
    select tenant_id, customer_id, currency, 0, 0, open_amount, unallocated_amount from customer_balance
    union all
    select tenant_id, debit_customer_id, currency, 0, 0,
      case debit_account when 'receivable' then -amount else 0 end, case debit_account when 'unallocated' then amount else 0 end
    from ledger_entry where debit_account in ('receivable', 'unallocated')
    union all
    select tenant_id, credit_customer_id, currency, 0, 0,
      case credit_account when 'receivable' then amount else 0 end, case credit_account when 'unallocated' then -amount else 0 end
    from ledger_entry where credit_account in ('receivable', 'unallocated')
  ) as part
  group by tenant_id, customer_id, currency
  having sum(open_amount) <> 0 or sum(unallocated_amount) <> 0 or sum(owed) <> 0 or sum(kept) <> 0;

-- I5: the status of an invoice and of a payment is a function of what happened to it.
create view invariant_statuses with (security_invoker) as
  select tenant_id, 'invoice' as kind, id::text as id
  from invoice
  where status is distinct from case
    when void_date is not null then 'void'
    when not exists (
      select from open_item as item where item.tenant_id = invoice.tenant_id and item.invoice_id = invoice.id) then 'draft'
    when open_amount > 0 then 'issued'
    when written_off_amount > 0 then 'written_off'
    else 'paid' end
  union all
  select tenant_id, 'payment', id::text as id
  from payment
  where (status = 'reversed') <> (reversal_date is not null)
    or status = 'pending' and unallocated_amount + allocated_amount + refunded_amount > 0
    or status <> 'reversed' and reversed_amount > 0;

-- I6 looks at sealed blocks too, and so stands where those are made.

-- I7: each version of a thing has its one event, numbered without gaps. A bank line came with its statement and a
-- decision with its run: their first version has none.
create view invariant_events with (security_invoker) as
  select tenant_id, 'event' as kind, (array_agg(id order by entity_sequence desc))[1]::text as id
  from event
  group by tenant_id, entity_kind, entity_id
  having min(entity_sequence) <> case when entity_kind in ('bank_line', 'dunning_decision') then 2 else 1 end
    or max(entity_sequence) - min(entity_sequence) + 1 <> count(*)
  union all
  select known.tenant_id, known.kind, known.id::text as id
  from (
    select tenant_id, 'invoice' as kind, id, version from invoice
    union all
    select tenant_id, 'payment', id, version from payment
    union all
    select tenant_id, 'credit_note', id, version from credit_note
    union all
    select tenant_id, 'refund', id, version from refund
    union all
    select tenant_id, 'write_off', id, version from write_off
    union all
    select tenant_id, 'customer', id, version from customer
  ) as known
  left join (
    select tenant_id, entity_id, max(entity_sequence) as version from event group by tenant_id, entity_id
  ) as told on told.tenant_id = known.tenant_id and told.entity_id = known.id
  where told.version is distinct from known.version
  union all
  select event.tenant_id, 'event', event.id::text as id
  from event
  left join feed on feed.tenant_id = event.tenant_id and feed.event_id = event.id
  left join event_outbox as waiting on waiting.tenant_id = event.tenant_id and waiting.event_id = event.id
  where (feed.event_id is null) = (waiting.event_id is null);

-- I8: an item is lifted to a level at most once in a cycle, always upwards, and never when it has been settled for a
-- minute and more: two commits at the same moment may tell each other's time either way.
create view invariant_dunning with (security_invoker) as
  select tenant_id, 'open_item' as kind, item_id::text as id
  from dunning_step
  where level <= from_level
  union all
  select tenant_id, 'open_item', item_id::text as id
  from dunning_step
  group by tenant_id, item_id, cycle, level
  having count(*) > 1
  union all
  select step.tenant_id, 'open_item', step.item_id::text
  from dunning_step as step
  join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
  cross join lateral (
    select sum(signed.amount) filter (where signed.recorded_at <= notice.created_at) as owed,
      sum(signed.amount) filter (where signed.recorded_at <= notice.created_at - interval '1 minute') as owed_before
    from (
      select recorded_at, case debit_account when 'receivable' then amount else -amount end as amount
      from ledger_entry as entry
      where entry.tenant_id = step.tenant_id and entry.item_id = step.item_id and 'receivable' in (debit_account, credit_account)
    ) as signed
  ) as claim
  where claim.owed <= 0 and claim.owed_before <= 0;

-- I9: a key has one answer, to what was done under it, and none that only said that nothing was done. Which effect that
-- was cannot be told from here: an effect does not name its key. They are one commit.
create view invariant_idempotency with (security_invoker) as
  select tenant_id, 'idempotency_key' as kind, encode(key_hash, 'hex') as id
  from idempotency_key
  where status not between 200 and 499 or status in (401, 403, 429)
  union all
  select tenant_id, 'idempotency_key', encode(key_hash, 'hex')
  from idempotency_key
  group by tenant_id, key_hash
  having count(*) > 1;

-- I10: whatever points at something points at what is there and of the same tenant. Where a foreign key sees to it, led by
-- the tenant as each is, nobody looks again. What an import has made may be gone: drafts are deleted.
create view invariant_tenants with (security_invoker) as
  select edge.tenant_id, edge.kind, edge.id::text as id
  from (
    select tenant_id, 'ledger_entry' as kind, id, debit_customer_id as customer_id from ledger_entry where debit_customer_id is not null
    union all
    select tenant_id, 'ledger_entry', id, credit_customer_id
    from ledger_entry where credit_customer_id is not null and credit_customer_id is distinct from debit_customer_id
    union all
    select tenant_id, 'allocation', id, customer_id from allocation
    union all
    select tenant_id, 'dunning_decision', id, customer_id from dunning_decision
    union all
    select tenant_id, 'dunning_run', id, customer_id from dunning_run where customer_id is not null
    union all
    select tenant_id, 'open_item', item_id, customer_id from dunning_state
    union all
    select tenant_id, 'open_item', item_id, customer_id from item_watch
    union all
    select tenant_id, 'customer', customer_id, customer_id from credit_standing_past
    union all
    select tenant_id, 'event', event_id, customer_id from feed where customer_id is not null
  ) as edge
  left join customer on customer.tenant_id = edge.tenant_id and customer.id = edge.customer_id
  where customer.id is null
  union all
  select edge.tenant_id, edge.kind, edge.id::text
  from (
    select tenant_id, 'ledger_entry' as kind, id, item_id from ledger_entry where item_id is not null
    union all
    select tenant_id, 'dunning_decision', id, item_id from dunning_decision
    union all
    select tenant_id, 'open_item', item_id, item_id from dunning_step
    union all
    select tenant_id, 'open_item', item_id, item_id from item_watch
  ) as edge
  left join open_item as item on item.tenant_id = edge.tenant_id and item.id = edge.item_id
  where item.id is null
  union all
  select edge.tenant_id, edge.kind, edge.id::text
  from (
    select tenant_id, 'allocation' as kind, id, invoice_id from allocation where invoice_id is not null
    union all
    select tenant_id, 'write_off', id, invoice_id from write_off where invoice_id is not null
    union all
    select tenant_id, 'dunning_decision', id, invoice_id from dunning_decision where invoice_id is not null
    union all
    select tenant_id, 'open_item', item_id, invoice_id from dunning_state where invoice_id is not null
    union all
    select tenant_id, 'open_item', item_id, invoice_id from dunning_step where invoice_id is not null
  ) as edge
  left join invoice on invoice.tenant_id = edge.tenant_id and invoice.id = edge.invoice_id
  where invoice.id is null
  union all
  select edge.tenant_id, edge.kind, edge.id::text
  from (
    select tenant_id, 'payment' as kind, id, bank_line_id from payment where bank_line_id is not null
    union all
    select tenant_id, 'direct_debit', id, bank_line_id from direct_debit where bank_line_id is not null
    union all
    select tenant_id, 'bank_line', bank_line_id, bank_line_id from unidentified_money
  ) as edge
  left join bank_line as line on line.tenant_id = edge.tenant_id and line.id = edge.bank_line_id
  where line.id is null
  union all
  select entry.tenant_id, 'ledger_entry', entry.id::text
  from ledger_entry as entry
  left join (
    select tenant_id, 'invoice' as kind, id from invoice
    union all
    select tenant_id, 'credit_note', id from credit_note
    union all
    select tenant_id, 'payment', id from payment
    union all
    select tenant_id, 'charge', id from open_item where kind = 'charge'
    union all
    select tenant_id, 'refund', id from refund
    union all
    select tenant_id, 'write_off', id from write_off
    union all
    select tenant_id, 'bank_line', id from bank_line
    union all
    select tenant_id, 'deferral', id from deferral
  ) as source on source.tenant_id = entry.tenant_id and source.kind = entry.source_kind and source.id = entry.source_id
  left join ledger_entry as undone on undone.tenant_id = entry.tenant_id and undone.id = entry.undoes_id
  where source.id is null and entry.source_kind <> 'transfer' or undone.id is null and entry.undoes_id is not null
  union all
  select reservation.tenant_id, 'reservation', reservation.id::text
  from reservation
  left join credit_check as checked on checked.tenant_id = reservation.tenant_id and checked.id = reservation.check_id
  where reservation.check_id is not null and checked.id is null
  union all
  select decision.tenant_id, 'dunning_decision', decision.id::text
  from dunning_decision as decision
  left join dunning_run as run on run.tenant_id = decision.tenant_id and run.id = decision.run_id
  left join dunning_notice as notice on notice.tenant_id = decision.tenant_id and notice.id = decision.notice_id
  where run.id is null or notice.id is null and decision.notice_id is not null
  union all
  select delivery.tenant_id, 'webhook_delivery', delivery.id::text
  from webhook_delivery as delivery
  left join event on event.tenant_id = delivery.tenant_id and event.id = delivery.event_id
  where event.id is null;

-- I11: a movement of a bank account exists once: it was seen by a statement, its parts make it up, and what became of it
-- adds up to it. A statement that balances leads from its opening to its closing balance by the movements it shows, and
-- opens where one before it closed, unless it lies within another's days or the gap is known. Of an MT940 it cannot be told
-- from here which movements its closing balance leaves out.
create view invariant_bank_lines with (security_invoker) as
  select line.tenant_id, 'bank_line' as kind, line.id::text as id
  from bank_line as line
  left join (
    select tenant_id, bank_line_id, sum(amount) as amount
    from bank_line_match where undone_at is null group by tenant_id, bank_line_id
  ) as became on became.tenant_id = line.tenant_id and became.bank_line_id = line.id
  left join (
    select tenant_id, parent_id, sum(amount) as amount from bank_line where parent_id is not null group by tenant_id, parent_id
  ) as part on part.tenant_id = line.tenant_id and part.parent_id = line.id
  left join bank_sighting as seen on seen.tenant_id = line.tenant_id and seen.bank_line_id = line.id and seen.statement_id = line.statement_id
  where coalesce(became.amount, 0) <> case when line.status in ('matched', 'ignored') then line.amount else 0 end
    or line.status = 'batch' and part.amount is distinct from line.amount
    or line.parent_id is null and seen.bank_line_id is null
  union all
  select tenant_id, 'bank_line', (array_agg(id order by id desc))[1]::text as id
  from bank_line
  group by tenant_id, bank_account_id, fingerprint
  having count(*) > 1
  union all
  select statement.tenant_id, 'bank_statement', statement.id::text
  from bank_statement as statement
  left join (
    select seen.tenant_id, seen.statement_id, line.currency, count(*) as count,
      sum(case line.direction when 'credit' then line.amount else -line.amount end) as moved
    from bank_sighting as seen
    join bank_line as line on line.tenant_id = seen.tenant_id and line.id = seen.bank_line_id
    group by seen.tenant_id, seen.statement_id, line.currency
  ) as shown on shown.tenant_id = statement.tenant_id and shown.statement_id = statement.id
  group by statement.tenant_id, statement.id
  having coalesce(sum(shown.count), 0) <> statement.entry_count - statement.not_booked_count
    or statement.balanced and statement.format <> 'mt940' and statement.closing_amount
      <> statement.opening_amount + coalesce(sum(shown.moved) filter (where shown.currency = statement.currency), 0)
  union all
  select statement.tenant_id, 'bank_statement', statement.id::text
  from (
    select known.*, min(ends) over account as first_end,
      max(ends) over (account order by begins groups between unbounded preceding and 1 preceding) as covered_until
    from (
      select *, coalesce(opening_date, from_date) as begins, coalesce(closing_date, to_date) as ends
      from bank_statement where kind = 'statement'
    ) as known
    where begins is not null and ends is not null
    window account as (partition by tenant_id, bank_account_id)
  ) as statement
  left join (
    select tenant_id, bank_account_id, closing_amount, min(coalesce(closing_date, to_date)) as ends
    from bank_statement where kind = 'statement' group by tenant_id, bank_account_id, closing_amount
  ) as before on before.tenant_id = statement.tenant_id and before.bank_account_id = statement.bank_account_id
    and before.closing_amount = statement.opening_amount and before.ends <= statement.ends
  where statement.continuity <> 'gap' and statement.opening_amount is not null and statement.first_end < statement.ends
    and before.ends is null and coalesce(statement.covered_until <= statement.begins, true);

-- I12: money settles, deducts, gives back and is given up in the currency of what it is taken from or laid on, and of its
-- own customer. There is no other exchange. How many decimals a currency has is no matter of the tables.
create view invariant_currencies with (security_invoker) as
  select allocation.tenant_id, 'allocation' as kind, allocation.id::text as id
  from allocation
  join open_item as item on item.tenant_id = allocation.tenant_id and item.id = allocation.item_id
  left join payment on payment.tenant_id = allocation.tenant_id and payment.id = allocation.payment_id
  left join credit_note as note on note.tenant_id = allocation.tenant_id and note.id = allocation.credit_note_id
  where (allocation.currency, allocation.customer_id, allocation.invoice_id) is distinct from (item.currency, item.customer_id, item.invoice_id)
    or (allocation.currency, allocation.customer_id)
      is distinct from (coalesce(payment.currency, note.currency), coalesce(payment.customer_id, note.customer_id))
  union all
  select item.tenant_id, 'open_item', item.id::text
  from open_item as item
  join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
  where (item.currency, item.customer_id) is distinct from (invoice.currency, invoice.customer_id)
  union all
  select deduction.tenant_id, 'allocation', allocation.id::text
  from deduction
  join allocation on allocation.tenant_id = deduction.tenant_id and allocation.id = deduction.allocation_id
  left join ledger_entry as entry on entry.tenant_id = deduction.tenant_id and entry.id = deduction.entry_id
  where (deduction.item_id, entry.currency) is distinct from (allocation.item_id, allocation.currency)
  union all
  select refund.tenant_id, 'refund', refund.id::text
  from refund
  left join payment on payment.tenant_id = refund.tenant_id and payment.id = refund.payment_id
  left join credit_note as note on note.tenant_id = refund.tenant_id and note.id = refund.credit_note_id
  where (refund.currency, refund.customer_id)
    is distinct from (coalesce(payment.currency, note.currency), coalesce(payment.customer_id, note.customer_id))
  union all
  select given_up.tenant_id, 'write_off', given_up.id::text
  from write_off as given_up
  join open_item as item on item.tenant_id = given_up.tenant_id and item.id = given_up.item_id
  where (given_up.currency, given_up.customer_id, given_up.invoice_id) is distinct from (item.currency, item.customer_id, item.invoice_id)
  union all
  select recovery.tenant_id, 'recovery', recovery.id::text
  from recovery
  join write_off as given_up on given_up.tenant_id = recovery.tenant_id and given_up.id = recovery.write_off_id
  join payment on payment.tenant_id = recovery.tenant_id and payment.id = recovery.payment_id
  where recovery.currency <> given_up.currency or recovery.currency <> payment.currency;

-- I13: nothing is reserved on a check that did not approve, unless somebody has released it and said in which role and why;
-- none approved what lifts exposure above a limit, by which it measured as that limit stands, and of checks that hold
-- credit of one customer each knew of the others' before it. What exposure was at the time is for the check to say: orders
-- and rates of that day are in no table.
create view invariant_credit with (security_invoker) as
  select checked.tenant_id, 'credit_check' as kind, checked.id::text as id
  from credit_check as checked
  left join credit_override as word on word.tenant_id = checked.tenant_id and word.check_id = checked.id
  where checked.status = 'released' and word.id is null
    or checked.outcome <> 'approve' and word.id is null and exists (
      select from reservation as held where held.tenant_id = checked.tenant_id and held.check_id = checked.id)
    or checked.outcome <> 'approve' and checked.status = 'approved'
    or word.id is not null and '' in (btrim(word.role), btrim(word.reason))
  union all
  select measured.tenant_id, 'credit_check', measured.id::text
  from (
    select tenant_id, id, 'limit' as rule, rules, exposure, customer_id
    from credit_check where outcome = 'approve'
    union all
    select tenant_id, id, 'group_limit', rules, group_exposure, null
    from credit_check where outcome = 'approve' and group_exposure is not null
  ) as measured
  left join lateral (
    select finding -> 'inputs' as inputs
    from jsonb_array_elements(measured.rules) as finding where finding ->> 'rule' = measured.rule
  ) as judged on true
  left join credit_limit on credit_limit.tenant_id = measured.tenant_id and credit_limit.id = (measured.exposure ->> 'limit_id')::uuid
  where measured.exposure ->> 'limit_id' is not null and (
    measured.customer_id is distinct from credit_limit.customer_id
    or (measured.exposure ->> 'limit_amount')::numeric is distinct from credit_limit.amount
    or ((measured.exposure ->> 'amount')::numeric + (measured.exposure ->> 'asked_amount')::numeric) * 100
      > credit_limit.amount * (100 + coalesce((judged.inputs ->> 'tolerance_percent')::numeric, 0)))
  union all
  select held.tenant_id, 'reservation', held.id::text
  from reservation as held
  join credit_check as checked on checked.tenant_id = held.tenant_id and checked.id = held.check_id
  where (held.customer_id, held.currency, held.amount, held.id)
      is distinct from (checked.customer_id, checked.currency, checked.amount, checked.reservation_id)
    or held.open_amount > held.amount
  union all
  select tenant_id, 'credit_check', id::text
  from (
    select tenant_id, id, decided_tx, snapshot::pg_snapshot as snapshot,
      lag(decided_tx) over in_turn as decided_before, lag(snapshot::pg_snapshot) over in_turn as snapshot_before
    from credit_check
    where status = 'approved' and reservation_id is not null and snapshot <> ''
    window in_turn as (
      partition by tenant_id, customer_id
      order by pg_snapshot_xmax(snapshot::pg_snapshot), pg_snapshot_xmin(snapshot::pg_snapshot), id)
  ) as turn
  where not pg_visible_in_snapshot(decided_before, snapshot) and not pg_visible_in_snapshot(decided_tx, snapshot_before);

-- I14: a number is given once, and every issued invoice has one.
create view invariant_numbers with (security_invoker) as
  select tenant_id, 'invoice' as kind, id::text as id from invoice where status <> 'draft' and number is null
  union all
  select tenant_id, 'invoice', (array_agg(id order by id desc))[1]::text as id
  from invoice where number is not null group by tenant_id, number having count(*) > 1
  union all
  select tenant_id, 'credit_note', (array_agg(id order by id desc))[1]::text as id
  from credit_note group by tenant_id, number having count(*) > 1;

-- I15: each slot of a job ends once, with a time and, if it was not done, a reason; none is still running when a later
-- one is done, and none between the first and the next is missing. A slot is told by its job and day. A test clock that is
-- set by hand leaves days out, so that those of test tenants may have holes.
create view invariant_job_slots with (security_invoker) as
  select tenant_id, 'job_run' as kind, job || ' ' || slot as id
  from job_run as run
  where (status = 'running') <> (finished_at is null)
    or status in ('failed', 'skipped') and reason is null
    or status = 'running' and exists (
      select from job_run as later
      where later.tenant_id = run.tenant_id and later.job = run.job and later.slot > run.slot and later.status = 'done')
  union all
  select run.tenant_id, 'job_run', run.job || ' ' || run.slot
  from (
    select tenant_id, job, slot, lead(slot) over (partition by tenant_id, job order by slot) as following from job_run
  ) as run
  join tenant on tenant.tenant_id = run.tenant_id and tenant.mode = 'live'
  left join schedule on schedule.tenant_id = run.tenant_id and schedule.job = run.job
  where coalesce(run.following, (schedule.next_at at time zone tenant.time_zone)::date) - run.slot > 1 and (
    run.following is not null or schedule.next_at > now());

-- I16: a delivery is on its way exactly while it is queued, with every attempt counted.
create view invariant_deliveries with (security_invoker) as
  select delivery.tenant_id, 'webhook_delivery' as kind, delivery.id::text as id
  from webhook_delivery as delivery
  left join webhook_queue as queued on queued.tenant_id = delivery.tenant_id and queued.delivery_id = delivery.id
  where (delivery.status = 'pending') <> (queued.delivery_id is not null)
    or delivery.attempt_count < jsonb_array_length(delivery.attempts)
    or delivery.status = 'delivered' and delivery.attempt_count = 0;

grant select on invariant_invoice_amounts, invariant_money_amounts, invariant_entries, invariant_balances, invariant_statuses,
  invariant_events, invariant_dunning, invariant_idempotency, invariant_tenants, invariant_bank_lines,
  invariant_currencies, invariant_credit, invariant_numbers, invariant_job_slots, invariant_deliveries to receivables_app;

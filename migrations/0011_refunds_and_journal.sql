-- Money paid out and money given up: refunds, write-offs and what is recovered of them. And what the general ledger is
-- told: posting dates, closed periods, the tenant's account codes.

-- How the tenant's books are kept. closed_until_date is the last day of what is closed: what counts by then and is
-- recorded later is posted on the first open day.
create table ledger_settings (
  tenant_id         uuid        not null,
  id                uuid        not null,
  account_codes     jsonb       not null default '{}',
  closed_until_date date,
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint ledger_settings_pkey primary key (tenant_id)
);

-- The day of the general ledger an entry is posted on. It is found when the entry is recorded and never moves again.
alter table ledger_entry add column posting_date date;
alter table ledger_entry no force row level security;
update ledger_entry set posting_date = effective_date;
alter table ledger_entry force row level security;
alter table ledger_entry alter column posting_date set not null;
alter table ledger_entry add constraint ledger_entry_not_posted_early check (posting_date >= effective_date);
alter table ledger_entry drop constraint if exists ledger_entry_source_kind_known;
alter table ledger_entry add constraint ledger_entry_source_kind_known check (
  source_kind in ('invoice', 'credit_note', 'payment', 'charge', 'refund', 'write_off', 'bank_line', 'transfer'));
create index ledger_entry_journal on ledger_entry (tenant_id, posting_date, id);
create index ledger_entry_money_in on ledger_entry (tenant_id, credit_customer_id, currency, effective_date) include (amount)
  where credit_account = 'unallocated';
create index ledger_entry_money_out on ledger_entry (tenant_id, debit_customer_id, currency, effective_date) include (amount)
  where debit_account = 'unallocated';

-- What of a payment went to a claim that had been written off.
alter table payment
  add column recovered_amount bigint not null default 0,
  drop constraint payment_unallocated_within_amount,
  drop constraint payment_amounts_add_up;
alter table payment
  add constraint payment_unallocated_within_amount check (
    unallocated_amount >= 0 and allocated_amount >= 0 and refunded_amount >= 0 and transferred_amount >= 0
    and difference_amount >= 0 and reversed_amount >= 0 and recovered_amount >= 0),
  add constraint payment_amounts_add_up check (
    case when status = 'pending' then 0 else amount end
      = allocated_amount + unallocated_amount + refunded_amount + transferred_amount + difference_amount + reversed_amount
        + recovered_amount);

alter table credit_note
  add column refunded_amount bigint not null default 0,
  drop constraint credit_note_amounts_add_up,
  drop constraint credit_note_unallocated_within_amount;
alter table credit_note
  add constraint credit_note_unallocated_within_amount check (
    unallocated_amount >= 0 and allocated_amount >= 0 and refunded_amount >= 0),
  add constraint credit_note_amounts_add_up check (
    total_amount = allocated_amount + unallocated_amount + refunded_amount);

alter table invoice add column written_off_amount bigint not null default 0;

-- Unallocated money of a payment or a credit note that goes back to the customer.
create table refund (
  tenant_id           uuid        not null,
  id                  uuid        not null,
  customer_id         uuid        not null,
  payment_id          uuid,
  credit_note_id      uuid,
  status              text        not null,
  currency            text        not null,
  amount              bigint      not null,
  method              text        not null,
  reference           text,
  reason              text        not null,
  approval_date       date        not null,
  approval_entry_id   uuid        not null,
  paid_date           date,
  paid_entry_id       uuid,
  cancellation_date   date,
  cancellation_reason text,
  version             int         not null default 1,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  constraint refund_pkey primary key (tenant_id, id),
  constraint refund_customer foreign key (tenant_id, customer_id) references customer,
  constraint refund_payment foreign key (tenant_id, payment_id) references payment,
  constraint refund_credit_note foreign key (tenant_id, credit_note_id) references credit_note,
  constraint refund_one_source check ((payment_id is null) <> (credit_note_id is null)),
  constraint refund_amount_positive check (amount > 0),
  constraint refund_status_known check (status in ('approved', 'paid', 'cancelled')),
  constraint refund_paid_is_dated check ((paid_date is null) = (paid_entry_id is null) and (status <> 'paid' or paid_date is not null)),
  constraint refund_cancelled_is_dated check ((status = 'cancelled') = (cancellation_date is not null))
);
create index refund_newest on refund (tenant_id, created_at, id);
create index refund_of_customer on refund (tenant_id, customer_id, created_at, id);
create index refund_of_payment on refund (tenant_id, payment_id) where payment_id is not null;
create index refund_of_credit_note on refund (tenant_id, credit_note_id) where credit_note_id is not null;

-- What of an open item is given up, gross. The tax in it comes back later, on a date of its own.
create table write_off (
  tenant_id        uuid        not null,
  id               uuid        not null,
  customer_id      uuid        not null,
  item_id          uuid        not null,
  invoice_id       uuid,
  status           text        not null,
  currency         text        not null,
  amount           bigint      not null,
  reason           text        not null,
  write_off_date   date        not null,
  entry_id         uuid        not null,
  relieved_amount  bigint      not null default 0,
  relief_date      date,
  relief_entry_id  uuid,
  recovered_amount bigint      not null default 0,
  undo_date        date,
  undo_reason      text,
  version          int         not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  constraint write_off_pkey primary key (tenant_id, id),
  constraint write_off_customer foreign key (tenant_id, customer_id) references customer,
  constraint write_off_item foreign key (tenant_id, item_id) references open_item,
  constraint write_off_status_known check (status in ('recorded', 'undone')),
  constraint write_off_amount_positive check (amount > 0),
  constraint write_off_recovered_within_amount check (recovered_amount between 0 and amount),
  constraint write_off_relieved_within_amount check (relieved_amount between 0 and amount),
  constraint write_off_relieved_is_dated check (
    (relieved_amount > 0) = (relief_date is not null) and (relief_date is null) = (relief_entry_id is null)),
  constraint write_off_undone_is_dated check ((status = 'undone') = (undo_date is not null)),
  constraint write_off_undone_is_not_recovered check (status = 'recorded' or recovered_amount = 0)
);
create index write_off_newest on write_off (tenant_id, created_at, id);
create index write_off_of_customer on write_off (tenant_id, customer_id, created_at, id);
create index write_off_of_item on write_off (tenant_id, item_id);
create index write_off_of_invoice on write_off (tenant_id, invoice_id) where invoice_id is not null;

-- What came in after all for a claim that had been written off. tax_amount of it is owed to the tax office again.
create table recovery (
  tenant_id     uuid        not null,
  id            uuid        not null,
  write_off_id  uuid        not null,
  payment_id    uuid        not null,
  currency      text        not null,
  amount        bigint      not null,
  tax_amount    bigint      not null,
  recovery_date date        not null,
  entry_id      uuid        not null,
  tax_entry_id  uuid,
  undo_date     date,
  created_at    timestamptz not null,
  constraint recovery_pkey primary key (tenant_id, id),
  constraint recovery_write_off foreign key (tenant_id, write_off_id) references write_off,
  constraint recovery_payment foreign key (tenant_id, payment_id) references payment,
  constraint recovery_amount_positive check (amount > 0),
  constraint recovery_tax_within_amount check (tax_amount >= 0 and tax_amount < amount and (tax_amount > 0) = (tax_entry_id is not null))
);
create index recovery_of_write_off on recovery (tenant_id, write_off_id, id);
create index recovery_of_payment on recovery (tenant_id, payment_id);

-- Money on a bank line whose payer is not known yet, and how much of it still is not.
create table unidentified_money (
  tenant_id         uuid        not null,
  bank_line_id      uuid        not null,
  account           text        not null,
  currency          text        not null,
  amount            bigint      not null,
  open_amount       bigint      not null,
  effective_date    date        not null,
  created_at        timestamptz not null,
  constraint unidentified_money_pkey primary key (tenant_id, bank_line_id),
  constraint unidentified_money_account_known check (account in ('cash', 'clearing')),
  constraint unidentified_money_open_within_amount check (amount > 0 and open_amount between 0 and amount)
);
create index unidentified_money_open on unidentified_money (tenant_id, effective_date) where open_amount > 0;

alter table ledger_settings enable row level security, force row level security;
create policy own_rows on ledger_settings using (tenant_id = current_tenant());
alter table refund enable row level security, force row level security;
create policy own_rows on refund using (tenant_id = current_tenant());
alter table write_off enable row level security, force row level security;
create policy own_rows on write_off using (tenant_id = current_tenant());
alter table recovery enable row level security, force row level security;
create policy own_rows on recovery using (tenant_id = current_tenant());
alter table unidentified_money enable row level security, force row level security;
create policy own_rows on unidentified_money using (tenant_id = current_tenant());

grant select, insert, update on ledger_settings, refund, write_off, recovery, unidentified_money to receivables_app;

-- The subledger: what is owed, to the cent, on any day.

-- One amount owed with one due date: an instalment of an invoice, or a charge. The amounts always add up, even for
-- the length of one statement.
create table open_item (
  tenant_id          uuid        not null,
  id                 uuid        not null,
  customer_id        uuid        not null,
  kind               text        not null,
  invoice_id         uuid,
  charge_kind        text,
  notice_id          uuid,
  sequence           int         not null,
  currency           text        not null,
  due_date           date        not null,
  claim_date         date        not null,
  total_amount       bigint      not null,
  open_amount        bigint      not null,
  paid_amount        bigint      not null default 0,
  credited_amount    bigint      not null default 0,
  voided_amount      bigint      not null default 0,
  written_off_amount bigint      not null default 0,
  created_at         timestamptz not null,
  constraint open_item_pkey primary key (tenant_id, id),
  constraint open_item_customer foreign key (tenant_id, customer_id) references customer,
  constraint open_item_kind_known check (kind in ('invoice', 'charge')),
  constraint open_item_source check ((kind = 'invoice') = (invoice_id is not null and charge_kind is null)),
  constraint open_item_charge_kind_known check (charge_kind in ('fee', 'interest', 'lump_sum')),
  constraint open_item_open_within_total check (open_amount between 0 and total_amount),
  constraint open_item_total_range check (total_amount between 1 and 9007199254740991),
  constraint open_item_parts_not_negative check (paid_amount >= 0 and credited_amount >= 0 and voided_amount >= 0 and written_off_amount >= 0),
  constraint open_item_amounts_add_up check (total_amount = open_amount + paid_amount + credited_amount + voided_amount + written_off_amount)
);
create index open_item_of_invoice on open_item (tenant_id, invoice_id, sequence) where invoice_id is not null;
create index open_item_open on open_item (tenant_id, customer_id, currency, due_date) include (open_amount) where open_amount > 0;

-- A narrow row per open item: when dunning must look at it next; null when nothing can happen until it moves.
create table item_watch (
  tenant_id      uuid not null,
  item_id        uuid not null,
  customer_id    uuid not null,
  next_look_date date,
  constraint item_watch_pkey primary key (tenant_id, item_id)
);
create index item_watch_of_customer on item_watch (tenant_id, customer_id);
create index item_watch_due on item_watch (tenant_id, next_look_date, customer_id) where next_look_date is not null;

-- One immutable movement between two accounts. Bi-temporal: effective_date is when it counts, recorded_at when we
-- knew. An undo is the same row with its sides swapped, on the undo's own day, pointing at what it undoes.
create table ledger_entry (
  tenant_id          uuid        not null,
  id                 uuid        not null,
  happening          text        not null,
  effective_date     date        not null,
  recorded_at        timestamptz not null,
  currency           text        not null,
  amount             bigint      not null,
  debit_account      text        not null,
  debit_customer_id  uuid,
  credit_account     text        not null,
  credit_customer_id uuid,
  item_id            uuid,
  due_date           date,
  source_kind        text        not null,
  source_id          uuid        not null,
  origin             text        not null,
  undoes_id          uuid,
  constraint ledger_entry_pkey primary key (tenant_id, id),
  constraint ledger_entry_undone_once unique (tenant_id, undoes_id),
  constraint ledger_entry_amount_range check (amount between 1 and 9007199254740991),
  constraint ledger_entry_two_accounts check (debit_account <> credit_account),
  constraint ledger_entry_origin_known check (origin in ('pushed', 'own')),
  constraint ledger_entry_receivable_names_item check ('receivable' not in (debit_account, credit_account) or (item_id is not null and due_date is not null)),
  constraint ledger_entry_debit_account_known check (debit_account in (
    'receivable', 'unallocated', 'unidentified', 'cash', 'clearing', 'sales', 'sales_deductions', 'deposits', 'opening_balance',
    'fee_income', 'interest_income', 'recovery_income', 'charges_waived', 'discount_allowed', 'payment_difference',
    'bank_charges', 'tax_withheld', 'remission', 'bad_debt', 'bad_debt_recovery', 'output_tax', 'refunds_payable')),
  constraint ledger_entry_credit_account_known check (credit_account in (
    'receivable', 'unallocated', 'unidentified', 'cash', 'clearing', 'sales', 'sales_deductions', 'deposits', 'opening_balance',
    'fee_income', 'interest_income', 'recovery_income', 'charges_waived', 'discount_allowed', 'payment_difference',
    'bank_charges', 'tax_withheld', 'remission', 'bad_debt', 'bad_debt_recovery', 'output_tax', 'refunds_payable'))
);
create index ledger_entry_newest on ledger_entry (tenant_id, recorded_at, id);
create index ledger_entry_of_source on ledger_entry (tenant_id, source_id);
create index ledger_entry_of_item on ledger_entry (tenant_id, item_id) where item_id is not null;
create index ledger_entry_claims on ledger_entry (tenant_id, debit_customer_id, currency, due_date, effective_date) include (amount)
  where debit_account = 'receivable';
create index ledger_entry_settlements on ledger_entry (tenant_id, credit_customer_id, currency, due_date, effective_date) include (amount)
  where credit_account = 'receivable';

-- What a customer owes and has with us, per currency; moved in the same statement as what moves it.
create table customer_balance (
  tenant_id          uuid   not null,
  customer_id        uuid   not null,
  currency           text   not null,
  open_amount        bigint not null default 0,
  unallocated_amount bigint not null default 0,
  constraint customer_balance_pkey primary key (tenant_id, customer_id, currency),
  constraint customer_balance_customer foreign key (tenant_id, customer_id) references customer,
  constraint customer_balance_in_range check (
    open_amount between 0 and 9007199254740991 and unallocated_amount between 0 and 9007199254740991)
);

alter table open_item enable row level security, force row level security;
create policy own_rows on open_item using (tenant_id = current_tenant());
alter table item_watch enable row level security, force row level security;
create policy own_rows on item_watch using (tenant_id = current_tenant());
alter table ledger_entry enable row level security, force row level security;
create policy own_rows on ledger_entry using (tenant_id = current_tenant());
alter table customer_balance enable row level security, force row level security;
create policy own_rows on customer_balance using (tenant_id = current_tenant());

grant select, insert, update on open_item, customer_balance to receivables_app;
grant select, insert, update, delete on item_watch to receivables_app;
grant select, insert on ledger_entry to receivables_app;

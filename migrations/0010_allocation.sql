-- How money finds its items, what is cleared besides, and how either is taken back.

-- A payment may be about to come (pending), be on its way (clearing), and be taken back by its payer until a day
-- (provisional). Until it is received it has no entry and nothing of it can be used.
alter table payment
  add column account                text   not null default 'cash',
  add column difference_amount      bigint not null default 0,
  add column transferred_amount     bigint not null default 0,
  add column transferred_from_id    uuid,
  add column provisional_until_date date,
  add column end_to_end_id          text,
  add column bank_line_id           uuid,
  add column payer_name             text,
  add column payer_iban             text,
  add column reversal_reason_code   text,
  drop constraint payment_status_known,
  add constraint payment_status_known check (status in ('pending', 'received', 'reversed')),
  add constraint payment_account_known check (account in ('cash', 'clearing')),
  add constraint payment_transferred_from foreign key (tenant_id, transferred_from_id) references payment,
  drop constraint payment_unallocated_within_amount,
  add constraint payment_unallocated_within_amount check (
    unallocated_amount >= 0 and allocated_amount >= 0 and refunded_amount >= 0 and transferred_amount >= 0
    and difference_amount >= 0 and reversed_amount >= 0),
  drop constraint payment_amounts_add_up,
  add constraint payment_amounts_add_up check (
    case when status = 'pending' then 0 else amount end
      = allocated_amount + unallocated_amount + refunded_amount + transferred_amount + difference_amount + reversed_amount);
create index payment_by_end_to_end_id on payment (tenant_id, end_to_end_id) where end_to_end_id is not null;
create index payment_transferred on payment (tenant_id, transferred_from_id) where transferred_from_id is not null;

-- An item may be settled by an early-payment discount, or by what is deducted: differences, bank charges, tax withheld.
alter table open_item
  add column discounted_amount bigint not null default 0,
  add column deducted_amount   bigint not null default 0,
  drop constraint open_item_charge_kind_known,
  add constraint open_item_charge_kind_known check (charge_kind in ('fee', 'interest', 'lump_sum', 'returned_payment')),
  drop constraint open_item_parts_not_negative,
  add constraint open_item_parts_not_negative check (
    paid_amount >= 0 and credited_amount >= 0 and voided_amount >= 0 and written_off_amount >= 0
    and discounted_amount >= 0 and deducted_amount >= 0),
  drop constraint open_item_amounts_add_up,
  add constraint open_item_amounts_add_up check (
    total_amount = open_amount + paid_amount + credited_amount + voided_amount + written_off_amount
      + discounted_amount + deducted_amount);

-- Money that moves between two customers stays on one account.
alter table ledger_entry
  drop constraint ledger_entry_two_accounts,
  add constraint ledger_entry_two_accounts check (debit_account <> credit_account or debit_customer_id <> credit_customer_id);

alter table invoice
  add column creditor_reference      text,
  add column early_payment_discounts jsonb  not null default '[]',
  add column discounted_amount       bigint not null default 0,
  add column deducted_amount         bigint not null default 0;

-- Every allocation says why its rule took it.
alter table allocation
  add column reason jsonb,
  drop constraint allocation_rule_known,
  add constraint allocation_rule_known check (rule in (
    'designated', 'reference', 'exact_amount', 'exact_balance', 'exact_overdue', 'subset', 'imputation', 'oldest_first',
    'credited_invoice', 'unallocated'));
-- Row-level security binds the owner of the tables too, except while it looks through the allocations of all tenants.
alter table allocation no force row level security;
update allocation
set reason = jsonb_build_object('code', case rule when 'reference' then 'invoice_number' else rule end);
alter table allocation force row level security;
alter table allocation alter column reason set not null;
create index allocation_newest on allocation (tenant_id, created_at, id);
create index allocation_of_customer on allocation (tenant_id, customer_id, created_at, id);

-- What settles an item together with some money: an early-payment discount (its tax share apart), a difference within
-- tolerance, a bank's charges, tax withheld. It stands and falls with its allocation.
create table deduction (
  tenant_id      uuid        not null,
  id             uuid        not null,
  allocation_id  uuid        not null,
  item_id        uuid        not null,
  kind           text        not null,
  amount         bigint      not null,
  tax_amount     bigint      not null,
  entry_id       uuid        not null,
  tax_entry_id   uuid,
  effective_date date        not null,
  undone_date    date,
  created_at     timestamptz not null,
  constraint deduction_pkey primary key (tenant_id, id),
  constraint deduction_allocation foreign key (tenant_id, allocation_id) references allocation,
  constraint deduction_item foreign key (tenant_id, item_id) references open_item,
  constraint deduction_kind_known check (kind in ('discount', 'payment_difference', 'bank_charges', 'tax_withheld')),
  constraint deduction_amount_positive check (amount > 0),
  constraint deduction_tax_within_amount check (tax_amount >= 0 and tax_amount < amount),
  constraint deduction_tax_is_entered check ((tax_amount > 0) = (tax_entry_id is not null))
);
create index deduction_of_allocation on deduction (tenant_id, allocation_id);
create index deduction_of_item on deduction (tenant_id, item_id);

-- How money is allocated that nobody designated: what the tenant says, and per customer what differs from it.
create table allocation_settings (
  tenant_id   uuid        not null,
  id          uuid        not null,
  customer_id uuid,
  settings    jsonb       not null,
  version     int         not null default 1,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint allocation_settings_pkey primary key (tenant_id, id),
  constraint allocation_settings_customer foreign key (tenant_id, customer_id) references customer,
  constraint allocation_settings_one_each unique nulls not distinct (tenant_id, customer_id)
);

alter table deduction enable row level security, force row level security;
create policy own_rows on deduction using (tenant_id = current_tenant());
alter table allocation_settings enable row level security, force row level security;
create policy own_rows on allocation_settings using (tenant_id = current_tenant());

grant select, insert, update on deduction to receivables_app;
grant select, insert, update, delete on allocation_settings to receivables_app;

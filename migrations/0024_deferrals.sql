-- An agreed later due date. What is open of the item moves in the ledger from one due date to the other, over an account
-- that is empty again at once, so that a past day still shows how late it was then.
create table deferral (
  tenant_id         uuid        not null,
  id                uuid        not null,
  customer_id       uuid        not null,
  item_id           uuid        not null,
  invoice_id        uuid        not null,
  status            text        not null,
  currency          text        not null,
  amount            bigint      not null,
  previous_due_date date        not null,
  due_date          date        not null,
  agreed_date       date        not null,
  acknowledged      boolean     not null,
  accrued_interest  text        not null,
  reason            text        not null,
  revoke_date       date,
  revoke_reason     text,
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint deferral_pkey primary key (tenant_id, id),
  constraint deferral_customer foreign key (tenant_id, customer_id) references customer,
  constraint deferral_item foreign key (tenant_id, item_id) references open_item,
  constraint deferral_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint deferral_status_known check (status in ('agreed', 'revoked')),
  constraint deferral_accrued_interest_known check (accrued_interest in ('claim', 'waive')),
  constraint deferral_amount_positive check (amount > 0),
  constraint deferral_is_later check (previous_due_date < due_date),
  constraint deferral_revoked_is_dated check ((status = 'revoked') = (revoke_date is not null))
);
create index deferral_newest on deferral (tenant_id, created_at, id);
create index deferral_of_customer on deferral (tenant_id, customer_id, created_at, id);
create index deferral_of_item on deferral (tenant_id, item_id, agreed_date);
create index deferral_of_invoice on deferral (tenant_id, invoice_id);

alter table deferral enable row level security, force row level security;
create policy own_rows on deferral using (tenant_id = current_tenant());
grant select, insert, update on deferral to receivables_app;

alter table ledger_entry
  drop constraint ledger_entry_debit_account_known,
  drop constraint ledger_entry_credit_account_known,
  drop constraint ledger_entry_source_kind_known;
alter table ledger_entry
  add constraint ledger_entry_debit_account_known check (debit_account in (
    'receivable', 'unallocated', 'unidentified', 'cash', 'clearing', 'sales', 'sales_deductions', 'deposits', 'opening_balance',
    'fee_income', 'interest_income', 'recovery_income', 'charges_waived', 'discount_allowed', 'payment_difference',
    'bank_charges', 'tax_withheld', 'remission', 'bad_debt', 'bad_debt_recovery', 'output_tax', 'refunds_payable', 'deferral')),
  add constraint ledger_entry_credit_account_known check (credit_account in (
    'receivable', 'unallocated', 'unidentified', 'cash', 'clearing', 'sales', 'sales_deductions', 'deposits', 'opening_balance',
    'fee_income', 'interest_income', 'recovery_income', 'charges_waived', 'discount_allowed', 'payment_difference',
    'bank_charges', 'tax_withheld', 'remission', 'bad_debt', 'bad_debt_recovery', 'output_tax', 'refunds_payable', 'deferral')),
  add constraint ledger_entry_source_kind_known check (source_kind in (
    'invoice', 'credit_note', 'payment', 'charge', 'refund', 'write_off', 'bank_line', 'transfer', 'deferral'));

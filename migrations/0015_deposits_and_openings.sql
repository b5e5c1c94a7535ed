-- What an invoice claims: a sale, a deposit on one, or what was open in the system before this one.
alter table invoice
  add column kind                text   not null default 'standard',
  add column deposit_deductions  jsonb  not null default '[]',
  add column deposit_amount      bigint not null default 0,
  add column deposit_used_amount bigint not null default 0,
  add constraint invoice_kind_known check (kind in ('standard', 'deposit', 'opening')),
  add constraint invoice_deposit_used_within_total check (deposit_used_amount between 0 and total_amount),
  add constraint invoice_only_deposits_are_used check (deposit_used_amount = 0 or kind = 'deposit');

-- Money may be taken over from the system before, too.
alter table payment
  drop constraint payment_account_known,
  add constraint payment_account_known check (account in ('cash', 'clearing', 'opening_balance')),
  add constraint payment_opening_is_received check (account <> 'opening_balance' or status <> 'pending');

-- An item may be settled by deposits deducted from it; a charge may be waived.
alter table open_item
  add column deposit_amount bigint not null default 0,
  add column waived_amount  bigint not null default 0,
  drop constraint open_item_parts_not_negative,
  add constraint open_item_parts_not_negative check (
    paid_amount >= 0 and credited_amount >= 0 and voided_amount >= 0 and written_off_amount >= 0
    and discounted_amount >= 0 and deducted_amount >= 0 and deposit_amount >= 0 and waived_amount >= 0),
  drop constraint open_item_amounts_add_up,
  add constraint open_item_amounts_add_up check (
    total_amount = open_amount + paid_amount + credited_amount + voided_amount + written_off_amount
      + discounted_amount + deducted_amount + deposit_amount + waived_amount),
  add constraint open_item_only_charges_are_waived check (waived_amount = 0 or kind = 'charge');
create index open_item_by_due_date on open_item (tenant_id, due_date, id) where open_amount > 0;
create index open_item_by_any_due_date on open_item (tenant_id, due_date, id);

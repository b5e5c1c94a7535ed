-- How bank lines find their customers, and what became of each.

-- Under which keys payers may name an invoice: its number however it is written, and its structured reference.
create table invoice_reference (
  tenant_id  uuid not null,
  key        text not null,
  invoice_id uuid not null,
  constraint invoice_reference_pkey primary key (tenant_id, key, invoice_id),
  constraint invoice_reference_invoice foreign key (tenant_id, invoice_id) references invoice on delete cascade
);
create index invoice_reference_of_invoice on invoice_reference (tenant_id, invoice_id);
-- Row-level security binds the owner of the tables too, except while it looks through the invoices of all tenants.
alter table invoice no force row level security;
insert into invoice_reference (tenant_id, key, invoice_id)
select tenant_id, regexp_replace(number, '[^1-9]', '', 'g'), id
from invoice
where status <> 'draft' and number ~ '[1-9]';
alter table invoice force row level security;

-- From which accounts money has come for which customer; learned from what was matched, unlearned when that is undone.
create table payer_account (
  tenant_id   uuid        not null,
  iban        text        not null,
  customer_id uuid        not null,
  seen_count  int         not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint payer_account_pkey primary key (tenant_id, iban, customer_id),
  constraint payer_account_customer foreign key (tenant_id, customer_id) references customer,
  constraint payer_account_seen_positive check (seen_count > 0)
);
create index payer_account_of_customer on payer_account (tenant_id, customer_id);

-- What became of a bank line, or of a part of one: the payment that was recorded, confirmed or taken back, or that it
-- is none of ours to match. Undone by an instant, never deleted.
create table bank_line_match (
  tenant_id    uuid        not null,
  id           uuid        not null,
  bank_line_id uuid        not null,
  kind         text        not null,
  customer_id  uuid,
  payment_id   uuid,
  amount       bigint      not null,
  score        int,
  reasons      jsonb       not null default '[]',
  decided_by   text        not null,
  note         text,
  undone_at    timestamptz,
  undo_reason  text,
  created_at   timestamptz not null,
  constraint bank_line_match_pkey primary key (tenant_id, id),
  constraint bank_line_match_line foreign key (tenant_id, bank_line_id) references bank_line,
  constraint bank_line_match_customer foreign key (tenant_id, customer_id) references customer,
  constraint bank_line_match_payment foreign key (tenant_id, payment_id) references payment,
  constraint bank_line_match_kind_known check (kind in ('payment', 'confirmation', 'return', 'ignored')),
  constraint bank_line_match_decided_by_known check (decided_by in ('service', 'person')),
  constraint bank_line_match_amount_positive check (amount > 0),
  constraint bank_line_match_score_range check (score between 0 and 100),
  constraint bank_line_match_ignored_has_no_payment check ((kind = 'ignored') = (payment_id is null)),
  constraint bank_line_match_payment_has_customer check ((payment_id is null) = (customer_id is null)),
  constraint bank_line_match_undo_has_reason check ((undone_at is null) = (undo_reason is null))
);
create index bank_line_match_of_line on bank_line_match (tenant_id, bank_line_id, id);
create index bank_line_match_of_payment on bank_line_match (tenant_id, payment_id) where payment_id is not null;
create index bank_line_match_of_customer on bank_line_match (tenant_id, customer_id) where customer_id is not null;

-- What a tenant lets matching do by itself.
create table matching_settings (
  tenant_id           uuid        not null,
  auto_post_score     int         not null,
  bank_fee_max_amount bigint      not null,
  version             int         not null default 1,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  constraint matching_settings_pkey primary key (tenant_id),
  constraint matching_settings_score_range check (auto_post_score between 1 and 101),
  constraint matching_settings_fee_not_negative check (bank_fee_max_amount >= 0)
);

create index bank_line_unmatched on bank_line (tenant_id, booking_date, id) where status = 'unmatched';
create index bank_line_by_bank_reference on bank_line (tenant_id, bank_reference) where bank_reference is not null;
create index bank_line_by_mandate on bank_line (tenant_id, mandate_id) where mandate_id is not null;
create index open_item_by_open_amount on open_item (tenant_id, currency, open_amount) where open_amount > 0;
create index payment_by_payer_iban on payment (tenant_id, payer_iban, amount) where payer_iban is not null;

alter table invoice_reference enable row level security, force row level security;
create policy own_rows on invoice_reference using (tenant_id = current_tenant());
alter table payer_account enable row level security, force row level security;
create policy own_rows on payer_account using (tenant_id = current_tenant());
alter table bank_line_match enable row level security, force row level security;
create policy own_rows on bank_line_match using (tenant_id = current_tenant());
alter table matching_settings enable row level security, force row level security;
create policy own_rows on matching_settings using (tenant_id = current_tenant());

grant select, insert, delete on invoice_reference to receivables_app;
grant select, insert, update, delete on payer_account to receivables_app;
grant select, insert, update on bank_line_match, matching_settings to receivables_app;

-- What the creditor's bank knows the creditor by, and how debits are notified, retried and charged for.
create table direct_debit_settings (
  tenant_id             uuid        not null,
  id                    uuid        not null,
  creditor_id           text        not null,
  creditor_name         text        not null,
  iban                  text        not null,
  bic                   text,
  format                text        not null,
  prenotification_days  int         not null,
  lead_days             int         not null,
  return_fee_amount     bigint,
  retries               jsonb       not null,
  version               int         not null default 1,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  constraint direct_debit_settings_pkey primary key (tenant_id),
  constraint direct_debit_settings_format_known check (format in ('pain.008.001.02', 'pain.008.001.08')),
  constraint direct_debit_settings_days_range check (prenotification_days between 1 and 60 and lead_days between 1 and 10),
  constraint direct_debit_settings_fee_positive check (return_fee_amount > 0)
);

-- A debtor's permission to collect. `presented` is what the bank was told of it last: where the mandate differs from
-- that, the next file carries the amendment; null means that the next collection is the first.
create table mandate (
  tenant_id         uuid        not null,
  id                uuid        not null,
  customer_id       uuid        not null,
  reference         text        not null,
  scheme            text        not null,
  sequence          text        not null,
  status            text        not null,
  debtor_name       text        not null,
  iban              text        not null,
  bic               text,
  signature_date    date        not null,
  last_used_date    date,
  lapses_after_date date        not null,
  block_reason_code text,
  revoked_date      date,
  presented         jsonb,
  metadata          jsonb       not null default '{}',
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint mandate_pkey primary key (tenant_id, id),
  constraint mandate_customer foreign key (tenant_id, customer_id) references customer,
  constraint mandate_scheme_known check (scheme in ('core', 'b2b')),
  constraint mandate_sequence_known check (sequence in ('one_off', 'recurring')),
  constraint mandate_status_known check (status in ('active', 'blocked', 'completed', 'lapsed', 'revoked')),
  constraint mandate_blocked_says_why check ((status = 'blocked') = (block_reason_code is not null)),
  constraint mandate_revoked_is_dated check ((status = 'revoked') = (revoked_date is not null))
);
create unique index mandate_reference_unique on mandate (tenant_id, upper(reference));
create index mandate_newest on mandate (tenant_id, created_at, id);
create index mandate_of_customer on mandate (tenant_id, customer_id, created_at, id);
create index mandate_lapsing on mandate (tenant_id, lapses_after_date) where status = 'active';

-- Debits of one collection date, sent to the bank as one file. The creditor is kept as the file names it.
create table debit_batch (
  tenant_id       uuid        not null,
  id              uuid        not null,
  status          text        not null,
  format          text        not null,
  collection_date date        not null,
  creditor        jsonb,
  debit_count     int         not null default 0,
  total_amount    bigint      not null default 0,
  closed_at       timestamptz,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint debit_batch_pkey primary key (tenant_id, id),
  constraint debit_batch_status_known check (status in ('open', 'closed', 'accepted', 'partly_rejected', 'rejected', 'cancelled')),
  constraint debit_batch_format_known check (format in ('pain.008.001.02', 'pain.008.001.08')),
  constraint debit_batch_closed_names_creditor check (
    (status = 'open') = (closed_at is null) and (closed_at is null) = (creditor is null))
);
create index debit_batch_newest on debit_batch (tenant_id, created_at, id);

-- One collection under a mandate. `presented` is what debtor and bank are told of the mandate, `presented_before` what an earlier
-- file had said, so that a rejected file leaves the mandate as the bank knows it.
create table direct_debit (
  tenant_id         uuid        not null,
  id                uuid        not null,
  customer_id       uuid        not null,
  mandate_id        uuid        not null,
  batch_id          uuid,
  payment_id        uuid        not null,
  retry_of_id       uuid,
  status            text        not null,
  scheme            text        not null,
  sequence_type     text,
  final             boolean     not null,
  amount            bigint      not null,
  collection_date   date        not null,
  end_to_end_id     text        not null,
  remittance        text        not null,
  attempt           int         not null,
  group_number      int,
  presented         jsonb       not null,
  presented_before  jsonb,
  reason_code       text,
  reason_text       text,
  ended_date        date,
  retry_date        date,
  bank_line_id      uuid,
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint direct_debit_pkey primary key (tenant_id, id),
  constraint direct_debit_customer foreign key (tenant_id, customer_id) references customer,
  constraint direct_debit_mandate foreign key (tenant_id, mandate_id) references mandate,
  constraint direct_debit_batch foreign key (tenant_id, batch_id) references debit_batch,
  constraint direct_debit_payment foreign key (tenant_id, payment_id) references payment,
  constraint direct_debit_payment_unique unique (tenant_id, payment_id),
  constraint direct_debit_retry_of foreign key (tenant_id, retry_of_id) references direct_debit,
  constraint direct_debit_retried_once unique (tenant_id, retry_of_id),
  constraint direct_debit_end_to_end_unique unique (tenant_id, end_to_end_id),
  constraint direct_debit_status_known check (status in ('scheduled', 'submitted', 'collected', 'cancelled', 'rejected', 'returned')),
  constraint direct_debit_sequence_type_known check (sequence_type in ('FRST', 'RCUR', 'OOFF', 'FNAL')),
  constraint direct_debit_amount_range check (amount between 1 and 99999999999),
  constraint direct_debit_submitted_is_in_a_file check (
    status in ('scheduled', 'cancelled') or (batch_id is not null and sequence_type is not null)),
  constraint direct_debit_ended_is_dated check ((status in ('cancelled', 'rejected', 'returned')) = (ended_date is not null))
);
create index direct_debit_newest on direct_debit (tenant_id, created_at, id);
create index direct_debit_of_customer on direct_debit (tenant_id, customer_id, created_at, id);
create index direct_debit_of_mandate on direct_debit (tenant_id, mandate_id);
create index direct_debit_of_batch on direct_debit (tenant_id, batch_id, group_number, id);
create index direct_debit_scheduled on direct_debit (tenant_id, collection_date) where status = 'scheduled' and batch_id is null;
create index direct_debit_submitted on direct_debit (tenant_id, collection_date, customer_id) where status = 'submitted';

-- What a debit is to settle. While the debit is on its way its items are not collected twice and not dunned.
create table direct_debit_item (
  tenant_id       uuid   not null,
  direct_debit_id uuid   not null,
  item_id         uuid   not null,
  amount          bigint not null,
  constraint direct_debit_item_pkey primary key (tenant_id, direct_debit_id, item_id),
  constraint direct_debit_item_debit foreign key (tenant_id, direct_debit_id) references direct_debit,
  constraint direct_debit_item_item foreign key (tenant_id, item_id) references open_item,
  constraint direct_debit_item_amount_positive check (amount > 0)
);
create index direct_debit_item_of_item on direct_debit_item (tenant_id, item_id);

alter table direct_debit_settings enable row level security, force row level security;
create policy own_rows on direct_debit_settings using (tenant_id = current_tenant());
alter table mandate enable row level security, force row level security;
create policy own_rows on mandate using (tenant_id = current_tenant());
alter table debit_batch enable row level security, force row level security;
create policy own_rows on debit_batch using (tenant_id = current_tenant());
alter table direct_debit enable row level security, force row level security;
create policy own_rows on direct_debit using (tenant_id = current_tenant());
alter table direct_debit_item enable row level security, force row level security;
create policy own_rows on direct_debit_item using (tenant_id = current_tenant());

grant select, insert, update on direct_debit_settings, mandate, debit_batch, direct_debit to receivables_app;
grant select, insert on direct_debit_item to receivables_app;

-- Tenants that are there already get the new jobs, due at once; the timetable sets what follows.
-- Row-level security binds the owner of the tables too, except while it looks through all tenants.
alter table tenant no force row level security;
insert into schedule (tenant_id, job, next_at, frozen)
select tenant_id, job, coalesce(clock_at, now()), clock_at is not null
from tenant, unnest(array['collect_debits', 'lapse_mandates']) as job;
alter table tenant force row level security;

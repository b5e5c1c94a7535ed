-- What banks tell: files, the statements in them, and the movements of our accounts. A movement is kept once, however
-- many statements show it.

-- How the columns of a bank's CSV export are to be read.
create table csv_mapping (
  tenant_id  uuid        not null,
  id         uuid        not null,
  name       text        not null,
  settings   jsonb       not null,
  version    int         not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint csv_mapping_pkey primary key (tenant_id, id)
);
create index csv_mapping_newest on csv_mapping (tenant_id, created_at, id);

-- An account of ours, made by its first statement. fresh_until_at is up to when we know its movements.
create table bank_account (
  tenant_id      uuid        not null,
  id             uuid        not null,
  identification text        not null,
  iban           text,
  bic            text,
  currency       text        not null,
  name           text,
  fresh_until_at timestamptz,
  version        int         not null default 1,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint bank_account_pkey primary key (tenant_id, id),
  constraint bank_account_identification_unique unique (tenant_id, identification, currency)
);
create index bank_account_newest on bank_account (tenant_id, created_at, id);

-- A file as it came. The same bytes are imported once; what they did is kept as figures.
create table bank_file (
  tenant_id       uuid        not null,
  id              uuid        not null,
  sha256          bytea       not null,
  format          text        not null,
  byte_count      int         not null,
  csv_mapping_id  uuid,
  line_count      int         not null,
  new_line_count  int         not null,
  duplicate_count int         not null,
  not_booked_count int        not null,
  created_at      timestamptz not null,
  constraint bank_file_pkey primary key (tenant_id, id),
  constraint bank_file_sha256_unique unique (tenant_id, sha256),
  constraint bank_file_mapping foreign key (tenant_id, csv_mapping_id) references csv_mapping on delete set null (csv_mapping_id),
  constraint bank_file_format_known check (format in ('camt', 'mt940', 'csv', 'zip')),
  constraint bank_file_counts_add_up check (line_count = new_line_count + duplicate_count)
);
create index bank_file_by_mapping on bank_file (tenant_id, csv_mapping_id) where csv_mapping_id is not null;

-- One statement, report or advice. Its balances are signed; what its entries sum up to decides whether it is balanced.
create table bank_statement (
  tenant_id        uuid        not null,
  id               uuid        not null,
  bank_account_id  uuid        not null,
  bank_file_id     uuid        not null,
  position         int         not null,
  kind             text        not null,
  format           text        not null,
  identification   text,
  number           text,
  currency         text        not null,
  from_date        date,
  to_date          date,
  opening_amount   bigint,
  opening_date     date,
  closing_amount   bigint,
  closing_date     date,
  entry_count      int         not null,
  detail_count     int         not null,
  not_booked_count int         not null,
  new_line_count   int         not null,
  duplicate_count  int         not null,
  balanced         boolean,
  continuity       text        not null,
  version          int         not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  constraint bank_statement_pkey primary key (tenant_id, id),
  constraint bank_statement_account foreign key (tenant_id, bank_account_id) references bank_account,
  constraint bank_statement_file foreign key (tenant_id, bank_file_id) references bank_file,
  constraint bank_statement_kind_known check (kind in ('statement', 'report', 'advice')),
  constraint bank_statement_continuity_known check (continuity in ('first', 'continuous', 'gap', 'unknown'))
);
create index bank_statement_newest on bank_statement (tenant_id, created_at, id);
create index bank_statement_of_account on bank_statement (tenant_id, bank_account_id, created_at, id);
create index bank_statement_of_file on bank_statement (tenant_id, bank_file_id, position);
create index bank_statement_by_closing on bank_statement (tenant_id, bank_account_id, closing_date) where kind = 'statement';

-- One movement, or one part of a movement that the bank booked as one (its parent, of status batch). Money is matched
-- where there are no parts.
create table bank_line (
  tenant_id            uuid        not null,
  id                   uuid        not null,
  bank_account_id      uuid        not null,
  statement_id         uuid        not null,
  parent_id            uuid,
  position             int         not null,
  fingerprint          text        not null,
  status               text        not null,
  booking_date         date        not null,
  value_date           date,
  currency             text        not null,
  amount               bigint      not null,
  direction            text        not null,
  is_reversal          boolean     not null,
  counterparty_name    text,
  counterparty_iban    text,
  counterparty_bic     text,
  remittance           text,
  structured_reference text,
  end_to_end_id        text,
  mandate_id           text,
  instruction_id       text,
  bank_reference       text,
  bank_text            text,
  return_reason_code   text,
  return_reason_text   text,
  charges_amount       bigint,
  transaction_code     text,
  metadata             jsonb       not null default '{}',
  version              int         not null default 1,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  constraint bank_line_pkey primary key (tenant_id, id),
  constraint bank_line_account foreign key (tenant_id, bank_account_id) references bank_account,
  constraint bank_line_statement foreign key (tenant_id, statement_id) references bank_statement,
  constraint bank_line_parent foreign key (tenant_id, parent_id) references bank_line,
  constraint bank_line_fingerprint_unique unique (tenant_id, bank_account_id, fingerprint),
  constraint bank_line_status_known check (status in ('unmatched', 'matched', 'ignored', 'batch')),
  constraint bank_line_direction_known check (direction in ('credit', 'debit')),
  constraint bank_line_amount_range check (amount between 1 and 9007199254740991),
  constraint bank_line_part_has_no_parts check (parent_id is null or status <> 'batch')
);
create index bank_line_newest on bank_line (tenant_id, created_at, id);
create index bank_line_by_status on bank_line (tenant_id, status, created_at, id);
create index bank_line_by_booking_date on bank_line (tenant_id, bank_account_id, booking_date);
create index bank_line_of_statement on bank_line (tenant_id, statement_id);
create index bank_line_of_parent on bank_line (tenant_id, parent_id, position) where parent_id is not null;
create index bank_line_by_end_to_end_id on bank_line (tenant_id, end_to_end_id) where end_to_end_id is not null;

-- Which statement showed which movement, and how it described it: what tells a known movement from a new one.
create table bank_sighting (
  tenant_id    uuid not null,
  bank_line_id uuid not null,
  statement_id uuid not null,
  content      text not null,
  constraint bank_sighting_pkey primary key (tenant_id, bank_line_id, statement_id),
  constraint bank_sighting_line foreign key (tenant_id, bank_line_id) references bank_line,
  constraint bank_sighting_statement foreign key (tenant_id, statement_id) references bank_statement
);
create index bank_sighting_of_statement on bank_sighting (tenant_id, statement_id);

alter table csv_mapping enable row level security, force row level security;
create policy own_rows on csv_mapping using (tenant_id = current_tenant());
alter table bank_account enable row level security, force row level security;
create policy own_rows on bank_account using (tenant_id = current_tenant());
alter table bank_file enable row level security, force row level security;
create policy own_rows on bank_file using (tenant_id = current_tenant());
alter table bank_statement enable row level security, force row level security;
create policy own_rows on bank_statement using (tenant_id = current_tenant());
alter table bank_line enable row level security, force row level security;
create policy own_rows on bank_line using (tenant_id = current_tenant());
alter table bank_sighting enable row level security, force row level security;
create policy own_rows on bank_sighting using (tenant_id = current_tenant());

grant select, insert, update, delete on csv_mapping to receivables_app;
grant select, insert, update on bank_account, bank_statement, bank_line to receivables_app;
grant select, insert on bank_file, bank_sighting to receivables_app;

-- Imports of more kinds of rows, from CSV by saved mappings, and the opening balances of a company that moves in.

-- What was open in the system before this one counts from the day of the move; what the document was once about is kept.
alter table invoice
  add column taken_over_date date,
  add column original_amount bigint,
  add constraint invoice_only_openings_are_taken_over check (taken_over_date is null or kind = 'opening'),
  add constraint invoice_original_has_date check (original_amount is null or taken_over_date is not null),
  add constraint invoice_open_within_original check (original_amount is null or original_amount >= total_amount);

-- How the files of another system are read: which column is which field, and how dates and amounts are written.
create table import_mapping (
  tenant_id  uuid        not null,
  id         uuid        not null,
  name       text        not null,
  resource   text        not null,
  settings   jsonb       not null,
  version    int         not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint import_mapping_pkey primary key (tenant_id, id),
  constraint import_mapping_resource_known check (resource in (
    'customers', 'contacts', 'invoices', 'credit_notes', 'payments', 'credit_limits', 'opening_balances'))
);
create index import_mapping_newest on import_mapping (tenant_id, created_at, id);

alter table import
  -- How its rows are written: each as JSON, or as the cells of a file whose reading is fixed when it comes.
  add column csv            jsonb,
  add column cut_over_date  date,
  add column control_totals jsonb,
  drop constraint import_resource_known,
  add constraint import_resource_known check (resource in (
    'customers', 'contacts', 'invoices', 'credit_notes', 'payments', 'credit_limits', 'opening_balances')),
  add constraint import_openings_are_controlled check (
    (resource = 'opening_balances') = (cut_over_date is not null) and (cut_over_date is null) = (control_totals is null)
    and (atomic or resource <> 'opening_balances'));

-- Where in its file a row began.
alter table import_row add column line int;

-- A row that failed is kept as it came, to be corrected and sent again.
alter table import_result
  add column line          int,
  add column input         text,
  add column resource_kind text,
  add constraint import_result_only_failed_is_kept check (input is null or outcome = 'failed');

alter table import_mapping enable row level security, force row level security;
create policy own_rows on import_mapping using (tenant_id = current_tenant());
grant select, insert, update, delete on import_mapping to receivables_app;

-- Thousands of rows sent at once. An import keeps how far it has come; its outcomes stay when it has ended.
create table import (
  tenant_id       uuid        not null,
  id              uuid        not null,
  resource        text        not null,
  mode            text        not null,
  atomic          boolean     not null,
  dry_run         boolean     not null,
  status          text        not null,
  total_count     int         not null,
  created_count   int         not null default 0,
  updated_count   int         not null default 0,
  unchanged_count int         not null default 0,
  failed_count    int         not null default 0,
  next_row        int         not null default 1,
  actor           text,
  request_id      text,
  finished_at     timestamptz,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint import_pkey primary key (tenant_id, id),
  constraint import_resource_known check (resource in ('customers', 'invoices', 'payments')),
  constraint import_mode_known check (mode in ('create', 'upsert')),
  constraint import_status_known check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  constraint import_finished_is_stamped check ((status in ('queued', 'running')) = (finished_at is null)),
  constraint import_counts_add_up check (
    next_row = 1 + created_count + updated_count + unchanged_count + failed_count and next_row <= 1 + total_count)
);
create index import_newest on import (tenant_id, created_at, id);

-- What is still to be done: the rows as they came, deleted as soon as they have an outcome. A row that could not even
-- be kept has the code of the problem in its place.
create table import_row (
  tenant_id uuid not null,
  import_id uuid not null,
  row       int  not null,
  input     text,
  refusal   text,
  constraint import_row_pkey primary key (tenant_id, import_id, row),
  constraint import_row_import foreign key (tenant_id, import_id) references import,
  constraint import_row_kept_or_refused check ((input is null) <> (refusal is null))
);

-- What became of each row.
create table import_result (
  tenant_id   uuid not null,
  import_id   uuid not null,
  row         int  not null,
  external_id text,
  outcome     text not null,
  resource_id uuid,
  problem     json,
  constraint import_result_pkey primary key (tenant_id, import_id, row),
  constraint import_result_import foreign key (tenant_id, import_id) references import,
  constraint import_result_outcome_known check (outcome in ('created', 'updated', 'unchanged', 'failed')),
  constraint import_result_failed_has_problem check ((outcome = 'failed') = (problem is not null))
);
create index import_result_by_outcome on import_result (tenant_id, import_id, outcome, row);

alter table import enable row level security, force row level security;
create policy own_rows on import using (tenant_id = current_tenant());
alter table import_row enable row level security, force row level security;
create policy own_rows on import_row using (tenant_id = current_tenant());
alter table import_result enable row level security, force row level security;
create policy own_rows on import_result using (tenant_id = current_tenant());

grant select, insert, update on import to receivables_app;
grant select, insert, delete on import_row to receivables_app;
grant select, insert on import_result to receivables_app;

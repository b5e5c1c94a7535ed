-- Who the creditor is, who may act for it, and the machinery every write passes through.
--
-- Every table of a tenant leads with tenant_id in its primary key, uniques, indexes and foreign keys, has row-level
-- security forced, and is worked on by receivables_app, a role that owns nothing. Queue tables hold only ids and
-- times, carry no row-level security, and let schedulers find work before they set the tenant.

create function current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.tenant_id', true), '')::uuid;

-- A creditor: one legal entity with its time zone, locale and currency. A test tenant has a clock of its own:
-- clock_at is where it stands (null: it follows real time), clock_target where it is being advanced to.
create table tenant (
  tenant_id         uuid        not null,
  name              text        not null,
  mode              text        not null,
  time_zone         text        not null,
  locale            text        not null,
  currency          text        not null,
  net_days          int,
  dunning_time      text        not null default '06:00',
  dunning_policy_id uuid,
  clock_at          timestamptz,
  clock_target      timestamptz,
  metadata          jsonb       not null default '{}',
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint tenant_pkey primary key (tenant_id),
  constraint tenant_mode_known check (mode in ('live', 'test')),
  constraint tenant_clock_only_in_test check (mode = 'test' or clock_at is null),
  constraint tenant_target_needs_clock check (clock_target is null or clock_at is not null),
  constraint tenant_dunning_time_form check (dunning_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
);

-- A secret that stands for a program. Only its hash is kept.
create table api_key (
  tenant_id    uuid        not null,
  id           uuid        not null,
  name         text        not null,
  hint         text        not null,
  scopes       text[]      not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint api_key_pkey primary key (tenant_id, id)
);

-- Where a credential leads before its tenant is known. During a rotation a key has two.
create table credential (
  key_hash   bytea       not null,
  tenant_id  uuid        not null,
  api_key_id uuid        not null,
  valid_until timestamptz,
  constraint credential_pkey primary key (key_hash)
);
create index credential_by_key on credential (tenant_id, api_key_id);

-- One key, one effect: the answer of a request that succeeded, kept for seven days.
create table idempotency_key (
  tenant_id   uuid        not null,
  key_hash    bytea       not null,
  fingerprint bytea       not null,
  status      int         not null,
  headers     jsonb       not null,
  body        text,
  created_at  timestamptz not null default now(),
  constraint idempotency_key_pkey primary key (tenant_id, key_hash)
);
create index idempotency_key_by_age on idempotency_key (tenant_id, created_at);

-- Queue: when each job of a tenant is due next. A frozen row belongs to a test clock that was set by hand and is run
-- only when that clock advances.
create table schedule (
  tenant_id   uuid        not null,
  job         text        not null,
  next_at     timestamptz not null,
  frozen      boolean     not null default false,
  lease_until timestamptz,
  lease_token uuid,
  constraint schedule_pkey primary key (tenant_id, job)
);
create index schedule_due on schedule (next_at) where not frozen;

-- What became of each slot (a local day of the tenant) of each job: one terminal row, whatever ran at the same time.
create table job_run (
  tenant_id   uuid        not null,
  job         text        not null,
  slot        date        not null,
  status      text        not null,
  attempt     int         not null default 1,
  reason      text,
  figures     jsonb,
  started_at  timestamptz not null default now(),
  finished_at timestamptz,
  constraint job_run_pkey primary key (tenant_id, job, slot),
  constraint job_run_status_known check (status in ('running', 'done', 'failed', 'skipped'))
);

-- Queue: work somebody asked for (an import, a clock to advance, a dunning run), leased by one worker at a time.
create table task_queue (
  tenant_id   uuid        not null,
  kind        text        not null,
  subject_id  uuid        not null,
  due_at      timestamptz not null default now(),
  attempt     int         not null default 0,
  lease_until timestamptz,
  lease_token uuid,
  constraint task_queue_pkey primary key (tenant_id, kind, subject_id)
);
create index task_queue_due on task_queue (due_at);

alter table tenant enable row level security, force row level security;
create policy own_rows on tenant using (tenant_id = current_tenant());
alter table api_key enable row level security, force row level security;
create policy own_rows on api_key using (tenant_id = current_tenant());
alter table idempotency_key enable row level security, force row level security;
create policy own_rows on idempotency_key using (tenant_id = current_tenant());
alter table job_run enable row level security, force row level security;
create policy own_rows on job_run using (tenant_id = current_tenant());

grant select, insert, update on tenant, api_key, job_run to receivables_app;
grant select, insert, delete on idempotency_key to receivables_app;
grant select, insert, update, delete on credential, schedule, task_queue to receivables_app;

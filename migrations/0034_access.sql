-- Access: roles and networks of API keys, their use, tenants that rest, and from where a change came.

alter table api_key
  add column roles         text[] not null default '{}',
  add column allowed_cidrs text[] not null default '{}',
  add constraint api_key_grants_something check (cardinality(scopes) + cardinality(roles) > 0);
create index api_key_newest on api_key (tenant_id, created_at, id);

-- When a key was last used, in real time, give or take a minute. Written in batches across tenants, beside the keys
-- themselves, so that use makes no version of a key.
create table api_key_use (
  tenant_id  uuid        not null,
  api_key_id uuid        not null,
  used_at    timestamptz not null,
  constraint api_key_use_pkey primary key (tenant_id, api_key_id)
);
grant select, insert, update on api_key_use to receivables_app;

-- A tenant that is suspended rests: its credentials are refused and its jobs wait.
alter table tenant
  add column suspended_at      timestamptz,
  add column suspension_reason text,
  add constraint tenant_suspension_has_reason check ((suspended_at is null) = (suspension_reason is null));

-- Which tenants there are, and which of them rest: for the platform's list, and for schedulers that have to know before
-- they set the tenant. What a tenant is called stands in its own row.
create table tenant_directory (
  tenant_id  uuid        not null,
  mode       text        not null,
  suspended  boolean     not null default false,
  created_at timestamptz not null,
  constraint tenant_directory_pkey primary key (tenant_id)
);
create index tenant_directory_newest on tenant_directory (created_at, tenant_id);
alter table tenant no force row level security;
insert into tenant_directory (tenant_id, mode, created_at) select tenant_id, mode, created_at from tenant;
alter table tenant force row level security;
grant select, insert, update on tenant_directory to receivables_app;

-- The address a request came from. It is shown to the tenant's own administrators, and told to nobody else.
alter table event add column address text;
create index event_about_access on event (tenant_id, id)
  where entity_kind in ('tenant', 'api_key', 'approval', 'webhook_endpoint');

-- A write-off above what a tenant lets one principal decide waits for another, and books nothing until then.
alter table tenant add column write_off_approval_above jsonb not null default '[]';
alter table write_off
  add column approval_id uuid,
  alter column entry_id drop not null,
  drop constraint write_off_status_known,
  add constraint write_off_status_known check (status in ('requested', 'recorded', 'rejected', 'withdrawn', 'undone')),
  add constraint write_off_booked_has_entry check ((status in ('recorded', 'undone')) = (entry_id is not null)),
  add constraint write_off_waits_for_approval check (status not in ('requested', 'rejected', 'withdrawn') or approval_id is not null),
  add constraint write_off_approval foreign key (tenant_id, approval_id) references approval;

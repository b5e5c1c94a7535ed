-- Webhooks in full: signatures by published keys, headers of the receiver's own, pace, and catching up.

-- custom_headers holds {name: {sealed, hint}}: values are written, never shown. throttle_rate is attempts per second;
-- null is without limit.
alter table webhook_endpoint
  add column signature_versions text[] not null default '{v1}',
  add column custom_headers     jsonb  not null default '{}',
  add column max_concurrency    int    not null default 8,
  add column throttle_rate      int,
  add constraint webhook_endpoint_signed check (signature_versions in ('{v1}', '{v1,v1a}')),
  add constraint webhook_endpoint_pace check (max_concurrency between 1 and 64 and throttle_rate between 1 and 1000);

-- A secret signs by HMAC (v1) or is the private half of an ed25519 pair (v1a), whose public half may be shown.
alter table webhook_secret
  add column version    text not null default 'v1',
  add column public_key text,
  add constraint webhook_secret_version_known check (version in ('v1', 'v1a')),
  add constraint webhook_secret_pair_is_published check ((version = 'v1a') = (public_key is not null));
drop index webhook_secret_current_once;
create unique index webhook_secret_current_once on webhook_secret (tenant_id, endpoint_id, version) where valid_until is null;

-- How often all attempts at the delivery were in vain; each time is an event of the delivery. Lists go by created_at, and
-- their cursors carry milliseconds: with more, rows between two pages would be lost.
alter table webhook_delivery
  add column exhausted_count int not null default 0,
  alter column created_at type timestamptz(3);

-- What deliveries are searched by besides their time never changes, so that recording an attempt still stays on the
-- page. The first also finds what is old enough to be forgotten.
create index webhook_delivery_all_newest on webhook_delivery (tenant_id, created_at, id);
create index webhook_delivery_by_type on webhook_delivery (tenant_id, event_type, created_at, id);
create index webhook_delivery_of_event on webhook_delivery (tenant_id, event_id);
grant delete on webhook_delivery to receivables_app;

-- Catching up after an outage: what an endpoint has not got of a stretch of time is sent, batch by batch in the order
-- of event ids, which grow with real time. last_event_id is how far it has come.
create table webhook_recovery (
  tenant_id       uuid        not null,
  id              uuid        not null,
  endpoint_id     uuid        not null,
  scope           text        not null,
  status          text        not null default 'queued',
  since           timestamptz not null,
  until           timestamptz not null,
  resent_count    bigint      not null default 0,
  last_event_id   uuid,
  finished_at     timestamptz,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint webhook_recovery_pkey primary key (tenant_id, id),
  constraint webhook_recovery_endpoint foreign key (tenant_id, endpoint_id) references webhook_endpoint,
  constraint webhook_recovery_scope_known check (scope in ('undelivered', 'missing')),
  constraint webhook_recovery_status_known check (status in ('queued', 'running', 'succeeded', 'cancelled')),
  constraint webhook_recovery_finished_is_dated check ((status in ('succeeded', 'cancelled')) = (finished_at is not null)),
  constraint webhook_recovery_range check (since < until)
);
create unique index webhook_recovery_one_at_a_time on webhook_recovery (tenant_id, endpoint_id)
  where status in ('queued', 'running');
create index webhook_recovery_newest on webhook_recovery (tenant_id, created_at, id);

alter table webhook_recovery enable row level security, force row level security;
create policy own_rows on webhook_recovery using (tenant_id = current_tenant());
grant select, insert, update on webhook_recovery to receivables_app;

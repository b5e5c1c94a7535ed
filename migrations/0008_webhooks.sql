-- Telling others: where to, with which secrets, how far, and what became of each delivery.
--
-- Times here are real times: what is sent to the outside does not follow a test clock. Only created_at and updated_at
-- of an endpoint, a resource like any other, follow the tenant's clock.

-- Where a tenant wants events sent. A deleted endpoint stays as the parent of its deliveries. failing_since is the
-- first failure after the last success; outage_since is when the clock that disables it started.
create table webhook_endpoint (
  tenant_id       uuid        not null,
  id              uuid        not null,
  external_id     text,
  url             text        not null,
  event_types     text[]      not null,
  description     text,
  status          text        not null default 'enabled',
  disabled_reason text,
  disabled_at     timestamptz,
  failing_since   timestamptz,
  outage_since    timestamptz,
  warned_at       timestamptz,
  metadata        jsonb       not null default '{}',
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint webhook_endpoint_pkey primary key (tenant_id, id),
  constraint webhook_endpoint_external_id_unique unique (tenant_id, external_id),
  constraint webhook_endpoint_status_known check (status in ('enabled', 'disabled', 'deleted')),
  constraint webhook_endpoint_disabled_reason_known check (disabled_reason in ('requested', 'gone', 'failing')),
  constraint webhook_endpoint_disabled_has_reason check ((status = 'disabled') = (disabled_reason is not null))
);
create index webhook_endpoint_newest on webhook_endpoint (tenant_id, created_at, id);

-- A signing secret, sealed. During a rotation an endpoint has several; the one without an end is the current one.
create table webhook_secret (
  tenant_id   uuid        not null,
  id          uuid        not null,
  endpoint_id uuid        not null,
  sealed      text        not null,
  valid_until timestamptz,
  created_at  timestamptz not null default now(),
  constraint webhook_secret_pkey primary key (tenant_id, id),
  constraint webhook_secret_of_endpoint foreign key (tenant_id, endpoint_id) references webhook_endpoint
);
create unique index webhook_secret_current_once on webhook_secret (tenant_id, endpoint_id) where valid_until is null;
create index webhook_secret_live on webhook_secret (tenant_id, endpoint_id, created_at);

-- One endpoint's copy of an event, with its attempts. Exactly one per endpoint and event, however often the feed is
-- read. The status is in no index, so that recording an attempt stays on the page.
create table webhook_delivery (
  tenant_id        uuid        not null,
  id               uuid        not null,
  endpoint_id      uuid        not null,
  event_id         uuid        not null,
  event_type       text        not null,
  position         bigint      not null,
  status           text        not null,
  attempt_count    int         not null default 0,
  attempts         jsonb       not null default '[]',
  last_status_code int,
  last_error       text,
  last_latency_ms  int,
  last_attempt_at  timestamptz,
  next_attempt_at  timestamptz,
  version          int         not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  constraint webhook_delivery_pkey primary key (tenant_id, id),
  constraint webhook_delivery_once unique (tenant_id, endpoint_id, event_id),
  constraint webhook_delivery_endpoint foreign key (tenant_id, endpoint_id) references webhook_endpoint,
  constraint webhook_delivery_status_known check (status in ('pending', 'delivered', 'failed', 'skipped', 'cancelled'))
) with (fillfactor = 70);
create index webhook_delivery_newest on webhook_delivery (tenant_id, endpoint_id, created_at, id);

-- Queue: deliveries that are not finished. due_at is when a worker may take one: now, when a retry is due, when the
-- lease of the worker that has it ends, or, behind an earlier delivery of the same endpoint and entity, three days on;
-- whoever finishes the earlier one brings that forward.
create table webhook_queue (
  tenant_id   uuid        not null,
  delivery_id uuid        not null,
  endpoint_id uuid        not null,
  event_id    uuid        not null,
  entity_id   uuid        not null,
  position    bigint      not null,
  attempt     int         not null default 0,
  due_at      timestamptz not null,
  lease_token uuid,
  constraint webhook_queue_pkey primary key (tenant_id, delivery_id)
);
create index webhook_queue_due on webhook_queue (endpoint_id, due_at, position);
create index webhook_queue_lane on webhook_queue (tenant_id, endpoint_id, entity_id, position);

-- Queue: how far each tenant's feed has been fanned out. Its row is the fan-out's lock.
create table webhook_cursor (
  tenant_id uuid   not null,
  position  bigint not null default 0,
  constraint webhook_cursor_pkey primary key (tenant_id)
);

-- The key that seals secrets when the operator gave none and the database is not ours. It belongs to no tenant.
create table sealing_key (
  id         text        not null,
  key        bytea       not null,
  created_at timestamptz not null default now(),
  constraint sealing_key_pkey primary key (id)
);

alter table webhook_endpoint enable row level security, force row level security;
create policy own_rows on webhook_endpoint using (tenant_id = current_tenant());
alter table webhook_secret enable row level security, force row level security;
create policy own_rows on webhook_secret using (tenant_id = current_tenant());
alter table webhook_delivery enable row level security, force row level security;
create policy own_rows on webhook_delivery using (tenant_id = current_tenant());

grant select, insert, update on webhook_endpoint, webhook_delivery to receivables_app;
grant select, insert, update, delete on webhook_secret, webhook_queue to receivables_app;
grant select, insert, update on webhook_cursor to receivables_app;
grant select, insert on sealing_key to receivables_app;

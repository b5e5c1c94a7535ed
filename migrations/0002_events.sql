-- What happened, in order. The event table is outbox, audit trail and API feed in one: a row is written in the same
-- transaction as its cause and never changes. Positions are given afterwards, in commit order, by the sequencer.

create table event (
  tenant_id       uuid        not null,
  id              uuid        not null,
  type            text        not null,
  entity_kind     text        not null,
  entity_id       uuid        not null,
  entity_sequence int         not null,
  customer_id     uuid,
  occurred_at     timestamptz not null,
  origin          text        not null,
  actor           text,
  request_id      text,
  data            json        not null,
  constraint event_pkey primary key (tenant_id, id),
  constraint event_entity_sequence_unique unique (tenant_id, entity_id, entity_sequence)
);
create index event_of_customer on event (tenant_id, customer_id) where customer_id is not null;
create index event_by_type on event (tenant_id, type);

-- Queue: events that have no position yet, in the order they were written.
create table event_outbox (
  outbox_id bigint generated always as identity,
  tenant_id uuid not null,
  event_id  uuid not null,
  constraint event_outbox_pkey primary key (tenant_id, outbox_id)
);

-- Queue: how far each tenant's feed reaches. Its row is the sequencer's lock.
create table feed_head (
  tenant_id     uuid   not null,
  last_position bigint not null default 0,
  constraint feed_head_pkey primary key (tenant_id)
);

-- The feed: gap-free positions, one per event.
create table feed (
  tenant_id uuid   not null,
  position  bigint not null,
  event_id  uuid   not null,
  constraint feed_pkey primary key (tenant_id, position),
  constraint feed_event_unique unique (tenant_id, event_id)
);

alter table event enable row level security, force row level security;
create policy own_rows on event using (tenant_id = current_tenant());
alter table feed enable row level security, force row level security;
create policy own_rows on feed using (tenant_id = current_tenant());

grant select, insert on event, feed to receivables_app;
grant select, insert, delete on event_outbox to receivables_app;
grant select, insert, update on feed_head to receivables_app;

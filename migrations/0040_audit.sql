-- Tamper evidence: blocks of a tenant's feed, each sealed by a hash over its events and over the block before it.

-- A sealed stretch of the feed. What exactly is hashed stands in src/audit/README.md. Blocks are only ever added.
create table audit_block (
  tenant_id      uuid        not null,
  number         bigint      not null,
  first_position bigint      not null,
  last_position  bigint      not null,
  -- The hashes of its events, 32 bytes each, in the order of the feed.
  event_hashes   bytea       not null,
  previous_hash  text        not null,
  hash           text        not null,
  -- In real time, also of a test tenant.
  sealed_at      timestamptz not null,
  constraint audit_block_pkey primary key (tenant_id, number),
  constraint audit_block_begins_once unique (tenant_id, first_position),
  constraint audit_block_has_each_event check (length(event_hashes) = 32 * (last_position - first_position + 1) and last_position >= first_position)
);
alter table audit_block enable row level security, force row level security;
create policy own_rows on audit_block using (tenant_id = current_tenant());
grant select, insert on audit_block to receivables_app;
grant select, delete on audit_block to receivables_reset;
create policy only_in_reset on audit_block as restrictive for delete to receivables_reset using ((select is_being_reset()));

-- Queue: how far each tenant's feed is sealed. Its row is the sealer's lock.
create table audit_head (
  tenant_id     uuid   not null,
  last_position bigint not null default 0,
  -- When the whole chain was last looked at, in real time.
  verified_at   timestamptz,
  constraint audit_head_pkey primary key (tenant_id)
);
-- A test tenant may have been emptied before, which leaves holes in its feed: its chain begins with what comes next.
insert into audit_head (tenant_id, last_position)
select feed_head.tenant_id, last_position from feed_head join tenant_directory using (tenant_id) where mode = 'test';
grant select, insert, update on audit_head to receivables_app;
grant select on audit_head to receivables_reset;

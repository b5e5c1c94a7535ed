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

-- I6: nothing that may only be added to has lost a row: whatever was booked still has the entries it was booked with, and
-- those that took it back exactly if it was; every place of the feed up to its head has its event; every block of the
-- chain is itself, follows the one before and goes up to where the feed is sealed. A test tenant that was emptied has a gap
-- in its feed for ever, up to the event that says so. Whether events are as they were sealed takes canonical JSON:
-- `receivables verify-audit` and the nightly job hash them again.
create view invariant_nothing_lost with (security_invoker) as
  select booked.tenant_id, booked.kind, booked.id::text as id
  from (
    select tenant_id, 'allocation' as kind, id, entry_id, undone_date is not null as taken_back from allocation
    union all
    select tenant_id, 'allocation', allocation_id, entry_id, undone_date is not null from deduction
    union all
    select tenant_id, 'allocation', allocation_id, tax_entry_id, undone_date is not null from deduction where tax_entry_id is not null
    union all
    select tenant_id, 'refund', id, approval_entry_id, status = 'cancelled' from refund
    union all
    select tenant_id, 'refund', id, paid_entry_id, status = 'cancelled' from refund where paid_entry_id is not null
    union all
    select tenant_id, 'write_off', id, entry_id, status = 'undone' from write_off where entry_id is not null
    union all
    select tenant_id, 'write_off', id, relief_entry_id, status = 'undone' from write_off where relief_entry_id is not null
    union all
    select tenant_id, 'recovery', id, entry_id, undo_date is not null from recovery
    union all
    select tenant_id, 'recovery', id, tax_entry_id, undo_date is not null from recovery where tax_entry_id is not null
  ) as booked
  left join ledger_entry as entry on entry.tenant_id = booked.tenant_id and entry.id = booked.entry_id
  left join ledger_entry as undo on undo.tenant_id = booked.tenant_id and undo.undoes_id = booked.entry_id
  where entry.id is null or (undo.id is not null) <> booked.taken_back
  union all
  select feed.tenant_id, 'event', feed.event_id::text
  from feed
  left join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
  where event.id is null
  union all
  select told.tenant_id, 'event', told.event_id::text
  from (
    select tenant_id, event_id, position, lag(position, 1, 0::bigint) over (partition by tenant_id order by position) as before,
      lead(position) over (partition by tenant_id order by position) is null as is_last
    from feed
  ) as told
  join tenant on tenant.tenant_id = told.tenant_id and tenant.reset_at is null
  join feed_head as head on head.tenant_id = told.tenant_id
  left join (
    select event.tenant_id, max(coalesce(feed.position, 9223372036854775807)) as position
    from event
    left join feed on feed.tenant_id = event.tenant_id and feed.event_id = event.id
    where event.type = 'tenant.reset' group by event.tenant_id
  ) as emptied on emptied.tenant_id = told.tenant_id
  where told.before <> told.position - 1 and told.position > coalesce(emptied.position, 0)
    or told.is_last and told.position <> head.last_position and coalesce(emptied.position, 0) <= told.position
  union all
  select block.tenant_id, 'audit_block', block.number::text
  from (
    select *, lag(number, 1, 0::bigint) over chain as number_before, lag(hash, 1, repeat('0', 64)) over chain as hash_before,
      lag(last_position) over chain as position_before, lead(number) over chain is null as is_last
    from audit_block
    window chain as (partition by tenant_id order by number)
  ) as block
  join (
    select tenant_id, mode, reset_at, 'ten_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
      substring(B'00' || ('x' || replace(tenant_id::text, '-', ''))::bit(128) from 5 * place + 1 for 5)::bit(5)::int + 1, 1), '' order by place) as name
    from tenant, generate_series(0, 25) as place
    group by tenant_id
  ) as owner on owner.tenant_id = block.tenant_id and owner.reset_at is null
  join audit_head as head on head.tenant_id = block.tenant_id
  where block.number <> block.number_before + 1 or block.previous_hash <> block.hash_before
    or block.first_position <> coalesce(block.position_before + 1, case owner.mode when 'live' then 1 else block.first_position end)
    or block.is_last and block.last_position <> head.last_position
    or block.hash <> encode(sha256(convert_to(concat_ws(E'\n', 'receivables audit block 1', owner.name, block.number,
      block.first_position, block.last_position, block.previous_hash,
      to_char(block.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      regexp_replace(encode(block.event_hashes, 'hex'), '(.{64})', E'\\1\n', 'g')), 'UTF8')), 'hex')
  union all
  select tenant.tenant_id, 'tenant', tenant.tenant_id::text
  from tenant
  join audit_head as head on head.tenant_id = tenant.tenant_id
  where tenant.mode = 'live' and head.last_position > 0 and not exists (
    select from audit_block as block where block.tenant_id = tenant.tenant_id);
grant select on invariant_nothing_lost to receivables_app;

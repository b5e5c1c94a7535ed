-- The feed finds its events by what they are about. The copies never differ: neither table's rows are ever changed.
alter table feed
  add column type        text,
  add column entity_kind text,
  add column entity_id   uuid,
  add column customer_id uuid;

-- Row-level security binds the owner too, except while it looks through all tenants.
alter table event no force row level security;
alter table feed no force row level security;
update feed
set type = event.type, entity_kind = event.entity_kind, entity_id = event.entity_id, customer_id = event.customer_id
from event
where event.tenant_id = feed.tenant_id and event.id = feed.event_id;
alter table event force row level security;
alter table feed force row level security;

alter table feed
  alter column type set not null,
  alter column entity_kind set not null,
  alter column entity_id set not null;

create index feed_by_type on feed (tenant_id, type, position);
create index feed_of_customer on feed (tenant_id, customer_id, position) where customer_id is not null;
-- What an entity's newest event is at a position: the snapshot walks along it.
create index feed_of_entity on feed (tenant_id, entity_kind, entity_id, position);
drop index event_by_type;

-- Instants go over the wire, and into cursors, with three digits of a second. A delivery's had six: pages of a list
-- could leave out those that were created within one millisecond.
alter table webhook_delivery no force row level security;
update webhook_delivery set created_at = date_trunc('milliseconds', created_at)
where created_at <> date_trunc('milliseconds', created_at);
alter table webhook_delivery force row level security;
alter table webhook_delivery alter column created_at set default date_trunc('milliseconds', now());

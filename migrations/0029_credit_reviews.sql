-- Monitoring of credit, and reviews.

-- Queue: how far credit has followed each tenant's feed. A new tenant gets its row with the first look; for those that are
-- there already, nothing before now concerns credit.
create table credit_follower (
  tenant_id uuid   not null,
  position  bigint not null default 0,
  constraint credit_follower_pkey primary key (tenant_id)
);
insert into credit_follower (tenant_id, position) select tenant_id, last_position from feed_head;
grant select, insert, update on credit_follower to receivables_app;

-- When monitoring last had its nightly look at the customer, and the score it saw then; far in the past before the first.
alter table credit_standing
  add column monitored_date date not null default '1900-01-01',
  add column monitored_score int,
  -- What the next review date was derived from: it is derived anew when that is different.
  add column review_basis text;
create index credit_standing_to_monitor on credit_standing (tenant_id, monitored_date, customer_id);

-- What monitoring has found out, each told once. Never changed.
create table credit_alert (
  tenant_id   uuid        not null,
  id          uuid        not null,
  type        text        not null,
  -- Null for what concerns the policy.
  customer_id uuid,
  item_id     uuid,
  figures     jsonb       not null,
  -- The one occasion it may be told for; null where state elsewhere keeps it from being told twice.
  once_key    text,
  created_at  timestamptz not null,
  constraint credit_alert_pkey primary key (tenant_id, id),
  constraint credit_alert_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_alert_item foreign key (tenant_id, item_id) references open_item,
  constraint credit_alert_once unique (tenant_id, once_key),
  constraint credit_alert_type_known check (type in ('credit_limit.exceeded', 'credit_limit.back_within',
    'credit_utilisation.reached', 'credit_score.dropped', 'customer.first_overdue', 'customer.pays_later_than_habit',
    'credit_policy.review_due'))
);
create index credit_alert_newest on credit_alert (tenant_id, created_at, id);
create index credit_alert_of_customer on credit_alert (tenant_id, customer_id, created_at, id);

-- A look at a customer's limit and terms: what is recommended, and what a person has decided.
create table credit_review (
  tenant_id              uuid        not null,
  id                     uuid        not null,
  customer_id            uuid        not null,
  status                 text        not null,
  -- The day of the calendar that made it due; null while nobody but a person has asked for it.
  due_date               date,
  recommendation         jsonb       not null,
  decided_date           date,
  decision_reason        text,
  -- What was applied; null where it was kept.
  limit_id               uuid,
  net_days               int,
  next_review_date       date,
  version                int         not null default 1,
  created_at             timestamptz not null,
  updated_at             timestamptz not null,
  constraint credit_review_pkey primary key (tenant_id, id),
  constraint credit_review_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_review_limit foreign key (tenant_id, limit_id) references credit_limit,
  constraint credit_review_status_known check (status in ('open', 'due', 'completed', 'dismissed')),
  constraint credit_review_due_has_date check (status <> 'due' or due_date is not null),
  constraint credit_review_decided_is_dated check ((status in ('completed', 'dismissed')) = (decided_date is not null and decision_reason is not null)),
  constraint credit_review_once_per_due_date unique (tenant_id, customer_id, due_date)
);
create unique index credit_review_one_open on credit_review (tenant_id, customer_id) where status in ('open', 'due');
create index credit_review_newest on credit_review (tenant_id, created_at, id);
create index credit_review_of_customer on credit_review (tenant_id, customer_id, created_at, id);

alter table credit_alert enable row level security, force row level security;
create policy own_rows on credit_alert using (tenant_id = current_tenant());
alter table credit_review enable row level security, force row level security;
create policy own_rows on credit_review using (tenant_id = current_tenant());
grant select, insert on credit_alert to receivables_app;
grant select, insert, update on credit_review to receivables_app;

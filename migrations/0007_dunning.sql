-- A dunning policy is a name under which immutable versions follow each other.
create table dunning_policy (
  tenant_id  uuid        not null,
  id         uuid        not null,
  name       text        not null,
  version    int         not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint dunning_policy_pkey primary key (tenant_id, id)
);
create index dunning_policy_newest on dunning_policy (tenant_id, created_at, id);

create table dunning_policy_version (
  tenant_id  uuid        not null,
  policy_id  uuid        not null,
  version    int         not null,
  definition jsonb       not null,
  created_at timestamptz not null,
  constraint dunning_policy_version_pkey primary key (tenant_id, policy_id, version),
  constraint dunning_policy_version_of_policy foreign key (tenant_id, policy_id) references dunning_policy
);

alter table tenant add constraint tenant_dunning_policy
  foreign key (tenant_id, dunning_policy_id) references dunning_policy;
alter table customer add constraint customer_dunning_policy
  foreign key (tenant_id, dunning_policy_id) references dunning_policy;

-- Where an open item stands. It stays on the policy version under which it was first noticed.
create table dunning_state (
  tenant_id        uuid not null,
  item_id          uuid not null,
  invoice_id       uuid,
  customer_id      uuid not null,
  policy_id        uuid not null,
  policy_version   int  not null,
  cycle            int  not null default 1,
  level            int  not null,
  level_date       date not null,
  version          int  not null default 1,
  constraint dunning_state_pkey primary key (tenant_id, item_id),
  constraint dunning_state_item foreign key (tenant_id, item_id) references open_item,
  constraint dunning_state_policy foreign key (tenant_id, policy_id, policy_version) references dunning_policy_version,
  constraint dunning_state_level_positive check (level >= 0)
);
create index dunning_state_of_invoice on dunning_state (tenant_id, invoice_id) include (level) where invoice_id is not null;
create index dunning_state_of_customer on dunning_state (tenant_id, customer_id);

-- One evaluation of everything that was due for a look on one day.
create table dunning_run (
  tenant_id      uuid        not null,
  id             uuid        not null,
  run_date       date        not null,
  trigger        text        not null,
  status         text        not null,
  customer_id    uuid,
  item_count     int         not null default 0,
  escalated_count int        not null default 0,
  notice_count   int         not null default 0,
  version        int         not null default 1,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint dunning_run_pkey primary key (tenant_id, id),
  constraint dunning_run_trigger_known check (trigger in ('schedule', 'request')),
  constraint dunning_run_status_known check (status in ('running', 'completed'))
);
create index dunning_run_newest on dunning_run (tenant_id, created_at, id);
create unique index dunning_run_scheduled_once on dunning_run (tenant_id, run_date) where trigger = 'schedule';

-- What one customer is told in one currency at one time, at the highest level of its items.
create table dunning_notice (
  tenant_id    uuid        not null,
  id           uuid        not null,
  run_id       uuid        not null,
  customer_id  uuid        not null,
  currency     text        not null,
  policy_id    uuid        not null,
  policy_version int       not null,
  level        int         not null,
  level_name   text        not null,
  notice_date  date        not null,
  content      jsonb       not null,
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint dunning_notice_pkey primary key (tenant_id, id),
  constraint dunning_notice_run foreign key (tenant_id, run_id) references dunning_run,
  constraint dunning_notice_customer foreign key (tenant_id, customer_id) references customer,
  constraint dunning_notice_once unique (tenant_id, run_id, customer_id, currency)
);
create index dunning_notice_newest on dunning_notice (tenant_id, created_at, id);
create index dunning_notice_of_customer on dunning_notice (tenant_id, customer_id, currency, notice_date);

alter table open_item add constraint open_item_notice foreign key (tenant_id, notice_id) references dunning_notice;

-- One step of one item: exactly once per item, cycle and level, whatever runs at the same time or dies in between.
create table dunning_step (
  tenant_id    uuid not null,
  item_id      uuid not null,
  cycle        int  not null,
  level        int  not null,
  from_level   int  not null,
  invoice_id   uuid,
  notice_id    uuid not null,
  step_date    date not null,
  days_overdue int  not null,
  constraint dunning_step_pkey primary key (tenant_id, item_id, cycle, level),
  constraint dunning_step_notice foreign key (tenant_id, notice_id) references dunning_notice
);
create index dunning_step_of_invoice on dunning_step (tenant_id, invoice_id);
create index dunning_step_of_notice on dunning_step (tenant_id, notice_id);

-- Why an open item was or was not escalated by an evaluation.
create table dunning_decision (
  tenant_id      uuid not null,
  id             uuid not null,
  run_id         uuid not null,
  item_id        uuid not null,
  invoice_id     uuid,
  customer_id    uuid not null,
  outcome        text not null,
  reason         text not null,
  inputs         jsonb not null,
  from_level     int  not null,
  to_level       int  not null,
  next_look_date date,
  constraint dunning_decision_pkey primary key (tenant_id, id),
  constraint dunning_decision_once unique (tenant_id, run_id, item_id),
  constraint dunning_decision_outcome_known check (outcome in ('escalate', 'wait', 'blocked', 'finished'))
);
create index dunning_decision_of_item on dunning_decision (tenant_id, item_id, id);
create index dunning_decision_of_run on dunning_decision (tenant_id, run_id, id);

-- A dated reason not to dun a customer, an invoice or an open item. Days are inclusive.
create table dunning_hold (
  tenant_id   uuid        not null,
  id          uuid        not null,
  customer_id uuid        not null,
  invoice_id  uuid,
  item_id     uuid,
  reason      text        not null,
  note        text,
  from_date   date        not null,
  until_date  date,
  lifted_date date,
  version     int         not null default 1,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint dunning_hold_pkey primary key (tenant_id, id),
  constraint dunning_hold_customer foreign key (tenant_id, customer_id) references customer,
  constraint dunning_hold_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint dunning_hold_item foreign key (tenant_id, item_id) references open_item,
  constraint dunning_hold_reason_known check (reason in ('dispute', 'promise', 'deferral', 'payment_expected', 'goodwill', 'legal', 'insolvency', 'other')),
  constraint dunning_hold_range check (until_date is null or until_date >= from_date)
);
create index dunning_hold_newest on dunning_hold (tenant_id, created_at, id);
create index dunning_hold_of_customer on dunning_hold (tenant_id, customer_id);
create index dunning_hold_of_invoice on dunning_hold (tenant_id, invoice_id) where invoice_id is not null;

-- How far dunning has read the feed for changes of settings that concern it.
create table dunning_cursor (
  tenant_id uuid   not null,
  position  bigint not null,
  constraint dunning_cursor_pkey primary key (tenant_id)
);

alter table dunning_policy enable row level security, force row level security;
create policy own_rows on dunning_policy using (tenant_id = current_tenant());
alter table dunning_policy_version enable row level security, force row level security;
create policy own_rows on dunning_policy_version using (tenant_id = current_tenant());
alter table dunning_state enable row level security, force row level security;
create policy own_rows on dunning_state using (tenant_id = current_tenant());
alter table dunning_run enable row level security, force row level security;
create policy own_rows on dunning_run using (tenant_id = current_tenant());
alter table dunning_notice enable row level security, force row level security;
create policy own_rows on dunning_notice using (tenant_id = current_tenant());
alter table dunning_step enable row level security, force row level security;
create policy own_rows on dunning_step using (tenant_id = current_tenant());
alter table dunning_decision enable row level security, force row level security;
create policy own_rows on dunning_decision using (tenant_id = current_tenant());
alter table dunning_hold enable row level security, force row level security;
create policy own_rows on dunning_hold using (tenant_id = current_tenant());
alter table dunning_cursor enable row level security, force row level security;
create policy own_rows on dunning_cursor using (tenant_id = current_tenant());

grant select, insert, update on dunning_policy, dunning_state, dunning_run, dunning_hold, dunning_cursor to receivables_app;
grant select, insert on dunning_policy_version, dunning_notice, dunning_step, dunning_decision to receivables_app;

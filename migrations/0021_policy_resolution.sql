-- A class gathers customers that are treated alike: terms and a dunning policy of their own.
create table customer_class (
  tenant_id         uuid        not null,
  id                uuid        not null,
  code              text        not null,
  name              text        not null,
  net_days          int,
  dunning_policy_id uuid,
  no_dunning        boolean     not null default false,
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint customer_class_pkey primary key (tenant_id, id),
  constraint customer_class_code_unique unique (tenant_id, code),
  constraint customer_class_net_days_range check (net_days between 0 and 365),
  constraint customer_class_dunning_policy foreign key (tenant_id, dunning_policy_id) references dunning_policy,
  constraint customer_class_one_choice check (not no_dunning or dunning_policy_id is null)
);
create index customer_class_newest on customer_class (tenant_id, created_at, id);

-- Which policy an open item follows is the choice of its invoice, else its customer, else the class, else the tenant.
-- A choice is a policy, or none at all; neither leaves it to the next.
alter table tenant
  add column no_dunning boolean not null default false,
  add constraint tenant_one_choice check (not no_dunning or dunning_policy_id is null);
alter table customer
  add column customer_class_id uuid,
  add column no_dunning boolean not null default false,
  add constraint customer_class_of_customer foreign key (tenant_id, customer_class_id) references customer_class,
  add constraint customer_one_choice check (not no_dunning or dunning_policy_id is null);
create index customer_of_class on customer (tenant_id, customer_class_id, id) where customer_class_id is not null;
alter table invoice
  add column dunning_policy_id uuid,
  add column no_dunning boolean not null default false,
  add constraint invoice_dunning_policy foreign key (tenant_id, dunning_policy_id) references dunning_policy,
  add constraint invoice_one_choice check (not no_dunning or dunning_policy_id is null);

-- How far dunning may go with an open item; null for as far as its policy goes.
create table dunning_limit (
  tenant_id     uuid        not null,
  id            uuid        not null,
  item_id       uuid        not null,
  customer_id   uuid        not null,
  maximum_level int,
  reason        text        not null,
  version       int         not null default 1,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  constraint dunning_limit_pkey primary key (tenant_id, id),
  constraint dunning_limit_of_item unique (tenant_id, item_id),
  constraint dunning_limit_item foreign key (tenant_id, item_id) references open_item,
  constraint dunning_limit_customer foreign key (tenant_id, customer_id) references customer,
  constraint dunning_limit_level_known check (maximum_level between 0 and 20)
);

alter table customer_class enable row level security, force row level security;
create policy own_rows on customer_class using (tenant_id = current_tenant());
alter table dunning_limit enable row level security, force row level security;
create policy own_rows on dunning_limit using (tenant_id = current_tenant());

grant select, insert, update on customer_class, dunning_limit to receivables_app;

-- Items under way that were moved to another version of their policy, with the step that was and is next for each.
create table dunning_migration (
  tenant_id       uuid        not null,
  id              uuid        not null,
  policy_id       uuid        not null,
  from_versions   int[],
  to_version      int         not null,
  customer_count  int         not null,
  item_count      int         not null,
  changed_count   int         not null,
  remaining_count int         not null,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint dunning_migration_pkey primary key (tenant_id, id),
  constraint dunning_migration_version foreign key (tenant_id, policy_id, to_version) references dunning_policy_version
);
create index dunning_migration_newest on dunning_migration (tenant_id, policy_id, created_at, id);

create table dunning_migration_item (
  tenant_id     uuid not null,
  migration_id  uuid not null,
  item_id       uuid not null,
  invoice_id    uuid,
  customer_id   uuid not null,
  from_version  int  not null,
  level         int  not null,
  before_level  int,
  before_date   date,
  before_reason text not null,
  after_level   int,
  after_date    date,
  after_reason  text not null,
  constraint dunning_migration_item_pkey primary key (tenant_id, migration_id, item_id),
  constraint dunning_migration_item_migration foreign key (tenant_id, migration_id) references dunning_migration,
  constraint dunning_migration_item_item foreign key (tenant_id, item_id) references open_item
);
create index dunning_state_of_policy on dunning_state (tenant_id, policy_id, policy_version, customer_id) where level > 0;

alter table dunning_migration enable row level security, force row level security;
create policy own_rows on dunning_migration using (tenant_id = current_tenant());
alter table dunning_migration_item enable row level security, force row level security;
create policy own_rows on dunning_migration_item using (tenant_id = current_tenant());

grant select, insert on dunning_migration, dunning_migration_item to receivables_app;

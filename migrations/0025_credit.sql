-- Credit: whom to sell to on account.

-- Which transaction wrote a fact. Together with the snapshot that a credit check keeps, it says to the transaction what
-- the check could know. Rows from before this column were known to everyone.
alter table event add column recorded_tx xid8;
alter table event alter column recorded_tx set default pg_current_xact_id();
alter table ledger_entry add column recorded_tx xid8;
alter table ledger_entry alter column recorded_tx set default pg_current_xact_id();

-- How the tenant decides; at most one policy, in immutable versions. A retired policy decides nothing.
create table credit_policy (
  tenant_id    uuid        not null,
  id           uuid        not null,
  name         text        not null,
  retired_date date,
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint credit_policy_pkey primary key (tenant_id, id),
  constraint credit_policy_one_per_tenant unique (tenant_id)
);
create table credit_policy_version (
  tenant_id  uuid        not null,
  policy_id  uuid        not null,
  version    int         not null,
  name       text        not null,
  definition jsonb       not null,
  created_at timestamptz not null,
  constraint credit_policy_version_pkey primary key (tenant_id, policy_id, version),
  constraint credit_policy_version_policy foreign key (tenant_id, policy_id) references credit_policy
);

-- What is known of a customer as a debtor, in short: one row that a check reads.
create table credit_standing (
  tenant_id         uuid        not null,
  customer_id       uuid        not null,
  score             int,
  score_class       text,
  derived_standing  text,
  override_standing text,
  override_reason   text,
  override_until    date,
  -- How late it pays on average, from its history; what monitoring calls its habit. Days, one decimal.
  habit_days_late   numeric(6,1),
  next_review_date  date,
  reviewed_date     date,
  over_limit        boolean     not null default false,
  -- The highest utilisation of the policy that is reached, percent; 0 for none.
  utilisation_reached int       not null default 0,
  first_overdue_date date,
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint credit_standing_pkey primary key (tenant_id, customer_id),
  constraint credit_standing_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_standing_score_range check (score between 0 and 100),
  constraint credit_standing_derived_known check (derived_standing in ('new', 'returning', 'good', 'slow', 'problem')),
  constraint credit_standing_override_known check (override_standing in ('new', 'returning', 'good', 'slow', 'problem')),
  constraint credit_standing_override_says_why check ((override_standing is null) = (override_reason is null))
);
create index credit_standing_review_due on credit_standing (tenant_id, next_review_date, customer_id) where next_review_date is not null;
create index credit_standing_override_ends on credit_standing (tenant_id, override_until) where override_until is not null;

alter table credit_policy enable row level security, force row level security;
create policy own_rows on credit_policy using (tenant_id = current_tenant());
alter table credit_policy_version enable row level security, force row level security;
create policy own_rows on credit_policy_version using (tenant_id = current_tenant());
alter table credit_standing enable row level security, force row level security;
create policy own_rows on credit_standing using (tenant_id = current_tenant());

grant select, insert, update on credit_policy, credit_standing to receivables_app;
grant select, insert on credit_policy_version to receivables_app;

-- Tenants that are there already get the new job, due at once; the timetable sets what follows.
-- Row-level security binds the owner of the tables too, except while it looks through all tenants.
alter table tenant no force row level security;
insert into schedule (tenant_id, job, next_at, frozen)
select tenant_id, 'credit_night', coalesce(clock_at, now()), clock_at is not null
from tenant;
alter table tenant force row level security;

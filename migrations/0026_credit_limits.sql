-- Approvals, credit limits, groups of customers that share one, and what is looked into before a customer's first.

-- What one principal has asked for and another decides (four eyes). What it brings about belongs to its subject's wing.
create table approval (
  tenant_id       uuid        not null,
  id              uuid        not null,
  subject_kind    text        not null,
  subject_id      uuid        not null,
  customer_id     uuid,
  summary         text        not null,
  currency        char(3),
  amount          bigint,
  reason          text        not null,
  -- Null for the service itself, which may ask and never decides.
  requested_by    text,
  requested_date  date        not null,
  status          text        not null default 'requested',
  decided_by      text,
  decided_date    date,
  decision_reason text,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint approval_pkey primary key (tenant_id, id),
  constraint approval_customer foreign key (tenant_id, customer_id) references customer,
  constraint approval_status_known check (status in ('requested', 'approved', 'rejected', 'withdrawn')),
  constraint approval_four_eyes check (status not in ('approved', 'rejected') or decided_by is not null and decided_by is distinct from requested_by),
  constraint approval_decided_once check ((status = 'requested') = (decided_date is null)),
  constraint approval_amount_has_currency check ((amount is null) = (currency is null))
);
create unique index approval_pending_once on approval (tenant_id, subject_kind, subject_id) where status = 'requested';
create index approval_newest on approval (tenant_id, created_at desc, id desc);
create index approval_of_customer on approval (tenant_id, customer_id, created_at desc, id desc);

-- Customers that share a limit; a customer is in one group at most.
create table credit_group (
  tenant_id  uuid        not null,
  id         uuid        not null,
  name       text        not null,
  version    int         not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint credit_group_pkey primary key (tenant_id, id)
);
create index credit_group_newest on credit_group (tenant_id, created_at desc, id desc);
create table credit_group_member (
  tenant_id   uuid not null,
  customer_id uuid not null,
  group_id    uuid not null,
  joined_date date not null,
  constraint credit_group_member_pkey primary key (tenant_id, customer_id),
  constraint credit_group_member_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_group_member_group foreign key (tenant_id, group_id) references credit_group
);
create index credit_group_member_of_group on credit_group_member (tenant_id, group_id, customer_id);

-- What a customer, or a group of them, may owe. Each is a record of its own; which one is in force on a day follows from
-- validity and ordinal (src/credit/limits/limit-in-force.ts). Terms never change once approved.
create table credit_limit (
  tenant_id                  uuid        not null,
  id                         uuid        not null,
  customer_id                uuid,
  group_id                   uuid,
  kind                       text        not null,
  currency                   char(3)     not null,
  amount                     bigint      not null,
  valid_from                 date        not null,
  valid_until                date,
  reason                     text        not null,
  status                     text        not null,
  -- Its place among the approved limits of its subject: of two with the same first day, the later approved holds.
  ordinal                    int,
  -- The approval it waits or waited for; null where none was needed.
  approval_id                uuid,
  -- When it was approved, rejected or withdrawn, and when it was ended: what could be known at an instant.
  decided_at                 timestamptz,
  ended_date                 date,
  ended_reason               text,
  ended_at                   timestamptz,
  insured_amount             bigint,
  insurer                    text,
  insurance_policy_number    text,
  insured_until              date,
  insured_deductible_percent int,
  insured_reporting_days     int,
  collateral                 jsonb       not null default '[]',
  -- The days on which the night found that it, or its insurance, had passed its last day; each is announced once.
  expired_date               date,
  insurance_expired_date     date,
  version                    int         not null default 1,
  created_at                 timestamptz not null,
  updated_at                 timestamptz not null,
  constraint credit_limit_pkey primary key (tenant_id, id),
  constraint credit_limit_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_limit_group foreign key (tenant_id, group_id) references credit_group,
  constraint credit_limit_approval foreign key (tenant_id, approval_id) references approval,
  constraint credit_limit_one_subject check (num_nonnulls(customer_id, group_id) = 1),
  constraint credit_limit_kind_known check (kind in ('standing', 'temporary')),
  constraint credit_limit_amount_not_negative check (amount >= 0),
  constraint credit_limit_until_after_from check (valid_until >= valid_from),
  constraint credit_limit_temporary_ends check (kind = 'standing' or valid_until is not null),
  constraint credit_limit_status_known check (status in ('requested', 'approved', 'rejected', 'withdrawn')),
  constraint credit_limit_approved_in_order check ((status = 'approved') = (ordinal is not null)),
  constraint credit_limit_decided_when check ((status = 'requested') = (decided_at is null)),
  constraint credit_limit_ended_after_approval check (ended_date is null or status = 'approved'),
  constraint credit_limit_end_says_why check (num_nonnulls(ended_date, ended_reason, ended_at) in (0, 3)),
  constraint credit_limit_insured_whole check (num_nonnulls(insured_amount, insurer, insured_until) in (0, 3)),
  constraint credit_limit_insured_amount_positive check (insured_amount > 0),
  constraint credit_limit_deductible_range check (insured_deductible_percent between 0 and 100),
  constraint credit_limit_customer_ordinal unique (tenant_id, customer_id, ordinal),
  constraint credit_limit_group_ordinal unique (tenant_id, group_id, ordinal)
);
create index credit_limit_newest on credit_limit (tenant_id, created_at desc, id desc);
create index credit_limit_expires on credit_limit (tenant_id, valid_until)
  where status = 'approved' and ended_date is null and expired_date is null;
create index credit_limit_insurance_expires on credit_limit (tenant_id, insured_until)
  where status = 'approved' and ended_date is null and insurance_expired_date is null;
create index credit_limit_to_report on credit_limit (tenant_id, insured_reporting_days)
  where status = 'approved' and insured_reporting_days is not null;

-- What was looked into about a customer, by whom and with what result; the newest of a kind counts.
create table onboarding_check (
  tenant_id          uuid        not null,
  id                 uuid        not null,
  customer_id        uuid        not null,
  kind               text        not null,
  result             text        not null,
  done_by            text        not null,
  done_date          date        not null,
  note               text,
  document_reference text,
  created_at         timestamptz not null,
  constraint onboarding_check_pkey primary key (tenant_id, id),
  constraint onboarding_check_customer foreign key (tenant_id, customer_id) references customer,
  constraint onboarding_check_result_known check (result in ('passed', 'failed', 'not_applicable'))
);
create index onboarding_check_of_customer on onboarding_check (tenant_id, customer_id, kind, done_date desc, created_at desc, id desc);

alter table approval enable row level security, force row level security;
create policy own_rows on approval using (tenant_id = current_tenant());
alter table credit_group enable row level security, force row level security;
create policy own_rows on credit_group using (tenant_id = current_tenant());
alter table credit_group_member enable row level security, force row level security;
create policy own_rows on credit_group_member using (tenant_id = current_tenant());
alter table credit_limit enable row level security, force row level security;
create policy own_rows on credit_limit using (tenant_id = current_tenant());
alter table onboarding_check enable row level security, force row level security;
create policy own_rows on onboarding_check using (tenant_id = current_tenant());

grant select, insert, update on approval, credit_group, credit_limit to receivables_app;
grant select, insert, delete on credit_group_member to receivables_app;
grant select, insert on onboarding_check to receivables_app;

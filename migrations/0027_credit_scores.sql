-- What is known of customers as debtors: external reports, trade references, scores and standings.

-- What an outside provider says of a customer. Never changed: a newer report is another one.
create table credit_report (
  tenant_id       uuid        not null,
  id              uuid        not null,
  customer_id     uuid        not null,
  provider        text        not null,
  report_date     date        not null,
  -- 0 to 100, the higher the better, whatever the provider's own scale; that stands beside it as the provider wrote it.
  score           int         not null,
  provider_score  text,
  limit_currency  text,
  limit_amount    bigint,
  valid_until     date,
  -- As the provider sent it; json, which keeps what jsonb would refuse.
  raw             json,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint credit_report_pkey primary key (tenant_id, id),
  constraint credit_report_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_report_score_range check (score between 0 and 100),
  constraint credit_report_limit_has_currency check ((limit_currency is null) = (limit_amount is null)),
  constraint credit_report_limit_range check (limit_amount between 0 and 9007199254740991),
  constraint credit_report_validity check (valid_until >= report_date)
);
create index credit_report_of_customer on credit_report (tenant_id, customer_id, created_at, id);

-- What another creditor of the customer says of it. Never changed.
create table trade_reference (
  tenant_id      uuid        not null,
  id             uuid        not null,
  customer_id    uuid        not null,
  referee        text        not null,
  reference_date date        not null,
  relation_since date,
  high_currency  text,
  high_amount    bigint,
  days_late      int,
  rating         int         not null,
  note           text,
  version        int         not null default 1,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint trade_reference_pkey primary key (tenant_id, id),
  constraint trade_reference_customer foreign key (tenant_id, customer_id) references customer,
  constraint trade_reference_rating_range check (rating between 0 and 100),
  constraint trade_reference_high_has_currency check ((high_currency is null) = (high_amount is null)),
  constraint trade_reference_high_range check (high_amount between 0 and 9007199254740991),
  constraint trade_reference_relation_before check (relation_since <= reference_date)
);
create index trade_reference_of_customer on trade_reference (tenant_id, customer_id, created_at, id);

-- How a customer scored, each time something of it changed: the figures, what each factor contributed, and by which
-- version of the policy. Never changed.
create table credit_score (
  tenant_id      uuid        not null,
  id             uuid        not null,
  customer_id    uuid        not null,
  score_date     date        not null,
  score          int,
  score_class    text,
  standing       text,
  policy_id      uuid        not null,
  policy_version int         not null,
  factors        jsonb       not null,
  basis          jsonb       not null,
  created_at     timestamptz not null,
  constraint credit_score_pkey primary key (tenant_id, id),
  constraint credit_score_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_score_policy foreign key (tenant_id, policy_id, policy_version) references credit_policy_version,
  constraint credit_score_range check (score between 0 and 100),
  constraint credit_score_class_of_score check ((score is null) = (score_class is null)),
  constraint credit_score_standing_known check (standing in ('new', 'returning', 'good', 'slow', 'problem'))
);
create index credit_score_of_customer on credit_score (tenant_id, customer_id, created_at, id);

-- A standing has an id of its own, so that its events are told apart from the customer's. Its version counts what was
-- announced of it: 0 before the first time.
alter table credit_standing
  add column id uuid not null default gen_random_uuid(),
  -- The last look: when it was, by which version of the policy, and what it saw. Only what follows from it is announced.
  add column scored_date date not null default '1900-01-01',
  add column policy_version int,
  add column factors jsonb not null default '[]',
  add column basis jsonb,
  alter column version set default 0,
  add constraint credit_standing_id_unique unique (tenant_id, id);
create index credit_standing_to_score on credit_standing (tenant_id, scored_date, customer_id);

-- What of a customer has been settled.
create index open_item_settled on open_item (tenant_id, customer_id) where open_amount = 0 and kind = 'invoice' and paid_amount > 0;

alter table credit_report enable row level security, force row level security;
create policy own_rows on credit_report using (tenant_id = current_tenant());
alter table trade_reference enable row level security, force row level security;
create policy own_rows on trade_reference using (tenant_id = current_tenant());
alter table credit_score enable row level security, force row level security;
create policy own_rows on credit_score using (tenant_id = current_tenant());
grant select, insert on credit_report, trade_reference, credit_score to receivables_app;

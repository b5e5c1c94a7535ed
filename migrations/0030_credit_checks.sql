-- Credit checks: what was asked, what was known, what was decided and by whom.
create table credit_check (
  tenant_id       uuid        not null,
  id              uuid        not null,
  customer_id     uuid        not null,
  external_id     text,
  currency        text        not null,
  amount          bigint      not null,
  net_days        int,
  -- How long credit was to be held, seconds; null when nothing was to be held.
  reserve_seconds int,
  status          text        not null,
  outcome         text        not null,
  -- The policy that decided; null without one.
  policy_id       uuid,
  policy_version  int,
  rules           jsonb       not null,
  exposure        jsonb       not null,
  group_exposure  jsonb,
  human_review    boolean     not null,
  reservation_id  uuid,
  recheck_of_id   uuid,
  checked_date    date        not null,
  -- Which transactions the decision could know of (pg_current_snapshot), and which one it was made in: a snapshot does
  -- not say of its own transaction that it is still going on.
  snapshot        text        not null,
  decided_tx      xid8        not null default pg_current_xact_id(),
  -- A release or a rejection by a person: who, in which role, why, until when.
  decided_by      text,
  decided_role    text,
  decided_reason  text,
  decided_at      timestamptz,
  valid_until     timestamptz,
  version         int         not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint credit_check_pkey primary key (tenant_id, id),
  constraint credit_check_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_check_policy foreign key (tenant_id, policy_id, policy_version) references credit_policy_version (tenant_id, policy_id, version),
  constraint credit_check_reservation foreign key (tenant_id, reservation_id) references reservation,
  constraint credit_check_recheck_of foreign key (tenant_id, recheck_of_id) references credit_check,
  constraint credit_check_rechecked_once unique (tenant_id, recheck_of_id),
  constraint credit_check_amount_range check (amount between 1 and 9007199254740991),
  constraint credit_check_outcome_known check (outcome in ('approve', 'refer', 'deny')),
  constraint credit_check_status_known check (status in ('approved', 'referred', 'denied', 'released', 'rejected', 'rechecked')),
  constraint credit_check_decided_says_why check (
    (status in ('released', 'rejected')) = (decided_at is not null and decided_role is not null and decided_reason is not null)),
  constraint credit_check_policy_has_version check ((policy_id is null) = (policy_version is null))
);
create index credit_check_newest on credit_check (tenant_id, created_at, id);
create index credit_check_of_customer on credit_check (tenant_id, customer_id, created_at, id);
create index credit_check_referred on credit_check (tenant_id, created_at, id) where status = 'referred';

-- A person's word against rules: which, who, in which role, why, and how long they rest.
create table credit_override (
  tenant_id   uuid        not null,
  id          uuid        not null,
  check_id    uuid        not null,
  customer_id uuid        not null,
  rules       text[]      not null,
  currency    text        not null,
  amount      bigint      not null,
  role        text        not null,
  reason      text        not null,
  actor       text,
  -- From when on the rules react again.
  reacts_from_date date   not null,
  created_at  timestamptz not null,
  recorded_tx xid8        not null default pg_current_xact_id(),
  constraint credit_override_pkey primary key (tenant_id, id),
  constraint credit_override_once unique (tenant_id, check_id),
  constraint credit_override_check foreign key (tenant_id, check_id) references credit_check,
  constraint credit_override_customer foreign key (tenant_id, customer_id) references customer
);
create index credit_override_of_customer on credit_override (tenant_id, customer_id, reacts_from_date);

-- Money that came by direct debit and may still be taken back.
create index payment_provisional on payment (tenant_id, customer_id, provisional_until_date) include (currency, amount, reversed_amount)
  where provisional_until_date is not null and status = 'received';

-- What of a standing decides, each time it changed: a decision must come out the same years later.
create table credit_standing_past (
  tenant_id         uuid   not null,
  customer_id       uuid   not null,
  ordinal           bigint generated always as identity,
  score             int,
  derived_standing  text,
  override_standing text,
  override_until    date,
  next_review_date  date,
  recorded_at       timestamptz not null,
  recorded_tx       xid8   not null default pg_current_xact_id(),
  constraint credit_standing_past_pkey primary key (tenant_id, customer_id, ordinal)
);
alter table credit_check enable row level security, force row level security;
create policy own_rows on credit_check using (tenant_id = current_tenant());
alter table credit_override enable row level security, force row level security;
create policy own_rows on credit_override using (tenant_id = current_tenant());
alter table credit_standing_past enable row level security, force row level security;
create policy own_rows on credit_standing_past using (tenant_id = current_tenant());
grant select, insert, update on credit_check to receivables_app;
grant select, insert on credit_override, credit_standing_past to receivables_app;

-- A policy may place holds too, and lifts them once their cause is gone.
alter table credit_hold
  drop constraint credit_hold_origin_known,
  add constraint credit_hold_origin_known check (origin in ('person', 'dunning', 'policy'));
create index credit_hold_by_policy on credit_hold (tenant_id, customer_id) where origin = 'policy' and lifted_date is null;

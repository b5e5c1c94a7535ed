-- What somebody is to do about a customer. The service opens each of its tasks once, by its origin key.
create table task (
  tenant_id   uuid        not null,
  id          uuid        not null,
  customer_id uuid        not null,
  invoice_id  uuid,
  item_id     uuid,
  notice_id   uuid,
  kind        text        not null,
  title       text        not null,
  note        text,
  assignee    text        not null,
  due_date    date        not null,
  status      text        not null default 'open',
  outcome     text,
  ended_date  date,
  origin      text        not null,
  reason      text,
  origin_key  text,
  version     int         not null default 1,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint task_pkey primary key (tenant_id, id),
  constraint task_opened_once unique (tenant_id, origin_key),
  constraint task_customer foreign key (tenant_id, customer_id) references customer,
  constraint task_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint task_item foreign key (tenant_id, item_id) references open_item,
  constraint task_notice foreign key (tenant_id, notice_id) references dunning_notice,
  constraint task_status_known check (status in ('open', 'done', 'cancelled')),
  constraint task_origin_known check (origin in ('person', 'service')),
  constraint task_ended_when_not_open check ((status = 'open') = (ended_date is null)),
  constraint task_service_says_why check ((origin = 'service') = (origin_key is not null and reason is not null))
);
create index task_by_due_date on task (tenant_id, due_date, id);
create index task_open_by_due_date on task (tenant_id, due_date, id) where status = 'open';
create index task_of_customer on task (tenant_id, customer_id);
create index task_of_invoice on task (tenant_id, invoice_id) where invoice_id is not null;
create index task_of_item on task (tenant_id, item_id) where item_id is not null;
create index task_of_notice on task (tenant_id, notice_id) where notice_id is not null;

-- What people did: a call, a letter, a visit. Never changed; a mistake is cancelled with its reason.
create table activity (
  tenant_id      uuid        not null,
  id             uuid        not null,
  customer_id    uuid        not null,
  invoice_id     uuid,
  kind           text        not null,
  direction      text        not null,
  outcome        text,
  contact_name   text,
  occurred_at    timestamptz not null,
  occurred_date  date        not null,
  note           text,
  collection     boolean     not null,
  cancelled_date date,
  cancel_reason  text,
  version        int         not null default 1,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint activity_pkey primary key (tenant_id, id),
  constraint activity_customer foreign key (tenant_id, customer_id) references customer,
  constraint activity_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint activity_kind_known check (kind in ('call', 'email', 'letter', 'sms', 'visit', 'meeting', 'other')),
  constraint activity_direction_known check (direction in ('outgoing', 'incoming')),
  constraint activity_outcome_known check (outcome in
    ('reached', 'not_reached', 'message_left', 'wrong_contact', 'promise', 'dispute', 'refusal', 'other')),
  constraint activity_only_outgoing_collects check (direction = 'outgoing' or not collection),
  constraint activity_cancelled_with_reason check ((cancelled_date is null) = (cancel_reason is null))
);
create index activity_latest on activity (tenant_id, occurred_at, id);
create index activity_of_customer on activity (tenant_id, customer_id, occurred_at, id);
create index activity_of_invoice on activity (tenant_id, invoice_id) where invoice_id is not null;
create index activity_collection_contacts on activity (tenant_id, customer_id, occurred_date)
  where collection and cancelled_date is null;

-- A dated reason not to sell to a customer on account.
create table credit_hold (
  tenant_id   uuid        not null,
  id          uuid        not null,
  customer_id uuid        not null,
  reason      text        not null,
  note        text,
  from_date   date        not null,
  lifted_date date,
  lift_reason text,
  origin      text        not null,
  notice_id   uuid,
  version     int         not null default 1,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint credit_hold_pkey primary key (tenant_id, id),
  constraint credit_hold_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_hold_notice foreign key (tenant_id, notice_id) references dunning_notice,
  constraint credit_hold_reason_known check (reason in
    ('overdue', 'limit_exceeded', 'insolvency', 'legal', 'fraud', 'unknown_identity', 'other')),
  constraint credit_hold_origin_known check (origin in ('person', 'dunning')),
  constraint credit_hold_dunning_names_notice check ((origin = 'dunning') = (notice_id is not null)),
  constraint credit_hold_lifted_with_reason check ((lifted_date is null) = (lift_reason is null))
);
create unique index credit_hold_one_in_force on credit_hold (tenant_id, customer_id, reason) where lifted_date is null;
create index credit_hold_newest on credit_hold (tenant_id, created_at, id);
create index credit_hold_of_notice on credit_hold (tenant_id, notice_id) where notice_id is not null;

-- What late payment costs a customer, by the principal item and level that brought it: a fee belongs to its notice, interest
-- and a lump sum to their item. Accrued interest runs on until it is claimed; what was claimed is an open item.
create table dunning_charge (
  tenant_id       uuid        not null,
  id              uuid        not null,
  customer_id     uuid        not null,
  item_id         uuid,
  invoice_id      uuid,
  notice_id       uuid,
  cycle           int,
  level           int         not null,
  kind            text        not null,
  status          text        not null,
  currency        text        not null,
  amount          bigint      not null,
  reason          text,
  rule            text,
  percent         text,
  from_date       date,
  until_date      date,
  claim_item_id   uuid,
  reversed_date   date,
  next_look_date  date,
  explanation     jsonb       not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint dunning_charge_pkey primary key (tenant_id, id),
  constraint dunning_charge_customer foreign key (tenant_id, customer_id) references customer,
  constraint dunning_charge_item foreign key (tenant_id, item_id) references open_item,
  constraint dunning_charge_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint dunning_charge_notice foreign key (tenant_id, notice_id) references dunning_notice,
  constraint dunning_charge_claim foreign key (tenant_id, claim_item_id) references open_item,
  constraint dunning_charge_kind_known check (kind in ('fee', 'interest', 'lump_sum')),
  constraint dunning_charge_status_known check (status in ('accrued', 'claimed', 'waived', 'refused')),
  constraint dunning_charge_only_interest_accrues check (status <> 'accrued' or kind = 'interest'),
  constraint dunning_charge_fee_is_of_notice check ((kind = 'fee') = (item_id is null)),
  constraint dunning_charge_claimed_is_open_item check ((status = 'claimed') = (claim_item_id is not null)),
  constraint dunning_charge_refused_with_reason check (status not in ('refused', 'waived') or reason is not null),
  constraint dunning_charge_accrued_is_watched check ((status = 'accrued') = (next_look_date is not null)),
  constraint dunning_charge_amount_range check (amount between 0 and 9007199254740991)
);
create unique index dunning_charge_fee_once on dunning_charge (tenant_id, notice_id) where kind = 'fee';
create unique index dunning_charge_lump_sum_once on dunning_charge (tenant_id, item_id)
  where kind = 'lump_sum' and status <> 'refused' and reversed_date is null;
create unique index dunning_charge_interest_once on dunning_charge (tenant_id, item_id, cycle, level)
  where kind = 'interest' and level > 0 and status <> 'accrued';
create unique index dunning_charge_accrues_once on dunning_charge (tenant_id, item_id) where status = 'accrued';
create unique index dunning_charge_of_claim on dunning_charge (tenant_id, claim_item_id) where claim_item_id is not null;
create index dunning_charge_to_look_at on dunning_charge (tenant_id, next_look_date, id) where status = 'accrued';
create index dunning_charge_newest on dunning_charge (tenant_id, created_at, id);
create index dunning_charge_of_customer on dunning_charge (tenant_id, customer_id);
create index dunning_charge_of_item on dunning_charge (tenant_id, item_id) where item_id is not null;
create index dunning_charge_of_notice on dunning_charge (tenant_id, notice_id) where notice_id is not null;

-- The fees of notices that were claimed before there was a row for them. Row-level security binds the owner too, except
-- while it looks through all tenants.
alter table open_item no force row level security;
alter table dunning_notice no force row level security;
insert into dunning_charge (tenant_id, id, customer_id, notice_id, level, kind, status, currency, amount, claim_item_id, explanation, created_at, updated_at)
select fee.tenant_id, gen_random_uuid(), fee.customer_id, fee.notice_id, notice.level, 'fee', 'claimed', fee.currency, fee.total_amount,
  fee.id, jsonb_build_object('asked_amount', fee.total_amount), fee.created_at, fee.created_at
from open_item as fee
join dunning_notice as notice on notice.tenant_id = fee.tenant_id and notice.id = fee.notice_id
where fee.charge_kind = 'fee';
alter table open_item force row level security;
alter table dunning_notice force row level security;

alter table task enable row level security, force row level security;
create policy own_rows on task using (tenant_id = current_tenant());
alter table activity enable row level security, force row level security;
create policy own_rows on activity using (tenant_id = current_tenant());
alter table credit_hold enable row level security, force row level security;
create policy own_rows on credit_hold using (tenant_id = current_tenant());
alter table dunning_charge enable row level security, force row level security;
create policy own_rows on dunning_charge using (tenant_id = current_tenant());

grant select, insert, update on task, activity, credit_hold to receivables_app;
grant select, insert, update, delete on dunning_charge to receivables_app;

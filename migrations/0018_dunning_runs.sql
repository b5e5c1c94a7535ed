-- Runs that are proposed, reviewed, released and taken back; notices that are followed until they arrive.

alter table dunning_run
  add column proposed_count int not null default 0,
  add column reversed_count int not null default 0,
  add column reversal_reason text,
  drop constraint dunning_run_status_known,
  add constraint dunning_run_status_known check (
    status in ('running', 'proposed', 'releasing', 'discarding', 'discarded', 'completed', 'reversing', 'reversed')),
  add constraint dunning_run_reversed_with_reason check (status not in ('reversing', 'reversed') or reversal_reason is not null);

-- What became of a decision to escalate or to remind; a reviewer may choose a lower level and another deadline. An item
-- is in one open proposal at most.
alter table dunning_decision
  add column courtesy int,
  add column status text not null default 'recorded',
  add column reviewed_level int,
  add column deadline_date date,
  add column exclusion_reason text,
  add column lapse_reason text,
  add column notice_id uuid,
  add column version int not null default 1,
  add constraint dunning_decision_status_known check (
    status in ('recorded', 'proposed', 'excluded', 'released', 'lapsed', 'discarded', 'reversed')),
  add constraint dunning_decision_excluded_with_reason check (status <> 'excluded' or exclusion_reason is not null),
  add constraint dunning_decision_reviewed_level_is_lower check (reviewed_level > from_level and reviewed_level <= to_level),
  add constraint dunning_decision_lapsed_with_reason check (status <> 'lapsed' or lapse_reason is not null);
create unique index dunning_decision_proposed_once on dunning_decision (tenant_id, item_id) where status = 'proposed';
create index dunning_decision_to_review on dunning_decision (tenant_id, run_id, customer_id)
  where status = 'proposed';
create index dunning_decision_of_notice on dunning_decision (tenant_id, notice_id) where notice_id is not null;

-- A notice is a demand at a level, or a courtesy before anything is overdue. `recipient_place` counts from 0 the
-- recipients of its content up to the one it is to reach now; null when nobody can be reached.
alter table dunning_notice
  add column kind text not null default 'demand',
  add column release text not null default 'automatic',
  add column status text not null default 'issued',
  add column deadline_date date,
  add column send_from_at timestamptz,
  add column recipient_place int,
  add column status_reason text,
  drop constraint dunning_notice_once,
  add constraint dunning_notice_once unique (tenant_id, run_id, customer_id, currency, kind, release),
  add constraint dunning_notice_kind_known check (kind in ('demand', 'courtesy')),
  add constraint dunning_notice_courtesy_has_no_level check ((kind = 'courtesy') = (level = 0)),
  add constraint dunning_notice_release_known check (release in ('automatic', 'review')),
  add constraint dunning_notice_status_known check (
    status in ('issued', 'sent', 'delivered', 'viewed', 'rerouted', 'undeliverable', 'cancelled', 'reversed')),
  add constraint dunning_notice_reversed_with_reason check (status <> 'reversed' or status_reason is not null);

-- A step that was taken back keeps its place in its cycle; the item goes on in the next.
alter table dunning_step add column reversed_date date;

-- An item that was taken back to level 0 has no day on which it reached it.
alter table dunning_state
  alter column level_date drop not null,
  add constraint dunning_state_level_has_day check (level = 0 or level_date is not null);

-- A reminder before an item is overdue: once per item, cycle and number of days before its due date.
create table dunning_courtesy (
  tenant_id       uuid not null,
  item_id         uuid not null,
  cycle           int  not null,
  days_before_due int  not null,
  invoice_id      uuid,
  notice_id       uuid not null,
  courtesy_date   date not null,
  constraint dunning_courtesy_pkey primary key (tenant_id, item_id, cycle, days_before_due),
  constraint dunning_courtesy_item foreign key (tenant_id, item_id) references open_item,
  constraint dunning_courtesy_notice foreign key (tenant_id, notice_id) references dunning_notice
);
create index dunning_courtesy_of_notice on dunning_courtesy (tenant_id, notice_id);
create index dunning_courtesy_of_invoice on dunning_courtesy (tenant_id, invoice_id);

-- What was heard of a notice on its way. The same said twice counts once.
create table dunning_delivery (
  tenant_id   uuid        not null,
  id          uuid        not null,
  notice_id   uuid        not null,
  status      text        not null,
  channel     text        not null,
  recipient   text,
  occurred_at timestamptz not null,
  evidence    text        not null,
  detail      text,
  created_at  timestamptz not null,
  constraint dunning_delivery_pkey primary key (tenant_id, id),
  constraint dunning_delivery_notice foreign key (tenant_id, notice_id) references dunning_notice,
  constraint dunning_delivery_once unique nulls not distinct (tenant_id, notice_id, channel, recipient, status, occurred_at),
  constraint dunning_delivery_status_known check (status in ('sent', 'delivered', 'bounced', 'failed', 'viewed')),
  constraint dunning_delivery_channel_known check (channel in ('email', 'letter', 'sms', 'phone', 'portal')),
  constraint dunning_delivery_evidence_known check (
    evidence in ('none', 'pixel', 'link', 'authenticated', 'posted', 'registered', 'return_receipt'))
);
create index dunning_delivery_of_notice on dunning_delivery (tenant_id, notice_id, created_at, id);

-- Queue: how far dunning has read each tenant's feed for what was settled.
create table settlement_cursor (
  tenant_id uuid   not null,
  position  bigint not null,
  constraint settlement_cursor_pkey primary key (tenant_id)
);

alter table dunning_courtesy enable row level security, force row level security;
create policy own_rows on dunning_courtesy using (tenant_id = current_tenant());
alter table dunning_delivery enable row level security, force row level security;
create policy own_rows on dunning_delivery using (tenant_id = current_tenant());

grant select, insert, delete on dunning_courtesy to receivables_app;
grant select, insert on dunning_delivery to receivables_app;
grant select, insert, update on settlement_cursor to receivables_app;
grant update on dunning_decision to receivables_app;
-- What a notice says and what a step was never change; what became of them does.
grant update (status, status_reason, deadline_date, send_from_at, recipient_place, version, updated_at) on dunning_notice
  to receivables_app;
grant update (reversed_date) on dunning_step to receivables_app;

-- What there is already, as it would stand now. Row-level security binds the owner of the tables too, except while it
-- looks through all tenants.
alter table dunning_decision no force row level security;
alter table dunning_step no force row level security;
alter table dunning_notice no force row level security;
update dunning_decision as decision
set status = 'released', notice_id = notice.id
from dunning_step as step
join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
where decision.outcome = 'escalate' and step.tenant_id = decision.tenant_id and step.item_id = decision.item_id
  and notice.run_id = decision.run_id;
alter table dunning_decision force row level security;
alter table dunning_step force row level security;
update dunning_notice
set content = '{"language": null, "tone": "neutral", "template": null, "statutory_notice": null, "recipients": [], "credits": [], "charges": [], "payment": null, "decision_ids": []}'::jsonb
  || content || jsonb_build_object('items', (
    select coalesce(jsonb_agg('{"creditor_reference": null, "decision_id": null}'::jsonb || item), '[]')
    from jsonb_array_elements(content -> 'items') as item));
alter table dunning_notice force row level security;
-- What was settled before notices were followed is past.
insert into settlement_cursor (tenant_id, position) select tenant_id, last_position from feed_head;

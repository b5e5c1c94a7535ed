-- An invoice is a document that claims money; immutable once issued. Its amounts are those of its open items together
-- and move in the same transaction as they do.
create table invoice (
  tenant_id              uuid        not null,
  id                     uuid        not null,
  customer_id            uuid        not null,
  external_id            text,
  number                 text,
  status                 text        not null,
  currency               text        not null,
  issue_date             date        not null,
  due_date               date        not null,
  total_amount           bigint      not null,
  tax_amount             bigint,
  open_amount            bigint      not null,
  paid_amount            bigint      not null default 0,
  credited_amount        bigint      not null default 0,
  earliest_open_due_date date,
  overdue_announced_for  date,
  instalments            jsonb       not null,
  lines                  jsonb       not null default '[]',
  origin                 text        not null default 'pushed',
  void_number            text,
  void_date              date,
  void_reason            text,
  metadata               jsonb       not null default '{}',
  version                int         not null default 1,
  created_at             timestamptz not null,
  updated_at             timestamptz not null,
  constraint invoice_pkey primary key (tenant_id, id),
  constraint invoice_customer foreign key (tenant_id, customer_id) references customer,
  constraint invoice_external_id_unique unique (tenant_id, external_id),
  constraint invoice_number_unique unique (tenant_id, number),
  constraint invoice_void_number_unique unique (tenant_id, void_number),
  constraint invoice_status_known check (status in ('draft', 'issued', 'paid', 'void', 'written_off')),
  constraint invoice_origin_known check (origin in ('pushed', 'own')),
  constraint invoice_issued_has_number check (status = 'draft' or number is not null),
  constraint invoice_total_range check (total_amount between 1 and 9007199254740991),
  constraint invoice_open_within_total check (open_amount between 0 and total_amount),
  constraint invoice_status_follows_open check ((status = 'issued') = (open_amount > 0)),
  constraint invoice_earliest_follows_open check ((open_amount > 0) = (earliest_open_due_date is not null))
);
create index invoice_newest on invoice (tenant_id, created_at, id);
create index invoice_of_customer on invoice (tenant_id, customer_id, created_at, id);
create index invoice_by_due_date on invoice (tenant_id, due_date, id);
create index invoice_by_issue_date on invoice (tenant_id, issue_date, id);
create index invoice_by_update on invoice (tenant_id, updated_at);
create index invoice_by_status on invoice (tenant_id, status, created_at, id);
create index invoice_open_by_due_date on invoice (tenant_id, earliest_open_due_date, id) where open_amount > 0;
create index invoice_to_announce_overdue on invoice (tenant_id, earliest_open_due_date)
  where open_amount > 0 and (overdue_announced_for is null or overdue_announced_for < earliest_open_due_date);

alter table open_item add constraint open_item_invoice foreign key (tenant_id, invoice_id) references invoice;

-- A document that takes a claim back.
create table credit_note (
  tenant_id          uuid        not null,
  id                 uuid        not null,
  customer_id        uuid        not null,
  invoice_id         uuid,
  external_id        text,
  number             text        not null,
  currency           text        not null,
  issue_date         date        not null,
  total_amount       bigint      not null,
  tax_amount         bigint,
  allocated_amount   bigint      not null default 0,
  unallocated_amount bigint      not null,
  reason             text,
  lines              jsonb       not null default '[]',
  metadata           jsonb       not null default '{}',
  version            int         not null default 1,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  constraint credit_note_pkey primary key (tenant_id, id),
  constraint credit_note_customer foreign key (tenant_id, customer_id) references customer,
  constraint credit_note_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint credit_note_external_id_unique unique (tenant_id, external_id),
  constraint credit_note_number_unique unique (tenant_id, number),
  constraint credit_note_total_range check (total_amount between 1 and 9007199254740991),
  constraint credit_note_unallocated_within_amount check (unallocated_amount >= 0 and allocated_amount >= 0),
  constraint credit_note_amounts_add_up check (total_amount = allocated_amount + unallocated_amount)
);
create index credit_note_newest on credit_note (tenant_id, created_at, id);
create index credit_note_of_customer on credit_note (tenant_id, customer_id, created_at, id);
create index credit_note_of_invoice on credit_note (tenant_id, invoice_id) where invoice_id is not null;

alter table invoice enable row level security, force row level security;
create policy own_rows on invoice using (tenant_id = current_tenant());
alter table credit_note enable row level security, force row level security;
create policy own_rows on credit_note using (tenant_id = current_tenant());

grant select, insert, update, delete on invoice to receivables_app;
grant select, insert, update on credit_note to receivables_app;

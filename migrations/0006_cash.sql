-- Money received from a customer.
create table payment (
  tenant_id          uuid        not null,
  id                 uuid        not null,
  customer_id        uuid        not null,
  external_id        text,
  status             text        not null,
  currency           text        not null,
  amount             bigint      not null,
  allocated_amount   bigint      not null default 0,
  unallocated_amount bigint      not null,
  refunded_amount    bigint      not null default 0,
  reversed_amount    bigint      not null default 0,
  received_date      date        not null,
  method             text        not null,
  reference          text,
  reversal_date      date,
  reversal_reason    text,
  metadata           jsonb       not null default '{}',
  version            int         not null default 1,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  constraint payment_pkey primary key (tenant_id, id),
  constraint payment_customer foreign key (tenant_id, customer_id) references customer,
  constraint payment_external_id_unique unique (tenant_id, external_id),
  constraint payment_status_known check (status in ('received', 'reversed')),
  constraint payment_amount_range check (amount between 1 and 9007199254740991),
  constraint payment_unallocated_within_amount check (
    unallocated_amount >= 0 and allocated_amount >= 0 and refunded_amount >= 0 and reversed_amount >= 0),
  constraint payment_amounts_add_up check (amount = allocated_amount + unallocated_amount + refunded_amount + reversed_amount),
  constraint payment_reversed_is_dated check ((status = 'reversed') = (reversal_date is not null))
);
create index payment_newest on payment (tenant_id, created_at, id);
create index payment_of_customer on payment (tenant_id, customer_id, created_at, id);
create index payment_by_received_date on payment (tenant_id, received_date);
create index payment_by_status on payment (tenant_id, status, created_at, id);
create index payment_unallocated on payment (tenant_id, customer_id, currency) include (unallocated_amount) where unallocated_amount > 0;

-- Which money settles which open item. An allocation is undone by a date, never deleted.
create table allocation (
  tenant_id      uuid        not null,
  id             uuid        not null,
  payment_id     uuid,
  credit_note_id uuid,
  item_id        uuid        not null,
  invoice_id     uuid,
  customer_id    uuid        not null,
  currency       text        not null,
  amount         bigint      not null,
  rule           text        not null,
  effective_date date        not null,
  entry_id       uuid        not null,
  undone_date    date,
  created_at     timestamptz not null,
  constraint allocation_pkey primary key (tenant_id, id),
  constraint allocation_payment foreign key (tenant_id, payment_id) references payment,
  constraint allocation_credit_note foreign key (tenant_id, credit_note_id) references credit_note,
  constraint allocation_item foreign key (tenant_id, item_id) references open_item,
  constraint allocation_one_source check ((payment_id is null) <> (credit_note_id is null)),
  constraint allocation_amount_positive check (amount > 0),
  constraint allocation_rule_known check (rule in ('designated', 'reference', 'exact_amount', 'oldest_first', 'credited_invoice'))
);
create index allocation_of_payment on allocation (tenant_id, payment_id, id) where payment_id is not null;
create index allocation_of_credit_note on allocation (tenant_id, credit_note_id, id) where credit_note_id is not null;
create index allocation_of_invoice on allocation (tenant_id, invoice_id);
create index allocation_of_item on allocation (tenant_id, item_id);

alter table payment enable row level security, force row level security;
create policy own_rows on payment using (tenant_id = current_tenant());
alter table allocation enable row level security, force row level security;
create policy own_rows on allocation using (tenant_id = current_tenant());

grant select, insert, update on payment, allocation to receivables_app;

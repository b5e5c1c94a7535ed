-- What customers have ordered and is not invoiced yet, credit held for it, and what one currency costs in another.

-- Whether a business is a person: a sole trader. Consumers are persons whatever it says.
alter table customer add column natural_person boolean not null default false;

-- The order an invoice bills, by the reference that order, reservation and invoice share.
alter table invoice add column order_reference text;

-- One unit of `from_currency` costs `rate` units of `to_currency`. Append-only: a correction of a day is a later row.
create table exchange_rate (
  tenant_id     uuid        not null,
  id            uuid        not null,
  from_currency text        not null,
  to_currency   text        not null,
  rate_date     date        not null,
  rate          numeric     not null,
  created_at    timestamptz not null,
  constraint exchange_rate_pkey primary key (tenant_id, id),
  constraint exchange_rate_positive check (rate > 0 and rate < 1000000000000 and scale(rate) <= 10),
  constraint exchange_rate_of_two check (from_currency <> to_currency)
);
create index exchange_rate_latest on exchange_rate (tenant_id, from_currency, to_currency, rate_date, created_at, id);
create index exchange_rate_newest on exchange_rate (tenant_id, created_at, id);

-- What is ordered and not invoiced yet, as the tenant's system reports it and issued invoices use it up.
create table order_on_hand (
  tenant_id     uuid        not null,
  id            uuid        not null,
  customer_id   uuid        not null,
  external_id   text        not null,
  currency      text        not null,
  open_amount   bigint      not null,
  expected_date date,
  version       int         not null default 1,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  constraint order_on_hand_pkey primary key (tenant_id, id),
  constraint order_on_hand_reference_unique unique (tenant_id, customer_id, external_id),
  constraint order_on_hand_customer foreign key (tenant_id, customer_id) references customer,
  constraint order_on_hand_open_in_range check (open_amount between 0 and 9007199254740991)
);
create index order_on_hand_open on order_on_hand (tenant_id, customer_id) where open_amount > 0;
create index order_on_hand_by_reference on order_on_hand (tenant_id, external_id);
create index order_on_hand_newest on order_on_hand (tenant_id, created_at, id);

-- What an invoice took of its order: what the order gets back should the invoice be voided.
create table order_invoiced (
  tenant_id  uuid   not null,
  invoice_id uuid   not null,
  order_id   uuid   not null,
  amount     bigint not null,
  constraint order_invoiced_pkey primary key (tenant_id, invoice_id),
  constraint order_invoiced_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint order_invoiced_order foreign key (tenant_id, order_id) references order_on_hand,
  constraint order_invoiced_positive check (amount > 0)
);

-- Credit held for an order until it is invoiced. From `expires_at` on it holds nothing, marked or not.
create table reservation (
  tenant_id      uuid        not null,
  id             uuid        not null,
  customer_id    uuid        not null,
  -- The credit check that made it.
  check_id       uuid,
  external_id    text,
  currency       text        not null,
  amount         bigint      not null,
  open_amount    bigint      not null,
  status         text        not null default 'active',
  expires_at     timestamptz not null,
  confirmed_by   text,
  release_reason text,
  version        int         not null default 1,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint reservation_pkey primary key (tenant_id, id),
  constraint reservation_customer foreign key (tenant_id, customer_id) references customer,
  constraint reservation_status_known check (status in ('active', 'confirmed', 'released', 'expired')),
  constraint reservation_open_within_amount check (open_amount between 0 and amount and amount > 0),
  constraint reservation_holds_while_active check ((status = 'active') = (open_amount > 0)),
  constraint reservation_confirmed_by_known check (confirmed_by in ('order', 'invoice')),
  constraint reservation_confirmed_by_something check ((status = 'confirmed') = (confirmed_by is not null)),
  constraint reservation_released_with_reason check ((status = 'released') = (release_reason is not null))
);
create unique index reservation_one_active on reservation (tenant_id, customer_id, external_id) where status = 'active';
create index reservation_active on reservation (tenant_id, customer_id) where status = 'active';
create index reservation_expires on reservation (tenant_id, expires_at) where status = 'active';
create index reservation_by_reference on reservation (tenant_id, external_id) where external_id is not null;
create index reservation_newest on reservation (tenant_id, created_at, id);

-- What an invoice used up of the credit that was held for it, so that none is used up twice by the same money.
create table reservation_invoiced (
  tenant_id      uuid   not null,
  invoice_id     uuid   not null,
  reservation_id uuid   not null,
  amount         bigint not null,
  constraint reservation_invoiced_pkey primary key (tenant_id, invoice_id, reservation_id),
  constraint reservation_invoiced_invoice foreign key (tenant_id, invoice_id) references invoice,
  constraint reservation_invoiced_reservation foreign key (tenant_id, reservation_id) references reservation,
  constraint reservation_invoiced_positive check (amount > 0)
);
create index reservation_invoiced_of on reservation_invoiced (tenant_id, reservation_id);

alter table exchange_rate enable row level security, force row level security;
create policy own_rows on exchange_rate using (tenant_id = current_tenant());
alter table order_on_hand enable row level security, force row level security;
create policy own_rows on order_on_hand using (tenant_id = current_tenant());
alter table order_invoiced enable row level security, force row level security;
create policy own_rows on order_invoiced using (tenant_id = current_tenant());
alter table reservation enable row level security, force row level security;
create policy own_rows on reservation using (tenant_id = current_tenant());
alter table reservation_invoiced enable row level security, force row level security;
create policy own_rows on reservation_invoiced using (tenant_id = current_tenant());

grant select, insert on exchange_rate, order_invoiced, reservation_invoiced to receivables_app;
grant select, insert, update on order_on_hand, reservation to receivables_app;

-- A customer is a debtor of the tenant.
create table customer (
  tenant_id         uuid        not null,
  id                uuid        not null,
  external_id       text,
  name              text        not null,
  kind              text        not null,
  country           text        not null,
  currency          text        not null,
  language          text,
  tax_id            text,
  address           jsonb,
  contacts          jsonb       not null default '[]',
  net_days          int,
  dunning_policy_id uuid,
  metadata          jsonb       not null default '{}',
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint customer_pkey primary key (tenant_id, id),
  constraint customer_external_id_unique unique (tenant_id, external_id),
  constraint customer_kind_known check (kind in ('business', 'consumer')),
  constraint customer_net_days_range check (net_days between 0 and 365)
);
create index customer_newest on customer (tenant_id, created_at, id);
create index customer_changed on customer (tenant_id, updated_at, id);
create index customer_by_name on customer (tenant_id, name);
create index customer_with_policy on customer (tenant_id, dunning_policy_id, id) where dunning_policy_id is not null;

alter table customer enable row level security, force row level security;
create policy own_rows on customer using (tenant_id = current_tenant());
grant select, insert, update on customer to receivables_app;

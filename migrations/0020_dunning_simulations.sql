-- A back-test of dunning policies on the tenant's own history. It keeps what was asked, and up to which instant the
-- ledger was known, so that the same question has the same answer; and how far it has come, so that it can go on.
create table dunning_simulation (
  tenant_id         uuid        not null,
  id                uuid        not null,
  status            text        not null,
  from_date         date        not null,
  to_date           date        not null,
  basis             text        not null,
  paid_within_days  int         not null,
  known_at          timestamptz not null,
  known_date        date        not null,
  policies          jsonb       not null,
  customer_count    int         not null default 0,
  done_count        int         not null default 0,
  after_customer_id uuid,
  tallies           jsonb       not null,
  actor             text,
  request_id        text,
  finished_at       timestamptz,
  version           int         not null default 1,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint dunning_simulation_pkey primary key (tenant_id, id),
  constraint dunning_simulation_status_known check (status in ('queued', 'running', 'succeeded', 'cancelled')),
  constraint dunning_simulation_basis_known check (basis in ('effective', 'known')),
  constraint dunning_simulation_range check (from_date <= to_date),
  constraint dunning_simulation_one_or_two_policies check (jsonb_array_length(policies) in (1, 2)),
  constraint dunning_simulation_finished_is_stamped check ((status in ('queued', 'running')) = (finished_at is null))
);
create index dunning_simulation_newest on dunning_simulation (tenant_id, created_at, id);

alter table dunning_simulation enable row level security, force row level security;
create policy own_rows on dunning_simulation using (tenant_id = current_tenant());
grant select, insert, update on dunning_simulation to receivables_app;

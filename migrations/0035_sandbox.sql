-- What only test tenants have: simulators, fixtures, and a reset that empties them.

-- What a simulator was asked to do, at once or when the test clock gets there, and what came of it.
create table simulator_run (
  tenant_id    uuid        not null,
  id           uuid        not null,
  simulator    text        not null,
  parameters   jsonb       not null,
  status       text        not null,
  run_at       timestamptz not null,
  -- The resources it made or changed, as the API names them.
  changes      jsonb       not null default '[]',
  -- Why it could not be done; null unless it failed.
  problem      jsonb,
  -- The load of a fixture it is part of, and what the fixture calls its first change.
  load_id      uuid,
  handle       text,
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint simulator_run_pkey primary key (tenant_id, id),
  constraint simulator_run_status_known check (status in ('scheduled', 'done', 'failed', 'cancelled')),
  constraint simulator_run_failed_says_why check ((status = 'failed') = (problem is not null))
);
create index simulator_run_next on simulator_run (tenant_id, run_at, id) where status = 'scheduled';
create index simulator_run_newest on simulator_run (tenant_id, created_at, id);
create index simulator_run_of_load on simulator_run (tenant_id, load_id) where load_id is not null;

-- A fixture a test tenant was filled with. The rest of its story are scheduled simulator runs, played until until_at.
create table fixture_load (
  tenant_id    uuid        not null,
  id           uuid        not null,
  fixture      text        not null,
  parameters   jsonb       not null,
  -- What the fixture calls its resources, with their ids.
  handles      jsonb       not null,
  until_at     timestamptz not null,
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint fixture_load_pkey primary key (tenant_id, id)
);
create index fixture_load_newest on fixture_load (tenant_id, created_at, id);

alter table simulator_run enable row level security, force row level security;
create policy own_rows on simulator_run using (tenant_id = current_tenant());
alter table fixture_load enable row level security, force row level security;
create policy own_rows on fixture_load using (tenant_id = current_tenant());
grant select, insert, update on simulator_run to receivables_app;
grant select, insert on fixture_load to receivables_app;

-- A test tenant that is being emptied: since when, where its clock stands afterwards (null: it follows real time), and
-- what stays besides tenant and keys.
alter table tenant
  add column reset_at timestamptz,
  add column reset_to timestamptz,
  add column reset_keeps text[] not null default '{}',
  add constraint tenant_reset_only_in_test check (mode = 'test' or reset_at is null);

-- Nobody turns a live tenant into a test tenant, to empty it, or the other way round.
create function current_mode() returns text
  language sql stable
  return (select mode from tenant where tenant_id = current_tenant());
create policy mode_never_changes on tenant as restrictive for update using (true) with check (mode = current_mode());

-- Deleting has a role of its own, receivables_reset, which can do nothing else, and that only to rows of a test tenant
-- while it is being reset. receivables_app may delete no more than before: what is append-only stays so.
create function is_being_reset() returns boolean
  language sql stable
  return exists (select from tenant where tenant_id = current_tenant() and mode = 'test' and reset_at is not null);

grant select, delete on all tables in schema public to receivables_reset;
revoke all on reference_rate, sealing_key from receivables_reset;
revoke delete on tenant, tenant_directory, api_key, api_key_use, credential, schedule, feed_head, webhook_cursor, credit_follower, settlement_cursor from receivables_reset;

create policy only_in_reset on activity as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on allocation as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on allocation_settings as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on approval as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on bank_account as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on bank_file as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on bank_line as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on bank_line_match as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on bank_sighting as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on bank_statement as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_alert as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_check as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_group as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_group_member as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_hold as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_limit as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_note as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_override as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_policy as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_policy_version as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_report as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_review as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_score as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_standing as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on credit_standing_past as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on csv_mapping as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on customer as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on customer_balance as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on customer_class as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on debit_batch as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on deduction as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on deferral as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on direct_debit as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on direct_debit_item as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on direct_debit_settings as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_charge as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_courtesy as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_cursor as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_decision as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_delivery as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_hold as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_limit as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_migration as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_migration_item as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_notice as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_policy as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_policy_version as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_run as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_simulation as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_state as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on dunning_step as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on event as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on exchange_rate as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on feed as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on fixture_load as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on idempotency_key as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on import as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on import_mapping as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on import_result as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on import_row as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on invoice as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on invoice_reference as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on item_watch as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on job_run as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on jurisdiction_settings as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on ledger_entry as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on ledger_settings as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on mandate as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on matching_settings as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on onboarding_check as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on open_item as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on order_invoiced as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on order_on_hand as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on payer_account as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on payment as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on recovery as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on refund as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on reservation as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on reservation_invoiced as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on simulator_run as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on task as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on tenant_reference_rate as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on trade_reference as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on unidentified_money as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on webhook_delivery as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on webhook_endpoint as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on webhook_recovery as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on webhook_secret as restrictive for delete to receivables_reset using ((select is_being_reset()));
create policy only_in_reset on write_off as restrictive for delete to receivables_reset using ((select is_being_reset()));

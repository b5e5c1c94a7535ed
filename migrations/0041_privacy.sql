-- What an event that was sealed hashes to since a person in it was pseudonymised, and the event that says so. The sealed
-- hash stays in its block.
create table audit_redaction (
  tenant_id   uuid   not null,
  position    bigint not null,
  redacted_by uuid   not null,
  event_hash  text   not null,
  constraint audit_redaction_pkey primary key (tenant_id, position, redacted_by),
  constraint audit_redaction_event foreign key (tenant_id, redacted_by) references event deferrable initially deferred
);
create index audit_redaction_of_event on audit_redaction (tenant_id, redacted_by, position);
alter table audit_redaction enable row level security, force row level security;
create policy own_rows on audit_redaction using (tenant_id = current_tenant());
grant select, insert on audit_redaction to receivables_app;
grant select, delete on audit_redaction to receivables_reset;
create policy only_in_reset on audit_redaction as restrictive for delete to receivables_reset using ((select is_being_reset()));

-- Pseudonymising has a role of its own, receivables_privacy: it may write words where receivables_app may only add rows,
-- and can neither add nor delete any. Amounts stay as they are: of the ledger it may only read.
grant select on all tables in schema public to receivables_privacy;
revoke all on reference_rate, sealing_key, credential, webhook_secret from receivables_privacy;
grant update (data) on event to receivables_privacy;
grant update on
  activity, allocation, allocation_settings, approval, bank_line, bank_line_match, bank_sighting, credit_alert, credit_check,
  credit_hold, credit_limit, credit_note, credit_override, credit_report, credit_review, credit_score, credit_standing,
  credit_standing_past, customer, deferral, direct_debit, dunning_charge, dunning_decision, dunning_delivery, dunning_hold,
  dunning_limit, dunning_migration_item, dunning_notice, dunning_run, idempotency_key, import_result, import_row, invoice,
  mandate, onboarding_check, open_item, order_on_hand, payer_account, payment, refund, reservation, simulator_run, task,
  trade_reference, webhook_delivery, write_off
  to receivables_privacy;

-- What a decision could see is no word about a person: where it was made a pseudonym, it is now what was there before the
-- decision's own transaction, and nothing else than a snapshot (or none) can be written any more.
alter table credit_check no force row level security;
update credit_check set snapshot = decided_tx || ':' || decided_tx || ':' where snapshot like 'pseudonym-%';
alter table credit_check force row level security;
alter table credit_check
  add constraint credit_check_snapshot_form check (snapshot ~ '^([0-9]+:[0-9]+:[0-9,]*)?$') not valid;
alter table credit_check validate constraint credit_check_snapshot_form;

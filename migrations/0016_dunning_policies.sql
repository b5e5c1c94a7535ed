-- The deadline that an item's last notice has set: what the next level may count from.
alter table dunning_state add column deadline_date date;

-- A reminder before the due date is an outcome of its own.
alter table dunning_decision drop constraint dunning_decision_outcome_known;
alter table dunning_decision add constraint dunning_decision_outcome_known
  check (outcome in ('escalate', 'remind', 'wait', 'blocked', 'finished'));

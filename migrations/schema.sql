-- Written by `npm run schema`; the migrations are what counts.

table allocation
  tenant_id uuid not null
  id uuid not null
  payment_id uuid
  credit_note_id uuid
  item_id uuid not null
  invoice_id uuid
  customer_id uuid not null
  currency text not null
  amount bigint not null
  rule text not null
  effective_date date not null
  entry_id uuid not null
  undone_date date
  created_at timestamp with time zone not null
  constraint allocation_amount_positive CHECK ((amount > 0))
  constraint allocation_one_source CHECK (((payment_id IS NULL) <> (credit_note_id IS NULL)))
  constraint allocation_rule_known CHECK ((rule = ANY (ARRAY['designated'::text, 'reference'::text, 'exact_amount'::text, 'oldest_first'::text, 'credited_invoice'::text])))
  constraint allocation_credit_note FOREIGN KEY (tenant_id, credit_note_id) REFERENCES credit_note(tenant_id, id)
  constraint allocation_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint allocation_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id)
  constraint allocation_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX allocation_of_credit_note USING btree (tenant_id, credit_note_id, id) WHERE (credit_note_id IS NOT NULL)
  CREATE INDEX allocation_of_invoice USING btree (tenant_id, invoice_id)
  CREATE INDEX allocation_of_item USING btree (tenant_id, item_id)
  CREATE INDEX allocation_of_payment USING btree (tenant_id, payment_id, id) WHERE (payment_id IS NOT NULL)
  row-level security forced

table api_key
  tenant_id uuid not null
  id uuid not null
  name text not null
  hint text not null
  scopes text[] not null
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint api_key_pkey PRIMARY KEY (tenant_id, id)
  row-level security forced

table credential
  key_hash bytea not null
  tenant_id uuid not null
  api_key_id uuid not null
  valid_until timestamp with time zone
  constraint credential_pkey PRIMARY KEY (key_hash)
  CREATE INDEX credential_by_key USING btree (tenant_id, api_key_id)
  no row-level security: a queue

table credit_note
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  invoice_id uuid
  external_id text
  number text not null
  currency text not null
  issue_date date not null
  total_amount bigint not null
  tax_amount bigint
  allocated_amount bigint not null default 0
  unallocated_amount bigint not null
  reason text
  lines jsonb not null default '[]'::jsonb
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_note_amounts_add_up CHECK ((total_amount = (allocated_amount + unallocated_amount)))
  constraint credit_note_total_range CHECK (((total_amount >= 1) AND (total_amount <= '9007199254740991'::bigint)))
  constraint credit_note_unallocated_within_amount CHECK (((unallocated_amount >= 0) AND (allocated_amount >= 0)))
  constraint credit_note_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_note_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint credit_note_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_note_external_id_unique UNIQUE (tenant_id, external_id)
  constraint credit_note_number_unique UNIQUE (tenant_id, number)
  CREATE INDEX credit_note_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX credit_note_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX credit_note_of_invoice USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  row-level security forced

table customer
  tenant_id uuid not null
  id uuid not null
  external_id text
  name text not null
  kind text not null
  country text not null
  currency text not null
  language text
  tax_id text
  address jsonb
  contacts jsonb not null default '[]'::jsonb
  net_days integer
  dunning_policy_id uuid
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint customer_kind_known CHECK ((kind = ANY (ARRAY['business'::text, 'consumer'::text])))
  constraint customer_net_days_range CHECK (((net_days >= 0) AND (net_days <= 365)))
  constraint customer_dunning_policy FOREIGN KEY (tenant_id, dunning_policy_id) REFERENCES dunning_policy(tenant_id, id)
  constraint customer_pkey PRIMARY KEY (tenant_id, id)
  constraint customer_external_id_unique UNIQUE (tenant_id, external_id)
  CREATE INDEX customer_by_name USING btree (tenant_id, name)
  CREATE INDEX customer_changed USING btree (tenant_id, updated_at, id)
  CREATE INDEX customer_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX customer_with_policy USING btree (tenant_id, dunning_policy_id, id) WHERE (dunning_policy_id IS NOT NULL)
  row-level security forced

table customer_balance
  tenant_id uuid not null
  customer_id uuid not null
  currency text not null
  open_amount bigint not null default 0
  unallocated_amount bigint not null default 0
  constraint customer_balance_in_range CHECK ((((open_amount >= 0) AND (open_amount <= '9007199254740991'::bigint)) AND ((unallocated_amount >= 0) AND (unallocated_amount <= '9007199254740991'::bigint))))
  constraint customer_balance_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint customer_balance_pkey PRIMARY KEY (tenant_id, customer_id, currency)
  row-level security forced

table dunning_cursor
  tenant_id uuid not null
  position bigint not null
  constraint dunning_cursor_pkey PRIMARY KEY (tenant_id)
  row-level security forced

table dunning_decision
  tenant_id uuid not null
  id uuid not null
  run_id uuid not null
  item_id uuid not null
  invoice_id uuid
  customer_id uuid not null
  outcome text not null
  reason text not null
  inputs jsonb not null
  from_level integer not null
  to_level integer not null
  next_look_date date
  constraint dunning_decision_outcome_known CHECK ((outcome = ANY (ARRAY['escalate'::text, 'wait'::text, 'blocked'::text, 'finished'::text])))
  constraint dunning_decision_pkey PRIMARY KEY (tenant_id, id)
  constraint dunning_decision_once UNIQUE (tenant_id, run_id, item_id)
  CREATE INDEX dunning_decision_of_item USING btree (tenant_id, item_id, id)
  CREATE INDEX dunning_decision_of_run USING btree (tenant_id, run_id, id)
  row-level security forced

table dunning_hold
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  invoice_id uuid
  item_id uuid
  reason text not null
  note text
  from_date date not null
  until_date date
  lifted_date date
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_hold_range CHECK (((until_date IS NULL) OR (until_date >= from_date)))
  constraint dunning_hold_reason_known CHECK ((reason = ANY (ARRAY['dispute'::text, 'promise'::text, 'deferral'::text, 'payment_expected'::text, 'goodwill'::text, 'legal'::text, 'insolvency'::text, 'other'::text])))
  constraint dunning_hold_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint dunning_hold_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint dunning_hold_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_hold_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_hold_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX dunning_hold_of_customer USING btree (tenant_id, customer_id)
  CREATE INDEX dunning_hold_of_invoice USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  row-level security forced

table dunning_notice
  tenant_id uuid not null
  id uuid not null
  run_id uuid not null
  customer_id uuid not null
  currency text not null
  policy_id uuid not null
  policy_version integer not null
  level integer not null
  level_name text not null
  notice_date date not null
  content jsonb not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_notice_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint dunning_notice_run FOREIGN KEY (tenant_id, run_id) REFERENCES dunning_run(tenant_id, id)
  constraint dunning_notice_pkey PRIMARY KEY (tenant_id, id)
  constraint dunning_notice_once UNIQUE (tenant_id, run_id, customer_id, currency)
  CREATE INDEX dunning_notice_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX dunning_notice_of_customer USING btree (tenant_id, customer_id, currency, notice_date)
  row-level security forced

table dunning_policy
  tenant_id uuid not null
  id uuid not null
  name text not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_policy_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_policy_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table dunning_policy_version
  tenant_id uuid not null
  policy_id uuid not null
  version integer not null
  definition jsonb not null
  created_at timestamp with time zone not null
  constraint dunning_policy_version_of_policy FOREIGN KEY (tenant_id, policy_id) REFERENCES dunning_policy(tenant_id, id)
  constraint dunning_policy_version_pkey PRIMARY KEY (tenant_id, policy_id, version)
  row-level security forced

table dunning_run
  tenant_id uuid not null
  id uuid not null
  run_date date not null
  trigger text not null
  status text not null
  customer_id uuid
  item_count integer not null default 0
  escalated_count integer not null default 0
  notice_count integer not null default 0
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_run_status_known CHECK ((status = ANY (ARRAY['running'::text, 'completed'::text])))
  constraint dunning_run_trigger_known CHECK ((trigger = ANY (ARRAY['schedule'::text, 'request'::text])))
  constraint dunning_run_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_run_newest USING btree (tenant_id, created_at, id)
  CREATE UNIQUE INDEX dunning_run_scheduled_once USING btree (tenant_id, run_date) WHERE (trigger = 'schedule'::text)
  row-level security forced

table dunning_state
  tenant_id uuid not null
  item_id uuid not null
  invoice_id uuid
  customer_id uuid not null
  policy_id uuid not null
  policy_version integer not null
  cycle integer not null default 1
  level integer not null
  level_date date not null
  version integer not null default 1
  constraint dunning_state_level_positive CHECK ((level >= 0))
  constraint dunning_state_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_state_policy FOREIGN KEY (tenant_id, policy_id, policy_version) REFERENCES dunning_policy_version(tenant_id, policy_id, version)
  constraint dunning_state_pkey PRIMARY KEY (tenant_id, item_id)
  CREATE INDEX dunning_state_of_customer USING btree (tenant_id, customer_id)
  CREATE INDEX dunning_state_of_invoice USING btree (tenant_id, invoice_id) INCLUDE (level) WHERE (invoice_id IS NOT NULL)
  row-level security forced

table dunning_step
  tenant_id uuid not null
  item_id uuid not null
  cycle integer not null
  level integer not null
  from_level integer not null
  invoice_id uuid
  notice_id uuid not null
  step_date date not null
  days_overdue integer not null
  constraint dunning_step_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint dunning_step_pkey PRIMARY KEY (tenant_id, item_id, cycle, level)
  CREATE INDEX dunning_step_of_invoice USING btree (tenant_id, invoice_id)
  CREATE INDEX dunning_step_of_notice USING btree (tenant_id, notice_id)
  row-level security forced

table event
  tenant_id uuid not null
  id uuid not null
  type text not null
  entity_kind text not null
  entity_id uuid not null
  entity_sequence integer not null
  customer_id uuid
  occurred_at timestamp with time zone not null
  origin text not null
  actor text
  request_id text
  data json not null
  constraint event_pkey PRIMARY KEY (tenant_id, id)
  constraint event_entity_sequence_unique UNIQUE (tenant_id, entity_id, entity_sequence)
  row-level security forced

table event_outbox
  outbox_id bigint not null generated always as identity
  tenant_id uuid not null
  event_id uuid not null
  constraint event_outbox_pkey PRIMARY KEY (tenant_id, outbox_id)
  no row-level security: a queue

table feed
  tenant_id uuid not null
  position bigint not null
  event_id uuid not null
  constraint feed_pkey PRIMARY KEY (tenant_id, "position")
  constraint feed_event_unique UNIQUE (tenant_id, event_id)
  row-level security forced

table feed_head
  tenant_id uuid not null
  last_position bigint not null default 0
  constraint feed_head_pkey PRIMARY KEY (tenant_id)
  no row-level security: a queue

table idempotency_key
  tenant_id uuid not null
  key_hash bytea not null
  fingerprint bytea not null
  status integer not null
  headers jsonb not null
  body text
  created_at timestamp with time zone not null default now()
  constraint idempotency_key_pkey PRIMARY KEY (tenant_id, key_hash)
  CREATE INDEX idempotency_key_by_age USING btree (tenant_id, created_at)
  row-level security forced

table import
  tenant_id uuid not null
  id uuid not null
  resource text not null
  mode text not null
  atomic boolean not null
  dry_run boolean not null
  status text not null
  total_count integer not null
  created_count integer not null default 0
  updated_count integer not null default 0
  unchanged_count integer not null default 0
  failed_count integer not null default 0
  next_row integer not null default 1
  actor text
  request_id text
  finished_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint import_counts_add_up CHECK (((next_row = ((((1 + created_count) + updated_count) + unchanged_count) + failed_count)) AND (next_row <= (1 + total_count))))
  constraint import_finished_is_stamped CHECK (((status = ANY (ARRAY['queued'::text, 'running'::text])) = (finished_at IS NULL)))
  constraint import_mode_known CHECK ((mode = ANY (ARRAY['create'::text, 'upsert'::text])))
  constraint import_resource_known CHECK ((resource = ANY (ARRAY['customers'::text, 'invoices'::text, 'payments'::text])))
  constraint import_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
  constraint import_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX import_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table import_result
  tenant_id uuid not null
  import_id uuid not null
  row integer not null
  external_id text
  outcome text not null
  resource_id uuid
  problem json
  constraint import_result_failed_has_problem CHECK (((outcome = 'failed'::text) = (problem IS NOT NULL)))
  constraint import_result_outcome_known CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'failed'::text])))
  constraint import_result_import FOREIGN KEY (tenant_id, import_id) REFERENCES import(tenant_id, id)
  constraint import_result_pkey PRIMARY KEY (tenant_id, import_id, "row")
  CREATE INDEX import_result_by_outcome USING btree (tenant_id, import_id, outcome, "row")
  row-level security forced

table import_row
  tenant_id uuid not null
  import_id uuid not null
  row integer not null
  input text
  refusal text
  constraint import_row_kept_or_refused CHECK (((input IS NULL) <> (refusal IS NULL)))
  constraint import_row_import FOREIGN KEY (tenant_id, import_id) REFERENCES import(tenant_id, id)
  constraint import_row_pkey PRIMARY KEY (tenant_id, import_id, "row")
  row-level security forced

table invoice
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  external_id text
  number text
  status text not null
  currency text not null
  issue_date date not null
  due_date date not null
  total_amount bigint not null
  tax_amount bigint
  open_amount bigint not null
  paid_amount bigint not null default 0
  credited_amount bigint not null default 0
  earliest_open_due_date date
  overdue_announced_for date
  instalments jsonb not null
  lines jsonb not null default '[]'::jsonb
  origin text not null default 'pushed'::text
  void_number text
  void_date date
  void_reason text
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint invoice_earliest_follows_open CHECK (((open_amount > 0) = (earliest_open_due_date IS NOT NULL)))
  constraint invoice_issued_has_number CHECK (((status = 'draft'::text) OR (number IS NOT NULL)))
  constraint invoice_open_within_total CHECK (((open_amount >= 0) AND (open_amount <= total_amount)))
  constraint invoice_origin_known CHECK ((origin = ANY (ARRAY['pushed'::text, 'own'::text])))
  constraint invoice_status_follows_open CHECK (((status = 'issued'::text) = (open_amount > 0)))
  constraint invoice_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'issued'::text, 'paid'::text, 'void'::text, 'written_off'::text])))
  constraint invoice_total_range CHECK (((total_amount >= 1) AND (total_amount <= '9007199254740991'::bigint)))
  constraint invoice_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint invoice_pkey PRIMARY KEY (tenant_id, id)
  constraint invoice_external_id_unique UNIQUE (tenant_id, external_id)
  constraint invoice_number_unique UNIQUE (tenant_id, number)
  constraint invoice_void_number_unique UNIQUE (tenant_id, void_number)
  CREATE INDEX invoice_by_due_date USING btree (tenant_id, due_date, id)
  CREATE INDEX invoice_by_issue_date USING btree (tenant_id, issue_date, id)
  CREATE INDEX invoice_by_status USING btree (tenant_id, status, created_at, id)
  CREATE INDEX invoice_by_update USING btree (tenant_id, updated_at)
  CREATE INDEX invoice_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX invoice_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX invoice_open_by_due_date USING btree (tenant_id, earliest_open_due_date, id) WHERE (open_amount > 0)
  CREATE INDEX invoice_to_announce_overdue USING btree (tenant_id, earliest_open_due_date) WHERE ((open_amount > 0) AND ((overdue_announced_for IS NULL) OR (overdue_announced_for < earliest_open_due_date)))
  row-level security forced

table item_watch
  tenant_id uuid not null
  item_id uuid not null
  customer_id uuid not null
  next_look_date date
  constraint item_watch_pkey PRIMARY KEY (tenant_id, item_id)
  CREATE INDEX item_watch_due USING btree (tenant_id, next_look_date, customer_id) WHERE (next_look_date IS NOT NULL)
  CREATE INDEX item_watch_of_customer USING btree (tenant_id, customer_id)
  row-level security forced

table job_run
  tenant_id uuid not null
  job text not null
  slot date not null
  status text not null
  attempt integer not null default 1
  reason text
  figures jsonb
  started_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  constraint job_run_status_known CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'skipped'::text])))
  constraint job_run_pkey PRIMARY KEY (tenant_id, job, slot)
  row-level security forced

table ledger_entry
  tenant_id uuid not null
  id uuid not null
  happening text not null
  effective_date date not null
  recorded_at timestamp with time zone not null
  currency text not null
  amount bigint not null
  debit_account text not null
  debit_customer_id uuid
  credit_account text not null
  credit_customer_id uuid
  item_id uuid
  due_date date
  source_kind text not null
  source_id uuid not null
  origin text not null
  undoes_id uuid
  constraint ledger_entry_amount_range CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
  constraint ledger_entry_credit_account_known CHECK ((credit_account = ANY (ARRAY['receivable'::text, 'unallocated'::text, 'unidentified'::text, 'cash'::text, 'clearing'::text, 'sales'::text, 'sales_deductions'::text, 'deposits'::text, 'opening_balance'::text, 'fee_income'::text, 'interest_income'::text, 'recovery_income'::text, 'charges_waived'::text, 'discount_allowed'::text, 'payment_difference'::text, 'bank_charges'::text, 'tax_withheld'::text, 'remission'::text, 'bad_debt'::text, 'bad_debt_recovery'::text, 'output_tax'::text, 'refunds_payable'::text])))
  constraint ledger_entry_debit_account_known CHECK ((debit_account = ANY (ARRAY['receivable'::text, 'unallocated'::text, 'unidentified'::text, 'cash'::text, 'clearing'::text, 'sales'::text, 'sales_deductions'::text, 'deposits'::text, 'opening_balance'::text, 'fee_income'::text, 'interest_income'::text, 'recovery_income'::text, 'charges_waived'::text, 'discount_allowed'::text, 'payment_difference'::text, 'bank_charges'::text, 'tax_withheld'::text, 'remission'::text, 'bad_debt'::text, 'bad_debt_recovery'::text, 'output_tax'::text, 'refunds_payable'::text])))
  constraint ledger_entry_origin_known CHECK ((origin = ANY (ARRAY['pushed'::text, 'own'::text])))
  constraint ledger_entry_receivable_names_item CHECK (((('receivable'::text <> debit_account) AND ('receivable'::text <> credit_account)) OR ((item_id IS NOT NULL) AND (due_date IS NOT NULL))))
  constraint ledger_entry_two_accounts CHECK ((debit_account <> credit_account))
  constraint ledger_entry_pkey PRIMARY KEY (tenant_id, id)
  constraint ledger_entry_undone_once UNIQUE (tenant_id, undoes_id)
  CREATE INDEX ledger_entry_claims USING btree (tenant_id, debit_customer_id, currency, due_date, effective_date) INCLUDE (amount) WHERE (debit_account = 'receivable'::text)
  CREATE INDEX ledger_entry_newest USING btree (tenant_id, recorded_at, id)
  CREATE INDEX ledger_entry_of_item USING btree (tenant_id, item_id) WHERE (item_id IS NOT NULL)
  CREATE INDEX ledger_entry_of_source USING btree (tenant_id, source_id)
  CREATE INDEX ledger_entry_settlements USING btree (tenant_id, credit_customer_id, currency, due_date, effective_date) INCLUDE (amount) WHERE (credit_account = 'receivable'::text)
  row-level security forced

table open_item
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  kind text not null
  invoice_id uuid
  charge_kind text
  notice_id uuid
  sequence integer not null
  currency text not null
  due_date date not null
  claim_date date not null
  total_amount bigint not null
  open_amount bigint not null
  paid_amount bigint not null default 0
  credited_amount bigint not null default 0
  voided_amount bigint not null default 0
  written_off_amount bigint not null default 0
  created_at timestamp with time zone not null
  constraint open_item_amounts_add_up CHECK ((total_amount = ((((open_amount + paid_amount) + credited_amount) + voided_amount) + written_off_amount)))
  constraint open_item_charge_kind_known CHECK ((charge_kind = ANY (ARRAY['fee'::text, 'interest'::text, 'lump_sum'::text])))
  constraint open_item_kind_known CHECK ((kind = ANY (ARRAY['invoice'::text, 'charge'::text])))
  constraint open_item_open_within_total CHECK (((open_amount >= 0) AND (open_amount <= total_amount)))
  constraint open_item_parts_not_negative CHECK (((paid_amount >= 0) AND (credited_amount >= 0) AND (voided_amount >= 0) AND (written_off_amount >= 0)))
  constraint open_item_source CHECK (((kind = 'invoice'::text) = ((invoice_id IS NOT NULL) AND (charge_kind IS NULL))))
  constraint open_item_total_range CHECK (((total_amount >= 1) AND (total_amount <= '9007199254740991'::bigint)))
  constraint open_item_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint open_item_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint open_item_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint open_item_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX open_item_of_invoice USING btree (tenant_id, invoice_id, sequence) WHERE (invoice_id IS NOT NULL)
  CREATE INDEX open_item_open USING btree (tenant_id, customer_id, currency, due_date) INCLUDE (open_amount) WHERE (open_amount > 0)
  row-level security forced

table payment
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  external_id text
  status text not null
  currency text not null
  amount bigint not null
  allocated_amount bigint not null default 0
  unallocated_amount bigint not null
  refunded_amount bigint not null default 0
  reversed_amount bigint not null default 0
  received_date date not null
  method text not null
  reference text
  reversal_date date
  reversal_reason text
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint payment_amount_range CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
  constraint payment_amounts_add_up CHECK ((amount = (((allocated_amount + unallocated_amount) + refunded_amount) + reversed_amount)))
  constraint payment_reversed_is_dated CHECK (((status = 'reversed'::text) = (reversal_date IS NOT NULL)))
  constraint payment_status_known CHECK ((status = ANY (ARRAY['received'::text, 'reversed'::text])))
  constraint payment_unallocated_within_amount CHECK (((unallocated_amount >= 0) AND (allocated_amount >= 0) AND (refunded_amount >= 0) AND (reversed_amount >= 0)))
  constraint payment_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint payment_pkey PRIMARY KEY (tenant_id, id)
  constraint payment_external_id_unique UNIQUE (tenant_id, external_id)
  CREATE INDEX payment_by_received_date USING btree (tenant_id, received_date)
  CREATE INDEX payment_by_status USING btree (tenant_id, status, created_at, id)
  CREATE INDEX payment_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX payment_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX payment_unallocated USING btree (tenant_id, customer_id, currency) INCLUDE (unallocated_amount) WHERE (unallocated_amount > 0)
  row-level security forced

table schedule
  tenant_id uuid not null
  job text not null
  next_at timestamp with time zone not null
  frozen boolean not null default false
  lease_until timestamp with time zone
  lease_token uuid
  constraint schedule_pkey PRIMARY KEY (tenant_id, job)
  CREATE INDEX schedule_due USING btree (next_at) WHERE (NOT frozen)
  no row-level security: a queue

table sealing_key
  id text not null
  key bytea not null
  created_at timestamp with time zone not null default now()
  constraint sealing_key_pkey PRIMARY KEY (id)
  no row-level security: a queue

table task_queue
  tenant_id uuid not null
  kind text not null
  subject_id uuid not null
  due_at timestamp with time zone not null default now()
  attempt integer not null default 0
  lease_until timestamp with time zone
  lease_token uuid
  constraint task_queue_pkey PRIMARY KEY (tenant_id, kind, subject_id)
  CREATE INDEX task_queue_due USING btree (due_at)
  no row-level security: a queue

table tenant
  tenant_id uuid not null
  name text not null
  mode text not null
  time_zone text not null
  locale text not null
  currency text not null
  net_days integer
  dunning_time text not null default '06:00'::text
  dunning_policy_id uuid
  clock_at timestamp with time zone
  clock_target timestamp with time zone
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint tenant_clock_only_in_test CHECK (((mode = 'test'::text) OR (clock_at IS NULL)))
  constraint tenant_dunning_time_form CHECK ((dunning_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
  constraint tenant_mode_known CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text])))
  constraint tenant_target_needs_clock CHECK (((clock_target IS NULL) OR (clock_at IS NOT NULL)))
  constraint tenant_dunning_policy FOREIGN KEY (tenant_id, dunning_policy_id) REFERENCES dunning_policy(tenant_id, id)
  constraint tenant_pkey PRIMARY KEY (tenant_id)
  row-level security forced

table webhook_cursor
  tenant_id uuid not null
  position bigint not null default 0
  constraint webhook_cursor_pkey PRIMARY KEY (tenant_id)
  no row-level security: a queue

table webhook_delivery
  tenant_id uuid not null
  id uuid not null
  endpoint_id uuid not null
  event_id uuid not null
  event_type text not null
  position bigint not null
  status text not null
  attempt_count integer not null default 0
  attempts jsonb not null default '[]'::jsonb
  last_status_code integer
  last_error text
  last_latency_ms integer
  last_attempt_at timestamp with time zone
  next_attempt_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint webhook_delivery_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'skipped'::text, 'cancelled'::text])))
  constraint webhook_delivery_endpoint FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint(tenant_id, id)
  constraint webhook_delivery_pkey PRIMARY KEY (tenant_id, id)
  constraint webhook_delivery_once UNIQUE (tenant_id, endpoint_id, event_id)
  CREATE INDEX webhook_delivery_newest USING btree (tenant_id, endpoint_id, created_at, id)
  row-level security forced

table webhook_endpoint
  tenant_id uuid not null
  id uuid not null
  external_id text
  url text not null
  event_types text[] not null
  description text
  status text not null default 'enabled'::text
  disabled_reason text
  disabled_at timestamp with time zone
  failing_since timestamp with time zone
  outage_since timestamp with time zone
  warned_at timestamp with time zone
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint webhook_endpoint_disabled_has_reason CHECK (((status = 'disabled'::text) = (disabled_reason IS NOT NULL)))
  constraint webhook_endpoint_disabled_reason_known CHECK ((disabled_reason = ANY (ARRAY['requested'::text, 'gone'::text, 'failing'::text])))
  constraint webhook_endpoint_status_known CHECK ((status = ANY (ARRAY['enabled'::text, 'disabled'::text, 'deleted'::text])))
  constraint webhook_endpoint_pkey PRIMARY KEY (tenant_id, id)
  constraint webhook_endpoint_external_id_unique UNIQUE (tenant_id, external_id)
  CREATE INDEX webhook_endpoint_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table webhook_queue
  tenant_id uuid not null
  delivery_id uuid not null
  endpoint_id uuid not null
  event_id uuid not null
  entity_id uuid not null
  position bigint not null
  attempt integer not null default 0
  due_at timestamp with time zone not null
  lease_token uuid
  constraint webhook_queue_pkey PRIMARY KEY (tenant_id, delivery_id)
  CREATE INDEX webhook_queue_due USING btree (endpoint_id, due_at, "position")
  CREATE INDEX webhook_queue_lane USING btree (tenant_id, endpoint_id, entity_id, "position")
  no row-level security: a queue

table webhook_secret
  tenant_id uuid not null
  id uuid not null
  endpoint_id uuid not null
  sealed text not null
  valid_until timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint webhook_secret_of_endpoint FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint(tenant_id, id)
  constraint webhook_secret_pkey PRIMARY KEY (tenant_id, id)
  CREATE UNIQUE INDEX webhook_secret_current_once USING btree (tenant_id, endpoint_id) WHERE (valid_until IS NULL)
  CREATE INDEX webhook_secret_live USING btree (tenant_id, endpoint_id, created_at)
  row-level security forced

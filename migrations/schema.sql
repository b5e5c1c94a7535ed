-- Written by `npm run schema`; the migrations are what counts.

table activity
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  invoice_id uuid
  kind text not null
  direction text not null
  outcome text
  contact_name text
  occurred_at timestamp with time zone not null
  occurred_date date not null
  note text
  collection boolean not null
  cancelled_date date
  cancel_reason text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint activity_cancelled_with_reason CHECK (((cancelled_date IS NULL) = (cancel_reason IS NULL)))
  constraint activity_direction_known CHECK ((direction = ANY (ARRAY['outgoing'::text, 'incoming'::text])))
  constraint activity_kind_known CHECK ((kind = ANY (ARRAY['call'::text, 'email'::text, 'letter'::text, 'sms'::text, 'visit'::text, 'meeting'::text, 'other'::text])))
  constraint activity_only_outgoing_collects CHECK (((direction = 'outgoing'::text) OR (NOT collection)))
  constraint activity_outcome_known CHECK ((outcome = ANY (ARRAY['reached'::text, 'not_reached'::text, 'message_left'::text, 'wrong_contact'::text, 'promise'::text, 'dispute'::text, 'refusal'::text, 'other'::text])))
  constraint activity_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint activity_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint activity_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX activity_collection_contacts USING btree (tenant_id, customer_id, occurred_date) WHERE (collection AND (cancelled_date IS NULL))
  CREATE INDEX activity_latest USING btree (tenant_id, occurred_at, id)
  CREATE INDEX activity_of_customer USING btree (tenant_id, customer_id, occurred_at, id)
  CREATE INDEX activity_of_invoice USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  row-level security forced

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
  reason jsonb not null
  constraint allocation_amount_positive CHECK ((amount > 0))
  constraint allocation_one_source CHECK (((payment_id IS NULL) <> (credit_note_id IS NULL)))
  constraint allocation_rule_known CHECK ((rule = ANY (ARRAY['designated'::text, 'reference'::text, 'exact_amount'::text, 'exact_balance'::text, 'exact_overdue'::text, 'subset'::text, 'imputation'::text, 'oldest_first'::text, 'credited_invoice'::text, 'unallocated'::text])))
  constraint allocation_credit_note FOREIGN KEY (tenant_id, credit_note_id) REFERENCES credit_note(tenant_id, id)
  constraint allocation_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint allocation_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id)
  constraint allocation_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX allocation_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX allocation_of_credit_note USING btree (tenant_id, credit_note_id, id) WHERE (credit_note_id IS NOT NULL)
  CREATE INDEX allocation_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX allocation_of_invoice USING btree (tenant_id, invoice_id)
  CREATE INDEX allocation_of_item USING btree (tenant_id, item_id)
  CREATE INDEX allocation_of_payment USING btree (tenant_id, payment_id, id) WHERE (payment_id IS NOT NULL)
  row-level security forced

table allocation_settings
  tenant_id uuid not null
  id uuid not null
  customer_id uuid
  settings jsonb not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint allocation_settings_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint allocation_settings_pkey PRIMARY KEY (tenant_id, id)
  constraint allocation_settings_one_each UNIQUE NULLS NOT DISTINCT (tenant_id, customer_id)
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
  roles text[] not null default '{}'::text[]
  allowed_cidrs text[] not null default '{}'::text[]
  constraint api_key_grants_something CHECK (((cardinality(scopes) + cardinality(roles)) > 0))
  constraint api_key_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX api_key_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table api_key_use
  tenant_id uuid not null
  api_key_id uuid not null
  used_at timestamp with time zone not null
  constraint api_key_use_pkey PRIMARY KEY (tenant_id, api_key_id)
  no row-level security: a queue

table approval
  tenant_id uuid not null
  id uuid not null
  subject_kind text not null
  subject_id uuid not null
  customer_id uuid
  summary text not null
  currency character(3)
  amount bigint
  reason text not null
  requested_by text
  requested_date date not null
  status text not null default 'requested'::text
  decided_by text
  decided_date date
  decision_reason text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint approval_amount_has_currency CHECK (((amount IS NULL) = (currency IS NULL)))
  constraint approval_decided_once CHECK (((status = 'requested'::text) = (decided_date IS NULL)))
  constraint approval_four_eyes CHECK (((status <> ALL (ARRAY['approved'::text, 'rejected'::text])) OR ((decided_by IS NOT NULL) AND (decided_by IS DISTINCT FROM requested_by))))
  constraint approval_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
  constraint approval_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint approval_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX approval_newest USING btree (tenant_id, created_at DESC, id DESC)
  CREATE INDEX approval_of_customer USING btree (tenant_id, customer_id, created_at DESC, id DESC)
  CREATE UNIQUE INDEX approval_pending_once USING btree (tenant_id, subject_kind, subject_id) WHERE (status = 'requested'::text)
  row-level security forced

table audit_block
  tenant_id uuid not null
  number bigint not null
  first_position bigint not null
  last_position bigint not null
  event_hashes bytea not null
  previous_hash text not null
  hash text not null
  sealed_at timestamp with time zone not null
  constraint audit_block_has_each_event CHECK (((length(event_hashes) = (32 * ((last_position - first_position) + 1))) AND (last_position >= first_position)))
  constraint audit_block_pkey PRIMARY KEY (tenant_id, number)
  constraint audit_block_begins_once UNIQUE (tenant_id, first_position)
  row-level security forced

table audit_head
  tenant_id uuid not null
  last_position bigint not null default 0
  verified_at timestamp with time zone
  constraint audit_head_pkey PRIMARY KEY (tenant_id)
  no row-level security: a queue

table audit_redaction
  tenant_id uuid not null
  position bigint not null
  redacted_by uuid not null
  event_hash text not null
  constraint audit_redaction_event FOREIGN KEY (tenant_id, redacted_by) REFERENCES event(tenant_id, id) DEFERRABLE INITIALLY DEFERRED
  constraint audit_redaction_pkey PRIMARY KEY (tenant_id, "position", redacted_by)
  CREATE INDEX audit_redaction_of_event USING btree (tenant_id, redacted_by, "position")
  row-level security forced

table bank_account
  tenant_id uuid not null
  id uuid not null
  identification text not null
  iban text
  bic text
  currency text not null
  name text
  fresh_until_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint bank_account_pkey PRIMARY KEY (tenant_id, id)
  constraint bank_account_identification_unique UNIQUE (tenant_id, identification, currency)
  CREATE INDEX bank_account_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table bank_file
  tenant_id uuid not null
  id uuid not null
  sha256 bytea not null
  format text not null
  byte_count integer not null
  csv_mapping_id uuid
  line_count integer not null
  new_line_count integer not null
  duplicate_count integer not null
  not_booked_count integer not null
  created_at timestamp with time zone not null
  constraint bank_file_counts_add_up CHECK ((line_count = (new_line_count + duplicate_count)))
  constraint bank_file_format_known CHECK ((format = ANY (ARRAY['camt'::text, 'mt940'::text, 'csv'::text, 'zip'::text])))
  constraint bank_file_mapping FOREIGN KEY (tenant_id, csv_mapping_id) REFERENCES csv_mapping(tenant_id, id) ON DELETE SET NULL (csv_mapping_id)
  constraint bank_file_pkey PRIMARY KEY (tenant_id, id)
  constraint bank_file_sha256_unique UNIQUE (tenant_id, sha256)
  CREATE INDEX bank_file_by_mapping USING btree (tenant_id, csv_mapping_id) WHERE (csv_mapping_id IS NOT NULL)
  row-level security forced

table bank_line
  tenant_id uuid not null
  id uuid not null
  bank_account_id uuid not null
  statement_id uuid not null
  parent_id uuid
  position integer not null
  fingerprint text not null
  status text not null
  booking_date date not null
  value_date date
  currency text not null
  amount bigint not null
  direction text not null
  is_reversal boolean not null
  counterparty_name text
  counterparty_iban text
  counterparty_bic text
  remittance text
  structured_reference text
  end_to_end_id text
  mandate_id text
  instruction_id text
  bank_reference text
  bank_text text
  return_reason_code text
  return_reason_text text
  charges_amount bigint
  transaction_code text
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint bank_line_amount_range CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
  constraint bank_line_direction_known CHECK ((direction = ANY (ARRAY['credit'::text, 'debit'::text])))
  constraint bank_line_part_has_no_parts CHECK (((parent_id IS NULL) OR (status <> 'batch'::text)))
  constraint bank_line_status_known CHECK ((status = ANY (ARRAY['unmatched'::text, 'matched'::text, 'ignored'::text, 'batch'::text])))
  constraint bank_line_account FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id)
  constraint bank_line_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES bank_line(tenant_id, id)
  constraint bank_line_statement FOREIGN KEY (tenant_id, statement_id) REFERENCES bank_statement(tenant_id, id)
  constraint bank_line_pkey PRIMARY KEY (tenant_id, id)
  constraint bank_line_fingerprint_unique UNIQUE (tenant_id, bank_account_id, fingerprint)
  CREATE INDEX bank_line_by_bank_reference USING btree (tenant_id, bank_reference) WHERE (bank_reference IS NOT NULL)
  CREATE INDEX bank_line_by_booking_date USING btree (tenant_id, bank_account_id, booking_date)
  CREATE INDEX bank_line_by_end_to_end_id USING btree (tenant_id, end_to_end_id) WHERE (end_to_end_id IS NOT NULL)
  CREATE INDEX bank_line_by_mandate USING btree (tenant_id, mandate_id) WHERE (mandate_id IS NOT NULL)
  CREATE INDEX bank_line_by_status USING btree (tenant_id, status, created_at, id)
  CREATE INDEX bank_line_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX bank_line_of_parent USING btree (tenant_id, parent_id, "position") WHERE (parent_id IS NOT NULL)
  CREATE INDEX bank_line_of_statement USING btree (tenant_id, statement_id)
  CREATE INDEX bank_line_unmatched USING btree (tenant_id, booking_date, id) WHERE (status = 'unmatched'::text)
  row-level security forced

table bank_line_match
  tenant_id uuid not null
  id uuid not null
  bank_line_id uuid not null
  kind text not null
  customer_id uuid
  payment_id uuid
  amount bigint not null
  score integer
  reasons jsonb not null default '[]'::jsonb
  decided_by text not null
  note text
  undone_at timestamp with time zone
  undo_reason text
  created_at timestamp with time zone not null
  constraint bank_line_match_amount_positive CHECK ((amount > 0))
  constraint bank_line_match_decided_by_known CHECK ((decided_by = ANY (ARRAY['service'::text, 'person'::text])))
  constraint bank_line_match_ignored_has_no_payment CHECK (((kind = 'ignored'::text) = (payment_id IS NULL)))
  constraint bank_line_match_kind_known CHECK ((kind = ANY (ARRAY['payment'::text, 'confirmation'::text, 'return'::text, 'ignored'::text])))
  constraint bank_line_match_payment_has_customer CHECK (((payment_id IS NULL) = (customer_id IS NULL)))
  constraint bank_line_match_score_range CHECK (((score >= 0) AND (score <= 100)))
  constraint bank_line_match_undo_has_reason CHECK (((undone_at IS NULL) = (undo_reason IS NULL)))
  constraint bank_line_match_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint bank_line_match_line FOREIGN KEY (tenant_id, bank_line_id) REFERENCES bank_line(tenant_id, id)
  constraint bank_line_match_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id)
  constraint bank_line_match_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX bank_line_match_of_customer USING btree (tenant_id, customer_id) WHERE (customer_id IS NOT NULL)
  CREATE INDEX bank_line_match_of_line USING btree (tenant_id, bank_line_id, id)
  CREATE INDEX bank_line_match_of_payment USING btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL)
  row-level security forced

table bank_sighting
  tenant_id uuid not null
  bank_line_id uuid not null
  statement_id uuid not null
  content text not null
  constraint bank_sighting_line FOREIGN KEY (tenant_id, bank_line_id) REFERENCES bank_line(tenant_id, id)
  constraint bank_sighting_statement FOREIGN KEY (tenant_id, statement_id) REFERENCES bank_statement(tenant_id, id)
  constraint bank_sighting_pkey PRIMARY KEY (tenant_id, bank_line_id, statement_id)
  CREATE INDEX bank_sighting_of_statement USING btree (tenant_id, statement_id)
  row-level security forced

table bank_statement
  tenant_id uuid not null
  id uuid not null
  bank_account_id uuid not null
  bank_file_id uuid not null
  position integer not null
  kind text not null
  format text not null
  identification text
  number text
  currency text not null
  from_date date
  to_date date
  opening_amount bigint
  opening_date date
  closing_amount bigint
  closing_date date
  entry_count integer not null
  detail_count integer not null
  not_booked_count integer not null
  new_line_count integer not null
  duplicate_count integer not null
  balanced boolean
  continuity text not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint bank_statement_continuity_known CHECK ((continuity = ANY (ARRAY['first'::text, 'continuous'::text, 'gap'::text, 'unknown'::text])))
  constraint bank_statement_kind_known CHECK ((kind = ANY (ARRAY['statement'::text, 'report'::text, 'advice'::text])))
  constraint bank_statement_account FOREIGN KEY (tenant_id, bank_account_id) REFERENCES bank_account(tenant_id, id)
  constraint bank_statement_file FOREIGN KEY (tenant_id, bank_file_id) REFERENCES bank_file(tenant_id, id)
  constraint bank_statement_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX bank_statement_by_closing USING btree (tenant_id, bank_account_id, closing_date) WHERE (kind = 'statement'::text)
  CREATE INDEX bank_statement_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX bank_statement_of_account USING btree (tenant_id, bank_account_id, created_at, id)
  CREATE INDEX bank_statement_of_file USING btree (tenant_id, bank_file_id, "position")
  row-level security forced

table credential
  key_hash bytea not null
  tenant_id uuid not null
  api_key_id uuid not null
  valid_until timestamp with time zone
  constraint credential_pkey PRIMARY KEY (key_hash)
  CREATE INDEX credential_by_key USING btree (tenant_id, api_key_id)
  no row-level security: a queue

table credit_alert
  tenant_id uuid not null
  id uuid not null
  type text not null
  customer_id uuid
  item_id uuid
  figures jsonb not null
  once_key text
  created_at timestamp with time zone not null
  constraint credit_alert_type_known CHECK ((type = ANY (ARRAY['credit_limit.exceeded'::text, 'credit_limit.back_within'::text, 'credit_utilisation.reached'::text, 'credit_score.dropped'::text, 'customer.first_overdue'::text, 'customer.pays_later_than_habit'::text, 'credit_policy.review_due'::text])))
  constraint credit_alert_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_alert_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint credit_alert_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_alert_once UNIQUE (tenant_id, once_key)
  CREATE INDEX credit_alert_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX credit_alert_of_customer USING btree (tenant_id, customer_id, created_at, id)
  row-level security forced

table credit_check
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  external_id text
  currency text not null
  amount bigint not null
  net_days integer
  reserve_seconds integer
  status text not null
  outcome text not null
  policy_id uuid
  policy_version integer
  rules jsonb not null
  exposure jsonb not null
  group_exposure jsonb
  human_review boolean not null
  reservation_id uuid
  recheck_of_id uuid
  checked_date date not null
  snapshot text not null
  decided_tx xid8 not null default pg_current_xact_id()
  decided_by text
  decided_role text
  decided_reason text
  decided_at timestamp with time zone
  valid_until timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_check_amount_range CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
  constraint credit_check_decided_says_why CHECK (((status = ANY (ARRAY['released'::text, 'rejected'::text])) = ((decided_at IS NOT NULL) AND (decided_role IS NOT NULL) AND (decided_reason IS NOT NULL))))
  constraint credit_check_outcome_known CHECK ((outcome = ANY (ARRAY['approve'::text, 'refer'::text, 'deny'::text])))
  constraint credit_check_policy_has_version CHECK (((policy_id IS NULL) = (policy_version IS NULL)))
  constraint credit_check_snapshot_form CHECK ((snapshot ~ '^([0-9]+:[0-9]+:[0-9,]*)?$'::text))
  constraint credit_check_status_known CHECK ((status = ANY (ARRAY['approved'::text, 'referred'::text, 'denied'::text, 'released'::text, 'rejected'::text, 'rechecked'::text])))
  constraint credit_check_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_check_policy FOREIGN KEY (tenant_id, policy_id, policy_version) REFERENCES credit_policy_version(tenant_id, policy_id, version)
  constraint credit_check_recheck_of FOREIGN KEY (tenant_id, recheck_of_id) REFERENCES credit_check(tenant_id, id)
  constraint credit_check_reservation FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservation(tenant_id, id)
  constraint credit_check_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_check_rechecked_once UNIQUE (tenant_id, recheck_of_id)
  CREATE INDEX credit_check_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX credit_check_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX credit_check_referred USING btree (tenant_id, created_at, id) WHERE (status = 'referred'::text)
  row-level security forced

table credit_follower
  tenant_id uuid not null
  position bigint not null default 0
  constraint credit_follower_pkey PRIMARY KEY (tenant_id)
  no row-level security: a queue

table credit_group
  tenant_id uuid not null
  id uuid not null
  name text not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_group_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX credit_group_newest USING btree (tenant_id, created_at DESC, id DESC)
  row-level security forced

table credit_group_member
  tenant_id uuid not null
  customer_id uuid not null
  group_id uuid not null
  joined_date date not null
  constraint credit_group_member_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_group_member_group FOREIGN KEY (tenant_id, group_id) REFERENCES credit_group(tenant_id, id)
  constraint credit_group_member_pkey PRIMARY KEY (tenant_id, customer_id)
  CREATE INDEX credit_group_member_of_group USING btree (tenant_id, group_id, customer_id)
  row-level security forced

table credit_hold
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  reason text not null
  note text
  from_date date not null
  lifted_date date
  lift_reason text
  origin text not null
  notice_id uuid
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_hold_dunning_names_notice CHECK (((origin = 'dunning'::text) = (notice_id IS NOT NULL)))
  constraint credit_hold_lifted_with_reason CHECK (((lifted_date IS NULL) = (lift_reason IS NULL)))
  constraint credit_hold_origin_known CHECK ((origin = ANY (ARRAY['person'::text, 'dunning'::text, 'policy'::text])))
  constraint credit_hold_reason_known CHECK ((reason = ANY (ARRAY['overdue'::text, 'limit_exceeded'::text, 'insolvency'::text, 'legal'::text, 'fraud'::text, 'unknown_identity'::text, 'other'::text])))
  constraint credit_hold_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_hold_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint credit_hold_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX credit_hold_by_policy USING btree (tenant_id, customer_id) WHERE ((origin = 'policy'::text) AND (lifted_date IS NULL))
  CREATE INDEX credit_hold_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX credit_hold_of_notice USING btree (tenant_id, notice_id) WHERE (notice_id IS NOT NULL)
  CREATE UNIQUE INDEX credit_hold_one_in_force USING btree (tenant_id, customer_id, reason) WHERE (lifted_date IS NULL)
  row-level security forced

table credit_limit
  tenant_id uuid not null
  id uuid not null
  customer_id uuid
  group_id uuid
  kind text not null
  currency character(3) not null
  amount bigint not null
  valid_from date not null
  valid_until date
  reason text not null
  status text not null
  ordinal integer
  approval_id uuid
  decided_at timestamp with time zone
  ended_date date
  ended_reason text
  ended_at timestamp with time zone
  insured_amount bigint
  insurer text
  insurance_policy_number text
  insured_until date
  insured_deductible_percent integer
  insured_reporting_days integer
  collateral jsonb not null default '[]'::jsonb
  expired_date date
  insurance_expired_date date
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_limit_amount_not_negative CHECK ((amount >= 0))
  constraint credit_limit_approved_in_order CHECK (((status = 'approved'::text) = (ordinal IS NOT NULL)))
  constraint credit_limit_decided_when CHECK (((status = 'requested'::text) = (decided_at IS NULL)))
  constraint credit_limit_deductible_range CHECK (((insured_deductible_percent >= 0) AND (insured_deductible_percent <= 100)))
  constraint credit_limit_end_says_why CHECK ((num_nonnulls(ended_date, ended_reason, ended_at) = ANY (ARRAY[0, 3])))
  constraint credit_limit_ended_after_approval CHECK (((ended_date IS NULL) OR (status = 'approved'::text)))
  constraint credit_limit_insured_amount_positive CHECK ((insured_amount > 0))
  constraint credit_limit_insured_whole CHECK ((num_nonnulls(insured_amount, insurer, insured_until) = ANY (ARRAY[0, 3])))
  constraint credit_limit_kind_known CHECK ((kind = ANY (ARRAY['standing'::text, 'temporary'::text])))
  constraint credit_limit_one_subject CHECK ((num_nonnulls(customer_id, group_id) = 1))
  constraint credit_limit_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
  constraint credit_limit_temporary_ends CHECK (((kind = 'standing'::text) OR (valid_until IS NOT NULL)))
  constraint credit_limit_until_after_from CHECK ((valid_until >= valid_from))
  constraint credit_limit_approval FOREIGN KEY (tenant_id, approval_id) REFERENCES approval(tenant_id, id)
  constraint credit_limit_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_limit_group FOREIGN KEY (tenant_id, group_id) REFERENCES credit_group(tenant_id, id)
  constraint credit_limit_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_limit_customer_ordinal UNIQUE (tenant_id, customer_id, ordinal)
  constraint credit_limit_group_ordinal UNIQUE (tenant_id, group_id, ordinal)
  CREATE INDEX credit_limit_expires USING btree (tenant_id, valid_until) WHERE ((status = 'approved'::text) AND (ended_date IS NULL) AND (expired_date IS NULL))
  CREATE INDEX credit_limit_insurance_expires USING btree (tenant_id, insured_until) WHERE ((status = 'approved'::text) AND (ended_date IS NULL) AND (insurance_expired_date IS NULL))
  CREATE INDEX credit_limit_newest USING btree (tenant_id, created_at DESC, id DESC)
  CREATE INDEX credit_limit_to_report USING btree (tenant_id, insured_reporting_days) WHERE ((status = 'approved'::text) AND (insured_reporting_days IS NOT NULL))
  row-level security forced

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
  refunded_amount bigint not null default 0
  constraint credit_note_amounts_add_up CHECK ((total_amount = ((allocated_amount + unallocated_amount) + refunded_amount)))
  constraint credit_note_total_range CHECK (((total_amount >= 1) AND (total_amount <= '9007199254740991'::bigint)))
  constraint credit_note_unallocated_within_amount CHECK (((unallocated_amount >= 0) AND (allocated_amount >= 0) AND (refunded_amount >= 0)))
  constraint credit_note_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_note_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint credit_note_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_note_external_id_unique UNIQUE (tenant_id, external_id)
  constraint credit_note_number_unique UNIQUE (tenant_id, number)
  CREATE INDEX credit_note_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX credit_note_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX credit_note_of_invoice USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  row-level security forced

table credit_override
  tenant_id uuid not null
  id uuid not null
  check_id uuid not null
  customer_id uuid not null
  rules text[] not null
  currency text not null
  amount bigint not null
  role text not null
  reason text not null
  actor text
  reacts_from_date date not null
  created_at timestamp with time zone not null
  recorded_tx xid8 not null default pg_current_xact_id()
  constraint credit_override_check FOREIGN KEY (tenant_id, check_id) REFERENCES credit_check(tenant_id, id)
  constraint credit_override_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_override_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_override_once UNIQUE (tenant_id, check_id)
  CREATE INDEX credit_override_of_customer USING btree (tenant_id, customer_id, reacts_from_date)
  row-level security forced

table credit_policy
  tenant_id uuid not null
  id uuid not null
  name text not null
  retired_date date
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_policy_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_policy_one_per_tenant UNIQUE (tenant_id)
  row-level security forced

table credit_policy_version
  tenant_id uuid not null
  policy_id uuid not null
  version integer not null
  name text not null
  definition jsonb not null
  created_at timestamp with time zone not null
  constraint credit_policy_version_policy FOREIGN KEY (tenant_id, policy_id) REFERENCES credit_policy(tenant_id, id)
  constraint credit_policy_version_pkey PRIMARY KEY (tenant_id, policy_id, version)
  row-level security forced

table credit_report
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  provider text not null
  report_date date not null
  score integer not null
  provider_score text
  limit_currency text
  limit_amount bigint
  valid_until date
  raw json
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_report_limit_has_currency CHECK (((limit_currency IS NULL) = (limit_amount IS NULL)))
  constraint credit_report_limit_range CHECK (((limit_amount >= 0) AND (limit_amount <= '9007199254740991'::bigint)))
  constraint credit_report_score_range CHECK (((score >= 0) AND (score <= 100)))
  constraint credit_report_validity CHECK ((valid_until >= report_date))
  constraint credit_report_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_report_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX credit_report_of_customer USING btree (tenant_id, customer_id, created_at, id)
  row-level security forced

table credit_review
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  status text not null
  due_date date
  recommendation jsonb not null
  decided_date date
  decision_reason text
  limit_id uuid
  net_days integer
  next_review_date date
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint credit_review_decided_is_dated CHECK (((status = ANY (ARRAY['completed'::text, 'dismissed'::text])) = ((decided_date IS NOT NULL) AND (decision_reason IS NOT NULL))))
  constraint credit_review_due_has_date CHECK (((status <> 'due'::text) OR (due_date IS NOT NULL)))
  constraint credit_review_status_known CHECK ((status = ANY (ARRAY['open'::text, 'due'::text, 'completed'::text, 'dismissed'::text])))
  constraint credit_review_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_review_limit FOREIGN KEY (tenant_id, limit_id) REFERENCES credit_limit(tenant_id, id)
  constraint credit_review_pkey PRIMARY KEY (tenant_id, id)
  constraint credit_review_once_per_due_date UNIQUE (tenant_id, customer_id, due_date)
  CREATE INDEX credit_review_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX credit_review_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE UNIQUE INDEX credit_review_one_open USING btree (tenant_id, customer_id) WHERE (status = ANY (ARRAY['open'::text, 'due'::text]))
  row-level security forced

table credit_score
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  score_date date not null
  score integer
  score_class text
  standing text
  policy_id uuid not null
  policy_version integer not null
  factors jsonb not null
  basis jsonb not null
  created_at timestamp with time zone not null
  constraint credit_score_class_of_score CHECK (((score IS NULL) = (score_class IS NULL)))
  constraint credit_score_range CHECK (((score >= 0) AND (score <= 100)))
  constraint credit_score_standing_known CHECK ((standing = ANY (ARRAY['new'::text, 'returning'::text, 'good'::text, 'slow'::text, 'problem'::text])))
  constraint credit_score_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_score_policy FOREIGN KEY (tenant_id, policy_id, policy_version) REFERENCES credit_policy_version(tenant_id, policy_id, version)
  constraint credit_score_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX credit_score_of_customer USING btree (tenant_id, customer_id, created_at, id)
  row-level security forced

table credit_standing
  tenant_id uuid not null
  customer_id uuid not null
  score integer
  score_class text
  derived_standing text
  override_standing text
  override_reason text
  override_until date
  habit_days_late numeric(6,1)
  next_review_date date
  reviewed_date date
  over_limit boolean not null default false
  utilisation_reached integer not null default 0
  first_overdue_date date
  version integer not null default 0
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  id uuid not null default gen_random_uuid()
  scored_date date not null default '1900-01-01'::date
  policy_version integer
  factors jsonb not null default '[]'::jsonb
  basis jsonb
  monitored_date date not null default '1900-01-01'::date
  monitored_score integer
  review_basis text
  constraint credit_standing_derived_known CHECK ((derived_standing = ANY (ARRAY['new'::text, 'returning'::text, 'good'::text, 'slow'::text, 'problem'::text])))
  constraint credit_standing_override_known CHECK ((override_standing = ANY (ARRAY['new'::text, 'returning'::text, 'good'::text, 'slow'::text, 'problem'::text])))
  constraint credit_standing_override_says_why CHECK (((override_standing IS NULL) = (override_reason IS NULL)))
  constraint credit_standing_score_range CHECK (((score >= 0) AND (score <= 100)))
  constraint credit_standing_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint credit_standing_pkey PRIMARY KEY (tenant_id, customer_id)
  constraint credit_standing_id_unique UNIQUE (tenant_id, id)
  CREATE INDEX credit_standing_override_ends USING btree (tenant_id, override_until) WHERE (override_until IS NOT NULL)
  CREATE INDEX credit_standing_review_due USING btree (tenant_id, next_review_date, customer_id) WHERE (next_review_date IS NOT NULL)
  CREATE INDEX credit_standing_to_monitor USING btree (tenant_id, monitored_date, customer_id)
  CREATE INDEX credit_standing_to_score USING btree (tenant_id, scored_date, customer_id)
  row-level security forced

table credit_standing_past
  tenant_id uuid not null
  customer_id uuid not null
  ordinal bigint not null generated always as identity
  score integer
  derived_standing text
  override_standing text
  override_until date
  next_review_date date
  recorded_at timestamp with time zone not null
  recorded_tx xid8 not null default pg_current_xact_id()
  constraint credit_standing_past_pkey PRIMARY KEY (tenant_id, customer_id, ordinal)
  row-level security forced

table csv_mapping
  tenant_id uuid not null
  id uuid not null
  name text not null
  settings jsonb not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint csv_mapping_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX csv_mapping_newest USING btree (tenant_id, created_at, id)
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
  customer_class_id uuid
  no_dunning boolean not null default false
  natural_person boolean not null default false
  credit_group_id uuid
  constraint customer_kind_known CHECK ((kind = ANY (ARRAY['business'::text, 'consumer'::text])))
  constraint customer_net_days_range CHECK (((net_days >= 0) AND (net_days <= 365)))
  constraint customer_one_choice CHECK (((NOT no_dunning) OR (dunning_policy_id IS NULL)))
  constraint customer_class_of_customer FOREIGN KEY (tenant_id, customer_class_id) REFERENCES customer_class(tenant_id, id)
  constraint customer_credit_group FOREIGN KEY (tenant_id, credit_group_id) REFERENCES credit_group(tenant_id, id)
  constraint customer_dunning_policy FOREIGN KEY (tenant_id, dunning_policy_id) REFERENCES dunning_policy(tenant_id, id)
  constraint customer_pkey PRIMARY KEY (tenant_id, id)
  constraint customer_external_id_unique UNIQUE (tenant_id, external_id)
  CREATE INDEX customer_by_name USING btree (tenant_id, name)
  CREATE INDEX customer_changed USING btree (tenant_id, updated_at, id)
  CREATE INDEX customer_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX customer_of_class USING btree (tenant_id, customer_class_id, id) WHERE (customer_class_id IS NOT NULL)
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

table customer_class
  tenant_id uuid not null
  id uuid not null
  code text not null
  name text not null
  net_days integer
  dunning_policy_id uuid
  no_dunning boolean not null default false
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint customer_class_net_days_range CHECK (((net_days >= 0) AND (net_days <= 365)))
  constraint customer_class_one_choice CHECK (((NOT no_dunning) OR (dunning_policy_id IS NULL)))
  constraint customer_class_dunning_policy FOREIGN KEY (tenant_id, dunning_policy_id) REFERENCES dunning_policy(tenant_id, id)
  constraint customer_class_pkey PRIMARY KEY (tenant_id, id)
  constraint customer_class_code_unique UNIQUE (tenant_id, code)
  CREATE INDEX customer_class_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table debit_batch
  tenant_id uuid not null
  id uuid not null
  status text not null
  format text not null
  collection_date date not null
  creditor jsonb
  debit_count integer not null default 0
  total_amount bigint not null default 0
  closed_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint debit_batch_closed_names_creditor CHECK ((((status = 'open'::text) = (closed_at IS NULL)) AND ((closed_at IS NULL) = (creditor IS NULL))))
  constraint debit_batch_format_known CHECK ((format = ANY (ARRAY['pain.008.001.02'::text, 'pain.008.001.08'::text])))
  constraint debit_batch_status_known CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text, 'accepted'::text, 'partly_rejected'::text, 'rejected'::text, 'cancelled'::text])))
  constraint debit_batch_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX debit_batch_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table deduction
  tenant_id uuid not null
  id uuid not null
  allocation_id uuid not null
  item_id uuid not null
  kind text not null
  amount bigint not null
  tax_amount bigint not null
  entry_id uuid not null
  tax_entry_id uuid
  effective_date date not null
  undone_date date
  created_at timestamp with time zone not null
  constraint deduction_amount_positive CHECK ((amount > 0))
  constraint deduction_kind_known CHECK ((kind = ANY (ARRAY['discount'::text, 'payment_difference'::text, 'bank_charges'::text, 'tax_withheld'::text])))
  constraint deduction_tax_is_entered CHECK (((tax_amount > 0) = (tax_entry_id IS NOT NULL)))
  constraint deduction_tax_within_amount CHECK (((tax_amount >= 0) AND (tax_amount < amount)))
  constraint deduction_allocation FOREIGN KEY (tenant_id, allocation_id) REFERENCES allocation(tenant_id, id)
  constraint deduction_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint deduction_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX deduction_of_allocation USING btree (tenant_id, allocation_id)
  CREATE INDEX deduction_of_item USING btree (tenant_id, item_id)
  row-level security forced

table deferral
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  item_id uuid not null
  invoice_id uuid not null
  status text not null
  currency text not null
  amount bigint not null
  previous_due_date date not null
  due_date date not null
  agreed_date date not null
  acknowledged boolean not null
  accrued_interest text not null
  reason text not null
  revoke_date date
  revoke_reason text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint deferral_accrued_interest_known CHECK ((accrued_interest = ANY (ARRAY['claim'::text, 'waive'::text])))
  constraint deferral_amount_positive CHECK ((amount > 0))
  constraint deferral_is_later CHECK ((previous_due_date < due_date))
  constraint deferral_revoked_is_dated CHECK (((status = 'revoked'::text) = (revoke_date IS NOT NULL)))
  constraint deferral_status_known CHECK ((status = ANY (ARRAY['agreed'::text, 'revoked'::text])))
  constraint deferral_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint deferral_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint deferral_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint deferral_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX deferral_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX deferral_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX deferral_of_invoice USING btree (tenant_id, invoice_id)
  CREATE INDEX deferral_of_item USING btree (tenant_id, item_id, agreed_date)
  row-level security forced

table direct_debit
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  mandate_id uuid not null
  batch_id uuid
  payment_id uuid not null
  retry_of_id uuid
  status text not null
  scheme text not null
  sequence_type text
  final boolean not null
  amount bigint not null
  collection_date date not null
  end_to_end_id text not null
  remittance text not null
  attempt integer not null
  group_number integer
  presented jsonb not null
  presented_before jsonb
  reason_code text
  reason_text text
  ended_date date
  retry_date date
  bank_line_id uuid
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint direct_debit_amount_range CHECK (((amount >= 1) AND (amount <= '99999999999'::bigint)))
  constraint direct_debit_ended_is_dated CHECK (((status = ANY (ARRAY['cancelled'::text, 'rejected'::text, 'returned'::text])) = (ended_date IS NOT NULL)))
  constraint direct_debit_sequence_type_known CHECK ((sequence_type = ANY (ARRAY['FRST'::text, 'RCUR'::text, 'OOFF'::text, 'FNAL'::text])))
  constraint direct_debit_status_known CHECK ((status = ANY (ARRAY['scheduled'::text, 'submitted'::text, 'collected'::text, 'cancelled'::text, 'rejected'::text, 'returned'::text])))
  constraint direct_debit_submitted_is_in_a_file CHECK (((status = ANY (ARRAY['scheduled'::text, 'cancelled'::text])) OR ((batch_id IS NOT NULL) AND (sequence_type IS NOT NULL))))
  constraint direct_debit_batch FOREIGN KEY (tenant_id, batch_id) REFERENCES debit_batch(tenant_id, id)
  constraint direct_debit_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint direct_debit_mandate FOREIGN KEY (tenant_id, mandate_id) REFERENCES mandate(tenant_id, id)
  constraint direct_debit_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id)
  constraint direct_debit_retry_of FOREIGN KEY (tenant_id, retry_of_id) REFERENCES direct_debit(tenant_id, id)
  constraint direct_debit_pkey PRIMARY KEY (tenant_id, id)
  constraint direct_debit_end_to_end_unique UNIQUE (tenant_id, end_to_end_id)
  constraint direct_debit_payment_unique UNIQUE (tenant_id, payment_id)
  constraint direct_debit_retried_once UNIQUE (tenant_id, retry_of_id)
  CREATE INDEX direct_debit_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX direct_debit_of_batch USING btree (tenant_id, batch_id, group_number, id)
  CREATE INDEX direct_debit_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX direct_debit_of_mandate USING btree (tenant_id, mandate_id)
  CREATE INDEX direct_debit_scheduled USING btree (tenant_id, collection_date) WHERE ((status = 'scheduled'::text) AND (batch_id IS NULL))
  CREATE INDEX direct_debit_submitted USING btree (tenant_id, collection_date, customer_id) WHERE (status = 'submitted'::text)
  row-level security forced

table direct_debit_item
  tenant_id uuid not null
  direct_debit_id uuid not null
  item_id uuid not null
  amount bigint not null
  constraint direct_debit_item_amount_positive CHECK ((amount > 0))
  constraint direct_debit_item_debit FOREIGN KEY (tenant_id, direct_debit_id) REFERENCES direct_debit(tenant_id, id)
  constraint direct_debit_item_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint direct_debit_item_pkey PRIMARY KEY (tenant_id, direct_debit_id, item_id)
  CREATE INDEX direct_debit_item_of_item USING btree (tenant_id, item_id)
  row-level security forced

table direct_debit_settings
  tenant_id uuid not null
  id uuid not null
  creditor_id text not null
  creditor_name text not null
  iban text not null
  bic text
  format text not null
  prenotification_days integer not null
  lead_days integer not null
  return_fee_amount bigint
  retries jsonb not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint direct_debit_settings_days_range CHECK ((((prenotification_days >= 1) AND (prenotification_days <= 60)) AND ((lead_days >= 1) AND (lead_days <= 10))))
  constraint direct_debit_settings_fee_positive CHECK ((return_fee_amount > 0))
  constraint direct_debit_settings_format_known CHECK ((format = ANY (ARRAY['pain.008.001.02'::text, 'pain.008.001.08'::text])))
  constraint direct_debit_settings_pkey PRIMARY KEY (tenant_id)
  row-level security forced

table dunning_charge
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  item_id uuid
  invoice_id uuid
  notice_id uuid
  cycle integer
  level integer not null
  kind text not null
  status text not null
  currency text not null
  amount bigint not null
  reason text
  rule text
  percent text
  from_date date
  until_date date
  claim_item_id uuid
  reversed_date date
  next_look_date date
  explanation jsonb not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_charge_accrued_is_watched CHECK (((status = 'accrued'::text) = (next_look_date IS NOT NULL)))
  constraint dunning_charge_amount_range CHECK (((amount >= 0) AND (amount <= '9007199254740991'::bigint)))
  constraint dunning_charge_claimed_is_open_item CHECK (((status = 'claimed'::text) = (claim_item_id IS NOT NULL)))
  constraint dunning_charge_fee_is_of_notice CHECK (((kind = 'fee'::text) = (item_id IS NULL)))
  constraint dunning_charge_kind_known CHECK ((kind = ANY (ARRAY['fee'::text, 'interest'::text, 'lump_sum'::text])))
  constraint dunning_charge_only_interest_accrues CHECK (((status <> 'accrued'::text) OR (kind = 'interest'::text)))
  constraint dunning_charge_refused_with_reason CHECK (((status <> ALL (ARRAY['refused'::text, 'waived'::text])) OR (reason IS NOT NULL)))
  constraint dunning_charge_status_known CHECK ((status = ANY (ARRAY['accrued'::text, 'claimed'::text, 'waived'::text, 'refused'::text])))
  constraint dunning_charge_claim FOREIGN KEY (tenant_id, claim_item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_charge_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint dunning_charge_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint dunning_charge_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_charge_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint dunning_charge_pkey PRIMARY KEY (tenant_id, id)
  CREATE UNIQUE INDEX dunning_charge_accrues_once USING btree (tenant_id, item_id) WHERE (status = 'accrued'::text)
  CREATE UNIQUE INDEX dunning_charge_fee_once USING btree (tenant_id, notice_id) WHERE (kind = 'fee'::text)
  CREATE UNIQUE INDEX dunning_charge_interest_once USING btree (tenant_id, item_id, cycle, level) WHERE ((kind = 'interest'::text) AND (level > 0) AND (status <> 'accrued'::text))
  CREATE UNIQUE INDEX dunning_charge_lump_sum_once USING btree (tenant_id, item_id) WHERE ((kind = 'lump_sum'::text) AND (status <> 'refused'::text) AND (reversed_date IS NULL))
  CREATE INDEX dunning_charge_newest USING btree (tenant_id, created_at, id)
  CREATE UNIQUE INDEX dunning_charge_of_claim USING btree (tenant_id, claim_item_id) WHERE (claim_item_id IS NOT NULL)
  CREATE INDEX dunning_charge_of_customer USING btree (tenant_id, customer_id)
  CREATE INDEX dunning_charge_of_item USING btree (tenant_id, item_id) WHERE (item_id IS NOT NULL)
  CREATE INDEX dunning_charge_of_notice USING btree (tenant_id, notice_id) WHERE (notice_id IS NOT NULL)
  CREATE INDEX dunning_charge_to_look_at USING btree (tenant_id, next_look_date, id) WHERE (status = 'accrued'::text)
  row-level security forced

table dunning_courtesy
  tenant_id uuid not null
  item_id uuid not null
  cycle integer not null
  days_before_due integer not null
  invoice_id uuid
  notice_id uuid not null
  courtesy_date date not null
  constraint dunning_courtesy_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_courtesy_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint dunning_courtesy_pkey PRIMARY KEY (tenant_id, item_id, cycle, days_before_due)
  CREATE INDEX dunning_courtesy_of_invoice USING btree (tenant_id, invoice_id)
  CREATE INDEX dunning_courtesy_of_notice USING btree (tenant_id, notice_id)
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
  courtesy integer
  status text not null default 'recorded'::text
  reviewed_level integer
  deadline_date date
  exclusion_reason text
  lapse_reason text
  notice_id uuid
  version integer not null default 1
  constraint dunning_decision_excluded_with_reason CHECK (((status <> 'excluded'::text) OR (exclusion_reason IS NOT NULL)))
  constraint dunning_decision_lapsed_with_reason CHECK (((status <> 'lapsed'::text) OR (lapse_reason IS NOT NULL)))
  constraint dunning_decision_outcome_known CHECK ((outcome = ANY (ARRAY['escalate'::text, 'remind'::text, 'wait'::text, 'blocked'::text, 'finished'::text])))
  constraint dunning_decision_reviewed_level_is_lower CHECK (((reviewed_level > from_level) AND (reviewed_level <= to_level)))
  constraint dunning_decision_status_known CHECK ((status = ANY (ARRAY['recorded'::text, 'proposed'::text, 'excluded'::text, 'released'::text, 'lapsed'::text, 'discarded'::text, 'reversed'::text])))
  constraint dunning_decision_pkey PRIMARY KEY (tenant_id, id)
  constraint dunning_decision_once UNIQUE (tenant_id, run_id, item_id)
  CREATE INDEX dunning_decision_of_item USING btree (tenant_id, item_id, id)
  CREATE INDEX dunning_decision_of_notice USING btree (tenant_id, notice_id) WHERE (notice_id IS NOT NULL)
  CREATE INDEX dunning_decision_of_run USING btree (tenant_id, run_id, id)
  CREATE UNIQUE INDEX dunning_decision_proposed_once USING btree (tenant_id, item_id) WHERE (status = 'proposed'::text)
  CREATE INDEX dunning_decision_to_review USING btree (tenant_id, run_id, customer_id) WHERE (status = 'proposed'::text)
  row-level security forced

table dunning_delivery
  tenant_id uuid not null
  id uuid not null
  notice_id uuid not null
  status text not null
  channel text not null
  recipient text
  occurred_at timestamp with time zone not null
  evidence text not null
  detail text
  created_at timestamp with time zone not null
  constraint dunning_delivery_channel_known CHECK ((channel = ANY (ARRAY['email'::text, 'letter'::text, 'sms'::text, 'phone'::text, 'portal'::text])))
  constraint dunning_delivery_evidence_known CHECK ((evidence = ANY (ARRAY['none'::text, 'pixel'::text, 'link'::text, 'authenticated'::text, 'posted'::text, 'registered'::text, 'return_receipt'::text])))
  constraint dunning_delivery_status_known CHECK ((status = ANY (ARRAY['sent'::text, 'delivered'::text, 'bounced'::text, 'failed'::text, 'viewed'::text])))
  constraint dunning_delivery_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint dunning_delivery_pkey PRIMARY KEY (tenant_id, id)
  constraint dunning_delivery_once UNIQUE NULLS NOT DISTINCT (tenant_id, notice_id, channel, recipient, status, occurred_at)
  CREATE INDEX dunning_delivery_of_notice USING btree (tenant_id, notice_id, created_at, id)
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

table dunning_limit
  tenant_id uuid not null
  id uuid not null
  item_id uuid not null
  customer_id uuid not null
  maximum_level integer
  reason text not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_limit_level_known CHECK (((maximum_level >= 0) AND (maximum_level <= 20)))
  constraint dunning_limit_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint dunning_limit_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_limit_pkey PRIMARY KEY (tenant_id, id)
  constraint dunning_limit_of_item UNIQUE (tenant_id, item_id)
  row-level security forced

table dunning_migration
  tenant_id uuid not null
  id uuid not null
  policy_id uuid not null
  from_versions integer[]
  to_version integer not null
  customer_count integer not null
  item_count integer not null
  changed_count integer not null
  remaining_count integer not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_migration_version FOREIGN KEY (tenant_id, policy_id, to_version) REFERENCES dunning_policy_version(tenant_id, policy_id, version)
  constraint dunning_migration_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_migration_newest USING btree (tenant_id, policy_id, created_at, id)
  row-level security forced

table dunning_migration_item
  tenant_id uuid not null
  migration_id uuid not null
  item_id uuid not null
  invoice_id uuid
  customer_id uuid not null
  from_version integer not null
  level integer not null
  before_level integer
  before_date date
  before_reason text not null
  after_level integer
  after_date date
  after_reason text not null
  constraint dunning_migration_item_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_migration_item_migration FOREIGN KEY (tenant_id, migration_id) REFERENCES dunning_migration(tenant_id, id)
  constraint dunning_migration_item_pkey PRIMARY KEY (tenant_id, migration_id, item_id)
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
  kind text not null default 'demand'::text
  release text not null default 'automatic'::text
  status text not null default 'issued'::text
  deadline_date date
  send_from_at timestamp with time zone
  recipient_place integer
  status_reason text
  constraint dunning_notice_courtesy_has_no_level CHECK (((kind = 'courtesy'::text) = (level = 0)))
  constraint dunning_notice_kind_known CHECK ((kind = ANY (ARRAY['demand'::text, 'courtesy'::text])))
  constraint dunning_notice_release_known CHECK ((release = ANY (ARRAY['automatic'::text, 'review'::text])))
  constraint dunning_notice_reversed_with_reason CHECK (((status <> 'reversed'::text) OR (status_reason IS NOT NULL)))
  constraint dunning_notice_status_known CHECK ((status = ANY (ARRAY['issued'::text, 'sent'::text, 'delivered'::text, 'viewed'::text, 'rerouted'::text, 'undeliverable'::text, 'cancelled'::text, 'reversed'::text])))
  constraint dunning_notice_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint dunning_notice_run FOREIGN KEY (tenant_id, run_id) REFERENCES dunning_run(tenant_id, id)
  constraint dunning_notice_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_notice_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX dunning_notice_of_customer USING btree (tenant_id, customer_id, currency, notice_date)
  CREATE UNIQUE INDEX dunning_notice_once USING btree (tenant_id, run_id, customer_id, currency, kind, release, COALESCE((content ->> 'statutory_notice'::text), ''::text))
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
  proposed_count integer not null default 0
  reversed_count integer not null default 0
  reversal_reason text
  constraint dunning_run_reversed_with_reason CHECK (((status <> ALL (ARRAY['reversing'::text, 'reversed'::text])) OR (reversal_reason IS NOT NULL)))
  constraint dunning_run_status_known CHECK ((status = ANY (ARRAY['running'::text, 'proposed'::text, 'releasing'::text, 'discarding'::text, 'discarded'::text, 'completed'::text, 'reversing'::text, 'reversed'::text])))
  constraint dunning_run_trigger_known CHECK ((trigger = ANY (ARRAY['schedule'::text, 'request'::text])))
  constraint dunning_run_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_run_newest USING btree (tenant_id, created_at, id)
  CREATE UNIQUE INDEX dunning_run_scheduled_once USING btree (tenant_id, run_date) WHERE (trigger = 'schedule'::text)
  row-level security forced

table dunning_simulation
  tenant_id uuid not null
  id uuid not null
  status text not null
  from_date date not null
  to_date date not null
  basis text not null
  paid_within_days integer not null
  known_at timestamp with time zone not null
  known_date date not null
  policies jsonb not null
  customer_count integer not null default 0
  done_count integer not null default 0
  after_customer_id uuid
  tallies jsonb not null
  actor text
  request_id text
  finished_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint dunning_simulation_basis_known CHECK ((basis = ANY (ARRAY['effective'::text, 'known'::text])))
  constraint dunning_simulation_finished_is_stamped CHECK (((status = ANY (ARRAY['queued'::text, 'running'::text])) = (finished_at IS NULL)))
  constraint dunning_simulation_one_or_two_policies CHECK ((jsonb_array_length(policies) = ANY (ARRAY[1, 2])))
  constraint dunning_simulation_range CHECK ((from_date <= to_date))
  constraint dunning_simulation_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'cancelled'::text])))
  constraint dunning_simulation_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX dunning_simulation_newest USING btree (tenant_id, created_at, id)
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
  level_date date
  version integer not null default 1
  deadline_date date
  taken_over_level integer
  taken_over_date date
  constraint dunning_state_level_has_day CHECK (((level = 0) OR (level_date IS NOT NULL)))
  constraint dunning_state_level_positive CHECK ((level >= 0))
  constraint dunning_state_taken_over_positive CHECK ((taken_over_level > 0))
  constraint dunning_state_taken_over_whole CHECK (((taken_over_level IS NULL) = (taken_over_date IS NULL)))
  constraint dunning_state_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint dunning_state_policy FOREIGN KEY (tenant_id, policy_id, policy_version) REFERENCES dunning_policy_version(tenant_id, policy_id, version)
  constraint dunning_state_pkey PRIMARY KEY (tenant_id, item_id)
  CREATE INDEX dunning_state_of_customer USING btree (tenant_id, customer_id)
  CREATE INDEX dunning_state_of_invoice USING btree (tenant_id, invoice_id) INCLUDE (level) WHERE (invoice_id IS NOT NULL)
  CREATE INDEX dunning_state_of_policy USING btree (tenant_id, policy_id, policy_version, customer_id) WHERE (level > 0)
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
  reversed_date date
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
  recorded_tx xid8 default pg_current_xact_id()
  address text
  constraint event_pkey PRIMARY KEY (tenant_id, id)
  constraint event_entity_sequence_unique UNIQUE (tenant_id, entity_id, entity_sequence)
  CREATE INDEX event_about_access USING btree (tenant_id, id) WHERE (entity_kind = ANY (ARRAY['tenant'::text, 'api_key'::text, 'approval'::text, 'webhook_endpoint'::text]))
  CREATE INDEX event_of_customer USING btree (tenant_id, customer_id) WHERE (customer_id IS NOT NULL)
  row-level security forced

table event_outbox
  outbox_id bigint not null generated always as identity
  tenant_id uuid not null
  event_id uuid not null
  constraint event_outbox_pkey PRIMARY KEY (tenant_id, outbox_id)
  no row-level security: a queue

table exchange_rate
  tenant_id uuid not null
  id uuid not null
  from_currency text not null
  to_currency text not null
  rate_date date not null
  rate numeric not null
  created_at timestamp with time zone not null
  constraint exchange_rate_of_two CHECK ((from_currency <> to_currency))
  constraint exchange_rate_positive CHECK (((rate > (0)::numeric) AND (rate < ('1000000000000'::bigint)::numeric) AND (scale(rate) <= 10)))
  constraint exchange_rate_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX exchange_rate_latest USING btree (tenant_id, from_currency, to_currency, rate_date, created_at, id)
  CREATE INDEX exchange_rate_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table feed
  tenant_id uuid not null
  position bigint not null
  event_id uuid not null
  type text not null
  entity_kind text not null
  entity_id uuid not null
  customer_id uuid
  constraint feed_pkey PRIMARY KEY (tenant_id, "position")
  constraint feed_event_unique UNIQUE (tenant_id, event_id)
  CREATE INDEX feed_by_type USING btree (tenant_id, type, "position")
  CREATE INDEX feed_of_customer USING btree (tenant_id, customer_id, "position") WHERE (customer_id IS NOT NULL)
  CREATE INDEX feed_of_entity USING btree (tenant_id, entity_kind, entity_id, "position")
  row-level security forced

table feed_head
  tenant_id uuid not null
  last_position bigint not null default 0
  constraint feed_head_pkey PRIMARY KEY (tenant_id)
  no row-level security: a queue

table fixture_load
  tenant_id uuid not null
  id uuid not null
  fixture text not null
  parameters jsonb not null
  handles jsonb not null
  until_at timestamp with time zone not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint fixture_load_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX fixture_load_newest USING btree (tenant_id, created_at, id)
  row-level security forced

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
  csv jsonb
  cut_over_date date
  control_totals jsonb
  constraint import_counts_add_up CHECK (((next_row = ((((1 + created_count) + updated_count) + unchanged_count) + failed_count)) AND (next_row <= (1 + total_count))))
  constraint import_finished_is_stamped CHECK (((status = ANY (ARRAY['queued'::text, 'running'::text])) = (finished_at IS NULL)))
  constraint import_mode_known CHECK ((mode = ANY (ARRAY['create'::text, 'upsert'::text])))
  constraint import_openings_are_controlled CHECK ((((resource = 'opening_balances'::text) = (cut_over_date IS NOT NULL)) AND ((cut_over_date IS NULL) = (control_totals IS NULL)) AND (atomic OR (resource <> 'opening_balances'::text))))
  constraint import_resource_known CHECK ((resource = ANY (ARRAY['customers'::text, 'contacts'::text, 'invoices'::text, 'credit_notes'::text, 'payments'::text, 'credit_limits'::text, 'opening_balances'::text])))
  constraint import_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
  constraint import_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX import_finished USING btree (tenant_id, finished_at) WHERE (finished_at IS NOT NULL)
  CREATE INDEX import_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table import_mapping
  tenant_id uuid not null
  id uuid not null
  name text not null
  resource text not null
  settings jsonb not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint import_mapping_resource_known CHECK ((resource = ANY (ARRAY['customers'::text, 'contacts'::text, 'invoices'::text, 'credit_notes'::text, 'payments'::text, 'credit_limits'::text, 'opening_balances'::text])))
  constraint import_mapping_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX import_mapping_newest USING btree (tenant_id, created_at, id)
  row-level security forced

table import_result
  tenant_id uuid not null
  import_id uuid not null
  row integer not null
  external_id text
  outcome text not null
  resource_id uuid
  problem json
  line integer
  input text
  resource_kind text
  constraint import_result_failed_has_problem CHECK (((outcome = 'failed'::text) = (problem IS NOT NULL)))
  constraint import_result_only_failed_is_kept CHECK (((input IS NULL) OR (outcome = 'failed'::text)))
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
  line integer
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
  creditor_reference text
  early_payment_discounts jsonb not null default '[]'::jsonb
  discounted_amount bigint not null default 0
  deducted_amount bigint not null default 0
  written_off_amount bigint not null default 0
  kind text not null default 'standard'::text
  deposit_deductions jsonb not null default '[]'::jsonb
  deposit_amount bigint not null default 0
  deposit_used_amount bigint not null default 0
  due_date_basis text not null default 'agreed'::text
  received_date date
  consumer_notice_given boolean not null default false
  dunning_policy_id uuid
  no_dunning boolean not null default false
  order_reference text
  taken_over_date date
  original_amount bigint
  constraint invoice_deposit_used_within_total CHECK (((deposit_used_amount >= 0) AND (deposit_used_amount <= total_amount)))
  constraint invoice_due_date_basis_known CHECK ((due_date_basis = ANY (ARRAY['agreed'::text, 'invoice_only'::text])))
  constraint invoice_earliest_follows_open CHECK (((open_amount > 0) = (earliest_open_due_date IS NOT NULL)))
  constraint invoice_issued_has_number CHECK (((status = 'draft'::text) OR (number IS NOT NULL)))
  constraint invoice_kind_known CHECK ((kind = ANY (ARRAY['standard'::text, 'deposit'::text, 'opening'::text])))
  constraint invoice_one_choice CHECK (((NOT no_dunning) OR (dunning_policy_id IS NULL)))
  constraint invoice_only_deposits_are_used CHECK (((deposit_used_amount = 0) OR (kind = 'deposit'::text)))
  constraint invoice_only_openings_are_taken_over CHECK (((taken_over_date IS NULL) OR (kind = 'opening'::text)))
  constraint invoice_open_within_original CHECK (((original_amount IS NULL) OR (original_amount >= total_amount)))
  constraint invoice_open_within_total CHECK (((open_amount >= 0) AND (open_amount <= total_amount)))
  constraint invoice_origin_known CHECK ((origin = ANY (ARRAY['pushed'::text, 'own'::text])))
  constraint invoice_original_has_date CHECK (((original_amount IS NULL) OR (taken_over_date IS NOT NULL)))
  constraint invoice_received_after_issue CHECK ((received_date >= issue_date))
  constraint invoice_status_follows_open CHECK (((status = 'issued'::text) = (open_amount > 0)))
  constraint invoice_status_known CHECK ((status = ANY (ARRAY['draft'::text, 'issued'::text, 'paid'::text, 'void'::text, 'written_off'::text])))
  constraint invoice_total_range CHECK (((total_amount >= 1) AND (total_amount <= '9007199254740991'::bigint)))
  constraint invoice_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint invoice_dunning_policy FOREIGN KEY (tenant_id, dunning_policy_id) REFERENCES dunning_policy(tenant_id, id)
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

table invoice_reference
  tenant_id uuid not null
  key text not null
  invoice_id uuid not null
  constraint invoice_reference_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id) ON DELETE CASCADE
  constraint invoice_reference_pkey PRIMARY KEY (tenant_id, key, invoice_id)
  CREATE INDEX invoice_reference_of_invoice USING btree (tenant_id, invoice_id)
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

table jurisdiction_settings
  tenant_id uuid not null
  jurisdiction text not null
  id uuid not null
  switches jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint jurisdiction_settings_pkey PRIMARY KEY (tenant_id, jurisdiction)
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
  posting_date date not null
  recorded_tx xid8 default pg_current_xact_id()
  constraint ledger_entry_amount_range CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
  constraint ledger_entry_credit_account_known CHECK ((credit_account = ANY (ARRAY['receivable'::text, 'unallocated'::text, 'unidentified'::text, 'cash'::text, 'clearing'::text, 'sales'::text, 'sales_deductions'::text, 'deposits'::text, 'opening_balance'::text, 'fee_income'::text, 'interest_income'::text, 'recovery_income'::text, 'charges_waived'::text, 'discount_allowed'::text, 'payment_difference'::text, 'bank_charges'::text, 'tax_withheld'::text, 'remission'::text, 'bad_debt'::text, 'bad_debt_recovery'::text, 'output_tax'::text, 'refunds_payable'::text, 'deferral'::text])))
  constraint ledger_entry_debit_account_known CHECK ((debit_account = ANY (ARRAY['receivable'::text, 'unallocated'::text, 'unidentified'::text, 'cash'::text, 'clearing'::text, 'sales'::text, 'sales_deductions'::text, 'deposits'::text, 'opening_balance'::text, 'fee_income'::text, 'interest_income'::text, 'recovery_income'::text, 'charges_waived'::text, 'discount_allowed'::text, 'payment_difference'::text, 'bank_charges'::text, 'tax_withheld'::text, 'remission'::text, 'bad_debt'::text, 'bad_debt_recovery'::text, 'output_tax'::text, 'refunds_payable'::text, 'deferral'::text])))
  constraint ledger_entry_not_posted_early CHECK ((posting_date >= effective_date))
  constraint ledger_entry_origin_known CHECK ((origin = ANY (ARRAY['pushed'::text, 'own'::text])))
  constraint ledger_entry_receivable_names_item CHECK (((('receivable'::text <> debit_account) AND ('receivable'::text <> credit_account)) OR ((item_id IS NOT NULL) AND (due_date IS NOT NULL))))
  constraint ledger_entry_source_kind_known CHECK ((source_kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'payment'::text, 'charge'::text, 'refund'::text, 'write_off'::text, 'bank_line'::text, 'transfer'::text, 'deferral'::text])))
  constraint ledger_entry_two_accounts CHECK (((debit_account <> credit_account) OR (debit_customer_id IS DISTINCT FROM credit_customer_id)))
  constraint ledger_entry_pkey PRIMARY KEY (tenant_id, id)
  constraint ledger_entry_undone_once UNIQUE (tenant_id, undoes_id)
  CREATE INDEX ledger_entry_claims USING btree (tenant_id, debit_customer_id, currency, due_date, effective_date) INCLUDE (amount) WHERE (debit_account = 'receivable'::text)
  CREATE INDEX ledger_entry_journal USING btree (tenant_id, posting_date, id)
  CREATE INDEX ledger_entry_money_in USING btree (tenant_id, credit_customer_id, currency, effective_date) INCLUDE (amount) WHERE (credit_account = 'unallocated'::text)
  CREATE INDEX ledger_entry_money_out USING btree (tenant_id, debit_customer_id, currency, effective_date) INCLUDE (amount) WHERE (debit_account = 'unallocated'::text)
  CREATE INDEX ledger_entry_newest USING btree (tenant_id, recorded_at, id)
  CREATE INDEX ledger_entry_of_item USING btree (tenant_id, item_id) WHERE (item_id IS NOT NULL)
  CREATE INDEX ledger_entry_of_source USING btree (tenant_id, source_id)
  CREATE INDEX ledger_entry_settlements USING btree (tenant_id, credit_customer_id, currency, due_date, effective_date) INCLUDE (amount) WHERE (credit_account = 'receivable'::text)
  row-level security forced

table ledger_settings
  tenant_id uuid not null
  id uuid not null
  account_codes jsonb not null default '{}'::jsonb
  closed_until_date date
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint ledger_settings_pkey PRIMARY KEY (tenant_id)
  row-level security forced

table mandate
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  reference text not null
  scheme text not null
  sequence text not null
  status text not null
  debtor_name text not null
  iban text not null
  bic text
  signature_date date not null
  last_used_date date
  lapses_after_date date not null
  block_reason_code text
  revoked_date date
  presented jsonb
  metadata jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint mandate_blocked_says_why CHECK (((status = 'blocked'::text) = (block_reason_code IS NOT NULL)))
  constraint mandate_revoked_is_dated CHECK (((status = 'revoked'::text) = (revoked_date IS NOT NULL)))
  constraint mandate_scheme_known CHECK ((scheme = ANY (ARRAY['core'::text, 'b2b'::text])))
  constraint mandate_sequence_known CHECK ((sequence = ANY (ARRAY['one_off'::text, 'recurring'::text])))
  constraint mandate_status_known CHECK ((status = ANY (ARRAY['active'::text, 'blocked'::text, 'completed'::text, 'lapsed'::text, 'revoked'::text])))
  constraint mandate_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint mandate_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX mandate_lapsing USING btree (tenant_id, lapses_after_date) WHERE (status = 'active'::text)
  CREATE INDEX mandate_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX mandate_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE UNIQUE INDEX mandate_reference_unique USING btree (tenant_id, upper(reference))
  row-level security forced

table matching_settings
  tenant_id uuid not null
  auto_post_score integer not null
  bank_fee_max_amount bigint not null
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint matching_settings_fee_not_negative CHECK ((bank_fee_max_amount >= 0))
  constraint matching_settings_score_range CHECK (((auto_post_score >= 1) AND (auto_post_score <= 101)))
  constraint matching_settings_pkey PRIMARY KEY (tenant_id)
  row-level security forced

table onboarding_check
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  kind text not null
  result text not null
  done_by text not null
  done_date date not null
  note text
  document_reference text
  created_at timestamp with time zone not null
  constraint onboarding_check_result_known CHECK ((result = ANY (ARRAY['passed'::text, 'failed'::text, 'not_applicable'::text])))
  constraint onboarding_check_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint onboarding_check_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX onboarding_check_of_customer USING btree (tenant_id, customer_id, kind, done_date DESC, created_at DESC, id DESC)
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
  discounted_amount bigint not null default 0
  deducted_amount bigint not null default 0
  deposit_amount bigint not null default 0
  waived_amount bigint not null default 0
  constraint open_item_amounts_add_up CHECK ((total_amount = ((((((((open_amount + paid_amount) + credited_amount) + voided_amount) + written_off_amount) + discounted_amount) + deducted_amount) + deposit_amount) + waived_amount)))
  constraint open_item_charge_kind_known CHECK ((charge_kind = ANY (ARRAY['fee'::text, 'interest'::text, 'lump_sum'::text, 'returned_payment'::text])))
  constraint open_item_kind_known CHECK ((kind = ANY (ARRAY['invoice'::text, 'charge'::text])))
  constraint open_item_only_charges_are_waived CHECK (((waived_amount = 0) OR (kind = 'charge'::text)))
  constraint open_item_open_within_total CHECK (((open_amount >= 0) AND (open_amount <= total_amount)))
  constraint open_item_parts_not_negative CHECK (((paid_amount >= 0) AND (credited_amount >= 0) AND (voided_amount >= 0) AND (written_off_amount >= 0) AND (discounted_amount >= 0) AND (deducted_amount >= 0) AND (deposit_amount >= 0) AND (waived_amount >= 0)))
  constraint open_item_source CHECK (((kind = 'invoice'::text) = ((invoice_id IS NOT NULL) AND (charge_kind IS NULL))))
  constraint open_item_total_range CHECK (((total_amount >= 1) AND (total_amount <= '9007199254740991'::bigint)))
  constraint open_item_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint open_item_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint open_item_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint open_item_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX open_item_by_any_due_date USING btree (tenant_id, due_date, id)
  CREATE INDEX open_item_by_due_date USING btree (tenant_id, due_date, id) WHERE (open_amount > 0)
  CREATE INDEX open_item_by_open_amount USING btree (tenant_id, currency, open_amount) WHERE (open_amount > 0)
  CREATE INDEX open_item_of_invoice USING btree (tenant_id, invoice_id, sequence) WHERE (invoice_id IS NOT NULL)
  CREATE INDEX open_item_open USING btree (tenant_id, customer_id, currency, due_date) INCLUDE (open_amount) WHERE (open_amount > 0)
  CREATE INDEX open_item_settled USING btree (tenant_id, customer_id) WHERE ((open_amount = 0) AND (kind = 'invoice'::text) AND (paid_amount > 0))
  row-level security forced

table order_invoiced
  tenant_id uuid not null
  invoice_id uuid not null
  order_id uuid not null
  amount bigint not null
  constraint order_invoiced_positive CHECK ((amount > 0))
  constraint order_invoiced_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint order_invoiced_order FOREIGN KEY (tenant_id, order_id) REFERENCES order_on_hand(tenant_id, id)
  constraint order_invoiced_pkey PRIMARY KEY (tenant_id, invoice_id)
  row-level security forced

table order_on_hand
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  external_id text not null
  currency text not null
  open_amount bigint not null
  expected_date date
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint order_on_hand_open_in_range CHECK (((open_amount >= 0) AND (open_amount <= '9007199254740991'::bigint)))
  constraint order_on_hand_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint order_on_hand_pkey PRIMARY KEY (tenant_id, id)
  constraint order_on_hand_reference_unique UNIQUE (tenant_id, customer_id, external_id)
  CREATE INDEX order_on_hand_by_reference USING btree (tenant_id, external_id)
  CREATE INDEX order_on_hand_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX order_on_hand_open USING btree (tenant_id, customer_id) WHERE (open_amount > 0)
  row-level security forced

table payer_account
  tenant_id uuid not null
  iban text not null
  customer_id uuid not null
  seen_count integer not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint payer_account_seen_positive CHECK ((seen_count > 0))
  constraint payer_account_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint payer_account_pkey PRIMARY KEY (tenant_id, iban, customer_id)
  CREATE INDEX payer_account_of_customer USING btree (tenant_id, customer_id)
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
  account text not null default 'cash'::text
  difference_amount bigint not null default 0
  transferred_amount bigint not null default 0
  transferred_from_id uuid
  provisional_until_date date
  end_to_end_id text
  bank_line_id uuid
  payer_name text
  payer_iban text
  reversal_reason_code text
  recovered_amount bigint not null default 0
  constraint payment_account_known CHECK ((account = ANY (ARRAY['cash'::text, 'clearing'::text, 'opening_balance'::text])))
  constraint payment_amount_range CHECK (((amount >= 1) AND (amount <= '9007199254740991'::bigint)))
  constraint payment_amounts_add_up CHECK ((
CASE
    WHEN (status = 'pending'::text) THEN (0)::bigint
    ELSE amount
END = ((((((allocated_amount + unallocated_amount) + refunded_amount) + transferred_amount) + difference_amount) + reversed_amount) + recovered_amount)))
  constraint payment_opening_is_received CHECK (((account <> 'opening_balance'::text) OR (status <> 'pending'::text)))
  constraint payment_reversed_is_dated CHECK (((status = 'reversed'::text) = (reversal_date IS NOT NULL)))
  constraint payment_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'received'::text, 'reversed'::text])))
  constraint payment_unallocated_within_amount CHECK (((unallocated_amount >= 0) AND (allocated_amount >= 0) AND (refunded_amount >= 0) AND (transferred_amount >= 0) AND (difference_amount >= 0) AND (reversed_amount >= 0) AND (recovered_amount >= 0)))
  constraint payment_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint payment_transferred_from FOREIGN KEY (tenant_id, transferred_from_id) REFERENCES payment(tenant_id, id)
  constraint payment_pkey PRIMARY KEY (tenant_id, id)
  constraint payment_external_id_unique UNIQUE (tenant_id, external_id)
  CREATE INDEX payment_by_end_to_end_id USING btree (tenant_id, end_to_end_id) WHERE (end_to_end_id IS NOT NULL)
  CREATE INDEX payment_by_payer_iban USING btree (tenant_id, payer_iban, amount) WHERE (payer_iban IS NOT NULL)
  CREATE INDEX payment_by_received_date USING btree (tenant_id, received_date)
  CREATE INDEX payment_by_status USING btree (tenant_id, status, created_at, id)
  CREATE INDEX payment_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX payment_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX payment_provisional USING btree (tenant_id, customer_id, provisional_until_date) INCLUDE (currency, amount, reversed_amount) WHERE ((provisional_until_date IS NOT NULL) AND (status = 'received'::text))
  CREATE INDEX payment_transferred USING btree (tenant_id, transferred_from_id) WHERE (transferred_from_id IS NOT NULL)
  CREATE INDEX payment_unallocated USING btree (tenant_id, customer_id, currency) INCLUDE (unallocated_amount) WHERE (unallocated_amount > 0)
  row-level security forced

table recovery
  tenant_id uuid not null
  id uuid not null
  write_off_id uuid not null
  payment_id uuid not null
  currency text not null
  amount bigint not null
  tax_amount bigint not null
  recovery_date date not null
  entry_id uuid not null
  tax_entry_id uuid
  undo_date date
  created_at timestamp with time zone not null
  constraint recovery_amount_positive CHECK ((amount > 0))
  constraint recovery_tax_within_amount CHECK (((tax_amount >= 0) AND (tax_amount < amount) AND ((tax_amount > 0) = (tax_entry_id IS NOT NULL))))
  constraint recovery_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id)
  constraint recovery_write_off FOREIGN KEY (tenant_id, write_off_id) REFERENCES write_off(tenant_id, id)
  constraint recovery_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX recovery_of_payment USING btree (tenant_id, payment_id)
  CREATE INDEX recovery_of_write_off USING btree (tenant_id, write_off_id, id)
  row-level security forced

table reference_rate
  id uuid not null default gen_random_uuid()
  series text not null
  valid_from_date date not null
  ppm integer not null
  source text not null
  verified boolean not null
  constraint reference_rate_pkey PRIMARY KEY (series, valid_from_date)
  no row-level security: a queue

table refund
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  payment_id uuid
  credit_note_id uuid
  status text not null
  currency text not null
  amount bigint not null
  method text not null
  reference text
  reason text not null
  approval_date date not null
  approval_entry_id uuid not null
  paid_date date
  paid_entry_id uuid
  cancellation_date date
  cancellation_reason text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint refund_amount_positive CHECK ((amount > 0))
  constraint refund_cancelled_is_dated CHECK (((status = 'cancelled'::text) = (cancellation_date IS NOT NULL)))
  constraint refund_one_source CHECK (((payment_id IS NULL) <> (credit_note_id IS NULL)))
  constraint refund_paid_is_dated CHECK ((((paid_date IS NULL) = (paid_entry_id IS NULL)) AND ((status <> 'paid'::text) OR (paid_date IS NOT NULL))))
  constraint refund_status_known CHECK ((status = ANY (ARRAY['approved'::text, 'paid'::text, 'cancelled'::text])))
  constraint refund_credit_note FOREIGN KEY (tenant_id, credit_note_id) REFERENCES credit_note(tenant_id, id)
  constraint refund_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint refund_payment FOREIGN KEY (tenant_id, payment_id) REFERENCES payment(tenant_id, id)
  constraint refund_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX refund_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX refund_of_credit_note USING btree (tenant_id, credit_note_id) WHERE (credit_note_id IS NOT NULL)
  CREATE INDEX refund_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX refund_of_payment USING btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL)
  row-level security forced

table reservation
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  check_id uuid
  external_id text
  currency text not null
  amount bigint not null
  open_amount bigint not null
  status text not null default 'active'::text
  expires_at timestamp with time zone not null
  confirmed_by text
  release_reason text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint reservation_confirmed_by_known CHECK ((confirmed_by = ANY (ARRAY['order'::text, 'invoice'::text])))
  constraint reservation_confirmed_by_something CHECK (((status = 'confirmed'::text) = (confirmed_by IS NOT NULL)))
  constraint reservation_holds_while_active CHECK (((status = 'active'::text) = (open_amount > 0)))
  constraint reservation_open_within_amount CHECK ((((open_amount >= 0) AND (open_amount <= amount)) AND (amount > 0)))
  constraint reservation_released_with_reason CHECK (((status = 'released'::text) = (release_reason IS NOT NULL)))
  constraint reservation_status_known CHECK ((status = ANY (ARRAY['active'::text, 'confirmed'::text, 'released'::text, 'expired'::text])))
  constraint reservation_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint reservation_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX reservation_active USING btree (tenant_id, customer_id) WHERE (status = 'active'::text)
  CREATE INDEX reservation_by_reference USING btree (tenant_id, external_id) WHERE (external_id IS NOT NULL)
  CREATE INDEX reservation_expires USING btree (tenant_id, expires_at) WHERE (status = 'active'::text)
  CREATE INDEX reservation_newest USING btree (tenant_id, created_at, id)
  CREATE UNIQUE INDEX reservation_one_active USING btree (tenant_id, customer_id, external_id) WHERE (status = 'active'::text)
  row-level security forced

table reservation_invoiced
  tenant_id uuid not null
  invoice_id uuid not null
  reservation_id uuid not null
  amount bigint not null
  constraint reservation_invoiced_positive CHECK ((amount > 0))
  constraint reservation_invoiced_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint reservation_invoiced_reservation FOREIGN KEY (tenant_id, reservation_id) REFERENCES reservation(tenant_id, id)
  constraint reservation_invoiced_pkey PRIMARY KEY (tenant_id, invoice_id, reservation_id)
  CREATE INDEX reservation_invoiced_of USING btree (tenant_id, reservation_id)
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

table settlement_cursor
  tenant_id uuid not null
  position bigint not null
  constraint settlement_cursor_pkey PRIMARY KEY (tenant_id)
  no row-level security: a queue

table simulator_run
  tenant_id uuid not null
  id uuid not null
  simulator text not null
  parameters jsonb not null
  status text not null
  run_at timestamp with time zone not null
  changes jsonb not null default '[]'::jsonb
  problem jsonb
  load_id uuid
  handle text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint simulator_run_failed_says_why CHECK (((status = 'failed'::text) = (problem IS NOT NULL)))
  constraint simulator_run_status_known CHECK ((status = ANY (ARRAY['scheduled'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
  constraint simulator_run_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX simulator_run_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX simulator_run_next USING btree (tenant_id, run_at, id) WHERE (status = 'scheduled'::text)
  CREATE INDEX simulator_run_of_load USING btree (tenant_id, load_id) WHERE (load_id IS NOT NULL)
  row-level security forced

table task
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  invoice_id uuid
  item_id uuid
  notice_id uuid
  kind text not null
  title text not null
  note text
  assignee text not null
  due_date date not null
  status text not null default 'open'::text
  outcome text
  ended_date date
  origin text not null
  reason text
  origin_key text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint task_ended_when_not_open CHECK (((status = 'open'::text) = (ended_date IS NULL)))
  constraint task_origin_known CHECK ((origin = ANY (ARRAY['person'::text, 'service'::text])))
  constraint task_service_says_why CHECK (((origin = 'service'::text) = ((origin_key IS NOT NULL) AND (reason IS NOT NULL))))
  constraint task_status_known CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'cancelled'::text])))
  constraint task_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint task_invoice FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice(tenant_id, id)
  constraint task_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint task_notice FOREIGN KEY (tenant_id, notice_id) REFERENCES dunning_notice(tenant_id, id)
  constraint task_pkey PRIMARY KEY (tenant_id, id)
  constraint task_opened_once UNIQUE (tenant_id, origin_key)
  CREATE INDEX task_by_due_date USING btree (tenant_id, due_date, id)
  CREATE INDEX task_of_customer USING btree (tenant_id, customer_id)
  CREATE INDEX task_of_invoice USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  CREATE INDEX task_of_item USING btree (tenant_id, item_id) WHERE (item_id IS NOT NULL)
  CREATE INDEX task_of_notice USING btree (tenant_id, notice_id) WHERE (notice_id IS NOT NULL)
  CREATE INDEX task_open_by_due_date USING btree (tenant_id, due_date, id) WHERE (status = 'open'::text)
  row-level security forced

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
  no_dunning boolean not null default false
  suspended_at timestamp with time zone
  suspension_reason text
  write_off_approval_above jsonb not null default '[]'::jsonb
  reset_at timestamp with time zone
  reset_to timestamp with time zone
  reset_keeps text[] not null default '{}'::text[]
  constraint tenant_clock_only_in_test CHECK (((mode = 'test'::text) OR (clock_at IS NULL)))
  constraint tenant_dunning_time_form CHECK ((dunning_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
  constraint tenant_mode_known CHECK ((mode = ANY (ARRAY['live'::text, 'test'::text])))
  constraint tenant_one_choice CHECK (((NOT no_dunning) OR (dunning_policy_id IS NULL)))
  constraint tenant_reset_only_in_test CHECK (((mode = 'test'::text) OR (reset_at IS NULL)))
  constraint tenant_suspension_has_reason CHECK (((suspended_at IS NULL) = (suspension_reason IS NULL)))
  constraint tenant_target_needs_clock CHECK (((clock_target IS NULL) OR (clock_at IS NOT NULL)))
  constraint tenant_dunning_policy FOREIGN KEY (tenant_id, dunning_policy_id) REFERENCES dunning_policy(tenant_id, id)
  constraint tenant_pkey PRIMARY KEY (tenant_id)
  row-level security forced

table tenant_directory
  tenant_id uuid not null
  mode text not null
  suspended boolean not null default false
  created_at timestamp with time zone not null
  constraint tenant_directory_pkey PRIMARY KEY (tenant_id)
  CREATE INDEX tenant_directory_newest USING btree (created_at, tenant_id)
  no row-level security: a queue

table tenant_reference_rate
  tenant_id uuid not null
  id uuid not null
  series text not null
  valid_from_date date not null
  ppm integer not null
  source text not null
  created_at timestamp with time zone not null
  constraint tenant_reference_rate_pkey PRIMARY KEY (tenant_id, id)
  constraint tenant_reference_rate_once UNIQUE (tenant_id, series, valid_from_date)
  row-level security forced

table trade_reference
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  referee text not null
  reference_date date not null
  relation_since date
  high_currency text
  high_amount bigint
  days_late integer
  rating integer not null
  note text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint trade_reference_high_has_currency CHECK (((high_currency IS NULL) = (high_amount IS NULL)))
  constraint trade_reference_high_range CHECK (((high_amount >= 0) AND (high_amount <= '9007199254740991'::bigint)))
  constraint trade_reference_rating_range CHECK (((rating >= 0) AND (rating <= 100)))
  constraint trade_reference_relation_before CHECK ((relation_since <= reference_date))
  constraint trade_reference_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint trade_reference_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX trade_reference_of_customer USING btree (tenant_id, customer_id, created_at, id)
  row-level security forced

table unidentified_money
  tenant_id uuid not null
  bank_line_id uuid not null
  account text not null
  currency text not null
  amount bigint not null
  open_amount bigint not null
  effective_date date not null
  created_at timestamp with time zone not null
  constraint unidentified_money_account_known CHECK ((account = ANY (ARRAY['cash'::text, 'clearing'::text])))
  constraint unidentified_money_open_within_amount CHECK (((amount > 0) AND ((open_amount >= 0) AND (open_amount <= amount))))
  constraint unidentified_money_pkey PRIMARY KEY (tenant_id, bank_line_id)
  CREATE INDEX unidentified_money_open USING btree (tenant_id, effective_date) WHERE (open_amount > 0)
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
  created_at timestamp(3) with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  exhausted_count integer not null default 0
  constraint webhook_delivery_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'skipped'::text, 'cancelled'::text])))
  constraint webhook_delivery_endpoint FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint(tenant_id, id)
  constraint webhook_delivery_pkey PRIMARY KEY (tenant_id, id)
  constraint webhook_delivery_once UNIQUE (tenant_id, endpoint_id, event_id)
  CREATE INDEX webhook_delivery_all_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX webhook_delivery_by_type USING btree (tenant_id, event_type, created_at, id)
  CREATE INDEX webhook_delivery_newest USING btree (tenant_id, endpoint_id, created_at, id)
  CREATE INDEX webhook_delivery_of_event USING btree (tenant_id, event_id)
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
  signature_versions text[] not null default '{v1}'::text[]
  custom_headers jsonb not null default '{}'::jsonb
  max_concurrency integer not null default 8
  throttle_rate integer
  constraint webhook_endpoint_disabled_has_reason CHECK (((status = 'disabled'::text) = (disabled_reason IS NOT NULL)))
  constraint webhook_endpoint_disabled_reason_known CHECK ((disabled_reason = ANY (ARRAY['requested'::text, 'gone'::text, 'failing'::text])))
  constraint webhook_endpoint_pace CHECK ((((max_concurrency >= 1) AND (max_concurrency <= 64)) AND ((throttle_rate >= 1) AND (throttle_rate <= 1000))))
  constraint webhook_endpoint_signed CHECK (((signature_versions = '{v1}'::text[]) OR (signature_versions = '{v1,v1a}'::text[])))
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

table webhook_recovery
  tenant_id uuid not null
  id uuid not null
  endpoint_id uuid not null
  scope text not null
  status text not null default 'queued'::text
  since timestamp with time zone not null
  until timestamp with time zone not null
  resent_count bigint not null default 0
  last_event_id uuid
  finished_at timestamp with time zone
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint webhook_recovery_finished_is_dated CHECK (((status = ANY (ARRAY['succeeded'::text, 'cancelled'::text])) = (finished_at IS NOT NULL)))
  constraint webhook_recovery_range CHECK ((since < until))
  constraint webhook_recovery_scope_known CHECK ((scope = ANY (ARRAY['undelivered'::text, 'missing'::text])))
  constraint webhook_recovery_status_known CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'cancelled'::text])))
  constraint webhook_recovery_endpoint FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint(tenant_id, id)
  constraint webhook_recovery_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX webhook_recovery_newest USING btree (tenant_id, created_at, id)
  CREATE UNIQUE INDEX webhook_recovery_one_at_a_time USING btree (tenant_id, endpoint_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]))
  row-level security forced

table webhook_secret
  tenant_id uuid not null
  id uuid not null
  endpoint_id uuid not null
  sealed text not null
  valid_until timestamp with time zone
  created_at timestamp with time zone not null default now()
  version text not null default 'v1'::text
  public_key text
  constraint webhook_secret_pair_is_published CHECK (((version = 'v1a'::text) = (public_key IS NOT NULL)))
  constraint webhook_secret_version_known CHECK ((version = ANY (ARRAY['v1'::text, 'v1a'::text])))
  constraint webhook_secret_of_endpoint FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint(tenant_id, id)
  constraint webhook_secret_pkey PRIMARY KEY (tenant_id, id)
  CREATE UNIQUE INDEX webhook_secret_current_once USING btree (tenant_id, endpoint_id, version) WHERE (valid_until IS NULL)
  CREATE INDEX webhook_secret_live USING btree (tenant_id, endpoint_id, created_at)
  row-level security forced

table write_off
  tenant_id uuid not null
  id uuid not null
  customer_id uuid not null
  item_id uuid not null
  invoice_id uuid
  status text not null
  currency text not null
  amount bigint not null
  reason text not null
  write_off_date date not null
  entry_id uuid
  relieved_amount bigint not null default 0
  relief_date date
  relief_entry_id uuid
  recovered_amount bigint not null default 0
  undo_date date
  undo_reason text
  version integer not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  approval_id uuid
  constraint write_off_amount_positive CHECK ((amount > 0))
  constraint write_off_booked_has_entry CHECK (((status = ANY (ARRAY['recorded'::text, 'undone'::text])) = (entry_id IS NOT NULL)))
  constraint write_off_recovered_within_amount CHECK (((recovered_amount >= 0) AND (recovered_amount <= amount)))
  constraint write_off_relieved_is_dated CHECK ((((relieved_amount > 0) = (relief_date IS NOT NULL)) AND ((relief_date IS NULL) = (relief_entry_id IS NULL))))
  constraint write_off_relieved_within_amount CHECK (((relieved_amount >= 0) AND (relieved_amount <= amount)))
  constraint write_off_status_known CHECK ((status = ANY (ARRAY['requested'::text, 'recorded'::text, 'rejected'::text, 'withdrawn'::text, 'undone'::text])))
  constraint write_off_undone_is_dated CHECK (((status = 'undone'::text) = (undo_date IS NOT NULL)))
  constraint write_off_undone_is_not_recovered CHECK (((status = 'recorded'::text) OR (recovered_amount = 0)))
  constraint write_off_waits_for_approval CHECK (((status <> ALL (ARRAY['requested'::text, 'rejected'::text, 'withdrawn'::text])) OR (approval_id IS NOT NULL)))
  constraint write_off_approval FOREIGN KEY (tenant_id, approval_id) REFERENCES approval(tenant_id, id)
  constraint write_off_customer FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)
  constraint write_off_item FOREIGN KEY (tenant_id, item_id) REFERENCES open_item(tenant_id, id)
  constraint write_off_pkey PRIMARY KEY (tenant_id, id)
  CREATE INDEX write_off_newest USING btree (tenant_id, created_at, id)
  CREATE INDEX write_off_of_customer USING btree (tenant_id, customer_id, created_at, id)
  CREATE INDEX write_off_of_invoice USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  CREATE INDEX write_off_of_item USING btree (tenant_id, item_id)
  row-level security forced

view invariant_balances
  security_invoker=true
   SELECT tenant_id,
      'customer'::text AS kind,
      customer_id::text AS id
     FROM ( SELECT customer_balance.tenant_id,
              customer_balance.customer_id,
              customer_balance.currency,
              customer_balance.open_amount,
              customer_balance.unallocated_amount,
              0 AS owed,
              0 AS kept
             FROM customer_balance
          UNION ALL
           SELECT open_item.tenant_id,
              open_item.customer_id,
              open_item.currency,
              - open_item.open_amount,
              0,
              0,
              0
             FROM open_item
          UNION ALL
           SELECT payment.tenant_id,
              payment.customer_id,
              payment.currency,
              0,
              - payment.unallocated_amount,
              0,
              0
             FROM payment
          UNION ALL
           SELECT credit_note.tenant_id,
              credit_note.customer_id,
              credit_note.currency,
              0,
              - credit_note.unallocated_amount,
              0,
              0
             FROM credit_note
          UNION ALL
           SELECT customer_balance.tenant_id,
              customer_balance.customer_id,
              customer_balance.currency,
              0,
              0,
              customer_balance.open_amount,
              customer_balance.unallocated_amount
             FROM customer_balance
          UNION ALL
           SELECT ledger_entry.tenant_id,
              ledger_entry.debit_customer_id,
              ledger_entry.currency,
              0,
              0,
                  CASE ledger_entry.debit_account
                      WHEN 'receivable'::text THEN - ledger_entry.amount
                      ELSE 0::bigint
                  END AS "case",
                  CASE ledger_entry.debit_account
                      WHEN 'unallocated'::text THEN ledger_entry.amount
                      ELSE 0::bigint
                  END AS "case"
             FROM ledger_entry
            WHERE ledger_entry.debit_account = ANY (ARRAY['receivable'::text, 'unallocated'::text])
          UNION ALL
           SELECT ledger_entry.tenant_id,
              ledger_entry.credit_customer_id,
              ledger_entry.currency,
              0,
              0,
                  CASE ledger_entry.credit_account
                      WHEN 'receivable'::text THEN ledger_entry.amount
                      ELSE 0::bigint
                  END AS "case",
                  CASE ledger_entry.credit_account
                      WHEN 'unallocated'::text THEN - ledger_entry.amount
                      ELSE 0::bigint
                  END AS "case"
             FROM ledger_entry
            WHERE ledger_entry.credit_account = ANY (ARRAY['receivable'::text, 'unallocated'::text])) part
    GROUP BY tenant_id, customer_id, currency
   HAVING sum(open_amount) <> 0::numeric OR sum(unallocated_amount) <> 0::numeric OR sum(owed) <> 0::numeric OR sum(kept) <> 0::numeric;

view invariant_bank_lines
  security_invoker=true
   SELECT line.tenant_id,
      'bank_line'::text AS kind,
      line.id::text AS id
     FROM bank_line line
       LEFT JOIN ( SELECT bank_line_match.tenant_id,
              bank_line_match.bank_line_id,
              sum(bank_line_match.amount) AS amount
             FROM bank_line_match
            WHERE bank_line_match.undone_at IS NULL
            GROUP BY bank_line_match.tenant_id, bank_line_match.bank_line_id) became ON became.tenant_id = line.tenant_id AND became.bank_line_id = line.id
       LEFT JOIN ( SELECT bank_line.tenant_id,
              bank_line.parent_id,
              sum(bank_line.amount) AS amount
             FROM bank_line
            WHERE bank_line.parent_id IS NOT NULL
            GROUP BY bank_line.tenant_id, bank_line.parent_id) part ON part.tenant_id = line.tenant_id AND part.parent_id = line.id
       LEFT JOIN bank_sighting seen ON seen.tenant_id = line.tenant_id AND seen.bank_line_id = line.id AND seen.statement_id = line.statement_id
    WHERE COALESCE(became.amount, 0::numeric) <>
          CASE
              WHEN line.status = ANY (ARRAY['matched'::text, 'ignored'::text]) THEN line.amount
              ELSE 0::bigint
          END::numeric OR line.status = 'batch'::text AND part.amount IS DISTINCT FROM line.amount::numeric OR line.parent_id IS NULL AND seen.bank_line_id IS NULL
  UNION ALL
   SELECT bank_line.tenant_id,
      'bank_line'::text AS kind,
      (array_agg(bank_line.id ORDER BY bank_line.id DESC))[1]::text AS id
     FROM bank_line
    GROUP BY bank_line.tenant_id, bank_line.bank_account_id, bank_line.fingerprint
   HAVING count(*) > 1
  UNION ALL
   SELECT statement.tenant_id,
      'bank_statement'::text AS kind,
      statement.id::text AS id
     FROM bank_statement statement
       LEFT JOIN ( SELECT seen.tenant_id,
              seen.statement_id,
              line.currency,
              count(*) AS count,
              sum(
                  CASE line.direction
                      WHEN 'credit'::text THEN line.amount
                      ELSE - line.amount
                  END) AS moved
             FROM bank_sighting seen
               JOIN bank_line line ON line.tenant_id = seen.tenant_id AND line.id = seen.bank_line_id
            GROUP BY seen.tenant_id, seen.statement_id, line.currency) shown ON shown.tenant_id = statement.tenant_id AND shown.statement_id = statement.id
    GROUP BY statement.tenant_id, statement.id
   HAVING COALESCE(sum(shown.count), 0::numeric) <> (statement.entry_count - statement.not_booked_count)::numeric OR statement.balanced AND statement.format <> 'mt940'::text AND statement.closing_amount::numeric <> (statement.opening_amount::numeric + COALESCE(sum(shown.moved) FILTER (WHERE shown.currency = statement.currency), 0::numeric))
  UNION ALL
   SELECT statement.tenant_id,
      'bank_statement'::text AS kind,
      statement.id::text AS id
     FROM ( SELECT known.tenant_id,
              known.id,
              known.bank_account_id,
              known.bank_file_id,
              known."position",
              known.kind,
              known.format,
              known.identification,
              known.number,
              known.currency,
              known.from_date,
              known.to_date,
              known.opening_amount,
              known.opening_date,
              known.closing_amount,
              known.closing_date,
              known.entry_count,
              known.detail_count,
              known.not_booked_count,
              known.new_line_count,
              known.duplicate_count,
              known.balanced,
              known.continuity,
              known.version,
              known.created_at,
              known.updated_at,
              known.begins,
              known.ends,
              min(known.ends) OVER account AS first_end,
              max(known.ends) OVER (account ORDER BY known.begins GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_until
             FROM ( SELECT bank_statement.tenant_id,
                      bank_statement.id,
                      bank_statement.bank_account_id,
                      bank_statement.bank_file_id,
                      bank_statement."position",
                      bank_statement.kind,
                      bank_statement.format,
                      bank_statement.identification,
                      bank_statement.number,
                      bank_statement.currency,
                      bank_statement.from_date,
                      bank_statement.to_date,
                      bank_statement.opening_amount,
                      bank_statement.opening_date,
                      bank_statement.closing_amount,
                      bank_statement.closing_date,
                      bank_statement.entry_count,
                      bank_statement.detail_count,
                      bank_statement.not_booked_count,
                      bank_statement.new_line_count,
                      bank_statement.duplicate_count,
                      bank_statement.balanced,
                      bank_statement.continuity,
                      bank_statement.version,
                      bank_statement.created_at,
                      bank_statement.updated_at,
                      COALESCE(bank_statement.opening_date, bank_statement.from_date) AS begins,
                      COALESCE(bank_statement.closing_date, bank_statement.to_date) AS ends
                     FROM bank_statement
                    WHERE bank_statement.kind = 'statement'::text) known
            WHERE known.begins IS NOT NULL AND known.ends IS NOT NULL
            WINDOW account AS (PARTITION BY known.tenant_id, known.bank_account_id)) statement
       LEFT JOIN ( SELECT bank_statement.tenant_id,
              bank_statement.bank_account_id,
              bank_statement.closing_amount,
              min(COALESCE(bank_statement.closing_date, bank_statement.to_date)) AS ends
             FROM bank_statement
            WHERE bank_statement.kind = 'statement'::text
            GROUP BY bank_statement.tenant_id, bank_statement.bank_account_id, bank_statement.closing_amount) before ON before.tenant_id = statement.tenant_id AND before.bank_account_id = statement.bank_account_id AND before.closing_amount = statement.opening_amount AND before.ends <= statement.ends
    WHERE statement.continuity <> 'gap'::text AND statement.opening_amount IS NOT NULL AND statement.first_end < statement.ends AND before.ends IS NULL AND COALESCE(statement.covered_until <= statement.begins, true);

view invariant_credit
  security_invoker=true
   SELECT checked.tenant_id,
      'credit_check'::text AS kind,
      checked.id::text AS id
     FROM credit_check checked
       LEFT JOIN credit_override word ON word.tenant_id = checked.tenant_id AND word.check_id = checked.id
    WHERE checked.status = 'released'::text AND word.id IS NULL OR checked.outcome <> 'approve'::text AND word.id IS NULL AND (EXISTS ( SELECT
             FROM reservation held
            WHERE held.tenant_id = checked.tenant_id AND held.check_id = checked.id)) OR checked.outcome <> 'approve'::text AND checked.status = 'approved'::text OR word.id IS NOT NULL AND (''::text = btrim(word.role) OR ''::text = btrim(word.reason))
  UNION ALL
   SELECT measured.tenant_id,
      'credit_check'::text AS kind,
      measured.id::text AS id
     FROM ( SELECT credit_check.tenant_id,
              credit_check.id,
              'limit'::text AS rule,
              credit_check.rules,
              credit_check.exposure,
              credit_check.customer_id
             FROM credit_check
            WHERE credit_check.outcome = 'approve'::text
          UNION ALL
           SELECT credit_check.tenant_id,
              credit_check.id,
              'group_limit'::text,
              credit_check.rules,
              credit_check.group_exposure,
              NULL::uuid
             FROM credit_check
            WHERE credit_check.outcome = 'approve'::text AND credit_check.group_exposure IS NOT NULL) measured
       LEFT JOIN LATERAL ( SELECT finding.value -> 'inputs'::text AS inputs
             FROM jsonb_array_elements(measured.rules) finding(value)
            WHERE (finding.value ->> 'rule'::text) = measured.rule) judged ON true
       LEFT JOIN credit_limit ON credit_limit.tenant_id = measured.tenant_id AND credit_limit.id = ((measured.exposure ->> 'limit_id'::text)::uuid)
    WHERE (measured.exposure ->> 'limit_id'::text) IS NOT NULL AND (measured.customer_id IS DISTINCT FROM credit_limit.customer_id OR ((measured.exposure ->> 'limit_amount'::text)::numeric) IS DISTINCT FROM credit_limit.amount::numeric OR ((((measured.exposure ->> 'amount'::text)::numeric) + ((measured.exposure ->> 'asked_amount'::text)::numeric)) * 100::numeric) > (credit_limit.amount::numeric * (100::numeric + COALESCE((judged.inputs ->> 'tolerance_percent'::text)::numeric, 0::numeric))))
  UNION ALL
   SELECT held.tenant_id,
      'reservation'::text AS kind,
      held.id::text AS id
     FROM reservation held
       JOIN credit_check checked ON checked.tenant_id = held.tenant_id AND checked.id = held.check_id
    WHERE held.customer_id IS DISTINCT FROM checked.customer_id OR held.currency IS DISTINCT FROM checked.currency OR held.amount IS DISTINCT FROM checked.amount OR held.id IS DISTINCT FROM checked.reservation_id OR held.open_amount > held.amount
  UNION ALL
   SELECT turn.tenant_id,
      'credit_check'::text AS kind,
      turn.id::text AS id
     FROM ( SELECT credit_check.tenant_id,
              credit_check.id,
              credit_check.decided_tx,
              credit_check.snapshot::pg_snapshot AS snapshot,
              lag(credit_check.decided_tx) OVER in_turn AS decided_before,
              lag(credit_check.snapshot::pg_snapshot) OVER in_turn AS snapshot_before
             FROM credit_check
            WHERE credit_check.status = 'approved'::text AND credit_check.reservation_id IS NOT NULL AND credit_check.snapshot <> ''::text
            WINDOW in_turn AS (PARTITION BY credit_check.tenant_id, credit_check.customer_id ORDER BY (pg_snapshot_xmax(credit_check.snapshot::pg_snapshot)), (pg_snapshot_xmin(credit_check.snapshot::pg_snapshot)), credit_check.id)) turn
    WHERE NOT pg_visible_in_snapshot(turn.decided_before, turn.snapshot) AND NOT pg_visible_in_snapshot(turn.decided_tx, turn.snapshot_before);

view invariant_currencies
  security_invoker=true
   SELECT allocation.tenant_id,
      'allocation'::text AS kind,
      allocation.id::text AS id
     FROM allocation
       JOIN open_item item ON item.tenant_id = allocation.tenant_id AND item.id = allocation.item_id
       LEFT JOIN payment ON payment.tenant_id = allocation.tenant_id AND payment.id = allocation.payment_id
       LEFT JOIN credit_note note ON note.tenant_id = allocation.tenant_id AND note.id = allocation.credit_note_id
    WHERE allocation.currency IS DISTINCT FROM item.currency OR allocation.customer_id IS DISTINCT FROM item.customer_id OR allocation.invoice_id IS DISTINCT FROM item.invoice_id OR allocation.currency IS DISTINCT FROM COALESCE(payment.currency, note.currency) OR allocation.customer_id IS DISTINCT FROM COALESCE(payment.customer_id, note.customer_id)
  UNION ALL
   SELECT item.tenant_id,
      'open_item'::text AS kind,
      item.id::text AS id
     FROM open_item item
       JOIN invoice ON invoice.tenant_id = item.tenant_id AND invoice.id = item.invoice_id
    WHERE item.currency IS DISTINCT FROM invoice.currency OR item.customer_id IS DISTINCT FROM invoice.customer_id
  UNION ALL
   SELECT deduction.tenant_id,
      'allocation'::text AS kind,
      allocation.id::text AS id
     FROM deduction
       JOIN allocation ON allocation.tenant_id = deduction.tenant_id AND allocation.id = deduction.allocation_id
       LEFT JOIN ledger_entry entry ON entry.tenant_id = deduction.tenant_id AND entry.id = deduction.entry_id
    WHERE deduction.item_id IS DISTINCT FROM allocation.item_id OR entry.currency IS DISTINCT FROM allocation.currency
  UNION ALL
   SELECT refund.tenant_id,
      'refund'::text AS kind,
      refund.id::text AS id
     FROM refund
       LEFT JOIN payment ON payment.tenant_id = refund.tenant_id AND payment.id = refund.payment_id
       LEFT JOIN credit_note note ON note.tenant_id = refund.tenant_id AND note.id = refund.credit_note_id
    WHERE refund.currency IS DISTINCT FROM COALESCE(payment.currency, note.currency) OR refund.customer_id IS DISTINCT FROM COALESCE(payment.customer_id, note.customer_id)
  UNION ALL
   SELECT given_up.tenant_id,
      'write_off'::text AS kind,
      given_up.id::text AS id
     FROM write_off given_up
       JOIN open_item item ON item.tenant_id = given_up.tenant_id AND item.id = given_up.item_id
    WHERE given_up.currency IS DISTINCT FROM item.currency OR given_up.customer_id IS DISTINCT FROM item.customer_id OR given_up.invoice_id IS DISTINCT FROM item.invoice_id
  UNION ALL
   SELECT recovery.tenant_id,
      'recovery'::text AS kind,
      recovery.id::text AS id
     FROM recovery
       JOIN write_off given_up ON given_up.tenant_id = recovery.tenant_id AND given_up.id = recovery.write_off_id
       JOIN payment ON payment.tenant_id = recovery.tenant_id AND payment.id = recovery.payment_id
    WHERE recovery.currency <> given_up.currency OR recovery.currency <> payment.currency;

view invariant_deliveries
  security_invoker=true
   SELECT delivery.tenant_id,
      'webhook_delivery'::text AS kind,
      delivery.id::text AS id
     FROM webhook_delivery delivery
       LEFT JOIN webhook_queue queued ON queued.tenant_id = delivery.tenant_id AND queued.delivery_id = delivery.id
    WHERE (delivery.status = 'pending'::text) <> (queued.delivery_id IS NOT NULL) OR delivery.attempt_count < jsonb_array_length(delivery.attempts) OR delivery.status = 'delivered'::text AND delivery.attempt_count = 0;

view invariant_dunning
  security_invoker=true
   SELECT dunning_step.tenant_id,
      'open_item'::text AS kind,
      dunning_step.item_id::text AS id
     FROM dunning_step
    WHERE dunning_step.level <= dunning_step.from_level
  UNION ALL
   SELECT dunning_step.tenant_id,
      'open_item'::text AS kind,
      dunning_step.item_id::text AS id
     FROM dunning_step
    GROUP BY dunning_step.tenant_id, dunning_step.item_id, dunning_step.cycle, dunning_step.level
   HAVING count(*) > 1
  UNION ALL
   SELECT step.tenant_id,
      'open_item'::text AS kind,
      step.item_id::text AS id
     FROM dunning_step step
       JOIN dunning_notice notice ON notice.tenant_id = step.tenant_id AND notice.id = step.notice_id
       CROSS JOIN LATERAL ( SELECT sum(signed.amount) FILTER (WHERE signed.recorded_at <= notice.created_at) AS owed,
              sum(signed.amount) FILTER (WHERE signed.recorded_at <= (notice.created_at - '00:01:00'::interval)) AS owed_before
             FROM ( SELECT entry.recorded_at,
                          CASE entry.debit_account
                              WHEN 'receivable'::text THEN entry.amount
                              ELSE - entry.amount
                          END AS amount
                     FROM ledger_entry entry
                    WHERE entry.tenant_id = step.tenant_id AND entry.item_id = step.item_id AND ('receivable'::text = entry.debit_account OR 'receivable'::text = entry.credit_account)) signed) claim
    WHERE claim.owed <= 0::numeric AND claim.owed_before <= 0::numeric;

view invariant_entries
  security_invoker=true
   SELECT entry.tenant_id,
      'ledger_entry'::text AS kind,
      entry.id::text AS id
     FROM ledger_entry entry
       LEFT JOIN open_item item ON item.tenant_id = entry.tenant_id AND item.id = entry.item_id
       LEFT JOIN ledger_entry done ON done.tenant_id = entry.tenant_id AND done.id = entry.undoes_id
    WHERE entry.amount < 1 OR entry.currency <> item.currency OR entry.debit_account = entry.credit_account AND NOT entry.debit_customer_id IS DISTINCT FROM entry.credit_customer_id OR entry.undoes_id IS NOT NULL AND (entry.amount IS DISTINCT FROM done.amount OR entry.currency IS DISTINCT FROM done.currency OR entry.debit_account IS DISTINCT FROM done.credit_account OR entry.credit_account IS DISTINCT FROM done.debit_account);

view invariant_events
  security_invoker=true
   SELECT event.tenant_id,
      'event'::text AS kind,
      (array_agg(event.id ORDER BY event.entity_sequence DESC))[1]::text AS id
     FROM event
    GROUP BY event.tenant_id, event.entity_kind, event.entity_id
   HAVING min(event.entity_sequence) <>
          CASE
              WHEN event.entity_kind = ANY (ARRAY['bank_line'::text, 'dunning_decision'::text]) THEN 2
              ELSE 1
          END OR (max(event.entity_sequence) - min(event.entity_sequence) + 1) <> count(*)
  UNION ALL
   SELECT known.tenant_id,
      known.kind,
      known.id::text AS id
     FROM ( SELECT invoice.tenant_id,
              'invoice'::text AS kind,
              invoice.id,
              invoice.version
             FROM invoice
          UNION ALL
           SELECT payment.tenant_id,
              'payment'::text,
              payment.id,
              payment.version
             FROM payment
          UNION ALL
           SELECT credit_note.tenant_id,
              'credit_note'::text,
              credit_note.id,
              credit_note.version
             FROM credit_note
          UNION ALL
           SELECT refund.tenant_id,
              'refund'::text,
              refund.id,
              refund.version
             FROM refund
          UNION ALL
           SELECT write_off.tenant_id,
              'write_off'::text,
              write_off.id,
              write_off.version
             FROM write_off
          UNION ALL
           SELECT customer.tenant_id,
              'customer'::text,
              customer.id,
              customer.version
             FROM customer) known
       LEFT JOIN ( SELECT event.tenant_id,
              event.entity_id,
              max(event.entity_sequence) AS version
             FROM event
            GROUP BY event.tenant_id, event.entity_id) told ON told.tenant_id = known.tenant_id AND told.entity_id = known.id
    WHERE told.version IS DISTINCT FROM known.version
  UNION ALL
   SELECT event.tenant_id,
      'event'::text AS kind,
      event.id::text AS id
     FROM event
       LEFT JOIN feed ON feed.tenant_id = event.tenant_id AND feed.event_id = event.id
       LEFT JOIN event_outbox waiting ON waiting.tenant_id = event.tenant_id AND waiting.event_id = event.id
    WHERE (feed.event_id IS NULL) = (waiting.event_id IS NULL);

view invariant_idempotency
  security_invoker=true
   SELECT idempotency_key.tenant_id,
      'idempotency_key'::text AS kind,
      encode(idempotency_key.key_hash, 'hex'::text) AS id
     FROM idempotency_key
    WHERE idempotency_key.status < 200 OR idempotency_key.status > 499 OR (idempotency_key.status = ANY (ARRAY[401, 403, 429]))
  UNION ALL
   SELECT idempotency_key.tenant_id,
      'idempotency_key'::text AS kind,
      encode(idempotency_key.key_hash, 'hex'::text) AS id
     FROM idempotency_key
    GROUP BY idempotency_key.tenant_id, idempotency_key.key_hash
   HAVING count(*) > 1;

view invariant_invoice_amounts
  security_invoker=true
   SELECT item.tenant_id,
      'open_item'::text AS kind,
      item.id::text AS id
     FROM open_item item
       LEFT JOIN ( SELECT allocation.tenant_id,
              allocation.item_id,
              sum(allocation.amount) FILTER (WHERE allocation.payment_id IS NOT NULL) AS paid,
              sum(allocation.amount) FILTER (WHERE allocation.credit_note_id IS NOT NULL) AS credited
             FROM allocation
            WHERE allocation.undone_date IS NULL
            GROUP BY allocation.tenant_id, allocation.item_id) settled ON settled.tenant_id = item.tenant_id AND settled.item_id = item.id
       LEFT JOIN ( SELECT deduction.tenant_id,
              deduction.item_id,
              sum(deduction.amount) AS amount
             FROM deduction
            WHERE deduction.undone_date IS NULL
            GROUP BY deduction.tenant_id, deduction.item_id) kept ON kept.tenant_id = item.tenant_id AND kept.item_id = item.id
       LEFT JOIN ( SELECT write_off.tenant_id,
              write_off.item_id,
              sum(write_off.amount) AS amount
             FROM write_off
            WHERE write_off.status = 'recorded'::text
            GROUP BY write_off.tenant_id, write_off.item_id) given_up ON given_up.tenant_id = item.tenant_id AND given_up.item_id = item.id
    WHERE item.paid_amount::numeric <> COALESCE(settled.paid, 0::numeric) OR item.credited_amount::numeric <> COALESCE(settled.credited, 0::numeric) OR (item.discounted_amount + item.deducted_amount)::numeric <> COALESCE(kept.amount, 0::numeric) OR item.written_off_amount::numeric <> COALESCE(given_up.amount, 0::numeric) OR item.open_amount < 0 OR item.open_amount > item.total_amount
  UNION ALL
   SELECT invoice.tenant_id,
      'invoice'::text AS kind,
      invoice.id::text AS id
     FROM invoice
       LEFT JOIN ( SELECT open_item.tenant_id,
              open_item.invoice_id,
              sum(open_item.total_amount) AS total,
              sum(open_item.open_amount) AS open,
              sum(open_item.paid_amount) AS paid,
              sum(open_item.credited_amount) AS credited,
              sum(open_item.written_off_amount) AS written_off
             FROM open_item
            WHERE open_item.invoice_id IS NOT NULL
            GROUP BY open_item.tenant_id, open_item.invoice_id) item ON item.tenant_id = invoice.tenant_id AND item.invoice_id = invoice.id
    WHERE invoice.open_amount::numeric <> COALESCE(item.open, 0::numeric) OR invoice.paid_amount::numeric <> COALESCE(item.paid, 0::numeric) OR invoice.credited_amount::numeric <> COALESCE(item.credited, 0::numeric) OR invoice.written_off_amount::numeric <> COALESCE(item.written_off, 0::numeric) OR invoice.status <> 'draft'::text AND invoice.total_amount::numeric <> COALESCE(item.total, 0::numeric);

view invariant_job_slots
  security_invoker=true
   SELECT run.tenant_id,
      'job_run'::text AS kind,
      (run.job || ' '::text) || run.slot AS id
     FROM job_run run
    WHERE (run.status = 'running'::text) <> (run.finished_at IS NULL) OR (run.status = ANY (ARRAY['failed'::text, 'skipped'::text])) AND run.reason IS NULL OR run.status = 'running'::text AND (EXISTS ( SELECT
             FROM job_run later
            WHERE later.tenant_id = run.tenant_id AND later.job = run.job AND later.slot > run.slot AND later.status = 'done'::text))
  UNION ALL
   SELECT run.tenant_id,
      'job_run'::text AS kind,
      (run.job || ' '::text) || run.slot AS id
     FROM ( SELECT job_run.tenant_id,
              job_run.job,
              job_run.slot,
              lead(job_run.slot) OVER (PARTITION BY job_run.tenant_id, job_run.job ORDER BY job_run.slot) AS following
             FROM job_run) run
       JOIN tenant ON tenant.tenant_id = run.tenant_id AND tenant.mode = 'live'::text
       LEFT JOIN schedule ON schedule.tenant_id = run.tenant_id AND schedule.job = run.job
    WHERE (COALESCE(run.following, (schedule.next_at AT TIME ZONE tenant.time_zone)::date) - run.slot) > 1 AND (run.following IS NOT NULL OR schedule.next_at > now());

view invariant_money_amounts
  security_invoker=true
   SELECT money.tenant_id,
      money.kind,
      money.id::text AS id
     FROM ( SELECT payment.tenant_id,
              'payment'::text AS kind,
              payment.id,
              payment.allocated_amount,
              payment.refunded_amount,
              payment.unallocated_amount,
                  CASE
                      WHEN payment.status = 'pending'::text THEN 0::bigint
                      ELSE payment.amount
                  END = (payment.allocated_amount + payment.unallocated_amount + payment.refunded_amount + payment.recovered_amount + payment.transferred_amount + payment.difference_amount + payment.reversed_amount) AS adds_up
             FROM payment
          UNION ALL
           SELECT credit_note.tenant_id,
              'credit_note'::text,
              credit_note.id,
              credit_note.allocated_amount,
              credit_note.refunded_amount,
              credit_note.unallocated_amount,
              credit_note.total_amount = (credit_note.allocated_amount + credit_note.unallocated_amount + credit_note.refunded_amount)
             FROM credit_note) money
       LEFT JOIN ( SELECT allocation.tenant_id,
              COALESCE(allocation.payment_id, allocation.credit_note_id) AS id,
              sum(allocation.amount) AS amount
             FROM allocation
            WHERE allocation.undone_date IS NULL
            GROUP BY allocation.tenant_id, (COALESCE(allocation.payment_id, allocation.credit_note_id))) settled ON settled.tenant_id = money.tenant_id AND settled.id = money.id
       LEFT JOIN ( SELECT refund.tenant_id,
              COALESCE(refund.payment_id, refund.credit_note_id) AS id,
              sum(refund.amount) AS amount
             FROM refund
            WHERE refund.status <> 'cancelled'::text
            GROUP BY refund.tenant_id, (COALESCE(refund.payment_id, refund.credit_note_id))) returned ON returned.tenant_id = money.tenant_id AND returned.id = money.id
    WHERE NOT money.adds_up OR money.unallocated_amount < 0 OR money.allocated_amount::numeric <> COALESCE(settled.amount, 0::numeric) OR money.refunded_amount::numeric <> COALESCE(returned.amount, 0::numeric);

view invariant_nothing_lost
  security_invoker=true
   SELECT booked.tenant_id,
      booked.kind,
      booked.id::text AS id
     FROM ( SELECT allocation.tenant_id,
              'allocation'::text AS kind,
              allocation.id,
              allocation.entry_id,
              allocation.undone_date IS NOT NULL AS taken_back
             FROM allocation
          UNION ALL
           SELECT deduction.tenant_id,
              'allocation'::text,
              deduction.allocation_id,
              deduction.entry_id,
              deduction.undone_date IS NOT NULL
             FROM deduction
          UNION ALL
           SELECT deduction.tenant_id,
              'allocation'::text,
              deduction.allocation_id,
              deduction.tax_entry_id,
              deduction.undone_date IS NOT NULL
             FROM deduction
            WHERE deduction.tax_entry_id IS NOT NULL
          UNION ALL
           SELECT refund.tenant_id,
              'refund'::text,
              refund.id,
              refund.approval_entry_id,
              refund.status = 'cancelled'::text
             FROM refund
          UNION ALL
           SELECT refund.tenant_id,
              'refund'::text,
              refund.id,
              refund.paid_entry_id,
              refund.status = 'cancelled'::text
             FROM refund
            WHERE refund.paid_entry_id IS NOT NULL
          UNION ALL
           SELECT write_off.tenant_id,
              'write_off'::text,
              write_off.id,
              write_off.entry_id,
              write_off.status = 'undone'::text
             FROM write_off
            WHERE write_off.entry_id IS NOT NULL
          UNION ALL
           SELECT write_off.tenant_id,
              'write_off'::text,
              write_off.id,
              write_off.relief_entry_id,
              write_off.status = 'undone'::text
             FROM write_off
            WHERE write_off.relief_entry_id IS NOT NULL
          UNION ALL
           SELECT recovery.tenant_id,
              'recovery'::text,
              recovery.id,
              recovery.entry_id,
              recovery.undo_date IS NOT NULL
             FROM recovery
          UNION ALL
           SELECT recovery.tenant_id,
              'recovery'::text,
              recovery.id,
              recovery.tax_entry_id,
              recovery.undo_date IS NOT NULL
             FROM recovery
            WHERE recovery.tax_entry_id IS NOT NULL) booked
       LEFT JOIN ledger_entry entry ON entry.tenant_id = booked.tenant_id AND entry.id = booked.entry_id
       LEFT JOIN ledger_entry undo ON undo.tenant_id = booked.tenant_id AND undo.undoes_id = booked.entry_id
    WHERE entry.id IS NULL OR (undo.id IS NOT NULL) <> booked.taken_back
  UNION ALL
   SELECT feed.tenant_id,
      'event'::text AS kind,
      feed.event_id::text AS id
     FROM feed
       LEFT JOIN event ON event.tenant_id = feed.tenant_id AND event.id = feed.event_id
    WHERE event.id IS NULL
  UNION ALL
   SELECT told.tenant_id,
      'event'::text AS kind,
      told.event_id::text AS id
     FROM ( SELECT feed.tenant_id,
              feed.event_id,
              feed."position",
              lag(feed."position", 1, 0::bigint) OVER (PARTITION BY feed.tenant_id ORDER BY feed."position") AS before,
              lead(feed."position") OVER (PARTITION BY feed.tenant_id ORDER BY feed."position") IS NULL AS is_last
             FROM feed) told
       JOIN tenant ON tenant.tenant_id = told.tenant_id AND tenant.reset_at IS NULL
       JOIN feed_head head ON head.tenant_id = told.tenant_id
       LEFT JOIN ( SELECT event.tenant_id,
              max(COALESCE(feed."position", '9223372036854775807'::bigint)) AS "position"
             FROM event
               LEFT JOIN feed ON feed.tenant_id = event.tenant_id AND feed.event_id = event.id
            WHERE event.type = 'tenant.reset'::text
            GROUP BY event.tenant_id) emptied ON emptied.tenant_id = told.tenant_id
    WHERE told.before <> (told."position" - 1) AND told."position" > COALESCE(emptied."position", 0::bigint) OR told.is_last AND told."position" <> head.last_position AND COALESCE(emptied."position", 0::bigint) <= told."position"
  UNION ALL
   SELECT block.tenant_id,
      'audit_block'::text AS kind,
      block.number::text AS id
     FROM ( SELECT audit_block.tenant_id,
              audit_block.number,
              audit_block.first_position,
              audit_block.last_position,
              audit_block.event_hashes,
              audit_block.previous_hash,
              audit_block.hash,
              audit_block.sealed_at,
              lag(audit_block.number, 1, 0::bigint) OVER chain AS number_before,
              lag(audit_block.hash, 1, repeat('0'::text, 64)) OVER chain AS hash_before,
              lag(audit_block.last_position) OVER chain AS position_before,
              lead(audit_block.number) OVER chain IS NULL AS is_last
             FROM audit_block
            WINDOW chain AS (PARTITION BY audit_block.tenant_id ORDER BY audit_block.number)) block
       JOIN ( SELECT tenant.tenant_id,
              tenant.mode,
              tenant.reset_at,
              'ten_'::text || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz'::text, SUBSTRING(('00'::"bit"::bit varying || (('x'::text || replace(tenant.tenant_id::text, '-'::text, ''::text)))::bit(128)::bit varying) FROM 5 * place.place + 1 FOR 5)::bit(5)::integer + 1, 1), ''::text ORDER BY place.place) AS name
             FROM tenant,
              generate_series(0, 25) place(place)
            GROUP BY tenant.tenant_id) owner ON owner.tenant_id = block.tenant_id AND owner.reset_at IS NULL
       JOIN audit_head head ON head.tenant_id = block.tenant_id
    WHERE block.number <> (block.number_before + 1) OR block.previous_hash <> block.hash_before OR block.first_position <> COALESCE(block.position_before + 1,
          CASE owner.mode
              WHEN 'live'::text THEN 1::bigint
              ELSE block.first_position
          END) OR block.is_last AND block.last_position <> head.last_position OR block.hash <> encode(sha256(convert_to(concat_ws('
  '::text, 'receivables audit block 1', owner.name, block.number, block.first_position, block.last_position, block.previous_hash, to_char((block.sealed_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text), regexp_replace(encode(block.event_hashes, 'hex'::text), '(.{64})'::text, '\1
  '::text, 'g'::text)), 'UTF8'::name)), 'hex'::text)
  UNION ALL
   SELECT tenant.tenant_id,
      'tenant'::text AS kind,
      tenant.tenant_id::text AS id
     FROM tenant
       JOIN audit_head head ON head.tenant_id = tenant.tenant_id
    WHERE tenant.mode = 'live'::text AND head.last_position > 0 AND NOT (EXISTS ( SELECT
             FROM audit_block block
            WHERE block.tenant_id = tenant.tenant_id));

view invariant_numbers
  security_invoker=true
   SELECT invoice.tenant_id,
      'invoice'::text AS kind,
      invoice.id::text AS id
     FROM invoice
    WHERE invoice.status <> 'draft'::text AND invoice.number IS NULL
  UNION ALL
   SELECT invoice.tenant_id,
      'invoice'::text AS kind,
      (array_agg(invoice.id ORDER BY invoice.id DESC))[1]::text AS id
     FROM invoice
    WHERE invoice.number IS NOT NULL
    GROUP BY invoice.tenant_id, invoice.number
   HAVING count(*) > 1
  UNION ALL
   SELECT credit_note.tenant_id,
      'credit_note'::text AS kind,
      (array_agg(credit_note.id ORDER BY credit_note.id DESC))[1]::text AS id
     FROM credit_note
    GROUP BY credit_note.tenant_id, credit_note.number
   HAVING count(*) > 1;

view invariant_statuses
  security_invoker=true
   SELECT invoice.tenant_id,
      'invoice'::text AS kind,
      invoice.id::text AS id
     FROM invoice
    WHERE invoice.status IS DISTINCT FROM
          CASE
              WHEN invoice.void_date IS NOT NULL THEN 'void'::text
              WHEN NOT (EXISTS ( SELECT
                 FROM open_item item
                WHERE item.tenant_id = invoice.tenant_id AND item.invoice_id = invoice.id)) THEN 'draft'::text
              WHEN invoice.open_amount > 0 THEN 'issued'::text
              WHEN invoice.written_off_amount > 0 THEN 'written_off'::text
              ELSE 'paid'::text
          END
  UNION ALL
   SELECT payment.tenant_id,
      'payment'::text AS kind,
      payment.id::text AS id
     FROM payment
    WHERE (payment.status = 'reversed'::text) <> (payment.reversal_date IS NOT NULL) OR payment.status = 'pending'::text AND (payment.unallocated_amount + payment.allocated_amount + payment.refunded_amount) > 0 OR payment.status <> 'reversed'::text AND payment.reversed_amount > 0;

view invariant_tenants
  security_invoker=true
   SELECT edge.tenant_id,
      edge.kind,
      edge.id::text AS id
     FROM ( SELECT ledger_entry.tenant_id,
              'ledger_entry'::text AS kind,
              ledger_entry.id,
              ledger_entry.debit_customer_id AS customer_id
             FROM ledger_entry
            WHERE ledger_entry.debit_customer_id IS NOT NULL
          UNION ALL
           SELECT ledger_entry.tenant_id,
              'ledger_entry'::text,
              ledger_entry.id,
              ledger_entry.credit_customer_id
             FROM ledger_entry
            WHERE ledger_entry.credit_customer_id IS NOT NULL AND ledger_entry.credit_customer_id IS DISTINCT FROM ledger_entry.debit_customer_id
          UNION ALL
           SELECT allocation.tenant_id,
              'allocation'::text,
              allocation.id,
              allocation.customer_id
             FROM allocation
          UNION ALL
           SELECT dunning_decision.tenant_id,
              'dunning_decision'::text,
              dunning_decision.id,
              dunning_decision.customer_id
             FROM dunning_decision
          UNION ALL
           SELECT dunning_run.tenant_id,
              'dunning_run'::text,
              dunning_run.id,
              dunning_run.customer_id
             FROM dunning_run
            WHERE dunning_run.customer_id IS NOT NULL
          UNION ALL
           SELECT dunning_state.tenant_id,
              'open_item'::text,
              dunning_state.item_id,
              dunning_state.customer_id
             FROM dunning_state
          UNION ALL
           SELECT item_watch.tenant_id,
              'open_item'::text,
              item_watch.item_id,
              item_watch.customer_id
             FROM item_watch
          UNION ALL
           SELECT credit_standing_past.tenant_id,
              'customer'::text,
              credit_standing_past.customer_id,
              credit_standing_past.customer_id
             FROM credit_standing_past
          UNION ALL
           SELECT feed.tenant_id,
              'event'::text,
              feed.event_id,
              feed.customer_id
             FROM feed
            WHERE feed.customer_id IS NOT NULL) edge
       LEFT JOIN customer ON customer.tenant_id = edge.tenant_id AND customer.id = edge.customer_id
    WHERE customer.id IS NULL
  UNION ALL
   SELECT edge.tenant_id,
      edge.kind,
      edge.id::text AS id
     FROM ( SELECT ledger_entry.tenant_id,
              'ledger_entry'::text AS kind,
              ledger_entry.id,
              ledger_entry.item_id
             FROM ledger_entry
            WHERE ledger_entry.item_id IS NOT NULL
          UNION ALL
           SELECT dunning_decision.tenant_id,
              'dunning_decision'::text,
              dunning_decision.id,
              dunning_decision.item_id
             FROM dunning_decision
          UNION ALL
           SELECT dunning_step.tenant_id,
              'open_item'::text,
              dunning_step.item_id,
              dunning_step.item_id
             FROM dunning_step
          UNION ALL
           SELECT item_watch.tenant_id,
              'open_item'::text,
              item_watch.item_id,
              item_watch.item_id
             FROM item_watch) edge
       LEFT JOIN open_item item ON item.tenant_id = edge.tenant_id AND item.id = edge.item_id
    WHERE item.id IS NULL
  UNION ALL
   SELECT edge.tenant_id,
      edge.kind,
      edge.id::text AS id
     FROM ( SELECT allocation.tenant_id,
              'allocation'::text AS kind,
              allocation.id,
              allocation.invoice_id
             FROM allocation
            WHERE allocation.invoice_id IS NOT NULL
          UNION ALL
           SELECT write_off.tenant_id,
              'write_off'::text,
              write_off.id,
              write_off.invoice_id
             FROM write_off
            WHERE write_off.invoice_id IS NOT NULL
          UNION ALL
           SELECT dunning_decision.tenant_id,
              'dunning_decision'::text,
              dunning_decision.id,
              dunning_decision.invoice_id
             FROM dunning_decision
            WHERE dunning_decision.invoice_id IS NOT NULL
          UNION ALL
           SELECT dunning_state.tenant_id,
              'open_item'::text,
              dunning_state.item_id,
              dunning_state.invoice_id
             FROM dunning_state
            WHERE dunning_state.invoice_id IS NOT NULL
          UNION ALL
           SELECT dunning_step.tenant_id,
              'open_item'::text,
              dunning_step.item_id,
              dunning_step.invoice_id
             FROM dunning_step
            WHERE dunning_step.invoice_id IS NOT NULL) edge
       LEFT JOIN invoice ON invoice.tenant_id = edge.tenant_id AND invoice.id = edge.invoice_id
    WHERE invoice.id IS NULL
  UNION ALL
   SELECT edge.tenant_id,
      edge.kind,
      edge.id::text AS id
     FROM ( SELECT payment.tenant_id,
              'payment'::text AS kind,
              payment.id,
              payment.bank_line_id
             FROM payment
            WHERE payment.bank_line_id IS NOT NULL
          UNION ALL
           SELECT direct_debit.tenant_id,
              'direct_debit'::text,
              direct_debit.id,
              direct_debit.bank_line_id
             FROM direct_debit
            WHERE direct_debit.bank_line_id IS NOT NULL
          UNION ALL
           SELECT unidentified_money.tenant_id,
              'bank_line'::text,
              unidentified_money.bank_line_id,
              unidentified_money.bank_line_id
             FROM unidentified_money) edge
       LEFT JOIN bank_line line ON line.tenant_id = edge.tenant_id AND line.id = edge.bank_line_id
    WHERE line.id IS NULL
  UNION ALL
   SELECT entry.tenant_id,
      'ledger_entry'::text AS kind,
      entry.id::text AS id
     FROM ledger_entry entry
       LEFT JOIN ( SELECT invoice.tenant_id,
              'invoice'::text AS kind,
              invoice.id
             FROM invoice
          UNION ALL
           SELECT credit_note.tenant_id,
              'credit_note'::text,
              credit_note.id
             FROM credit_note
          UNION ALL
           SELECT payment.tenant_id,
              'payment'::text,
              payment.id
             FROM payment
          UNION ALL
           SELECT open_item.tenant_id,
              'charge'::text,
              open_item.id
             FROM open_item
            WHERE open_item.kind = 'charge'::text
          UNION ALL
           SELECT refund.tenant_id,
              'refund'::text,
              refund.id
             FROM refund
          UNION ALL
           SELECT write_off.tenant_id,
              'write_off'::text,
              write_off.id
             FROM write_off
          UNION ALL
           SELECT bank_line.tenant_id,
              'bank_line'::text,
              bank_line.id
             FROM bank_line
          UNION ALL
           SELECT deferral.tenant_id,
              'deferral'::text,
              deferral.id
             FROM deferral) source ON source.tenant_id = entry.tenant_id AND source.kind = entry.source_kind AND source.id = entry.source_id
       LEFT JOIN ledger_entry undone ON undone.tenant_id = entry.tenant_id AND undone.id = entry.undoes_id
    WHERE source.id IS NULL AND entry.source_kind <> 'transfer'::text OR undone.id IS NULL AND entry.undoes_id IS NOT NULL
  UNION ALL
   SELECT reservation.tenant_id,
      'reservation'::text AS kind,
      reservation.id::text AS id
     FROM reservation
       LEFT JOIN credit_check checked ON checked.tenant_id = reservation.tenant_id AND checked.id = reservation.check_id
    WHERE reservation.check_id IS NOT NULL AND checked.id IS NULL
  UNION ALL
   SELECT decision.tenant_id,
      'dunning_decision'::text AS kind,
      decision.id::text AS id
     FROM dunning_decision decision
       LEFT JOIN dunning_run run ON run.tenant_id = decision.tenant_id AND run.id = decision.run_id
       LEFT JOIN dunning_notice notice ON notice.tenant_id = decision.tenant_id AND notice.id = decision.notice_id
    WHERE run.id IS NULL OR notice.id IS NULL AND decision.notice_id IS NOT NULL
  UNION ALL
   SELECT delivery.tenant_id,
      'webhook_delivery'::text AS kind,
      delivery.id::text AS id
     FROM webhook_delivery delivery
       LEFT JOIN event ON event.tenant_id = delivery.tenant_id AND event.id = delivery.event_id
    WHERE event.id IS NULL;

-- What a law asks for is a notice of its own, beside the demand of the same run.
alter table dunning_notice drop constraint dunning_notice_once;
create unique index dunning_notice_once on dunning_notice
  (tenant_id, run_id, customer_id, currency, kind, release, (coalesce(content ->> 'statutory_notice', '')));

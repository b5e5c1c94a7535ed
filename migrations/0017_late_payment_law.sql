-- What the law of late payment needs to know. Its rules are written in the code that obeys them; its rates change by
-- the half-year, so they are rows: those that come with the service are everybody's, those a tenant adds are its own.

-- A reference rate from a day on, until the next of its series. `ppm` is parts per million: 1.27 percent is 12,700. A
-- row that repeats the rate before says that it still held then. Belongs to no tenant; the application may only read it.
create table reference_rate (
  id              uuid    not null default gen_random_uuid(),
  series          text    not null,
  valid_from_date date    not null,
  ppm             int     not null,
  source          text    not null,
  verified        boolean not null,
  constraint reference_rate_pkey primary key (series, valid_from_date)
);
grant select on reference_rate to receivables_app;

-- A rate a tenant has added: a newer one of a known series, or of a series of its own.
create table tenant_reference_rate (
  tenant_id       uuid        not null,
  id              uuid        not null,
  series          text        not null,
  valid_from_date date        not null,
  ppm             int         not null,
  source          text        not null,
  created_at      timestamptz not null,
  constraint tenant_reference_rate_pkey primary key (tenant_id, id),
  constraint tenant_reference_rate_once unique (tenant_id, series, valid_from_date)
);
alter table tenant_reference_rate enable row level security, force row level security;
create policy own_rows on tenant_reference_rate using (tenant_id = current_tenant());
grant select, insert on tenant_reference_rate to receivables_app;

-- Which rules of a jurisdiction a tenant has switched on or off against what they come with, by their code.
create table jurisdiction_settings (
  tenant_id    uuid        not null,
  jurisdiction text        not null,
  id           uuid        not null,
  switches     jsonb       not null default '{}',
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint jurisdiction_settings_pkey primary key (tenant_id, jurisdiction)
);
alter table jurisdiction_settings enable row level security, force row level security;
create policy own_rows on jurisdiction_settings using (tenant_id = current_tenant());
grant select, insert, update on jurisdiction_settings to receivables_app;

-- Since when a debtor is in default depends on how the due date came about, and on when and what the debtor was told.
alter table invoice
  add column due_date_basis          text    not null default 'agreed',
  add column received_date           date,
  add column consumer_notice_given   boolean not null default false,
  add constraint invoice_due_date_basis_known check (due_date_basis in ('agreed', 'invoice_only')),
  add constraint invoice_received_after_issue check (received_date >= issue_date);

insert into reference_rate (series, valid_from_date, ppm, source, verified)
select 'bgb_base_rate', day::date, ppm, 'Deutsche Bundesbank: base rate, § 247 BGB', verified from (values
  ('2002-01-01', 25700, true),
  ('2002-07-01', 24700, true),
  ('2003-01-01', 19700, true),
  ('2003-07-01', 12200, true),
  ('2004-01-01', 11400, true),
  ('2004-07-01', 11300, true),
  ('2005-01-01', 12100, true),
  ('2005-07-01', 11700, true),
  ('2006-01-01', 13700, true),
  ('2006-07-01', 19500, true),
  ('2007-01-01', 27000, true),
  ('2007-07-01', 31900, true),
  ('2008-01-01', 33200, true),
  ('2008-07-01', 31900, true),
  ('2009-01-01', 16200, true),
  ('2009-07-01', 1200, true),
  ('2011-07-01', 3700, true),
  ('2012-01-01', 1200, true),
  ('2013-01-01', -1300, true),
  ('2013-07-01', -3800, true),
  ('2014-01-01', -6300, true),
  ('2014-07-01', -7300, true),
  ('2015-01-01', -8300, true),
  ('2016-07-01', -8800, true),
  ('2023-01-01', 16200, true),
  ('2023-07-01', 31200, true),
  ('2024-01-01', 36200, true),
  ('2024-07-01', 33700, true),
  ('2025-01-01', 22700, true),
  ('2025-07-01', 12700, true),
  ('2026-01-01', 12700, true)
) as rate (day, ppm, verified);

insert into reference_rate (series, valid_from_date, ppm, source, verified)
select 'ecb_main_refinancing_rate', day::date, ppm, 'European Central Bank: main refinancing operations', verified from (values
  ('1999-01-01', 30000, false),
  ('1999-04-09', 25000, false),
  ('1999-11-05', 30000, false),
  ('2000-02-04', 32500, false),
  ('2000-03-17', 35000, false),
  ('2000-04-28', 37500, false),
  ('2000-06-09', 42500, false),
  ('2000-09-01', 45000, false),
  ('2000-10-06', 47500, false),
  ('2001-05-11', 45000, false),
  ('2001-08-31', 42500, false),
  ('2001-09-18', 37500, false),
  ('2001-11-09', 32500, false),
  ('2002-12-06', 27500, false),
  ('2003-03-07', 25000, false),
  ('2003-06-06', 20000, false),
  ('2005-12-06', 22500, false),
  ('2006-03-08', 25000, false),
  ('2006-06-15', 27500, false),
  ('2006-08-09', 30000, false),
  ('2006-10-11', 32500, false),
  ('2006-12-13', 35000, false),
  ('2007-03-14', 37500, false),
  ('2007-06-13', 40000, false),
  ('2008-07-09', 42500, false),
  ('2008-10-15', 37500, true),
  ('2008-11-12', 32500, true),
  ('2008-12-10', 25000, true),
  ('2009-01-21', 20000, true),
  ('2009-03-11', 15000, true),
  ('2009-04-08', 12500, true),
  ('2009-05-13', 10000, true),
  ('2011-04-13', 12500, true),
  ('2011-07-13', 15000, true),
  ('2011-11-09', 12500, true),
  ('2011-12-14', 10000, true),
  ('2012-07-11', 7500, true),
  ('2013-05-08', 5000, true),
  ('2013-11-13', 2500, true),
  ('2014-06-11', 1500, true),
  ('2014-09-10', 500, true),
  ('2016-03-16', 0, true),
  ('2022-07-27', 5000, true),
  ('2022-09-14', 12500, true),
  ('2022-11-02', 20000, true),
  ('2022-12-21', 25000, true),
  ('2023-02-08', 30000, true),
  ('2023-03-22', 35000, true),
  ('2023-05-10', 37500, true),
  ('2023-06-21', 40000, true),
  ('2023-08-02', 42500, true),
  ('2023-09-20', 45000, true),
  ('2024-06-12', 42500, true),
  ('2024-09-18', 36500, true),
  ('2024-10-23', 34000, true),
  ('2024-12-18', 31500, true),
  ('2025-02-05', 29000, true),
  ('2025-03-12', 26500, true),
  ('2025-04-23', 24000, true),
  ('2025-06-11', 21500, true),
  ('2026-01-01', 21500, true)
) as rate (day, ppm, verified);

insert into reference_rate (series, valid_from_date, ppm, source, verified)
select 'boe_official_bank_rate', day::date, ppm, 'Bank of England: Official Bank Rate', verified from (values
  ('1997-05-06', 62500, true),
  ('1997-06-06', 65000, true),
  ('1997-07-10', 67500, true),
  ('1997-08-07', 70000, true),
  ('1997-11-06', 72500, true),
  ('1998-06-04', 75000, true),
  ('1998-10-08', 72500, true),
  ('1998-11-05', 67500, true),
  ('1998-12-10', 62500, true),
  ('1999-01-07', 60000, true),
  ('1999-02-04', 55000, true),
  ('1999-04-08', 52500, true),
  ('1999-06-10', 50000, true),
  ('1999-09-08', 52500, true),
  ('1999-11-04', 55000, true),
  ('2000-01-13', 57500, true),
  ('2000-02-10', 60000, true),
  ('2001-02-08', 57500, true),
  ('2001-04-05', 55000, true),
  ('2001-05-10', 52500, true),
  ('2001-08-02', 50000, true),
  ('2001-09-18', 47500, true),
  ('2001-10-04', 45000, true),
  ('2001-11-08', 40000, true),
  ('2003-02-06', 37500, true),
  ('2003-07-10', 35000, true),
  ('2003-11-06', 37500, true),
  ('2004-02-05', 40000, true),
  ('2004-05-06', 42500, true),
  ('2004-06-10', 45000, true),
  ('2004-08-05', 47500, true),
  ('2005-08-04', 45000, true),
  ('2006-08-03', 47500, true),
  ('2006-11-09', 50000, true),
  ('2007-01-11', 52500, true),
  ('2007-05-10', 55000, true),
  ('2007-07-05', 57500, true),
  ('2007-12-06', 55000, true),
  ('2008-02-07', 52500, true),
  ('2008-04-10', 50000, true),
  ('2008-10-08', 45000, true),
  ('2008-11-06', 30000, true),
  ('2008-12-04', 20000, true),
  ('2009-01-08', 15000, true),
  ('2009-02-05', 10000, true),
  ('2009-03-05', 5000, true),
  ('2016-08-04', 2500, true),
  ('2017-11-02', 5000, true),
  ('2018-08-02', 7500, true),
  ('2020-03-11', 2500, true),
  ('2020-03-19', 1000, true),
  ('2021-12-16', 2500, true),
  ('2022-02-03', 5000, true),
  ('2022-03-17', 7500, true),
  ('2022-05-05', 10000, true),
  ('2022-06-16', 12500, true),
  ('2022-08-04', 17500, true),
  ('2022-09-22', 22500, true),
  ('2022-11-03', 30000, true),
  ('2022-12-15', 35000, true),
  ('2023-02-02', 40000, true),
  ('2023-03-23', 42500, true),
  ('2023-05-11', 45000, true),
  ('2023-06-22', 50000, true),
  ('2023-08-03', 52500, true),
  ('2024-08-01', 50000, true),
  ('2024-11-07', 47500, true),
  ('2025-02-06', 45000, true),
  ('2025-05-08', 42500, true),
  ('2025-08-07', 40000, true),
  ('2025-12-18', 37500, true),
  ('2025-12-31', 37500, true),
  ('2026-06-30', 37500, true)
) as rate (day, ppm, verified);

insert into reference_rate (series, valid_from_date, ppm, source, verified)
select 'oenb_base_rate', day::date, ppm, 'Oesterreichische Nationalbank: base rate on the first day of the half-year', verified from (values
  ('2016-07-01', -6200, true),
  ('2023-01-01', 18800, true),
  ('2023-07-01', 33800, false),
  ('2024-01-01', 38800, false),
  ('2024-07-01', 38800, false),
  ('2025-01-01', 25300, false),
  ('2025-07-01', 15300, false),
  ('2026-01-01', 15300, false)
) as rate (day, ppm, verified);

insert into reference_rate (series, valid_from_date, ppm, source, verified)
select 'nl_statutory_rate', day::date, ppm, 'Besluit vaststelling wettelijke rente (art. 6:119 BW)', verified from (values
  ('2015-01-01', 20000, false),
  ('2023-01-01', 40000, false),
  ('2023-07-01', 60000, true),
  ('2024-01-01', 70000, true),
  ('2024-07-01', 70000, true),
  ('2025-01-01', 60000, false),
  ('2025-07-01', 60000, false),
  ('2026-01-01', 40000, false)
) as rate (day, ppm, verified);

-- A table without statistics looks as if a tenant had few rows of it: a foreign key may then be looked up by an index that
-- narrows down no more than the tenant, through all of its rows, and sessions keep that plan until the table is analysed.
-- Autovacuum comes within a minute; a company may bring in all it has within that minute. So the service asks for it,
-- and since only its owner may analyse a table, through this.
create function analyze_young_tables() returns void
  language sql volatile security definer
  set search_path = public, pg_temp
  as 'analyze (skip_locked) customer, invoice, open_item, credit_note, payment, ledger_entry';
revoke execute on function analyze_young_tables() from public;
grant execute on function analyze_young_tables() to receivables_app;

-- An entry of an account with itself moves something only from one customer to another. Where neither side names a
-- customer the comparison was unknown, and so let through.
alter table ledger_entry
  drop constraint ledger_entry_two_accounts,
  add constraint ledger_entry_two_accounts check (
    debit_account <> credit_account or debit_customer_id is distinct from credit_customer_id
  );

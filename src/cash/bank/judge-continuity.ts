import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { statementFact } from './events.ts'
import type { BankStatementRow } from './table.ts'

/**
 * Judges of each statement of some accounts whether it takes up where another one ended: with its balance, or, where
 * balances are missing, with its number. A statement that lies within another one's days, as exports that overlap do,
 * misses nothing. Whatever comes in later may close a gap but not open one, so those that were not continuous so far
 * are judged again; those whose verdict changes are answered, as they are now.
 */
export async function judgeContinuity(
  tx: Tx,
  accountIds: readonly string[],
): Promise<(BankStatementRow & { was: BankStatementRow['continuity'] })[]> {
  const { rows } = await sql<BankStatementRow & { was: BankStatementRow['continuity'] }>`
    with statement as (
      select *, coalesce(opening_date, from_date) as begins, coalesce(closing_date, to_date) as ends,
        substring(number from '\\d+')::numeric as count
      from bank_statement
      where tenant_id = ${tx.tenant.id} and bank_account_id = any(${accountIds}) and kind = 'statement'
    ), judged as (
      select one.id, case
        when one.begins is null or one.ends is null then 'unknown'
        when exists (
          select 1 from statement as other
          where other.bank_account_id = one.bank_account_id and other.id <> one.id
            and other.closing_amount = one.opening_amount and other.ends <= one.ends and other.begins <= one.begins
            and (other.number, other.begins, other.ends, other.opening_amount)
              is distinct from (one.number, one.begins, one.ends, one.opening_amount)
        ) then 'continuous'
        when exists (
          select 1 from statement as other
          where other.bank_account_id = one.bank_account_id and other.begins < one.begins and one.begins < other.ends
        ) then 'continuous'
        when not exists (
          select 1 from statement as other
          where other.bank_account_id = one.bank_account_id
            and (other.ends < one.ends or other.ends = one.ends and other.count < one.count)
        ) then 'first'
        when one.opening_amount is not null then 'gap'
        when one.count is null then 'unknown'
        when exists (
          select 1 from statement as other
          where other.bank_account_id = one.bank_account_id and other.count = one.count - 1 and other.ends <= one.ends
        ) then 'continuous'
        else 'gap' end as continuity
      from statement as one
      where one.continuity <> 'continuous'
    )
    update bank_statement as one
    set continuity = judged.continuity
    from judged
    join statement as before on before.id = judged.id
    where one.tenant_id = ${tx.tenant.id} and one.id = judged.id and one.continuity <> judged.continuity
    returning one.*, before.continuity as was
  `.execute(tx.db)
  return rows
}

/** Says what has changed about statements, each as a version of its own, and answers them as they are now. */
export async function announceVerdicts(
  tx: Tx,
  changed: readonly (BankStatementRow & { was: BankStatementRow['continuity'] })[],
): Promise<BankStatementRow[]> {
  if (changed.length === 0) return []
  const was = new Map(changed.map((one) => [one.id, one.was]))
  const { rows } = await sql<BankStatementRow>`
    update bank_statement
    set version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = any(${[...was.keys()]})
    returning *
  `.execute(tx.db)
  for (const row of rows) {
    const type = row.continuity === 'gap' ? 'bank_statement.gap_found' : 'bank_statement.updated'
    announce(tx, statementFact(type, row, tx, { continuity: was.get(row.id) }))
  }
  return rows
}

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import type { Statement } from './bank-line.ts'
import { accountFact } from './events.ts'
import type { PlannedStatement } from './plan-import.ts'
import type { BankAccountRow } from './table.ts'

/** Says which account a statement belongs to. One number may stand for several accounts, each in its currency. */
export type AccountOf = (statement: Statement) => BankAccountRow

/**
 * Makes the accounts that some statements name, where there are none yet, and locks all of them in one order: imports
 * of one account go one after the other, so that both see what is known.
 */
export async function lockAccounts(tx: Tx, statements: readonly Statement[]): Promise<AccountOf> {
  const currencyOf = ({ currency }: Statement) => currency ?? tx.tenant.currency
  const keyOf = (statement: Statement) =>
    `${statement.account.identification} ${currencyOf(statement)}`
  const named = [...new Map(statements.map((one) => [keyOf(one), one])).values()].map((one) => ({
    ...one.account,
    id: newId(),
    currency: currencyOf(one),
  }))
  const given = sql`
    json_to_recordset(${JSON.stringify(named)})
      as given(id uuid, identification text, iban text, bic text, currency text, name text)`
  const { rows: created } = await sql<BankAccountRow>`
    insert into bank_account (tenant_id, id, identification, iban, bic, currency, name, created_at, updated_at)
    select ${tx.tenant.id}, id, identification, iban, bic, currency, name, ${tx.now}, ${tx.now} from ${given}
    order by identification, currency
    on conflict do nothing
    returning *
  `.execute(tx.db)
  announce(tx, ...created.map((account) => accountFact('bank_account.created', account, tx)))
  const { rows } = await sql<BankAccountRow>`
    select account.* from bank_account as account
    join ${given} on given.identification = account.identification and given.currency = account.currency
    where account.tenant_id = ${tx.tenant.id}
    order by account.identification, account.currency
    for no key update of account
  `.execute(tx.db)
  const accounts = new Map(rows.map((row) => [`${row.identification} ${row.currency}`, row]))
  return (statement) => accounts.get(keyOf(statement)) as BankAccountRow
}

/**
 * Moves on up to when we know the movements of each account. A statement is complete up to the end of its last day, a
 * report up to when it was made; an advice says nothing about what it does not tell. Never later than now.
 */
export async function freshenAccounts(
  tx: Tx,
  statements: readonly PlannedStatement[],
): Promise<void> {
  const coverage = statements
    .filter(({ statement }) => statement.kind !== 'advice')
    .map(({ accountId, statement }) => ({
      account_id: accountId,
      day: statement.kind === 'report' ? null : lastDayOf(statement),
      instant: statement.kind === 'report' ? statement.madeAt : null,
    }))
  const { rows } = await sql<BankAccountRow & { was_fresh_until_at: string | null }>`
    with covered as (
      select account_id, least(max(coalesce(instant, (day + 1)::timestamp at time zone ${tx.tenant.timeZone})), ${tx.now}) as until_at
      from json_to_recordset(${JSON.stringify(coverage)}) as coverage(account_id uuid, day date, instant timestamptz)
      group by account_id
    )
    update bank_account as account
    set fresh_until_at = covered.until_at, version = account.version + 1, updated_at = ${tx.now}
    from covered
    join bank_account as before on before.tenant_id = ${tx.tenant.id} and before.id = covered.account_id
    where account.tenant_id = ${tx.tenant.id} and account.id = covered.account_id
      and covered.until_at > coalesce(account.fresh_until_at, '-infinity')
    returning account.*, before.fresh_until_at as was_fresh_until_at
  `.execute(tx.db)
  for (const { was_fresh_until_at: fresh_until_at, ...account } of rows)
    announce(tx, accountFact('bank_account.updated', account, tx, { fresh_until_at }))
}

function lastDayOf({ closing, toDate, entries }: Statement): string | null {
  const last = entries.reduce<string | null>(
    (latest, { bookingDate }) => (latest === null || bookingDate > latest ? bookingDate : latest),
    null,
  )
  return closing?.date ?? toDate ?? last
}

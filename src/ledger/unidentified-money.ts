import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import { postEntries } from './post-entries.ts'
import type { UnidentifiedMoneyRow } from './table.ts'

/** The money of a bank line whose payer nobody knows. */
export interface UnidentifiedMoney {
  bankLineId: string
  currency: string
  amount: number
  /** What of it came back from payments that were not what it was: their reversals have entered that. */
  returnedAmount: number
  /** From when on it is nobody's: the day it came in, or came back. */
  effectiveDate: CalendarDate
}

/**
 * Makes the money of bank lines nobody's: it is here, but no customer's. What of it is not entered yet is entered, so
 * that saying it again changes nothing. The caller holds the lines.
 */
export async function postUnidentified(tx: Tx, money: readonly UnidentifiedMoney[]): Promise<void> {
  if (money.length === 0) return
  const { rows: missing } = await sql<Missing>`
    with money as (
      select given.bank_line_id, given.currency, given.amount, given.amount - coalesce(known.open_amount, 0) as new_amount,
        given.returned_amount, greatest(given.effective_date, known.effective_date) as effective_date
      from json_to_recordset(${JSON.stringify(money.map(toRow))}) as given(
        bank_line_id uuid, currency text, amount bigint, returned_amount bigint, effective_date date)
      left join unidentified_money as known on known.tenant_id = ${tx.tenant.id} and known.bank_line_id = given.bank_line_id
    ), stated as (
      insert into unidentified_money (tenant_id, bank_line_id, account, currency, amount, open_amount, effective_date, created_at)
      select ${tx.tenant.id}, bank_line_id, 'cash', currency, amount, amount, effective_date, ${tx.now}
      from money where new_amount > 0
      on conflict (tenant_id, bank_line_id) do update
      set open_amount = excluded.open_amount, effective_date = excluded.effective_date
    )
    select bank_line_id, currency, new_amount - returned_amount as amount, effective_date
    from money where new_amount > returned_amount
  `.execute(tx.db)
  await postEntries(
    tx,
    missing.map(({ bank_line_id, effective_date, ...money }) => ({
      ...money,
      entryId: newId(),
      happening: 'money_unidentified',
      effectiveDate: effective_date,
      debitAccount: 'cash',
      creditAccount: 'unidentified',
      customerId: null,
      source: { kind: 'bank_line', id: bank_line_id },
      undoesId: null,
    })),
  )
}

/** What of a line's money the ledger does not know yet. */
type Missing = Pick<UnidentifiedMoneyRow, 'bank_line_id' | 'currency' | 'amount' | 'effective_date'>

const toRow = (money: UnidentifiedMoney) => ({
  bank_line_id: money.bankLineId,
  currency: money.currency,
  amount: money.amount,
  returned_amount: money.returnedAmount,
  effective_date: money.effectiveDate,
})

/**
 * Takes money from the lines whose money is nobody's, for payments that it turned out to be. Answers which lines these
 * are: their money is in the books already and comes from `unidentified`, that of the others from outside. Never more of
 * a line than is there, by CHECK. The caller holds the lines.
 */
export async function takeUnidentified(
  tx: Tx,
  wanted: readonly { bankLineId: string; amount: number }[],
): Promise<Set<string>> {
  if (wanted.length === 0) return new Set()
  const { rows } = await sql<{ bank_line_id: string }>`
    update unidentified_money as money
    set open_amount = money.open_amount - wanted.amount
    from (
      select bank_line_id, sum(amount) as amount
      from unnest(${wanted.map(({ bankLineId }) => bankLineId)}::uuid[], ${wanted.map(({ amount }) => amount)}::bigint[]) as part(bank_line_id, amount)
      group by bank_line_id
    ) as wanted
    where money.tenant_id = ${tx.tenant.id} and money.bank_line_id = wanted.bank_line_id and money.open_amount > 0
    returning money.bank_line_id
  `.execute(tx.db)
  return new Set(rows.map(({ bank_line_id }) => bank_line_id))
}

/** Takes the money of a line out of the books that is no customer's and never will be. The caller holds the line. */
export async function undoUnidentified(
  tx: Tx,
  { bankLineId, currency, amount }: Pick<UnidentifiedMoney, 'bankLineId' | 'currency' | 'amount'>,
): Promise<void> {
  const effectiveDate = (await unidentifiedSince(tx, [bankLineId])).get(bankLineId)
  if (effectiveDate === undefined) return
  await takeUnidentified(tx, [{ bankLineId, amount }])
  const posted = await tx.db
    .selectFrom('ledger_entry')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('source_id', '=', bankLineId)
    .where('happening', '=', 'money_unidentified')
    .where('amount', '=', amount)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  await postEntries(tx, [
    {
      entryId: newId(),
      happening: 'money_unidentified_undone',
      effectiveDate,
      currency,
      amount,
      debitAccount: 'unidentified',
      creditAccount: 'cash',
      customerId: null,
      source: { kind: 'bank_line', id: bankLineId },
      undoesId: posted?.id ?? null,
    },
  ])
}

/** From when on the money of lines is nobody's, of those of which it is. Before that day it cannot be somebody else's. */
export async function unidentifiedSince(
  { db, tenant }: Reader,
  bankLineIds: readonly string[],
): Promise<Map<string, CalendarDate>> {
  const rows = await db
    .selectFrom('unidentified_money')
    .select(['bank_line_id', 'effective_date'])
    .where('tenant_id', '=', tenant.id)
    .where('bank_line_id', '=', sql<string>`any(${bankLineIds})`)
    .where('open_amount', '>', 0)
    .execute()
  return new Map(rows.map(({ bank_line_id, effective_date }) => [bank_line_id, effective_date]))
}

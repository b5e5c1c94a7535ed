import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { insertRows } from '../foundation/database/insert-rows.ts'
import { newId, publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { postEntries } from './post-entries.ts'
import { type MoneyPosting, postMoney } from './post-money.ts'

/** Money on a bank line whose payer nobody knows. */
export interface UnidentifiedMoney {
  bankLineId: string
  /** Where the money is. */
  account: 'cash' | 'clearing'
  currency: string
  amount: number
  /** When it came in. */
  effectiveDate: CalendarDate
}

/** Books money that came in from nobody knows whom: it is here, but no customer's yet. Once per bank line. */
export async function postUnidentified(tx: Tx, money: readonly UnidentifiedMoney[]): Promise<void> {
  if (money.length === 0) return
  await insertRows(
    tx,
    'unidentified_money',
    money.map(({ bankLineId, account, currency, amount, effectiveDate }) => ({
      tenant_id: tx.tenant.id,
      bank_line_id: bankLineId,
      account,
      currency,
      amount,
      open_amount: amount,
      effective_date: effectiveDate,
      created_at: tx.now,
    })),
  )
  await postEntries(
    tx,
    money.map(({ bankLineId, account, ...one }) => ({
      ...one,
      entryId: newId(),
      happening: 'money_unidentified',
      debitAccount: account,
      creditAccount: 'unidentified',
      customerId: null,
      source: { kind: 'bank_line', id: bankLineId },
      undoesId: null,
    })),
  )
}

/** Unidentified money that turned out to be a payment of somebody, or part of it. */
export interface IdentifiedMoney {
  bankLineId: string
  paymentId: string
  customerId: string
  currency: string
  /** Positive identifies; negative makes it nobody's again. */
  amount: number
  /** When it counts for the customer: the day it came in, however late we find out. An undo has its own day. */
  effectiveDate: CalendarDate
  /** The entry of the identification that this one takes back. */
  undoesId: string | null
}

/**
 * Makes unidentified money a customer's, unallocated, or takes that back. This is the receipt of the payment: its money
 * came in with the bank line and is not booked again. Never more of a line than nobody has claimed yet. The caller has
 * locked the customers. Answers the entries made, in order.
 */
export async function identifyMoney(
  tx: Tx,
  identified: readonly IdentifiedMoney[],
): Promise<string[]> {
  for (const one of identified) await claimFromLine(tx, one)
  const postings = identified.map(
    ({ bankLineId: _, paymentId, undoesId, ...one }): MoneyPosting => ({
      ...one,
      entryId: newId(),
      happening: undoesId === null ? 'money_identified' : 'identification_undone',
      counterAccount: 'unidentified',
      source: { kind: 'payment', id: paymentId },
      origin: 'own',
      undoesId,
    }),
  )
  await postMoney(tx, postings)
  return postings.map(({ entryId }) => entryId)
}

/** The guarded statement: two payments that race for one line cannot both have it. */
async function claimFromLine(
  tx: Tx,
  { bankLineId, currency, amount }: IdentifiedMoney,
): Promise<void> {
  const { rows } = await sql<{ open_amount: number }>`
    update unidentified_money
    set open_amount = open_amount - ${amount}
    where tenant_id = ${tx.tenant.id} and bank_line_id = ${bankLineId} and currency = ${currency}
      and open_amount - ${amount} between 0 and amount
    returning open_amount
  `.execute(tx.db)
  if (rows.length === 0)
    throw new Problem('insufficient_unidentified_amount', {
      bank_line_id: publicId('bank_line', bankLineId),
    })
}

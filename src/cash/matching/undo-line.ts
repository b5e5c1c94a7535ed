import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireBankLine } from '../bank/queries.ts'
import type { BankLineRow } from '../bank/table.ts'
import { findPayments } from '../queries.ts'
import { reversePayment } from '../reverse-payment.ts'
import type { PaymentRow } from '../table.ts'
import { bankLineFact } from './events.ts'
import { unlearnPayer } from './learn-payers.ts'
import { leaveUnidentified, type ReturnedMoney } from './leave-unidentified.ts'
import { standingMatches } from './queries.ts'
import type { BankLineMatchRow, MatchedLine } from './table.ts'

export interface UndoLine {
  id: string
  reason: string
  ifMatch: number | undefined
}

/**
 * Takes back what became of a line; it is unmatched again, its money nobody's. Its payments are reversed as of the day
 * they had come: that money never was those customers', so on no day of the past had they paid. What the account taught
 * is forgotten. A confirmation or a return is the bank's word about a payment and stands.
 */
export async function undoLine(tx: Tx, { id, reason, ifMatch }: UndoLine): Promise<MatchedLine> {
  await lockCustomers(tx, customersOf(await standingMatches(tx, id)))
  const before = await requireBankLine(tx, id)
  requireVersion(before.version, ifMatch)
  const line = await release(tx, before)
  const matches = await standingMatches(tx, id)
  if (await bankHasSpoken(tx, matches))
    throw new Problem('bank_line_not_matchable', {
      detail: 'What the bank has confirmed or returned cannot be taken back; record what is right.',
    })
  await leaveUnidentified(tx, [line], await takeBack(tx, matches, reason))
  await unlearn(tx, line, matches)
  const undone = await tx.db
    .updateTable('bank_line_match')
    .set({ undone_at: tx.now, undo_reason: reason })
    .where('tenant_id', '=', tx.tenant.id)
    .where('bank_line_id', '=', id)
    .where('undone_at', 'is', null)
    .returningAll()
    .execute()
  announce(tx, bankLineFact('bank_line.undone', { line, matches: undone }, tx))
  return { line, matches: [] }
}

const customersOf = (matches: readonly BankLineMatchRow[]): string[] =>
  matches.flatMap(({ customer_id }) => customer_id ?? [])

const paymentsOf = (matches: readonly BankLineMatchRow[]): string[] =>
  matches.flatMap(({ payment_id }) => payment_id ?? [])

/** Makes the line unmatched again; whoever comes second finds nothing to undo. */
async function release(tx: Tx, before: BankLineRow): Promise<BankLineRow> {
  const line = await tx.db
    .updateTable('bank_line')
    .set({ status: 'unmatched', version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .where('status', 'in', ['matched', 'ignored'])
    .returningAll()
    .executeTakeFirst()
  if (line !== undefined) return line
  const { status } = await requireBankLine(tx, before.id)
  throw new Problem('invalid_state', { current_status: status, allowed_actions: [] })
}

/** Whether the line was the confirmation or the return of a payment, or its own payments were returned since. */
async function bankHasSpoken(tx: Tx, matches: readonly BankLineMatchRow[]): Promise<boolean> {
  if (matches.some(({ kind }) => kind === 'confirmation')) return true
  const returned = await tx.db
    .selectFrom('bank_line_match')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('payment_id', '=', sql<string>`any(${paymentsOf(matches)})`)
    .where('kind', '=', 'return')
    .executeTakeFirst()
  return returned !== undefined
}

/**
 * Reverses the payments that still stand, each on the day it had come. Answers what came back of them; what was taken
 * back before has left, and comes in again.
 */
async function takeBack(
  tx: Tx,
  matches: readonly BankLineMatchRow[],
  reason: string,
): Promise<ReturnedMoney | undefined> {
  let returned: ReturnedMoney | undefined
  for (const payment of (await findPayments(tx, paymentsOf(matches))).values()) {
    const stands = payment.status !== 'reversed'
    const reversed = stands ? await takeBackPayment(tx, payment, reason) : payment
    const date = reversed.reversal_date as CalendarDate
    returned = {
      amount: (returned?.amount ?? 0) + (stands ? payment.amount : 0),
      date: laterOf(returned?.date ?? date, date),
    }
  }
  return returned
}

async function takeBackPayment(
  tx: Tx,
  { id, received_date }: PaymentRow,
  reason: string,
): Promise<PaymentRow> {
  const { payment } = await reversePayment(tx, {
    id,
    reversalDate: received_date,
    reason,
    reasonCode: 'wrongly_matched',
    to: 'unidentified',
    ifMatch: undefined,
  })
  return payment
}

/** Forgets what the account of the line taught. */
async function unlearn(
  tx: Tx,
  line: BankLineRow,
  matches: readonly BankLineMatchRow[],
): Promise<void> {
  const iban = line.counterparty_iban
  if (iban === null) return
  for (const customerId of customersOf(matches)) await unlearnPayer(tx, { iban, customerId })
}

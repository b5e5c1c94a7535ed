import assert from 'node:assert'
import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { unidentifiedSince } from '../../ledger/unidentified-money.ts'
import type { BankLineRow } from '../bank/table.ts'
import type { Designation } from '../designation.ts'
import { recordPayments } from '../record-payments.ts'
import { bankLineFact } from './events.ts'
import { followBank } from './follow-bank.ts'
import { holdLines } from './hold-lines.ts'
import { learnPayers } from './learn-payers.ts'
import type { Proposal } from './match.ts'
import { newPayment } from './new-payment.ts'
import type { BankLineMatchRow, MatchedLine } from './table.ts'

/** What a line, or a part of it, is decided to be. */
export type Part = Pick<Proposal, 'kind' | 'customerId' | 'paymentId' | 'reasons'> & {
  amount: number
  /** The items that are settled; null to leave it to the customer's rules. */
  allocations: Designation[] | null
  score: number | null
}

/** A line and what it is decided to be; the amounts of the parts add up to that of the line. */
export interface Decision {
  line: BankLineRow
  parts: readonly Part[]
}

/** Who decides, and what they say about it. */
export type Decider = Pick<BankLineMatchRow, 'decided_by' | 'note'>

/** The part a proposal makes of a whole line. */
export const partOf = (line: BankLineRow, proposal: Proposal): Part => ({
  ...proposal,
  amount: line.amount,
  allocations: proposal.shares.map(({ itemId, amount, discountAmount }) => ({
    itemId,
    amount,
    deductions: discountAmount > 0 ? [{ kind: 'discount', amount: discountAmount }] : [],
  })),
})

/** A part of a line, and the day from which its money counts. */
export interface PartOfLine {
  line: BankLineRow
  part: Part
  date: CalendarDate
}

/** A part whose payment is there. */
type Performed = Omit<PartOfLine, 'date'> & { paymentId: string }

/**
 * Carries decisions out: payments are recorded, set-based, or confirmed, or taken back; and everything is remembered
 * for the lines that come later. A line that is unmatched no more is left alone, so that each is matched once, whatever
 * happens at the same time; one whose payment is refused stays unmatched too. The caller has locked the customers.
 * Answers the lines that were matched, and the first refusal.
 */
export async function postMatches(
  tx: Tx,
  decisions: readonly Decision[],
  decider: Decider,
): Promise<{ matched: MatchedLine[]; refusal: Problem | undefined }> {
  if (decisions.length === 0) return { matched: [], refusal: undefined }
  const held = await holdLines(
    tx,
    decisions.map(({ line }) => line.id),
  )
  const since = await unidentifiedSince(tx, [...held])
  const parts = decisions
    .filter(({ line }) => held.has(line.id))
    .flatMap(({ line, parts }) => {
      const date = since.get(line.id) ?? line.booking_date
      return parts.map((part) => ({ line, part, date }))
    })
  const outcomes = await perform(tx, parts)
  const performed = outcomes.filter((one): one is Performed => !(one instanceof Problem))
  const lines = await markMatched(
    tx,
    performed.map(({ line }) => line.id),
  )
  const matches = await remember(tx, performed, decider)
  const matched = lines.map((line) => ({
    line,
    matches: matches.filter(({ bank_line_id }) => bank_line_id === line.id),
  }))
  announce(tx, ...matched.map((one) => bankLineFact('bank_line.matched', one, tx)))
  return { matched, refusal: outcomes.find((one) => one instanceof Problem) }
}

async function perform(tx: Tx, parts: readonly PartOfLine[]): Promise<(Performed | Problem)[]> {
  const recorded = await recordPayments(
    tx,
    parts.filter(({ part }) => part.kind === 'payment').map(newPayment),
  )
  const outcomes: (Performed | Problem)[] = []
  for (const { line, part, date } of parts) {
    if (part.paymentId === null) {
      const outcome = recorded.shift()
      assert(outcome !== undefined, 'every part without a payment records one')
      outcomes.push(
        outcome instanceof Problem ? outcome : { line, part, paymentId: outcome.payment.id },
      )
      continue
    }
    const refusal = await followBank(tx, { line, part, date }, part.paymentId)
    outcomes.push(refusal ?? { line, part, paymentId: part.paymentId })
  }
  return outcomes
}

async function markMatched(tx: Tx, ids: readonly string[]): Promise<BankLineRow[]> {
  return tx.db
    .updateTable('bank_line')
    .set({ status: 'matched', version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .where('status', '=', 'unmatched')
    .returningAll()
    .execute()
}

/** Keeps what became of the lines, and learns which accounts pay for whom. */
async function remember(
  tx: Tx,
  performed: readonly Performed[],
  decider: Decider,
): Promise<BankLineMatchRow[]> {
  const matches = performed.map(
    ({ line, part, paymentId }): BankLineMatchRow => ({
      tenant_id: tx.tenant.id,
      id: newId(),
      bank_line_id: line.id,
      kind: part.kind,
      customer_id: part.customerId,
      payment_id: paymentId,
      amount: part.amount,
      score: part.score,
      reasons: part.reasons,
      ...decider,
      undone_at: null,
      undo_reason: null,
      created_at: tx.now,
    }),
  )
  await sql`
    insert into bank_line_match
    select * from json_populate_recordset(null::bank_line_match, ${JSON.stringify(matches)})
  `.execute(tx.db)
  await learnPayers(
    tx,
    performed.flatMap(({ line: { counterparty_iban: iban }, part: { kind, customerId } }) =>
      iban === null || kind === 'return' ? [] : [{ iban, customerId }],
    ),
  )
  return matches
}

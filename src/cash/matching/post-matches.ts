import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { BankLineRow } from '../bank/table.ts'
import { confirmClearing } from '../confirm-clearing.ts'
import { recordPayments } from '../record-payments.ts'
import { bankLineFact } from './events.ts'
import { learnPayers } from './learn-payers.ts'
import type { Proposal, Reason } from './match.ts'
import { newPayment } from './new-payment.ts'
import { returnPayment } from './return-payment.ts'
import type { BankLineMatchRow } from './table.ts'

/** What a line, or a part of it, is decided to be. */
export type Part = Pick<Proposal, 'kind' | 'customerId' | 'paymentId'> & {
  amount: number
  /** The items that are settled; null to leave it to the customer's rules. */
  allocations: { itemId?: string; invoiceId?: string; amount: number }[] | null
  score: number | null
  reasons: Reason[]
}

/** A line and what it is decided to be; the amounts of the parts add up to that of the line. */
export interface Decision {
  line: BankLineRow
  parts: readonly Part[]
}

/** Who decides, and what they say about it. */
export interface Decider {
  decidedBy: BankLineMatchRow['decided_by']
  note: string | null
}

/** A line with what became of it. */
export interface MatchedLine {
  line: BankLineRow
  matches: BankLineMatchRow[]
}

/** The part a proposal makes of a whole line. */
export const partOf = (line: BankLineRow, proposal: Proposal): Part => ({
  ...proposal,
  amount: line.amount,
  allocations: proposal.shares.map(({ itemId, amount }) => ({ itemId, amount })),
})

/**
 * Carries decisions out: payments are recorded, confirmed or taken back, set-based, and everything is remembered for
 * the lines that come later. A line that is unmatched no more is left alone, so that each is matched once, whatever
 * happens at the same time. The caller has locked the customers. Answers the lines that were matched.
 */
export async function postMatches(
  tx: Tx,
  decisions: readonly Decision[],
  decider: Decider,
): Promise<MatchedLine[]> {
  const claimed = await claimLines(tx, decisions)
  const parts = decisions.flatMap(({ line: { id }, parts }) => {
    const line = claimed.get(id)
    return line === undefined ? [] : parts.map((part) => ({ line, part }))
  })
  const matches = await perform(tx, parts, decider)
  if (matches.length === 0) return []
  await sql`
    insert into bank_line_match
    select * from json_populate_recordset(null::bank_line_match, ${JSON.stringify(matches)})
  `.execute(tx.db)
  await learnPayers(
    tx,
    parts.flatMap(({ line: { counterparty_iban: iban }, part: { kind, customerId } }) =>
      iban === null || kind === 'return' ? [] : [{ iban, customerId }],
    ),
  )
  const matched = [...claimed.values()].map((line) => ({
    line,
    matches: matches.filter(({ bank_line_id }) => bank_line_id === line.id),
  }))
  announce(tx, ...matched.map((one) => bankLineFact('bank_line.matched', one, tx)))
  return matched
}

/** Marks lines as matched, those that are still unmatched; the rest belongs to whoever was first. */
async function claimLines(
  tx: Tx,
  decisions: readonly Decision[],
): Promise<Map<string, BankLineRow>> {
  const ids = decisions.map(({ line }) => line.id).sort()
  const { rows } = await sql<BankLineRow>`
    with claimed as (
      select id from bank_line
      where tenant_id = ${tx.tenant.id} and id = any(${ids}) and status = 'unmatched'
      order by id
      for update
    )
    update bank_line
    set status = 'matched', version = version + 1, updated_at = ${tx.now}
    from claimed
    where bank_line.tenant_id = ${tx.tenant.id} and bank_line.id = claimed.id and bank_line.status = 'unmatched'
    returning bank_line.*
  `.execute(tx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Does what the parts say, and answers what became of each. */
async function perform(
  tx: Tx,
  parts: readonly { line: BankLineRow; part: Part }[],
  { decidedBy, note }: Decider,
): Promise<BankLineMatchRow[]> {
  const recorded = await recordPayments(
    tx,
    parts
      .filter(({ part }) => part.kind === 'payment')
      .map(({ line, part }) => newPayment(line, part)),
  )
  const matches: BankLineMatchRow[] = []
  for (const { line, part } of parts) {
    const paymentId = part.paymentId ?? paymentIdOf(recorded.shift())
    if (part.kind === 'confirmation') await confirmPayment(tx, line, paymentId)
    if (part.kind === 'return') await returnPayment(tx, line, paymentId)
    matches.push({
      tenant_id: tx.tenant.id,
      id: newId(),
      bank_line_id: line.id,
      kind: part.kind,
      customer_id: part.customerId,
      payment_id: paymentId,
      amount: part.amount,
      score: part.score,
      reasons: part.reasons,
      decided_by: decidedBy,
      note,
      undone_at: null,
      undo_reason: null,
      created_at: tx.now,
    })
  }
  return matches
}

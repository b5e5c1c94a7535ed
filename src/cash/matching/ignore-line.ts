import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { undoUnidentified } from '../../ledger/unidentified-money.ts'
import { requireBankLine } from '../bank/queries.ts'
import { notUnmatched, requireUnmatched } from './decide.ts'
import { bankLineFact } from './events.ts'
import type { MatchedLine } from './table.ts'

export interface IgnoreLine {
  id: string
  reason: string
  ifMatch: number | undefined
}

/**
 * Takes a line out of the queue that is none of ours to match: interest, a transfer of our own, a supplier paid. Its
 * money leaves the books.
 */
export async function ignoreLine(
  tx: Tx,
  { id, reason, ifMatch }: IgnoreLine,
): Promise<MatchedLine> {
  await requireUnmatched(tx, { id, ifMatch })
  const line = await tx.db
    .updateTable('bank_line')
    .set({ status: 'ignored', version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'unmatched')
    .returningAll()
    .executeTakeFirst()
  if (line === undefined) throw notUnmatched(await requireBankLine(tx, id))
  const match = await tx.db
    .insertInto('bank_line_match')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      bank_line_id: id,
      kind: 'ignored',
      amount: line.amount,
      reasons: '[]',
      decided_by: 'person',
      note: reason,
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const { currency, amount } = line
  await undoUnidentified(tx, { bankLineId: id, currency, amount })
  const ignored = { line, matches: [match] }
  announce(tx, bankLineFact('bank_line.ignored', ignored, tx))
  return ignored
}

import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireBankLine } from '../bank/queries.ts'
import type { BankLineRow } from '../bank/table.ts'
import { type Part, postMatches } from './post-matches.ts'
import type { MatchedLine } from './table.ts'

/** What a person says to every decision about a line. */
export interface ByPerson {
  id: string
  note: string | null
  ifMatch: number | undefined
}

/** The line, if it is still unmatched and what the caller has seen. */
export async function requireUnmatched(
  tx: Tx,
  { id, ifMatch }: Pick<ByPerson, 'id' | 'ifMatch'>,
): Promise<BankLineRow> {
  const line = await requireBankLine(tx, id)
  requireVersion(line.version, ifMatch)
  if (line.status !== 'unmatched') throw notUnmatched(line)
  return line
}

/** Carries out what a person has decided about a line, or says why not. */
export async function decide(
  tx: Tx,
  line: BankLineRow,
  parts: readonly Part[],
  note: string | null,
): Promise<MatchedLine> {
  await lockCustomers(
    tx,
    parts.map(({ customerId }) => customerId),
  )
  const { matched, refusal } = await postMatches(tx, [{ line, parts }], {
    decided_by: 'person',
    note,
  })
  if (refusal !== undefined) throw refusal
  const [one] = matched
  if (one === undefined) throw notUnmatched(await requireBankLine(tx, line.id))
  return one
}

export const notUnmatched = ({ status }: BankLineRow): Problem =>
  new Problem('invalid_state', {
    current_status: status,
    allowed_actions: status === 'batch' ? [] : ['undo'],
  })

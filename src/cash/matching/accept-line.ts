import type { Tx } from '../../foundation/database/commit.ts'
import { Problem } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import type { BankLineRow } from '../bank/table.ts'
import type { Designation } from '../designation.ts'
import { type ByPerson, decide, requireUnmatched } from './decide.ts'
import { isIncoming } from './lines.ts'
import type { Proposal } from './match.ts'
import { type Part, partOf } from './post-matches.ts'
import { proposalsFor } from './propose.ts'
import type { MatchedLine } from './table.ts'

export interface AcceptLine extends ByPerson {
  /** Whose money it is; null to accept what is proposed best. */
  customerId: string | null
  /** The payment that is confirmed or returned, of those that are proposed. */
  paymentId: string | null
  /** What it settles; null for what is proposed for the customer, or else for the customer's rules. */
  allocations: Designation[] | null
}

/**
 * Decides what a line is: the best proposal, the best one for a customer, a payment that is confirmed or returned, or
 * the items that a person names.
 */
export async function acceptLine(tx: Tx, input: AcceptLine): Promise<MatchedLine> {
  const line = await requireUnmatched(tx, input)
  const part =
    input.customerId !== null && input.allocations !== null
      ? await asTold(tx, line, input.customerId, input.allocations)
      : await asProposed(tx, line, input)
  return decide(tx, line, [part], input.note)
}

async function asProposed(
  tx: Tx,
  line: BankLineRow,
  { customerId, paymentId }: AcceptLine,
): Promise<Part> {
  const proposals = await proposalsFor(tx, line)
  const wanted = proposals.find(
    (proposal) =>
      (customerId === null || proposal.customerId === customerId) &&
      (paymentId === null || proposal.paymentId === paymentId),
  )
  if (wanted !== undefined && isDecided(wanted)) return partOf(line, wanted)
  if (customerId === null || paymentId !== null) throw new Problem('no_proposal')
  return asTold(tx, line, customerId, null)
}

/** A proposal that names only the customer leaves the items to the customer's rules, unless the invoice is settled. */
const isDecided = ({ kind, shares, reasons }: Proposal): boolean =>
  kind !== 'payment' || shares.length > 0 || reasons.some(({ code }) => code === 'settled_invoice')

/** Money of a customer, whatever is proposed. */
export async function asTold(
  tx: Tx,
  line: BankLineRow,
  customerId: string,
  allocations: Designation[] | null,
  amount = line.amount,
): Promise<Part> {
  if (!isIncoming(line)) throw new Problem('bank_line_not_matchable')
  await requireCustomer(tx, customerId)
  return {
    kind: 'payment',
    customerId,
    paymentId: null,
    amount,
    allocations,
    score: null,
    reasons: [],
  }
}

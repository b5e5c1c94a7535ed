import type { Tx } from '../../foundation/database/commit.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import type { BankLineRow } from '../bank/table.ts'
import { CandidateBook } from './candidate-book.ts'
import { customersIn, findLeads } from './find-leads.ts'
import { proposeReturns } from './find-returned.ts'
import { holdLines } from './hold-lines.ts'
import { leaveUnidentified } from './leave-unidentified.ts'
import { isIncoming, isReturn, type Place, toMatch, unmatchedLines } from './lines.ts'
import type { Proposal } from './match.ts'
import { type Decision, partOf, postMatches } from './post-matches.ts'
import { proposeMatches } from './propose-matches.ts'
import { matchingSettings } from './settings.ts'
import type { MatchingSettingsRow } from './table.ts'

/** Lines per commit: few enough that nobody waits long for the customers it locks. */
export const LINES_PER_COMMIT = 200

/**
 * Matches the next unmatched lines, the oldest first: what is proposed above the tenant's threshold is posted, the rest
 * stays for a person, its money unidentified. Each line sees what the ones before it have taken and taught. Answers
 * where it has come to, null when no line is left.
 */
export async function matchLines(tx: Tx, after: Place | null): Promise<Place | null> {
  const lines = await unmatchedLines(tx, after, LINES_PER_COMMIT)
  const settings = await matchingSettings(tx)
  // Locked before anything is judged: from here on nobody else moves what these customers owe or have paid.
  await lockCustomers(tx, await customersConcerned(tx, lines))
  const held = await holdLines(
    tx,
    lines.map(({ id }) => id),
  )
  const incoming = lines.filter((line) => held.has(line.id) && isIncoming(line))
  const returns = lines.filter((line) => held.has(line.id) && isReturn(line))
  const { matched } = await postMatches(
    tx,
    await decideIncoming(tx, incoming, settings),
    byTheService,
  )
  await postMatches(tx, await decideReturns(tx, returns, settings), byTheService)
  const known = new Set(matched.map(({ line }) => line.id))
  await leaveUnidentified(
    tx,
    incoming.filter(({ id }) => !known.has(id)),
  )
  return lines.length < LINES_PER_COMMIT ? null : (lines.at(-1) ?? null)
}

const byTheService = { decided_by: 'service', note: null } as const

async function customersConcerned(tx: Tx, lines: readonly BankLineRow[]): Promise<string[]> {
  const proposals = [...(await proposeReturns(tx, lines.filter(isReturn))).values()].flat()
  const leads = await findLeads(tx, lines.filter(isIncoming).map(toMatch))
  return [...customersIn(leads), ...proposals.map(({ customerId }) => customerId)]
}

async function decideIncoming(
  tx: Tx,
  lines: readonly BankLineRow[],
  settings: MatchingSettingsRow,
): Promise<Decision[]> {
  const book = await CandidateBook.of(tx, lines.map(toMatch))
  const fit = { bankFeeMaxAmount: settings.bank_fee_max_amount }
  return lines.flatMap((line) => {
    const given = toMatch(line)
    const [best] = proposeMatches(given, book.candidatesFor(given), fit)
    if (best === undefined || best.score < settings.auto_post_score) return []
    book.take(given, best)
    return [{ line, parts: [partOf(line, best)] }]
  })
}

/** Each payment goes back once: of two lines that would return the same one, the second stays for a person. */
async function decideReturns(
  tx: Tx,
  lines: readonly BankLineRow[],
  settings: MatchingSettingsRow,
): Promise<Decision[]> {
  const proposals = await proposeReturns(tx, lines)
  const taken = new Set<string | null>()
  return lines.flatMap((line) => {
    const [best] = proposals.get(line.id) as Proposal[]
    if (best === undefined || best.score < settings.auto_post_score) return []
    if (taken.has(best.paymentId)) return []
    taken.add(best.paymentId)
    return [{ line, parts: [partOf(line, best)] }]
  })
}

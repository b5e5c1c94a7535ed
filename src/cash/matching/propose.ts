import type { Reader } from '../../foundation/database/frame.ts'
import type { BankLineRow } from '../bank/table.ts'
import { CandidateBook } from './candidate-book.ts'
import { proposeReturns } from './find-returned.ts'
import { isIncoming, isReturn, toMatch } from './lines.ts'
import type { Proposal } from './match.ts'
import { proposeMatches } from './propose-matches.ts'
import { matchingSettings } from './settings.ts'

/** What may be done with a line, as things stand; nothing for money of ours that went out or came back. */
export async function proposalsFor(reader: Reader, line: BankLineRow): Promise<Proposal[]> {
  if (isReturn(line)) return (await proposeReturns(reader, [line])).get(line.id) ?? []
  if (!isIncoming(line)) return []
  const given = toMatch(line)
  const book = await CandidateBook.of(reader, [given])
  const settings = await matchingSettings(reader)
  return proposeMatches(given, book.candidatesFor(given), {
    bankFeeMaxAmount: settings.bank_fee_max_amount,
  })
}

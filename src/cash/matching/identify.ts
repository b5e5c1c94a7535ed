import { nameSimilarity } from './compare-names.ts'
import type { Candidate, LineToMatch, Reason } from './match.ts'

const SAME = 0.95
const SIMILAR = 0.75

/** What tells that a customer is the payer, and what tells that somebody else is. */
export function identityReasons(line: LineToMatch, candidate: Candidate): Reason[] {
  return [...nameReasons(line, candidate), ...ibanReasons(line, candidate)]
}

function nameReasons({ payerName }: LineToMatch, { name }: Candidate): Reason[] {
  const similarity = payerName === null ? 0 : nameSimilarity(payerName, name)
  if (similarity < SIMILAR) return []
  const inputs = { payer: payerName ?? '', similarity: Math.round(similarity * 100) }
  return similarity >= SAME
    ? [{ code: 'name_same', weight: 45, inputs }]
    : [{ code: 'name_similar', weight: 25, inputs }]
}

function ibanReasons(line: LineToMatch, candidate: Candidate): Reason[] {
  const { ibanSeenCount: times, ibanOthersCount: others } = candidate
  if (line.payerIban === null || times + others === 0) return []
  if (times === 0) {
    return nameReasons(line, candidate).length > 0
      ? []
      : [{ code: 'iban_of_other', weight: -30, inputs: { iban: line.payerIban, others } }]
  }
  return others > 0
    ? [{ code: 'iban_shared', weight: times > 1 ? 40 : 25, inputs: { times, others } }]
    : [{ code: 'iban_known', weight: Math.min(70, 40 + 10 * times), inputs: { times } }]
}

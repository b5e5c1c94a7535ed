import { nameSimilarity } from './compare-names.ts'
import type { Candidate, LineToMatch, Reason } from './match.ts'

const SAME_NAME = 0.95
/** From here on names are alike enough to tell. */
export const SIMILAR_NAME = 0.75

/** What tells that a customer is the payer, and what tells that somebody else is. */
export function identityReasons(line: LineToMatch, candidate: Candidate): Reason[] {
  return [...nameReasons(line, candidate), ...ibanReasons(line, candidate)]
}

function nameReasons({ payerName }: LineToMatch, { name }: Candidate): Reason[] {
  const similarity = payerName === null ? 0 : nameSimilarity(payerName, name)
  if (similarity < SIMILAR_NAME) return []
  const inputs = { payer: payerName ?? '', similarity: Math.round(similarity * 100) }
  return similarity >= SAME_NAME
    ? [{ code: 'name_same', weight: 45, inputs }]
    : [{ code: 'name_similar', weight: 25, inputs }]
}

function ibanReasons(line: LineToMatch, candidate: Candidate): Reason[] {
  const { ibanSeenCount: times, ibanOthersCount: others } = candidate
  const isNamed = nameReasons(line, candidate).length > 0
  if (line.payerIban === null) return []
  if (times === 0) {
    // Who has paid for several customers pays for others as a trade: that says nothing against one more.
    return others === 1 && !isNamed
      ? [{ code: 'iban_of_other', weight: -5, inputs: { iban: line.payerIban } }]
      : []
  }
  if (others > 0)
    return [
      { code: 'iban_shared', weight: Math.min(40, 20 + 5 * times), inputs: { times, others } },
    ]
  // Somebody else with the same account is a little less likely to pay for this customer again.
  const weight = Math.min(70, 40 + 10 * times) - (isNamed || line.payerName === null ? 0 : 20)
  return [{ code: 'iban_known', weight, inputs: { times } }]
}

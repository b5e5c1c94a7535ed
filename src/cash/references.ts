import { squeezed } from '../billing/creditor-reference.ts'
import type { Money } from './allocation.ts'
import type { Claim } from './claim.ts'
import type { Reason } from './reason.ts'

/** A claim that a text names, and by what. */
export interface NamedClaim {
  claim: Claim
  reason: Reason
}

/**
 * The claims that some money names: by the number of their invoice as a word of its own, or by their creditor reference
 * (RF, QRR), in free text and with spaces too; in what the payer wrote, and in the end-to-end id. `NOTPROVIDED` is what
 * banks write where there is nothing; it names nothing.
 */
export function claimsNamedBy(
  { reference, endToEndId }: Pick<Money, 'reference' | 'endToEndId'>,
  claims: readonly Claim[],
): NamedClaim[] {
  const written = textOf(reference)
  const endToEnd = textOf(endToEndId)
  return claims.flatMap((claim): NamedClaim[] => {
    const named =
      (written && reasonIn(written, claim)) ??
      (endToEnd && reasonIn(endToEnd, claim) && { code: 'end_to_end_id', found: endToEnd.whole })
    return named ? [{ claim, reason: named }] : []
  })
}

/** A text as references are looked for in it. */
interface SearchedText {
  whole: string
  words: Set<string>
  /** All letters and digits without anything between them. */
  squeezed: string
  /** Where in `squeezed` a word begins or ends. */
  edges: Set<number>
}

function textOf(text: string | null): SearchedText | undefined {
  const whole = text?.trim().toUpperCase() ?? ''
  if (whole === '' || whole === 'NOTPROVIDED') return undefined
  const edges = new Set([0])
  let length = 0
  for (const word of whole.split(/[^A-Z0-9]+/)) {
    length += word.length
    edges.add(length)
  }
  const words = whole.split(/[\s,;:+|]+/).map((word) => word.replace(/^[#([]+|[.)\]]+$/g, ''))
  return { whole, words: new Set(words), squeezed: squeezed(whole), edges }
}

function reasonIn(text: SearchedText, { number, creditor_reference }: Claim): Reason | undefined {
  const wanted = number?.trim().toUpperCase() ?? ''
  if (number !== null && wanted !== '' && (wanted === text.whole || text.words.has(wanted)))
    return { code: 'invoice_number', found: number }
  return creditor_reference !== null && holds(text, squeezed(creditor_reference))
    ? { code: 'creditor_reference', found: creditor_reference }
    : undefined
}

/** True when a text holds a reference from the edge of a word to the edge of a word, whatever stands between. */
function holds({ squeezed: text, edges }: SearchedText, reference: string): boolean {
  for (let at = text.indexOf(reference); at >= 0; at = text.indexOf(reference, at + 1))
    if (edges.has(at) && edges.has(at + reference.length)) return true
  return false
}

import { squeezed } from '../../billing/creditor-reference.ts'
import { contentOfReference, numberKey } from '../../billing/reference-key.ts'
import { referencesIn } from './find-references.ts'
import type { LineToMatch } from './match.ts'
import { keysIn, type Mention, mentionOf, type Reading, readText } from './read-text.ts'

/** Everything on a line that may name an invoice, read once for all candidates. */
export interface Reference {
  /** What the payer wrote, the most telling first. */
  readings: readonly Reading[]
  /** What structured references say, where their check digits hold. */
  structured: readonly string[]
}

/** How a line names an invoice, the best first. */
export type Naming = 'structured' | Mention

/**
 * Reads the free text, the end-to-end id and the structured reference of a line. A structured reference of another
 * scheme than the known ones, or with wrong check digits, is read as text.
 */
export function readReference({ text, structuredReference, endToEndId }: LineToMatch): Reference {
  const texts = [text, structuredReference, endToEndId].filter((one) => one !== null)
  const content = structuredReference === null ? null : contentOfReference(structuredReference)
  return {
    readings: texts.map(readText),
    structured: [...(content === null ? [] : [content]), ...referencesIn(text)],
  }
}

/** The keys under which the invoices that a line may name are found. */
export const keysOf = ({ readings, structured }: Reference): string[] => [
  ...new Set([...readings.flatMap(keysIn), ...structured.map(numberKey)]),
]

const order: readonly Naming[] = ['structured', 'number', 'digits', 'tail', 'cut', 'typo']

/** What an invoice may be called. */
export interface Names {
  number: string | null
  creditorReference: string | null
}

/** How a line names an invoice, if it does. */
export function namingOf(
  { number, creditorReference }: Names,
  { readings, structured }: Reference,
): Naming | undefined {
  const compact = squeezed(number ?? '')
  const digits = compact.replace(/\D/g, '').replace(/^0+(?=.)/, '')
  const contents = [compact, digits, contentOfReference(creditorReference ?? '')]
  if (structured.some((content) => contents.includes(content))) return 'structured'
  const mentions = number === null ? [] : readings.map((reading) => mentionOf(number, reading))
  return order.find((naming) => mentions.includes(naming as Mention))
}

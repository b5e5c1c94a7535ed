import { numberKey } from '../../billing/number-key.ts'
import { contentOfReference, referencesIn } from './creditor-reference.ts'
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

/** How a line names an invoice number, if it does. */
export function namingOf(
  number: string | null,
  { readings, structured }: Reference,
): Naming | undefined {
  if (number === null) return undefined
  const compact = number.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const digits = compact.replace(/\D/g, '').replace(/^0+(?=.)/, '')
  if (structured.some((content) => content === compact || content === digits)) return 'structured'
  const mentions = readings.map((reading) => mentionOf(number, reading))
  return order.find((naming) => mentions.includes(naming as Mention))
}

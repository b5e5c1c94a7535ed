import { isCreditorReference, squeezed } from './creditor-reference.ts'
import type { InvoiceRow } from './table.ts'

/**
 * The key an invoice is found by when payers write its number in their own way: its digits without any zeros, since
 * letters, punctuation, spaces and leading zeros are what gets lost. Several numbers may share a key, so whoever finds
 * an invoice by it still compares the numbers. Empty for a number without digits.
 */
export const numberKey = (number: string): string => number.replace(/[^1-9]/g, '')

/**
 * What a structured creditor reference says (ISO 11649, or a Swiss QR reference), without its check digits and leading
 * zeros; null for anything else, and where the check digits do not hold.
 */
export function contentOfReference(reference: string): string | null {
  if (!isCreditorReference(reference)) return null
  const compact = squeezed(reference)
  const content = compact.startsWith('RF') ? compact.slice(4) : compact.slice(0, -1)
  return content.replace(/^0+(?=.)/, '')
}

/** The keys of an invoice: of its number, and of its creditor reference. */
export function referenceKeys(
  invoice: Pick<InvoiceRow, 'number' | 'creditor_reference'>,
): string[] {
  const content = contentOfReference(invoice.creditor_reference ?? '')
  const keys = [numberKey(invoice.number ?? ''), numberKey(content ?? '')]
  return [...new Set(keys)].filter((key) => key !== '')
}

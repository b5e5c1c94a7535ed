/**
 * Comma-separated values as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it, so that what a customer once typed into a reference never runs on a bookkeeper's machine (OWASP, CSV
 * injection). Numbers stay numbers.
 */

export type Cell = string | number | boolean | null

const FORMULA = /^[=+\-@\t\r]/

/** One line, with its end. */
export const csvLine = (cells: readonly Cell[], separator: ',' | ';' | '\t' | '|' = ','): string =>
  `${cells.map((cell) => toText(cell, separator)).join(separator)}\r\n`

function toText(cell: Cell, separator: string): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const harmless = FORMULA.test(cell) && !isDecimal(cell) ? `'${cell}` : cell
  const needsQuotes = /["\r\n]/.test(harmless) || harmless.includes(separator)
  return needsQuotes ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const isDecimal = (text: string): boolean => /^-?\d{1,20}(\.\d{1,4})?$/.test(text)

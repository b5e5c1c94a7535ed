import { Type } from '@sinclair/typebox'
import { type Cell, csvLine } from '../foundation/csv.ts'
import { Answer } from '../foundation/http/answer.ts'
import { OneOf } from '../foundation/http/schema.ts'
import { decimalOf, share } from '../foundation/money.ts'

/** `format` of a report, which comes as one answer in either form. */
export const format = {
  format: Type.Optional(
    OneOf(['json', 'csv'], { description: 'JSON, or CSV (RFC 4180, UTF-8).', default: 'json' }),
  ),
}

/** `object`, what an answer is, of a report of this name. */
export const ReportName = <const N extends string>(name: N) =>
  Type.Unsafe<N>(Type.String({ description: 'What this is.', const: name, examples: [name] }))

/** A share in percent with one decimal place, or null where there is nothing to have a share of. */
export const percentText = (part: number, whole: number): string | null =>
  whole === 0 ? null : (share(part, 1_000, whole) / 10).toFixed(1)

/** One row of a report, flat. */
export type FlatRow = Readonly<Record<string, Cell>>

/**
 * Rows as a CSV answer, with the columns in this order. Amounts (`…_amount`) have the decimal places of the row's
 * `currency`.
 */
export function csvAnswer(columns: readonly string[], rows: readonly FlatRow[]): Answer {
  const cellOf = (row: FlatRow, column: string): Cell => {
    const cell = row[column] ?? null
    return typeof cell === 'number' && column.endsWith('_amount')
      ? decimalOf(cell, String(row.currency))
      : cell
  }
  const lines = rows.map((row) => csvLine(columns.map((column) => cellOf(row, column))))
  return new Answer(200, [csvLine(columns), ...lines].join(''), {
    'content-type': 'text/csv; charset=utf-8',
  })
}

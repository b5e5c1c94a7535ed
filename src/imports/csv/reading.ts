import type { csvDateFormats, csvSeparators } from '../../cash/bank/csv-mapping.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { ImportResource } from '../import.ts'
import { isField } from './field-schema.ts'

/** How another system writes a file. */
export interface MappingSettings {
  separator: (typeof csvSeparators)[number]
  encoding: FileEncoding
  /** Lines before the header, or before the first row without one. */
  skip_line_count: number
  has_header: boolean
  date_format: (typeof csvDateFormats)[number]
  /** What stands before the cents; null where amounts are whole minor units. */
  decimal_sign: '.' | ',' | null
  /** Which column is which field; columns that are not named are left out. */
  columns: { column: string; field: string }[]
  /** What a field is where its column is empty or missing. */
  defaults: { field: string; value: string | number | boolean }[]
}

export const fileEncodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'utf-16le',
  'utf-16be',
] as const
export type FileEncoding = (typeof fileEncodings)[number]

/** How the rows of one import are read; fixed when its file comes, whatever becomes of the mapping. */
export interface CsvReading extends Omit<MappingSettings, 'encoding' | 'columns'> {
  /** The columns of the file, in their order. */
  header: string[]
  /** The field in each column; null for one that is left out. */
  fields: (string | null)[]
}

/** How a file is read that says by the names of its columns what is in them, as our exports do. */
export const plainSettings: MappingSettings = {
  separator: ',',
  encoding: 'utf-8',
  skip_line_count: 0,
  has_header: true,
  date_format: 'YYYY-MM-DD',
  decimal_sign: null,
  columns: [],
  defaults: [],
}

/** The column an error file adds; it is left out when the file is sent again. */
export const ERROR_COLUMN = 'import_error'

/** How the rows of a file with these columns are read, by a mapping or by the names of the columns. */
export function readingOf(
  resource: ImportResource,
  settings: MappingSettings | null,
  header: string[],
): CsvReading {
  const { encoding: _, columns, ...rest } = settings ?? plainSettings
  const fields = settings === null ? namedFields(resource, header) : mappedFields(columns, header)
  return { ...rest, header, fields }
}

function namedFields(resource: ImportResource, header: string[]): (string | null)[] {
  const unknown = header.filter((name) => name !== ERROR_COLUMN && !isField(resource, name))
  if (unknown.length > 0)
    throw unreadable('unknown_column', 'has columns that are no fields', unknown)
  return header.map((name) => (name === ERROR_COLUMN ? null : name))
}

/** `#3` is the third column, whatever it is called. */
function mappedFields(columns: MappingSettings['columns'], header: string[]): (string | null)[] {
  const missing = columns.filter(({ column }) => placeOf(column, header) < 0)
  if (missing.length > 0)
    throw unreadable(
      'column_missing',
      'has not all columns of the mapping',
      missing.map(({ column }) => column),
    )
  const fields: (string | null)[] = header.map(() => null)
  for (const { column, field } of columns) fields[placeOf(column, header)] = field
  return fields
}

function placeOf(column: string, header: string[]): number {
  if (!/^#\d+$/.test(column)) return header.indexOf(column)
  const place = Number(column.slice(1)) - 1
  return place < header.length ? place : -1
}

const unreadable = (code: string, detail: string, columns: string[]) =>
  invalidFields({ pointer: '#', code, detail, params: { columns: columns.slice(0, 20) } })

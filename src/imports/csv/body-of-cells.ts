import { csvDate, signedAmount } from '../../cash/bank/read/csv-values.ts'
import { FileFault } from '../../cash/bank/read/fault.ts'
import { isCurrency } from '../../foundation/money.ts'
import type { FieldError } from '../../foundation/problem.ts'
import type { ImportResource } from '../import.ts'
import { type FieldSchema, fieldSchemaOf } from './field-schema.ts'
import type { CsvReading } from './reading.ts'

/**
 * The row that the cells of a line stand for. A cell that is not what its field wants stays the text it is, so that the
 * schema refuses it where it stands; an empty one says nothing.
 */
export function bodyOfCells(
  reading: CsvReading,
  resource: ImportResource,
  cells: readonly string[],
): unknown {
  const texts = new Map<string, string | number | boolean>()
  for (const { field, value } of reading.defaults) texts.set(field, value)
  for (const [place, field] of reading.fields.entries()) {
    const text = withoutGuard(cells[place]?.trim() ?? '')
    if (field !== null && text !== '') texts.set(field, text)
  }
  const currency = String(texts.get('currency') ?? '')
  const body: Container = {}
  for (const [field, text] of texts) {
    const schema = fieldSchemaOf(resource, field)
    const value =
      typeof text === 'string' && schema ? parsedCell(text, schema, reading, currency) : text
    put(body, field.split('.'), value)
  }
  return body
}

function parsedCell(
  text: string,
  { type, format }: FieldSchema,
  reading: CsvReading,
  currency: string,
): unknown {
  const types = [type].flat()
  if (types.includes('boolean')) return YES.test(text) ? true : NO.test(text) ? false : text
  if (types.includes('integer')) return integerOf(text, format === 'int64', reading, currency)
  if (format === 'date') return orText(text, () => csvDate(text, reading.date_format, NOWHERE))
  if (types.includes('array') || types.includes('object'))
    return orText(text, () => JSON.parse(text))
  return text
}

const YES = /^(true|yes|y|ja|j|x|1)$/i
const NO = /^(false|no|n|nein|0)$/i
const NOWHERE = { line: 0 }

function integerOf(
  text: string,
  isAmount: boolean,
  { decimal_sign }: CsvReading,
  currency: string,
): unknown {
  if (!isAmount || decimal_sign === null) return /^-?\d{1,16}$/.test(text) ? Number(text) : text
  if (!isCurrency(currency)) return text
  return orText(text, () => {
    const { amount, direction } = signedAmount(text, decimal_sign, currency, NOWHERE)
    return direction === 'debit' ? -amount : amount
  })
}

/** What was read, or the text where it cannot be read that way. */
function orText(text: string, read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof FileFault || error instanceof SyntaxError) return text
    throw error
  }
}

/** Our own exports put an apostrophe before what a spreadsheet would take for a formula. */
const withoutGuard = (text: string): string => (/^'[=+\-@]/.test(text) ? text.slice(1) : text)

type Container = Record<string, unknown>

/** Puts a value where its path says; a segment that is a number makes a list. */
function put(into: Container, [name, ...rest]: string[], value: unknown): void {
  const key = name as string
  if (rest.length === 0) {
    Object.defineProperty(into, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    return
  }
  if (!Object.hasOwn(into, key)) put(into, [key], /^\d+$/.test(rest[0] as string) ? [] : {})
  const inner = into[key]
  if (typeof inner === 'object' && inner !== null) put(inner as Container, rest, value)
}

/** What is wrong with a field, with the column it came from. */
export function withColumn(error: FieldError, { fields, header }: CsvReading): FieldError {
  const field = error.pointer.replace(/^#\/?/, '').replaceAll('/', '.')
  const place = fields.findIndex(
    (one) => one !== null && (one === field || field.startsWith(`${one}.`)),
  )
  return place < 0 ? error : { ...error, params: { ...error.params, column: header[place] } }
}

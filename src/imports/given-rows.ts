import { limits } from '../foundation/http/limits.ts'
import type { ReceivedFile } from '../foundation/http/received-file.ts'
import { invalidFields, type ProblemCode } from '../foundation/problem.ts'
import { type CsvReading, type MappingSettings, plainSettings, readingOf } from './csv/reading.ts'
import { type CsvRecord, recordsOf } from './csv/records.ts'
import { textOfFile } from './file-text.ts'
import type { ImportResource } from './import.ts'

/** A row as it is kept until its turn, or why it cannot be. */
export interface GivenRow {
  input: string | null
  refusal: ProblemCode | null
  /** Where it begins in its file; null for one that came in a body of JSON. */
  line: number | null
}

/** The rows of an import, one by one, so that they are never held together; and how they are read. */
export interface GivenRows {
  rows: AsyncIterable<GivenRow>
  /** For rows that are the cells of a file. */
  csv: CsvReading | null
}

/** The rows of a JSON import. */
export const rowsOfItems = (items: readonly unknown[]): GivenRows => ({
  rows: itemRows(items),
  csv: null,
})

async function* itemRows(items: readonly unknown[]): AsyncGenerator<GivenRow> {
  for (const item of items) yield kept(textOf(item), null)
}

/** The rows of a file of newline-delimited JSON. */
export const rowsOfLines = ({ path }: ReceivedFile): GivenRows => ({
  rows: bounded(lineRows(path)),
  csv: null,
})

/** Lines that hold nothing are no rows. One that is too long is let go of as it comes. */
async function* lineRows(path: string): AsyncGenerator<GivenRow> {
  let rest = ''
  let line = 1
  for await (const piece of textOfFile(path)) {
    const lines = (rest + piece).split('\n')
    rest = (lines.pop() as string).slice(0, limits.bodyBytesMax + 1)
    for (const text of lines) {
      if (text.trim() !== '') yield kept(text.trim(), line)
      line += 1
    }
  }
  if (rest.trim() !== '') yield kept(rest.trim(), line)
}

/** The rows of a CSV file: its first record names the columns, unless the mapping says otherwise. */
export async function rowsOfCsv(
  { path }: ReceivedFile,
  resource: ImportResource,
  mapping: MappingSettings | null,
): Promise<GivenRows> {
  const settings = mapping ?? plainSettings
  const records = recordsOf(path, settings)
  const first = await records.next()
  if (first.done) throw invalidFields({ pointer: '#', code: 'empty', detail: 'holds no rows' })
  const { cells } = first.value
  const header = settings.has_header
    ? cells.map((name) => name.trim())
    : cells.map((_, place) => `#${place + 1}`)
  return {
    csv: readingOf(resource, mapping, header),
    rows: bounded(csvRows(records, settings.has_header ? null : first.value)),
  }
}

async function* csvRows(
  records: AsyncIterable<CsvRecord>,
  first: CsvRecord | null,
): AsyncGenerator<GivenRow> {
  if (first !== null) yield kept(JSON.stringify(first.cells), first.line)
  for await (const { cells, line } of records) yield kept(JSON.stringify(cells), line)
}

async function* bounded(rows: AsyncIterable<GivenRow>): AsyncGenerator<GivenRow> {
  let count = 0
  for await (const row of rows) {
    count += 1
    if (count > limits.importRowsMax) {
      throw invalidFields({
        pointer: '#',
        code: 'maxItems',
        detail: `must NOT have more than ${limits.importRowsMax} rows`,
        params: { limit: limits.importRowsMax },
      })
    }
    yield row
  }
}

/** Undefined for what is nested more deeply than it can be written. */
function textOf(item: unknown): string | undefined {
  try {
    return JSON.stringify(item)
  } catch {
    return undefined
  }
}

/** A row may be as large as the body that would have created its resource alone. PostgreSQL keeps no null character. */
function kept(text: string | undefined, line: number | null): GivenRow {
  if (text === undefined || text.includes('\0'))
    return { input: null, refusal: 'malformed_request', line }
  if (Buffer.byteLength(text) > limits.bodyBytesMax)
    return { input: null, refusal: 'payload_too_large', line }
  return { input: text, refusal: null, line }
}

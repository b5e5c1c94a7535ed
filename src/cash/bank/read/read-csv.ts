import { CsvError, parse } from 'csv-parse/sync'
import type { Entry, Statement } from '../bank-line.ts'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { csvEntry } from './csv-entry.ts'
import { decode } from './decode.ts'
import { FileFault } from './fault.ts'
import { LINES_MAX } from './limits.ts'
import { accountOf, currencyOf, ibanOf, textOf } from './values.ts'

/** A row with the line it ends on. */
interface Row {
  record: string[]
  info: { lines: number }
}

/** The cells of one row, by the names the mapping gives their columns. */
export interface Cells {
  line: number
  /** The text of a column; null when it is empty or the mapping has none. */
  of: (column: string | undefined) => string | null
}

/** Reads a bank's CSV export by a saved mapping: one statement, without balances, for each account and currency. */
export function readCsv(bytes: Uint8Array, mapping: CsvMappingSettings): Statement[] {
  const statements = new Map<string, Statement>()
  let last: Entry | undefined
  for (const cells of rowsOf(decode(bytes, mapping.encoding), mapping)) {
    if (isContinuation(cells, mapping)) {
      if (last !== undefined) continueRemittance(last, cells, mapping)
      continue
    }
    const place = { line: cells.line }
    const account = accountOf(cells.of(mapping.columns.account) ?? mapping.account)
    if (account === null) throw new FileFault('value_missing', 'no account', place)
    const currency = currencyOf(cells.of(mapping.columns.currency) ?? mapping.currency, place)
    last = csvEntry(cells, mapping, currency)
    const statement = statements.get(`${account} ${currency}`) ?? emptyStatement(account, currency)
    statements.set(`${account} ${currency}`, statement)
    statement.entries.push(last)
    statement.closingCount += 1
  }
  if (statements.size === 0)
    throw new FileFault('no_statement', 'the file holds no rows', { line: 1 })
  return [...statements.values()]
}

const emptyStatement = (identification: string, currency: string): Statement => ({
  format: 'csv',
  kind: 'statement',
  account: { identification, iban: ibanOf(identification), bic: null, name: null },
  currency,
  identification: null,
  number: null,
  fromDate: null,
  toDate: null,
  madeAt: null,
  opening: null,
  closing: null,
  closingCount: 0,
  entries: [],
})

function* rowsOf(text: string, mapping: CsvMappingSettings): Generator<Cells> {
  const rows = parsed(text, mapping)
  const header = mapping.has_header ? rows.shift()?.record.map((name) => name.trim()) : undefined
  if (mapping.has_header && header === undefined)
    throw new FileFault('no_statement', 'the file has no header', { line: 1 })
  if (rows.length > LINES_MAX)
    throw new FileFault('limit_exceeded', `more than ${LINES_MAX} lines`, { line: LINES_MAX + 1 })
  const places = placesOf(mapping, header ?? [])
  for (const { record, info } of rows) {
    if (record.every((cell) => cell.trim() === '')) continue
    yield {
      line: info.lines,
      of: (column) =>
        column === undefined ? null : textOf(record[places.get(column) ?? record.length]),
    }
  }
}

function parsed(text: string, mapping: CsvMappingSettings): Row[] {
  try {
    // Some exports end their lines with two carriage returns and a line feed.
    return parse(text.replace(/\r*\n|\r/g, '\n'), {
      delimiter: mapping.separator,
      recordDelimiter: '\n',
      fromLine: mapping.skip_line_count + 1,
      to: LINES_MAX + 2,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      maxRecordSize: 65_536,
    }) as unknown as Row[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = (error as { lines?: number }).lines
    throw new FileFault('value_invalid', error.message.slice(0, 200), line ? { line } : {})
  }
}

/** Where each column of the mapping stands. `#3` is the third, whatever it is called. */
function placesOf(mapping: CsvMappingSettings, header: string[]): Map<string, number> {
  const { remittance = [], ...single } = mapping.columns
  const places = new Map<string, number>()
  for (const name of [...Object.values(single), ...remittance]) {
    const place = /^#\d+$/.test(name) ? Number(name.slice(1)) - 1 : header.indexOf(name)
    if (place < 0)
      throw new FileFault('column_missing', `the file has no column "${name.slice(0, 60)}"`, {
        line: mapping.skip_line_count + 1,
      })
    places.set(name, place)
  }
  return places
}

/** A row without date and money goes on with the text of the row before. */
function isContinuation(cells: Cells, { columns }: CsvMappingSettings): boolean {
  const { booking_date, amount, credit_amount, debit_amount } = columns
  return [booking_date, amount, credit_amount, debit_amount].every(
    (column) => cells.of(column) === null,
  )
}

function continueRemittance(entry: Entry, cells: Cells, { columns }: CsvMappingSettings): void {
  const more = (columns.remittance ?? []).flatMap((column) => cells.of(column) ?? [])
  entry.remittance = textOf([entry.remittance ?? '', ...more].join(' '))
}

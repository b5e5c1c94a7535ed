import { csvLine } from '../foundation/csv.ts'
import { read } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { callerOf } from '../foundation/http/caller.ts'
import type { Context } from '../foundation/http/context.ts'
import { contentTypeOf } from '../foundation/http/export/exported-list.ts'
import { sendRows, type Write } from '../foundation/http/export/send-export.ts'
import { type Http, route } from '../foundation/http/operation.ts'
import type { Page } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { type CsvReading, ERROR_COLUMN } from './csv/reading.ts'
import type { RowProblem } from './import.ts'
import { listResults, requireImport } from './queries.ts'
import { ImportErrors, ImportParams } from './schema.ts'
import type { ImportRecord, ResultRow } from './table.ts'

/** The rows of an import that failed, as they came. */
export function importErrorRoutes(http: Http, context: Context): void {
  route(http, {
    method: 'GET',
    url: '/v1/imports/:id/errors',
    operationId: 'downloadImportErrors',
    tag: 'Imports',
    summary: 'Download the rows that failed',
    description: `The rows as they came, in the form in which they came (CSV for a CSV file, newline-delimited JSON else), each with what is wrong in \`${ERROR_COLUMN}\`: correct them and send the file again as it is.`,
    scope: 'imports:read',
    params: ImportParams,
    answers: { 200: ImportErrors },
    problems: ['import_not_found'],
    work: async ({ params: { id } }, request, reply) => {
      const { tenantId } = callerOf(request)
      const record = await read(context.api, tenantId, (reader) =>
        requireImport(reader, uuidOf(id)),
      )
      const rows = {
        contentType: contentTypeOf(record.csv === null ? 'ndjson' : 'csv'),
        write: writerOf(record),
        readPage: async (reader: Reader, page: Page) => {
          const found = await listResults(reader, record.id, { ...page, status: ['failed'] })
          return { data: found.rows, next_cursor: found.nextCursor }
        },
      }
      return sendRows(context, rows, request, reply)
    },
  })
}

function writerOf({ csv }: ImportRecord): Write {
  const line = (result: unknown): string =>
    csv === null ? jsonLine(result as ResultRow) : cellsLine(result as ResultRow, csv)
  return async function* write(first, rest) {
    if (csv !== null) yield headOf(csv)
    yield first.map(line).join('')
    for await (const page of rest) yield page.map(line).join('')
  }
}

/** A line that could not be kept is not there; one that could not be read comes as it was. */
function jsonLine({ input, problem }: ResultRow): string {
  const said = parsed(input)
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return input === null ? '' : `${input}\n`
  return `${JSON.stringify({ ...said, [ERROR_COLUMN]: inWords(problem as RowProblem) })}\n`
}

/** The file is in UTF-8 and says so, whatever its mapping says of those that the other system writes. */
function headOf({ skip_line_count, has_header, header, separator }: CsvReading): string {
  const names = has_header ? csvLine([...header, ERROR_COLUMN], separator) : ''
  return `\ufeff${'\r\n'.repeat(skip_line_count)}${names}`
}

function cellsLine({ input, problem }: ResultRow, { header, separator }: CsvReading): string {
  const cells = parsed(input)
  if (!Array.isArray(cells)) return ''
  const known = header.map((_, place) => String(cells[place] ?? ''))
  return csvLine([...known, inWords(problem as RowProblem)], separator)
}

function parsed(input: string | null): unknown {
  try {
    return JSON.parse(input ?? 'null')
  } catch {
    return undefined
  }
}

/** `validation_failed: #/currency (Währung) must be …`, or what else was wrong. */
function inWords({ code, detail, errors = [] }: RowProblem): string {
  const fields = errors.map(({ pointer, detail: what, params }) => {
    const column = params?.column
    return `${pointer}${typeof column === 'string' ? ` (${column})` : ''} ${what}`
  })
  return `${code}: ${fields.length === 0 ? detail : fields.join('; ')}`
}

import { PassThrough, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { csvLine } from '../../csv.ts'
import { read } from '../../database/commit.ts'
import type { Reader } from '../../database/frame.ts'
import { callerOf } from '../caller.ts'
import type { Context } from '../context.ts'
import type { Page } from '../paging.ts'
import { ref } from '../schema.ts'
import { cellOf, chosenColumns, pick } from './columns.ts'
import {
  contentTypeOf,
  type ExportedList,
  type ExportFormat,
  type WantedExport,
} from './exported-list.ts'
import { takePlace } from './places.ts'

/** One page of a list, as its operation answers it. */
interface ListPage {
  data: unknown[]
  next_cursor: string | null
}

/** Reads one page of what is exported. */
export type ReadPage = (reader: Reader, page: Page) => Promise<unknown>

const PAGE_ROWS = 500
/** The server ends a connection whose peer takes nothing for 60 s; the snapshot outlives that by a little. */
const IDLE_MS_MAX = 70_000
/** No snapshot is kept longer, however slowly it is read: the database could not clean up behind it. */
const EXPORT_MS_MAX = 30 * 60_000

/** Rows to send: how they are written, and how their pages are read. */
export interface RowsToSend {
  contentType: string
  write: Write
  readPage: ReadPage
}

/** Sends a list as an export. */
export const sendExport = (
  context: Context,
  { list, readPage, ...wanted }: WantedExport & { list: ExportedList; readPage: ReadPage },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const rows = { contentType: contentTypeOf(wanted.format), readPage }
  return sendRows(context, { ...rows, write: writerOf(list, wanted, reply) }, request, reply)
}

/**
 * Sends rows from one snapshot, page by page, as fast as the caller takes them. Nothing is sent before the first page
 * is there, so that a refusal is a problem like any other; what fails later breaks the connection.
 */
export async function sendRows(
  context: Context,
  rows: RowsToSend,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = new PassThrough()
  let begun = false
  const begin = () => {
    begun = true
    reply.type(rows.contentType).send(body)
  }
  try {
    await writeRows(context, rows, request, body, begin)
    body.end()
  } catch (error) {
    if (!begun) throw error
    context.log.warn({ err: error, request_id: request.id }, 'an export ended before its last row')
    body.destroy(error as Error)
  }
  return reply
}

/** The place and the snapshot are given back before the caller learns that it has everything. */
async function writeRows(
  context: Context,
  { write, readPage }: RowsToSend,
  request: FastifyRequest,
  body: Writable,
  begin: () => void,
): Promise<void> {
  const { tenantId, principal } = callerOf(request)
  const leave = takePlace(`${tenantId} ${principal}`)
  try {
    await read(context.exports, tenantId, async (reader) => {
      await sql`
        select set_config('idle_in_transaction_session_timeout', ${String(IDLE_MS_MAX)}, true)
      `.execute(reader.db)
      const pages = pagesOf(reader, readPage, (request.query as Page).cursor)
      const first = (await pages.next()).value as unknown[]
      begin()
      const signal = AbortSignal.timeout(EXPORT_MS_MAX)
      await pipeline(Readable.from(write(first, pages)), body, { end: false, signal }).catch(
        endEarly,
      )
    })
  } finally {
    leave()
  }
}

/** Whatever goes wrong after the first row was sent: nothing of it may be begun again. */
function endEarly(cause: unknown): never {
  throw new Error('the export could not be finished', { cause })
}

/** The pages of a list, from a cursor to its end. */
async function* pagesOf(
  reader: Reader,
  readPage: ReadPage,
  from: string | undefined,
): AsyncGenerator<unknown[]> {
  let cursor: string | null | undefined = from
  do {
    const page = (await readPage(reader, {
      limit: PAGE_ROWS,
      ...(cursor !== undefined && { cursor }),
    })) as ListPage
    yield page.data
    cursor = page.next_cursor
  } while (cursor !== null)
}

/** Writes pages as text. */
export type Write = (first: unknown[], rest: AsyncIterable<unknown[]>) => AsyncGenerator<string>

/** A row says what it says as JSON, by the same schema, whatever the form. */
function writerOf(
  list: ExportedList,
  { format, fields }: WantedExport,
  reply: FastifyReply,
): Write {
  const columns = chosenColumns(list.columns, fields)
  const serialize = reply.compileSerializationSchema(ref(list.row)) as (row: unknown) => string
  const shown = (row: unknown): unknown => JSON.parse(serialize(row))
  const lines: Record<ExportFormat, (row: unknown) => string> = {
    csv: (row) => {
      const known = shown(row)
      return csvLine(columns.map((column) => cellOf(known, column)))
    },
    ndjson: (row) =>
      `${fields === undefined ? serialize(row) : JSON.stringify(pick(shown(row), columns))}\n`,
  }
  return async function* write(first, rest) {
    if (format === 'csv') yield csvLine(columns.map(({ name }) => name))
    yield first.map(lines[format]).join('')
    for await (const page of rest) yield page.map(lines[format]).join('')
  }
}

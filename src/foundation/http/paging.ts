import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { isCalendarDate, isInstant } from '../calendar.ts'
import { Problem } from '../problem.ts'
import { cursorTo, digestOfList, isUuid, placeIn } from './cursor.ts'

/** The order a list is in: one indexed column and the id that breaks ties. */
export interface Order {
  column: string
  direction: 'asc' | 'desc'
  /** The column's type in the database; the cursor carries text. */
  type: 'timestamptz' | 'date' | 'bigint' | 'int' | 'uuid'
  /** The tie-breaker; `id` unless the column is unique by itself. */
  tie?: string | null
}

/** Newest first, by the tenant's clock: how lists come unless asked otherwise. */
export const newestFirst: Order = { column: 'created_at', direction: 'desc', type: 'timestamptz' }

export interface Page {
  limit?: number
  cursor?: string
}

/** One page of rows, and where the next begins. */
export interface Paged<Row> {
  rows: Row[]
  nextCursor: string | null
}

/**
 * Reads one keyset page. The cursor holds the last row's sort key and a digest of the filters it belongs to; it
 * carries no authority, the tenant always comes from the frame. `filters` is all that the caller asked: the page, and
 * whatever the list was narrowed to; `of` names what the list belongs to, where that stands in the path.
 */
export async function pageOf<Row>(
  // biome-ignore lint/suspicious/noExplicitAny: any select that has the order's columns can be paged
  select: SelectQueryBuilder<any, any, Row>,
  filters: Page,
  order: Order,
  of: Record<string, unknown> = {},
): Promise<Paged<Row>> {
  const rows = await pageQuestion(select, filters, order, of).execute()
  return pageFrom(rows as Row[], filters, order, of)
}

/** The rows of a page, and one more where there is another page; `pageFrom` makes the page of them. */
export function pageQuestion<DB, TB extends keyof DB, Row>(
  select: SelectQueryBuilder<DB, TB, Row>,
  { limit = LIMIT_DEFAULT, cursor, ...narrowedTo }: Page,
  order: Order,
  of: Record<string, unknown> = {},
): SelectQueryBuilder<DB, TB, Row> {
  const tie = tieOf(order)
  let query = select.orderBy(sql.ref(order.column), order.direction)
  if (tie !== null) query = query.orderBy(sql.ref(tie), order.direction)
  if (cursor !== undefined) {
    const digest = digestOf({ ...narrowedTo, ...of }, order)
    query = query.where(after(decode(cursor, digest, order, tie), order, tie))
  }
  return query.limit(limit + 1)
}

/** The page that the answer to its question makes. */
export function pageFrom<Row>(
  answer: readonly Row[],
  { limit = LIMIT_DEFAULT, cursor: _, ...narrowedTo }: Page,
  order: Order,
  of: Record<string, unknown> = {},
): Paged<Row> {
  const rows = answer.slice(0, limit)
  const last = rows.at(-1) as Record<string, unknown> | undefined
  if (answer.length <= limit || last === undefined) return { rows, nextCursor: null }
  const digest = digestOf({ ...narrowedTo, ...of }, order)
  return { rows, nextCursor: encode(last, order, tieOf(order), digest) }
}

const LIMIT_DEFAULT = 50

const tieOf = ({ tie }: Order): string | null => (tie === undefined ? 'id' : tie)

/** A page as it goes over the wire. */
export const listToJson = <Row, Json>(
  { rows, nextCursor }: Paged<Row>,
  toJson: (row: Row) => Json,
) => ({
  data: rows.map(toJson),
  has_more: nextCursor !== null,
  next_cursor: nextCursor,
})

function after(
  [key, id]: [string, string | null],
  order: Order,
  tie: string | null,
): RawBuilder<boolean> {
  const beyond = order.direction === 'asc' ? sql`>` : sql`<`
  const type = sql.raw(order.type)
  return tie === null
    ? sql<boolean>`${sql.ref(order.column)} ${beyond} ${key}::${type}`
    : sql<boolean>`(${sql.ref(order.column)}, ${sql.ref(tie)}) ${beyond} (${key}::${type}, ${id}::uuid)`
}

const bare = (column: string): string => column.slice(column.lastIndexOf('.') + 1)

function encode(
  row: Record<string, unknown>,
  order: Order,
  tie: string | null,
  digest: string,
): string {
  const parts = [digest, row[bare(order.column)], tie === null ? null : row[bare(tie)]] as const
  return cursorTo(parts)
}

/** Whether text is a sort key of a type; a cursor that was tampered with never reaches the database. */
const isKey: Record<Order['type'], (text: string) => boolean> = {
  timestamptz: isInstant,
  date: isCalendarDate,
  bigint: (text) => /^-?\d{1,16}$/.test(text),
  int: (text) => /^-?\d{1,9}$/.test(text),
  uuid: isUuid,
}

function decode(
  cursor: string,
  digest: string,
  order: Order,
  tie: string | null,
): [string, string | null] {
  const [key, id] = placeIn(cursor, digest)
  const isPlace =
    isKey[order.type](String(key)) && (tie === null ? id === null : isUuid(String(id)))
  if (!isPlace) throw new Problem('invalid_cursor')
  return [String(key), id as string | null]
}

/** Filters are told apart by name: the order in which a caller writes them means nothing. */
const digestOf = (filters: Record<string, unknown>, order: Order): string =>
  digestOfList([Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)), order])

import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { cursorTo, digestOfList, isUuid, placeIn } from '../foundation/http/cursor.ts'
import type { Page, Paged } from '../foundation/http/paging.ts'
import { BEFORE_ALL, type Kind } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { type EntityKind, entityKinds } from './entities.ts'
import { lastSequence } from './queries.ts'
import type { FeedRow } from './schema.ts'

/** What a snapshot can be narrowed to, and where in the feed it is taken. */
export interface SnapshotFilters extends Page {
  object?: EntityKind[]
  at_sequence?: number
}

/** One page of a snapshot, and the position all its pages are taken at. */
export interface SnapshotPage extends Paged<FeedRow> {
  atSequence: number
}

/** Where a page of a snapshot begins: behind an entity, at the position of its first page. */
interface Place {
  at: number
  kind: string
  id: string
}

const BEGINNING = { kind: '', id: BEFORE_ALL }

/**
 * One page of how everything stood at a position of the feed: of each entity its newest event at or before it, by kind
 * and id; what was deleted by then is left out. Each kind is walked along its index by itself, no further than a page
 * goes, so that a page costs the same wherever it begins.
 */
export async function readSnapshot(
  reader: Reader,
  filters: SnapshotFilters,
): Promise<SnapshotPage> {
  const { limit = 50, cursor, object, at_sequence } = filters
  const digest = digestOfList(['snapshot', ...[...(object ?? [])].sort()])
  const begin: Place =
    cursor === undefined
      ? { ...BEGINNING, at: await positionOf(reader, at_sequence) }
      : placeOf(cursor, digest)
  const { at } = begin
  if (at_sequence !== undefined && at_sequence !== at) throw new Problem('invalid_cursor')
  const kinds = (object ?? entityKinds).filter((kind) => kind >= begin.kind)
  const rows = await newestEvents(reader, { ...begin, kinds, count: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    nextCursor: last ? cursorTo([digest, at, last.entity_kind, last.entity_id]) : null,
    atSequence: at,
  }
}

/** The position asked for, which has to be one of the feed's; its end by default. */
async function positionOf(reader: Reader, wanted: number | undefined): Promise<number> {
  const end = await lastSequence(reader)
  if (wanted !== undefined && wanted > end) {
    throw new Problem('invalid_parameter', {
      errors: [
        {
          in: 'query',
          pointer: 'at_sequence',
          code: 'beyond_feed',
          detail: `must not be after the end of the feed, ${end}`,
          params: { last_sequence: end },
        },
      ],
    })
  }
  return wanted ?? end
}

interface Stretch extends Place {
  kinds: readonly Kind[]
  count: number
}

async function newestEvents(
  { db, tenant }: Reader,
  { at, kind, id, kinds, count }: Stretch,
): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    with entity as (
      select newest.*
      from unnest(${kinds}::text[]) as wanted(kind)
      cross join lateral (
        select * from (
          select distinct on (entity_id) entity_kind, entity_id, position, event_id, type
          from feed
          where tenant_id = ${tenant.id} and entity_kind = wanted.kind and position <= ${at}
            and entity_id > case when wanted.kind = ${kind} then ${id}::uuid else ${BEGINNING.id}::uuid end
          order by entity_id, position desc
        ) as told
        where type not like '%.deleted'
        order by entity_id
        limit ${count}
      ) as newest
      order by newest.entity_kind, newest.entity_id
      limit ${count}
    )
    select event.*, entity.position
    from entity
    join event on event.tenant_id = ${tenant.id} and event.id = entity.event_id
    order by entity.entity_kind, entity.entity_id
  `.execute(db)
  return rows
}

/** A cursor that was tampered with never reaches the database. */
function placeOf(cursor: string, digest: string): Place {
  const [at, kind, id] = placeIn(cursor, digest)
  if (Number.isSafeInteger(at) && entityKinds.includes(kind as EntityKind) && isUuid(String(id)))
    return { at: at as number, kind: kind as string, id: id as string }
  throw new Problem('invalid_cursor')
}

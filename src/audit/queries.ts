import { type Selectable, sql } from 'kysely'
import { eventToJson, type FeedRow } from '../events/schema.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { publicId } from '../foundation/id.ts'
import { blockHash, eventHash } from './hashes.ts'
import type { AuditTables } from './table.ts'

export type BlockRow = Selectable<AuditTables['audit_block']>

const HASH_BYTES = 32

const byNumber: Order = { column: 'number', direction: 'asc', type: 'bigint', tie: null }

const blocksOf = ({ db, tenant }: Reader) =>
  db.selectFrom('audit_block').selectAll().where('tenant_id', '=', tenant.id)

/** One page of the chain, from its beginning. */
export const listBlocks = (reader: Reader, page: Page): Promise<Paged<BlockRow>> =>
  pageOf<BlockRow>(blocksOf(reader), page, byNumber)

/** The blocks that follow a number, the first of them first. */
export const blocksAfter = (reader: Reader, number: number, limit: number): Promise<BlockRow[]> =>
  blocksOf(reader).where('number', '>', number).orderBy('number').limit(limit).execute()

export const findBlock = (reader: Reader, number: number): Promise<BlockRow | undefined> =>
  blocksOf(reader).where('number', '=', number).executeTakeFirst()

/** The newest block. */
export const newestBlock = (reader: Reader): Promise<BlockRow | undefined> =>
  blocksOf(reader).orderBy('number', 'desc').limit(1).executeTakeFirst()

/** The timeline the database is on: another after each restore to a point in time and each failover. */
export async function epochOf({ db }: Reader): Promise<number> {
  const { rows } = await sql<{ epoch: number }>`
    select timeline_id as epoch from pg_control_checkpoint()
  `.execute(db)
  return rows[0]?.epoch ?? 1
}

/** The hashes of a block's events, in hex, as they were sealed. */
export const eventHashesOf = ({ event_hashes }: BlockRow): string[] =>
  Array.from({ length: event_hashes.length / HASH_BYTES }, (_, index) =>
    event_hashes.toString('hex', index * HASH_BYTES, (index + 1) * HASH_BYTES),
  )

/** An event of the feed with its hash as it is now. */
export interface Hashed {
  position: number
  hash: string
}

/** The events between two positions, both included, as far as they are there, at most so many. */
export async function hashEvents(
  { db, tenant }: Reader,
  first: number,
  { last = Number.MAX_SAFE_INTEGER, limit }: { last?: number; limit: number },
): Promise<Hashed[]> {
  const { rows } = await sql<FeedRow>`
    select event.*, feed.position
    from feed
    join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
    where feed.tenant_id = ${tenant.id} and feed.position between ${first} and ${last}
    order by feed.position
    limit ${limit}
  `.execute(db)
  return rows.map((row) => ({
    position: row.position,
    hash: eventHash(eventToJson(row, tenant.mode)),
  }))
}

/** What the hash of a block is by what stands in its row. */
export const hashOf = (
  row: Omit<BlockRow, 'hash' | 'event_hashes'>,
  eventHashes: readonly string[],
): string =>
  blockHash(
    {
      tenantId: publicId('tenant', row.tenant_id),
      number: row.number,
      firstSequence: row.first_position,
      lastSequence: row.last_position,
      previousHash: row.previous_hash,
      sealedAt: row.sealed_at,
    },
    eventHashes,
  )

import { type Selectable, sql } from 'kysely'
import { eventToJson, type FeedRow } from '../events/schema.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { insertRows } from '../foundation/database/insert-rows.ts'
import { type Order, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { eventHash, redactionsHash } from './hashes.ts'
import type { AuditTables } from './table.ts'

export type RedactionRow = Selectable<AuditTables['audit_redaction']>

const byPosition: Order = {
  column: 'position',
  direction: 'asc',
  type: 'bigint',
  tie: 'redacted_by',
}

/** One page of redactions, in the order of the feed; of one event the last is what it hashes to now. */
export const listRedactions = ({ db, tenant }: Reader, page: Page): Promise<Paged<RedactionRow>> =>
  pageOf<RedactionRow>(
    db.selectFrom('audit_redaction').selectAll().where('tenant_id', '=', tenant.id),
    page,
    byPosition,
  )

/** What the events between two positions hash to that were redacted, by position. */
export async function redactedHashes(
  { db, tenant }: Reader,
  first: number,
  last: number,
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('audit_redaction')
    .select(['position', 'event_hash'])
    .where('tenant_id', '=', tenant.id)
    .where('position', '>=', first)
    .where('position', '<=', last)
    .orderBy('position')
    .orderBy('redacted_by')
    .execute()
  return new Map(rows.map(({ position, event_hash }) => [position, event_hash]))
}

/** Keeps sealers away until the commit; answers the position up to which the feed is sealed. */
export async function holdSealing({ db, tenant }: Tx): Promise<number> {
  await sql`
    insert into audit_head (tenant_id) values (${tenant.id}) on conflict (tenant_id) do nothing
  `.execute(db)
  const { rows } = await sql<{ last_position: number }>`
    select last_position from audit_head where tenant_id = ${tenant.id} for update
  `.execute(db)
  return rows[0]?.last_position ?? 0
}

/**
 * Records what sealed events hash to after they were redacted, by the event that will say so, and answers a hash over
 * all of it for that event to carry: it is sealed in its turn.
 */
export async function recordRedactions(
  tx: Tx,
  {
    eventIds,
    redactedBy,
    sealedUpTo,
  }: { eventIds: readonly string[]; redactedBy: string; sealedUpTo: number },
): Promise<{ count: number; hash: string }> {
  const { rows } = await sql<FeedRow>`
    select event.*, feed.position
    from feed
    join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
    where feed.tenant_id = ${tx.tenant.id} and feed.event_id = any(${eventIds}) and feed.position <= ${sealedUpTo}
    order by feed.position
  `.execute(tx.db)
  const redactions = rows.map((row) => ({
    position: row.position,
    event_hash: eventHash(eventToJson(row, tx.tenant.mode)),
  }))
  await insertRows(
    tx,
    'audit_redaction',
    redactions.map((one) => ({ ...one, tenant_id: tx.tenant.id, redacted_by: redactedBy })),
  )
  const hash = redactionsHash(redactions.map((one) => [one.position, one.event_hash]))
  return { count: redactions.length, hash }
}

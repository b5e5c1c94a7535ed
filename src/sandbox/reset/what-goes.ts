import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Keepable } from './begin-reset.ts'

/**
 * Who the tenant is and how far its feed has been read: what no reset touches. Every other table that has a tenant is
 * emptied, so that a new one is never forgotten.
 */
const KEPT = [
  'tenant',
  'tenant_directory',
  'api_key',
  'api_key_use',
  'credential',
  'schedule',
  'feed_head',
  'webhook_cursor',
  'credit_follower',
  'settlement_cursor',
  'audit_head',
]
const ENDPOINTS = ['webhook_endpoint', 'webhook_secret']

interface TableWithReferences {
  name: string
  /** The other tables whose foreign keys point here. */
  referenced_by: string[]
}

/**
 * The tables to empty, in stages: each table comes after those that point at it, and those that point at each other
 * come together. The order is that of the catalogue's foreign keys.
 */
export async function tablesToEmpty(
  { db }: Reader,
  keep: readonly Keepable[],
): Promise<string[][]> {
  const kept = keep.includes('webhook_endpoints') ? [...KEPT, ...ENDPOINTS] : KEPT
  const { rows } = await sql<TableWithReferences>`
    select parent.relname as name, array(
      select distinct child.relname::text from pg_constraint
      join pg_class as child on child.oid = conrelid
      where contype = 'f' and confrelid = parent.oid and conrelid <> confrelid) as referenced_by
    from pg_class as parent
    join pg_attribute on attrelid = parent.oid and attname = 'tenant_id'
    where parent.relnamespace = 'public'::regnamespace and parent.relkind in ('r', 'p') and not parent.relispartition
      and parent.relname <> all(${kept})
    order by parent.relname
  `.execute(db)
  return stagesOf(rows)
}

/** Tables that nothing points at any more go next; where all that are left point at each other, all at once. */
export function stagesOf(tables: readonly TableWithReferences[]): string[][] {
  const stages: string[][] = []
  let left = tables
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name))
    const free = left.filter(({ referenced_by }) => !referenced_by.some((one) => names.has(one)))
    const stage = free.length > 0 ? free : left
    stages.push(stage.map(({ name }) => name))
    left = left.filter((table) => !stage.includes(table))
  }
  return stages
}

/** Which rows go of a table that keeps some: what happened to whoever stays, and the answer to the reset itself. */
export function rowsToDelete(table: string, keep: readonly Keepable[]): RawBuilder<boolean> {
  const kinds = [
    'tenant',
    'api_key',
    ...(keep.includes('webhook_endpoints') ? ['webhook_endpoint'] : []),
  ]
  const isOfSomebodyGone = sql<boolean>`not exists (
    select 1 from event
    where event.tenant_id = ${sql.ref(table)}.tenant_id and event.id = ${sql.ref(table)}.event_id and event.entity_kind = any(${kinds}))`
  switch (table) {
    case 'event':
      return sql`entity_kind <> all(${kinds})`
    case 'feed':
    case 'event_outbox':
      return isOfSomebodyGone
    case 'idempotency_key':
      return sql`created_at < (select reset_at from tenant where tenant.tenant_id = idempotency_key.tenant_id)`
    case 'task_queue':
      return sql`kind <> 'tenant_reset'`
    default:
      return sql`true`
  }
}

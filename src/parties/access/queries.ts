import { type Selectable, sql } from 'kysely'
import type { EventTables } from '../../events/table.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'

/** What decides who may do what, and who is told. */
export const accessKinds = ['tenant', 'api_key', 'approval', 'webhook_endpoint'] as const

export type AccessChangeRow = Selectable<EventTables['event']>

/** Ids of events grow with real time, whatever a test clock says. */
const latestFirst: Order = { column: 'id', direction: 'desc', type: 'uuid', tie: null }

export interface AccessChangeFilters extends Page {
  subject_kind?: (typeof accessKinds)[number][]
  actor?: string
}

/** One page of changes of access, the latest first: the events about it, with or without their place in the feed. */
export function listAccessChanges(
  { db, tenant }: Reader,
  by: AccessChangeFilters,
): Promise<Paged<AccessChangeRow>> {
  let select = db
    .selectFrom('event')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    // To the letter as in the index `event_about_access`, which is what keeps this away from all other events.
    .where(sql<boolean>`entity_kind in ('tenant', 'api_key', 'approval', 'webhook_endpoint')`)
  if (by.subject_kind !== undefined)
    select = select.where('entity_kind', '=', sql<'tenant'>`any(${by.subject_kind})`)
  if (by.actor !== undefined) select = select.where('actor', '=', by.actor)
  return pageOf<AccessChangeRow>(select, by, latestFirst)
}

import type { Reader } from '../../foundation/database/frame.ts'
import {
  newestFirst,
  type Order,
  type Page,
  type Paged,
  pageOf,
} from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { ActivityRow } from './table.ts'

/** The activity, or `activity_not_found`. */
export async function requireActivity({ db, tenant }: Reader, id: string): Promise<ActivityRow> {
  const activity = await db
    .selectFrom('activity')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (activity === undefined) throw new Problem('activity_not_found')
  return activity
}

/** What the list of activities can be narrowed to. */
export interface ActivityFilters extends Page {
  customer_id?: string
  invoice_id?: string
  kind?: ActivityRow['kind']
  direction?: ActivityRow['direction']
  collection?: boolean
  cancelled?: boolean
  occurred_date_gte?: string
  occurred_date_lte?: string
}

const latestFirst: Order = { ...newestFirst, column: 'occurred_at' }

/** One page of activities, the latest first. */
export function listActivities(
  { db, tenant }: Reader,
  by: ActivityFilters,
): Promise<Paged<ActivityRow>> {
  let select = db.selectFrom('activity').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.invoice_id !== undefined) select = select.where('invoice_id', '=', uuidOf(by.invoice_id))
  if (by.kind !== undefined) select = select.where('kind', '=', by.kind)
  if (by.direction !== undefined) select = select.where('direction', '=', by.direction)
  if (by.collection !== undefined) select = select.where('collection', '=', by.collection)
  if (by.cancelled !== undefined)
    select = select.where('cancelled_date', by.cancelled ? 'is not' : 'is', null)
  if (by.occurred_date_gte !== undefined)
    select = select.where('occurred_date', '>=', by.occurred_date_gte)
  if (by.occurred_date_lte !== undefined)
    select = select.where('occurred_date', '<=', by.occurred_date_lte)
  return pageOf<ActivityRow>(select, by, latestFirst)
}

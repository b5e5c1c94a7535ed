import { sql } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { lockCreditGroup } from '../groups/queries.ts'
import { columnOf, type LimitSubject } from './limit.ts'
import { limitInForce } from './limit-in-force.ts'
import type { CreditLimitRow } from './table.ts'

/** The limit, or `credit_limit_not_found`. */
export async function requireCreditLimit(
  { db, tenant }: Reader,
  id: string,
): Promise<CreditLimitRow> {
  const limit = await db
    .selectFrom('credit_limit')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (limit === undefined) throw new Problem('credit_limit_not_found')
  return limit
}

/** Keeps everybody else from changing a subject's limits until the commit; refused where there is no such subject. */
export async function lockSubject(tx: Tx, { customer_id, group_id }: LimitSubject): Promise<void> {
  if (customer_id === null) {
    await lockCreditGroup(tx, group_id)
  } else {
    await requireCustomer(tx, customer_id)
    await lockCustomers(tx, [customer_id])
  }
}

/** For which day, as known at which instant, and whether temporary limits count. */
export interface AsOf {
  day: CalendarDate
  knownAt?: Instant | undefined
  standingOnly?: boolean
}

/** The limit of a subject that is in force on a day, which may have expired; undefined where there is none. */
export async function findLimitInForce(
  { db, tenant }: Reader,
  subject: LimitSubject,
  { day, ...asOf }: AsOf,
): Promise<CreditLimitRow | undefined> {
  const { column, id } = columnOf(subject)
  const { rows } = await limitInForce({
    tenantId: tenant.id,
    subject: column,
    of: sql`${id}`,
    day: sql`${day}`,
    ...asOf,
  }).execute(db)
  return rows[0]
}

/** What the list of limits can be narrowed to. */
export interface CreditLimitFilters extends Page {
  customer_id?: string
  group_id?: string
  kind?: CreditLimitRow['kind']
  status?: CreditLimitRow['status'][]
  in_force?: boolean
  valid_until_lte?: CalendarDate
}

/** One page of limits, the newest first. */
export function listCreditLimits(
  reader: Reader,
  by: CreditLimitFilters,
): Promise<Paged<CreditLimitRow>> {
  const { db, tenant } = reader
  let select = db.selectFrom('credit_limit').selectAll().where('tenant_id', '=', tenant.id)
  for (const column of ['customer_id', 'group_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(column, '=', uuidOf(id))
  }
  if (by.kind !== undefined) select = select.where('kind', '=', by.kind)
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'approved'>`any(${by.status})`)
  if (by.valid_until_lte !== undefined)
    select = select.where('valid_until', '<=', by.valid_until_lte)
  if (by.in_force !== undefined) select = select.where(isInForce(reader), '=', by.in_force)
  return pageOf<CreditLimitRow>(select, by, newestFirst)
}

/** Whether a limit is the one that holds for its subject today, and has not expired. */
function isInForce({ tenant, today }: Reader) {
  const day = sql<CalendarDate>`${today}`
  const inForce = (subject: 'customer_id' | 'group_id') =>
    limitInForce({ tenantId: tenant.id, subject, of: sql.ref(`credit_limit.${subject}`), day })
  return sql<boolean>`(coalesce(credit_limit.valid_until >= ${day}, true) and credit_limit.id in (
    select id from (${inForce('customer_id')}) as own union all select id from (${inForce('group_id')}) as shared))`
}

import type { Tx } from '../../foundation/database/commit.ts'
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
import type { CreditGroupMemberRow, CreditGroupRow } from './table.ts'

const groups = ({ db, tenant }: Reader) =>
  db.selectFrom('credit_group').selectAll().where('credit_group.tenant_id', '=', tenant.id)

/** The group, or `credit_group_not_found`. */
export async function requireCreditGroup(reader: Reader, id: string): Promise<CreditGroupRow> {
  const group = await groups(reader).where('id', '=', id).executeTakeFirst()
  if (group === undefined) throw new Problem('credit_group_not_found')
  return group
}

/**
 * The group, locked until the commit; `credit_group_not_found`. Whoever locks both locks the customer first, as credit
 * checks do.
 */
export async function lockCreditGroup(tx: Tx, id: string): Promise<CreditGroupRow> {
  const group = await groups(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (group === undefined) throw new Problem('credit_group_not_found')
  return group
}

/** What the list of groups can be narrowed to. */
export interface CreditGroupFilters extends Page {
  customer_id?: string
}

/** One page of groups, the newest first. */
export function listCreditGroups(
  reader: Reader,
  by: CreditGroupFilters,
): Promise<Paged<CreditGroupRow>> {
  let select = groups(reader)
  if (by.customer_id !== undefined) {
    const membership = reader.db
      .selectFrom('credit_group_member')
      .select('group_id')
      .where('tenant_id', '=', reader.tenant.id)
      .where('customer_id', '=', uuidOf(by.customer_id))
    select = select.where('id', 'in', membership)
  }
  return pageOf<CreditGroupRow>(select, by, newestFirst)
}

const byCustomer: Order = { column: 'customer_id', direction: 'asc', type: 'uuid', tie: null }

/** One page of who is in a group. */
export function listMembers(
  { db, tenant }: Reader,
  groupId: string,
  page: Page,
): Promise<Paged<CreditGroupMemberRow>> {
  const select = db
    .selectFrom('credit_group_member')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('group_id', '=', groupId)
  return pageOf<CreditGroupMemberRow>(select, page, byCustomer, { groupId })
}

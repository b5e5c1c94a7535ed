import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { ApprovalRow } from './table.ts'

/** The approval, or `approval_not_found`. */
export async function requireApproval({ db, tenant }: Reader, id: string): Promise<ApprovalRow> {
  const approval = await db
    .selectFrom('approval')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (approval === undefined) throw new Problem('approval_not_found')
  return approval
}

/** What the list of approvals can be narrowed to. */
export interface ApprovalFilters extends Page {
  customer_id?: string
  subject_kind?: ApprovalRow['subject_kind']
  status?: ApprovalRow['status'][]
}

/** One page of approvals, the newest first. */
export function listApprovals(
  { db, tenant }: Reader,
  by: ApprovalFilters,
): Promise<Paged<ApprovalRow>> {
  let select = db.selectFrom('approval').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.subject_kind !== undefined) select = select.where('subject_kind', '=', by.subject_kind)
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'requested'>`any(${by.status})`)
  return pageOf<ApprovalRow>(select, by, newestFirst)
}

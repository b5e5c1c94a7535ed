import { sql } from 'kysely'
import type { Succession } from '../credit/holds/pass-credit-holds.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { joinDefinedLevel } from './defined-level.ts'

/**
 * For the credit holds in force of notices that are taken back: the first of the customer's other notices that has lifted
 * an item since to a level which wants a hold too, as the policy says that the item follows, and that still stands. A
 * notice of before the hold has had its own, which a person has lifted.
 */
export async function creditHoldsStillWished(
  { db, tenant }: Reader,
  noticeIds: readonly string[],
): Promise<Succession[]> {
  const { rows } = await sql<Succession>`
    select distinct on (hold.id) hold.id as hold_id, notice.id as notice_id
    from credit_hold as hold
    join dunning_notice as notice on notice.tenant_id = hold.tenant_id and notice.customer_id = hold.customer_id
      and notice.created_at >= hold.created_at and notice.id <> all (${noticeIds})
    join dunning_step as step on step.tenant_id = notice.tenant_id and step.notice_id = notice.id and step.reversed_date is null
    ${joinDefinedLevel}
    where hold.tenant_id = ${tenant.id} and hold.notice_id = any(${noticeIds}) and hold.lifted_date is null
      and (defined #>> '{consequences,credit_hold}')::boolean
    order by hold.id, notice.created_at, notice.id
  `.execute(db)
  return rows
}

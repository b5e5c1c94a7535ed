import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireNotice } from '../queries.ts'
import type { NoticeRow } from '../table.ts'
import { takeBackNotices } from './take-back-notices.ts'

export interface ReverseNotice {
  id: string
  reason: string
  ifMatch: number | undefined
}

/**
 * Takes a notice back, whatever has become of it. One whose items have gone on to a later notice is refused: what came
 * last goes first, so that a level never falls by more than one step at a time.
 */
export async function reverseNotice(
  tx: Tx,
  { id, reason, ifMatch }: ReverseNotice,
): Promise<NoticeRow> {
  const { customer_id } = await requireNotice(tx, id)
  await lockCustomers(tx, [customer_id])
  const notice = await requireNotice(tx, id)
  requireVersion(notice.version, ifMatch)
  if (notice.status === 'reversed')
    throw new Problem('invalid_state', { current_status: notice.status, allowed_actions: [] })
  const later = (await laterNotices(tx, [id])).get(id)
  if (later !== undefined) throw followed(later)
  const [reversed] = (await takeBackNotices(tx, [notice], reason)) as [NoticeRow]
  return reversed
}

const LATER_SHOWN = 10

/** The refusal to take back what later notices stand on. */
export const followed = (later: readonly string[]): Problem =>
  new Problem('dunning_notice_followed', {
    later_notice_ids: later.slice(0, LATER_SHOWN).map((id) => publicId('dunning_notice', id)),
  })

/** The standing notices that lifted an item further after these had; by the notice they followed. */
export async function laterNotices(
  { db, tenant }: Reader,
  noticeIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; later: string[] }>`
    select step.notice_id as id, array_agg(distinct later.notice_id) as later
    from dunning_step as step
    join dunning_step as later on later.tenant_id = step.tenant_id and later.item_id = step.item_id
      and later.level > step.level and later.reversed_date is null
    where step.tenant_id = ${tenant.id} and step.notice_id = any(${noticeIds}) and step.reversed_date is null
    group by step.notice_id
  `.execute(db)
  return new Map(rows.map(({ id, later }) => [id, later]))
}

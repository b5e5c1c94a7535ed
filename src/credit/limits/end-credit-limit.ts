import { type RawBuilder, sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import { creditLimitFact } from './events.ts'
import { columnOf, subjectOf } from './limit.ts'
import { lockSubject, requireCreditLimit } from './queries.ts'
import type { CreditLimitRow } from './table.ts'

export interface EndCreditLimit {
  id: string
  reason: string
  ifMatch: number | undefined
}

/**
 * Ends a limit from today on, and with it those of its kind that it had replaced, so that none of them comes back: behind
 * a temporary limit the standing one holds again, behind a standing one nothing. One that has not begun ends alone.
 */
export async function endCreditLimit(
  tx: Tx,
  { id, reason, ifMatch }: EndCreditLimit,
): Promise<CreditLimitRow> {
  await lockSubject(tx, subjectOf(await requireCreditLimit(tx, id)))
  const limit = await requireCreditLimit(tx, id)
  requireVersion(limit.version, ifMatch)
  if (limit.status !== 'approved' || limit.ended_date !== null)
    throw new Problem('invalid_state', {
      current_status: limit.ended_date === null ? limit.status : 'ended',
      allowed_actions: [],
    })

  const subject = columnOf(subjectOf(limit))
  const { rows } = await sql<CreditLimitRow>`
    update credit_limit
    set ended_date = ${tx.today}, ended_reason = ${reason}, ended_at = ${tx.now}, version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and ${sql.ref(subject.column)} = ${subject.id}
      and (id = ${id} or ${isReplacedBy(limit, tx.today)})
    returning *
  `.execute(tx.db)
  const previous = { ended_date: null, ended_reason: null, ended_at: null }
  announce(tx, ...rows.map((ended) => creditLimitFact('credit_limit.ended', ended, tx, previous)))
  return rows.find((ended) => ended.id === id) as CreditLimitRow
}

/** What of the same subject could be in force again if a limit alone ended. */
function isReplacedBy(
  { kind, valid_from, ordinal }: CreditLimitRow,
  today: CalendarDate,
): RawBuilder<boolean> {
  if (valid_from > today) return sql`false`
  return sql`
    status = 'approved' and ended_date is null and kind = ${kind} and (kind = 'standing' or valid_until >= ${today})
    and (valid_from, ordinal) < (${valid_from}, ${ordinal}::int)`
}

import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { Standing } from '../policies/policy.ts'
import type { Moment } from './moment.ts'

/** What of a standing decides, as it was at a moment. */
export interface PastStanding {
  customer_id: string
  score: number | null
  derived_standing: Standing | null
  override_standing: Standing | null
  override_until: CalendarDate | null
  next_review_date: CalendarDate | null
}

/** How customers stood at a moment, by customer. */
export async function standingsAt(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  moment: Moment,
): Promise<Map<string, PastStanding>> {
  const { rows } = await sql<PastStanding>`
    select distinct on (past.customer_id) past.customer_id, past.score, past.derived_standing, past.override_standing,
      past.override_until, past.next_review_date
    from credit_standing_past as past
    where past.tenant_id = ${tenant.id} and past.customer_id = any(${customerIds}) and ${moment.told('past', 'recorded_at')}
    order by past.customer_id, past.ordinal desc
  `.execute(db)
  return new Map(rows.map((row) => [row.customer_id, row]))
}

/** A rule that rested for a customer, and the check whose release had it rest. */
export interface PastRest {
  customer_id: string
  rule: string
  check_id: string
}

/** The rules that rested at a moment. */
export async function restingAt(
  { db, tenant }: Reader,
  customerIds: readonly string[],
  moment: Moment,
): Promise<PastRest[]> {
  const { rows } = await sql<PastRest>`
    select word.customer_id, rule, word.check_id
    from credit_override as word, unnest(word.rules) as rule
    where word.tenant_id = ${tenant.id} and word.customer_id = any(${customerIds})
      and word.reacts_from_date > ${moment.day} and ${moment.told('word', 'created_at')}
    order by rule, word.created_at desc, word.id desc
  `.execute(db)
  return rows
}

import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { CreditLimitRow } from './table.ts'

/** Whose limit is asked for, on which day, and as it was known when. Each is an expression, a column or a value. */
export interface LimitInForce {
  tenantId: string
  /** Which column names the subject: a customer's own limit, or that of a group. */
  subject: 'customer_id' | 'group_id'
  of: RawBuilder<unknown>
  day: RawBuilder<CalendarDate>
  /** What was known at an instant; what is known now when left out. */
  knownAt?: Instant | undefined
  /** True to pass over temporary limits. */
  standingOnly?: boolean
}

/**
 * The rule which limit is in force on a day, as a select of at most one `credit_limit` row for a lateral join or an
 * `in`. A temporary limit, which states the whole limit while it lasts, goes before the standing one; of each kind the
 * one with the latest first day, and of the same day the one approved last. A temporary limit is gone after its last
 * day; a standing one whose `valid_until` lies before the day is still the answer, and has expired.
 */
export const limitInForce = ({
  tenantId,
  subject,
  of,
  day,
  knownAt,
  standingOnly = false,
}: LimitInForce): RawBuilder<CreditLimitRow> => sql<CreditLimitRow>`
  select limit_of.* from credit_limit as limit_of
  where limit_of.tenant_id = ${tenantId} and limit_of.${sql.ref(subject)} = ${of} and limit_of.status = 'approved'
    and limit_of.valid_from <= ${day}
    and (limit_of.kind = 'standing' or ${standingOnly ? sql`false` : sql`limit_of.valid_until >= ${day}`})
    ${
      knownAt === undefined
        ? sql`and (limit_of.ended_date is null or limit_of.ended_date > ${day})`
        : sql`and limit_of.decided_at <= ${knownAt}
          and (limit_of.ended_date is null or limit_of.ended_date > ${day} or limit_of.ended_at > ${knownAt})`
    }
  order by limit_of.kind = 'temporary' desc, limit_of.valid_from desc, limit_of.ordinal desc
  limit 1`

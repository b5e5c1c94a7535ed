import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Standing } from './policies/policy.ts'

/** How a customer pays, on a day: what a person has said while it lasts, else what its history says. */
export const effectiveStanding = (
  known: {
    derived_standing: Standing | null
    override_standing: Standing | null
    override_until: CalendarDate | null
  },
  day: CalendarDate,
): Standing | null =>
  known.override_standing !== null && (known.override_until === null || known.override_until >= day)
    ? known.override_standing
    : known.derived_standing

/** The same rule in SQL, of a row of standings called `known`. */
export const effectiveStandingSql = (day: RawBuilder<unknown>) => sql<Standing | null>`
  case when known.override_standing is not null and coalesce(known.override_until >= ${day}, true)
    then known.override_standing else known.derived_standing end`

import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { SimulationRow } from './table.ts'

/** The day whose run is the first that begins at an instant or after it. */
const firstRunFrom = ({ tenant }: Reader, instant: RawBuilder<unknown>) =>
  sql`(${instant} at time zone ${tenant.timeZone} - interval '1 microsecond'
    - (select dunning_time from tenant where tenant_id = ${tenant.id})::interval)::date + 1`

/**
 * The first day whose run sees an entry: the day from which it counts or, where runs are to see only what was known
 * then, the first day on which it had been recorded when the run began.
 */
export const entrySeenDate = (reader: Reader, { basis }: SimulationRow) =>
  basis === 'effective'
    ? sql<CalendarDate>`effective_date`
    : sql<CalendarDate>`greatest(effective_date, ${firstRunFrom(reader, sql`recorded_at`)})`

/** The first day whose run sees what happened at an instant. */
export const seenDate = (
  reader: Reader,
  { basis }: Pick<SimulationRow, 'basis'>,
  instant: RawBuilder<unknown>,
) =>
  basis === 'effective'
    ? sql<CalendarDate>`(${instant} at time zone ${reader.tenant.timeZone})::date`
    : sql<CalendarDate>`(${firstRunFrom(reader, instant)})`

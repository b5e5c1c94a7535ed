import { sql } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'

/** Nine in the morning of a day, in the tenant's zone: when the people outside are at work. */
export async function instantOn({ db, tenant }: Reader, day: CalendarDate): Promise<Instant> {
  const { rows } = await sql<{ at: Instant }>`
    select (${day}::date + time '09:00') at time zone ${tenant.timeZone} as at
  `.execute(db)
  return (rows[0] as { at: Instant }).at
}

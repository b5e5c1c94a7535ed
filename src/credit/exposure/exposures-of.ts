import { sql } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { rulesInForce } from '../policies/queries.ts'
import { loadFacts } from './load-facts.ts'
import { type MeasuredCustomer, measurer, ratesOfDay } from './measure.ts'
import { endOf } from './moment.ts'
import { factsAt } from './past-facts.ts'

/**
 * What some customers could cost the tenant now, each by component in the currency of its limit (else its own), with
 * its limit, that of its group, and what else a credit decision looks at. Unknown ids are left out.
 */
export async function exposuresOf(
  reader: Reader,
  customerIds: readonly string[],
): Promise<Map<string, MeasuredCustomer>> {
  if (customerIds.length === 0) return new Map()
  const { definition } = await rulesInForce(reader)
  const known = await loadFacts(reader, customerIds, definition.exposure)
  const measure = measurer(known, definition.exposure, ratesOfDay(reader, known, reader.today))
  const measured = new Map<string, MeasuredCustomer>()
  for (const id of customerIds) {
    const one = await measure(id)
    if (one !== undefined) measured.set(id, one)
  }
  return measured
}

/**
 * The same of one customer at the end of a day, with what was known of it at an instant: by the policy of now, by the
 * rates of that day. Undefined where the customer was not there yet.
 */
export async function exposureAt(
  reader: Reader,
  customerId: string,
  asOf: CalendarDate,
  knownAt: Instant | null,
): Promise<MeasuredCustomer | undefined> {
  const { definition } = await rulesInForce(reader)
  const moment = endOf(asOf, await instantOf(reader, asOf), knownAt ?? reader.now)
  const known = await factsAt(reader, [customerId], moment, definition.exposure)
  return measurer(known, definition.exposure, ratesOfDay(reader, known, asOf))(customerId)
}

/** The end of a day of the tenant; of today, now. */
async function instantOf({ db, tenant, now }: Reader, day: CalendarDate): Promise<Instant> {
  const { rows } = await sql<{ end: Instant }>`
    select least((${day}::date + 1)::timestamp at time zone ${tenant.timeZone}, ${now}::timestamptz) as end
  `.execute(db)
  return (rows[0] as { end: Instant }).end
}

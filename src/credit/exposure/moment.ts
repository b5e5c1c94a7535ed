import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

/** A moment of the past, as it was known at some time. */
export interface Moment {
  /** The tenant's day. */
  day: CalendarDate
  /** The instant: what had expired by then held nothing. */
  at: Instant
  /** Whether an `entry` of the ledger counted and was known. */
  entry: RawBuilder<boolean>
  /** Whether a row that tells a state was known, by its alias and the column that says when it was written. */
  told(alias: string, column: 'occurred_at' | 'recorded_at' | 'created_at'): RawBuilder<boolean>
}

/** When a decision was made, what its snapshot could see, and the transaction that made it. */
interface DecisionMoment {
  day: CalendarDate
  at: Instant
  snapshot: string
  transaction: string
}

/**
 * The moment of a decision, to the transaction: what its snapshot could see, without what it wrote itself. Clocks could
 * not tell, since a transaction that began earlier may commit later. A database that was restored by dump counts its
 * transactions anew; what it recorded an hour or more after the decision was not known then, whatever its number.
 */
export function momentOf({ day, at, snapshot, transaction }: DecisionMoment): Moment {
  const told: Moment['told'] = (alias, column) => {
    const writer = sql.ref(`${alias}.recorded_tx`)
    return sql<boolean>`(
      coalesce(${writer} <> ${transaction}::xid8 and pg_visible_in_snapshot(${writer}, ${snapshot}::pg_snapshot), true)
      and ${sql.ref(`${alias}.${column}`)} <= ${at}::timestamptz + interval '1 hour')`
  }
  return { day, at, told, entry: told('entry', 'recorded_at') }
}

/** The end of a day, with what was known of it at an instant. */
export const endOf = (day: CalendarDate, at: Instant, knownAt: Instant): Moment => ({
  day,
  at,
  entry: sql<boolean>`(entry.effective_date <= ${day} and entry.recorded_at <= ${knownAt})`,
  told: (alias, column) =>
    sql<boolean>`${sql.ref(`${alias}.${column}`)} <= least(${at}::timestamptz, ${knownAt}::timestamptz)`,
})

import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { type CalendarDate, EARLIEST_DATE } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { exposuresOf } from '../exposure/exposures-of.ts'
import { rulesInForce } from '../policies/queries.ts'
import { proposeRaises } from '../reviews/propose-raises.ts'
import { crossings, type Remembered } from './crossings.ts'
import { holdByPolicy } from './hold-by-policy.ts'
import { latenessOf, laterThanHabit, neverLate } from './late-items.ts'
import { limitsSeen } from './limits-seen.ts'
import { raiseAlerts } from './raise-alerts.ts'

/** Looks at customers because something has happened to them. They are locked. */
export const monitorCustomers = (tx: Tx, customerIds: readonly string[]): Promise<void> =>
  look(tx, customerIds, null)

/** The look of the night, which compares scores with those of the night before. The customers are locked. */
export const monitorOvernight = (tx: Tx, customerIds: readonly string[]): Promise<void> =>
  look(tx, customerIds, tx.today)

async function look(
  tx: Tx,
  customerIds: readonly string[],
  night: CalendarDate | null,
): Promise<void> {
  const { monitoring, holds } = (await rulesInForce(tx)).definition
  const measured = await exposuresOf(tx, customerIds)
  await holdByPolicy(tx, measured, holds)
  const memories = await memoriesOf(tx, customerIds)
  const lateness = await latenessOf(
    tx,
    customerIds.filter((id) => (memories.get(id)?.first_overdue_date ?? null) === null),
  )
  const looks = [...measured].map(([customerId, one]) => {
    const before = memories.get(customerId) ?? nothing
    const seen = {
      limits: limitsSeen(one),
      score: one.facts.score,
      lateness: lateness.get(customerId) ?? neverLate,
    }
    return { customerId, ...crossings(before, seen, monitoring, night) }
  })
  await remember(
    tx,
    looks
      .filter(({ customerId, after }) => !isDeepStrictEqual(memories.get(customerId), after))
      .map(({ customerId, after }) => ({ customer_id: customerId, ...after })),
  )
  const told = looks.flatMap(({ customerId, told }) =>
    told.map((crossing) => ({ ...crossing, customerId, itemId: null, onceKey: null })),
  )
  const later = await laterThanHabit(tx, customerIds, monitoring.habit_days)
  await raiseAlerts(tx, [...told, ...later])
  const nearLimit = told.filter(({ type }) => type === 'credit_utilisation.reached')
  await proposeRaises(
    tx,
    nearLimit.map(({ customerId }) => customerId),
  )
}

const nothing: Remembered = {
  over_limit: false,
  utilisation_reached: 0,
  first_overdue_date: null,
  monitored_score: null,
  monitored_date: EARLIEST_DATE,
}

async function memoriesOf(
  { db, tenant }: Tx,
  customerIds: readonly string[],
): Promise<Map<string, Remembered>> {
  const rows = await db
    .selectFrom('credit_standing')
    .select([
      'customer_id',
      'over_limit',
      'utilisation_reached',
      'first_overdue_date',
      'monitored_score',
      'monitored_date',
    ])
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
  return new Map(rows.map(({ customer_id, ...memory }) => [customer_id, memory]))
}

/** Keeps what has changed; a customer that was never looked at gets its standing here. */
async function remember(
  tx: Tx,
  changed: readonly (Remembered & { customer_id: string })[],
): Promise<void> {
  if (changed.length === 0) return
  await sql`
    insert into credit_standing (tenant_id, customer_id, over_limit, utilisation_reached, first_overdue_date,
      monitored_score, monitored_date, created_at, updated_at)
    select ${tx.tenant.id}, customer_id, over_limit, utilisation_reached, first_overdue_date, monitored_score,
      monitored_date, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(changed)}) as seen(
      customer_id uuid, over_limit boolean, utilisation_reached int, first_overdue_date date, monitored_score int,
      monitored_date date)
    on conflict (tenant_id, customer_id) do update
    set over_limit = excluded.over_limit, utilisation_reached = excluded.utilisation_reached,
      first_overdue_date = excluded.first_overdue_date, monitored_score = excluded.monitored_score,
      monitored_date = excluded.monitored_date
  `.execute(tx.db)
}

import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { seenDate } from './seen-date.ts'
import type { SimulationRow } from './table.ts'

/** Answers the last day of which the run of a day knew all payments; null where it had never known of any. */
export type PaymentData = (today: CalendarDate) => CalendarDate | null

/** Until when payments were known, of a bank account or by payments themselves, since a day. */
interface Known {
  date: CalendarDate
  knownUntil: CalendarDate | null
}

/**
 * How fresh payment data was. Where runs see what counts by its day, whenever it was recorded, they see all payments of
 * the day; else the bank account that was furthest behind says it or, without any, the last payment.
 */
export async function loadPaymentData(
  reader: Reader,
  simulation: SimulationRow,
): Promise<PaymentData> {
  const isAsked = simulation.policies.some(
    ({ definition }) => definition.payment_data_max_age_days !== null,
  )
  if (simulation.basis === 'effective' || !isAsked) return (today) => today
  const [accounts, payments] = await Promise.all([
    loadAccounts(reader, simulation),
    loadPayments(reader, simulation),
  ])
  const knownOn = (today: CalendarDate) => {
    const known = accounts.filter(({ date }) => date <= today)
    if (known.length === 0)
      return payments.findLast(({ date }) => date <= today)?.knownUntil ?? null
    const last = new Map(known.map(({ accountId, knownUntil }) => [accountId, knownUntil]))
    return furthestBehind([...last.values()])
  }
  const answers = new Map<CalendarDate, CalendarDate | null>()
  return (today) => {
    if (!answers.has(today)) answers.set(today, knownOn(today))
    return answers.get(today) ?? null
  }
}

/** The earliest day; null where one of them is not known at all. */
function furthestBehind(days: readonly (CalendarDate | null)[]): CalendarDate | null {
  const [earliest = null] = days.map((day) => day ?? '').sort()
  return earliest === '' ? null : earliest
}

/** What was known of each bank account, one time after the other. */
async function loadAccounts(
  reader: Reader,
  simulation: SimulationRow,
): Promise<(Known & { accountId: string })[]> {
  const { db, tenant } = reader
  const { rows } = await sql<Known & { accountId: string }>`
    select account.id as "accountId", ${seenDate(reader, simulation, sql.ref('event.occurred_at'))} as date,
      ((event.data -> 'object' ->> 'fresh_until_at')::timestamptz at time zone ${tenant.timeZone}
        - interval '1 microsecond')::date as "knownUntil"
    from bank_account as account
    join event on event.tenant_id = account.tenant_id and event.entity_id = account.id
    where account.tenant_id = ${tenant.id} and event.occurred_at <= ${simulation.known_at}
    order by event.occurred_at, event.entity_sequence
  `.execute(db)
  return rows
}

/** The day on which the last payment had been recorded, by the runs that saw it. */
async function loadPayments(reader: Reader, simulation: SimulationRow): Promise<Known[]> {
  const { db, tenant } = reader
  const { rows } = await sql<Known>`
    select ${seenDate(reader, simulation, sql.ref('created_at'))} as date,
      max((created_at at time zone ${tenant.timeZone})::date) as "knownUntil"
    from payment
    where tenant_id = ${tenant.id} and created_at <= ${simulation.known_at}
    group by 1 order by 1
  `.execute(db)
  return rows
}

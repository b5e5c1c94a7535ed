import { sql } from 'kysely'
import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import { currentSlot } from '../../foundation/jobs/schedule.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { foreseenNotices } from '../foreseen-notices.ts'
import { project } from '../project.ts'
import { type CustomerSituation, loadSituations } from '../situation.ts'

/** How many customers one forecast looks at; beyond it the answer would take longer than a request may. */
export const FORECAST_CUSTOMERS_MAX = 5_000

/** Customers whose items are in memory at one time. */
const CUSTOMERS_PER_BATCH = 250

/** What will be sent on one day at one level in one currency. */
export interface ForecastRow {
  date: CalendarDate
  level: number
  currency: string
  notice_count: number
  item_count: number
  amount: number
  fee_amount: number
}

/** What is to come day by day, if nothing happens but time. */
export interface Forecast {
  fromDate: CalendarDate
  untilDate: CalendarDate
  rows: ForecastRow[]
  /** How many customers will hear of us on a day, whatever their currencies. */
  customersOn: Map<CalendarDate, number>
  /** How many customers will hear of us at all. */
  customerCount: number
}

/**
 * Forecasts what the runs of the next days will send, from the run that comes next: every customer with an item to be
 * looked at by then is projected, a batch in memory at a time. Nothing is stored. Refuses tenants with more such
 * customers than a request can look at (`forecast_too_large`).
 */
export async function forecastNotices(reader: Reader, days: number): Promise<Forecast> {
  const forecast: Forecast = {
    fromDate: addDays(await currentSlot(reader, 'dunning_run'), 1),
    untilDate: addDays(reader.today, days),
    rows: [],
    customersOn: new Map(),
    customerCount: 0,
  }
  const customerIds = await customersToLookAt(reader, forecast.untilDate)
  const rows = new Map<string, ForecastRow>()
  for (let start = 0; start < customerIds.length; start += CUSTOMERS_PER_BATCH) {
    const batch = customerIds.slice(start, start + CUSTOMERS_PER_BATCH)
    const groups = await loadSituations(reader, batch)
    for (const accounts of groupBy(groups, ({ customerId }) => customerId).values())
      foresee(forecast, rows, accounts)
  }
  forecast.rows = [...rows.values()].sort(inOrder)
  return forecast
}

async function customersToLookAt(
  { db, tenant }: Reader,
  untilDate: CalendarDate,
): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select distinct customer_id from item_watch
    where tenant_id = ${tenant.id} and next_look_date <= ${untilDate}
    order by customer_id
    limit ${FORECAST_CUSTOMERS_MAX + 1}
  `.execute(db)
  if (rows.length > FORECAST_CUSTOMERS_MAX)
    throw new Problem('forecast_too_large', { customers_max: FORECAST_CUSTOMERS_MAX })
  return rows.map(({ customer_id }) => customer_id)
}

/** Adds what one customer is to be sent. */
function foresee(
  forecast: Forecast,
  rows: Map<string, ForecastRow>,
  accounts: readonly CustomerSituation[],
): void {
  const { fromDate, untilDate, customersOn } = forecast
  const situations = accounts.map(({ situation }) => situation)
  let hears = false
  for (const day of project(situations, fromDate, untilDate)) {
    const notices = situations.flatMap((situation, index) =>
      foreseenNotices(situation, day.decisions[index] ?? [], day.date),
    )
    for (const { level, currency, items, amount, feeAmount } of notices) {
      const row = rowAt(rows, day.date, level, currency)
      row.notice_count += 1
      row.item_count += items.length
      row.amount = sum([row.amount, amount])
      row.fee_amount = sum([row.fee_amount, feeAmount])
    }
    if (notices.length === 0) continue
    hears = true
    customersOn.set(day.date, (customersOn.get(day.date) ?? 0) + 1)
  }
  if (hears) forecast.customerCount += 1
}

function rowAt(
  rows: Map<string, ForecastRow>,
  date: CalendarDate,
  level: number,
  currency: string,
): ForecastRow {
  const key = `${date} ${level} ${currency}`
  const known = rows.get(key)
  if (known !== undefined) return known
  const row = { date, level, currency, notice_count: 0, item_count: 0, amount: 0, fee_amount: 0 }
  rows.set(key, row)
  return row
}

const inOrder = (a: ForecastRow, b: ForecastRow): number =>
  a.date.localeCompare(b.date) || a.level - b.level || a.currency.localeCompare(b.currency)

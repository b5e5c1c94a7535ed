import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { RateBetween } from './convert.ts'
import type { ExchangeRateRow } from './table.ts'

/** A rate that holds on a day, and where it comes from. */
export interface KnownRate extends RateBetween {
  id: string
  /** The day it was said for: the latest up to the day that was asked for. */
  rate_date: CalendarDate
}

/**
 * The rates into a currency that hold on a day, by source currency, in one statement: of each the latest up to the day,
 * and of several for that day the one created last. Where the opposite direction is known of a later day, or alone, that, as
 * `inverse`; a currency without either is not among them.
 */
export async function ratesTo(
  { db, tenant }: Reader,
  currency: string,
  sources: readonly string[],
  date: CalendarDate,
): Promise<Map<string, KnownRate>> {
  const latest = sql`tenant_id = ${tenant.id} and rate_date <= ${date} order by rate_date desc, created_at desc, id desc limit 1`
  const { rows } = await sql<KnownRate & { source: string }>`
    select source.currency as source, known.*
    from unnest(${sources}::text[]) as source(currency),
      lateral (
        (select id, rate_date, rate, false as inverse from exchange_rate
          where from_currency = source.currency and to_currency = ${currency} and ${latest})
        union all
        (select id, rate_date, rate, true as inverse from exchange_rate
          where from_currency = ${currency} and to_currency = source.currency and ${latest})
        order by rate_date desc, inverse
        limit 1
      ) as known
  `.execute(db)
  return new Map(rows.map(({ source, ...rate }) => [source, rate]))
}

/** The rate, or `exchange_rate_not_found`. */
export async function requireExchangeRate(
  { db, tenant }: Reader,
  id: string,
): Promise<ExchangeRateRow> {
  const rate = await db
    .selectFrom('exchange_rate')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (rate === undefined) throw new Problem('exchange_rate_not_found')
  return rate
}

/** Rates by their ids. */
export async function findExchangeRates(
  { db, tenant }: Reader,
  ids: readonly string[],
): Promise<Map<string, ExchangeRateRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('exchange_rate')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** What the list of exchange rates can be narrowed to. */
export interface ExchangeRateFilters extends Page {
  from_currency?: string
  to_currency?: string
  rate_date_gte?: CalendarDate
  rate_date_lte?: CalendarDate
}

/** One page of exchange rates, the one created last first. */
export function listExchangeRates(
  { db, tenant }: Reader,
  by: ExchangeRateFilters,
): Promise<Paged<ExchangeRateRow>> {
  let select = db.selectFrom('exchange_rate').selectAll().where('tenant_id', '=', tenant.id)
  if (by.from_currency !== undefined) select = select.where('from_currency', '=', by.from_currency)
  if (by.to_currency !== undefined) select = select.where('to_currency', '=', by.to_currency)
  if (by.rate_date_gte !== undefined) select = select.where('rate_date', '>=', by.rate_date_gte)
  if (by.rate_date_lte !== undefined) select = select.where('rate_date', '<=', by.rate_date_lte)
  return pageOf<ExchangeRateRow>(select, by, newestFirst)
}

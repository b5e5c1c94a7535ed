import type { Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface ExchangeRateTables {
  /** Append-only: of several for a day the one created last holds. */
  exchange_rate: {
    tenant_id: string
    id: string
    from_currency: string
    to_currency: string
    rate_date: CalendarDate
    /** What one unit of `from_currency` costs in `to_currency`: an exact decimal, as PostgreSQL writes it. */
    rate: string
    created_at: Instant
  }
}

export type ExchangeRateRow = Selectable<ExchangeRateTables['exchange_rate']>

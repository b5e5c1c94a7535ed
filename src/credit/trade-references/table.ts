import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface TradeReferenceTables {
  trade_reference: {
    tenant_id: string
    id: string
    customer_id: string
    referee: string
    reference_date: CalendarDate
    relation_since: CalendarDate | null
    /** The highest credit it was given. */
    high_currency: string | null
    high_amount: number | null
    days_late: number | null
    rating: number
    note: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type TradeReferenceRow = Selectable<TradeReferenceTables['trade_reference']>

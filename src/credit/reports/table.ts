import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'

export interface CreditReportTables {
  credit_report: {
    tenant_id: string
    id: string
    customer_id: string
    provider: string
    report_date: CalendarDate
    score: number
    provider_score: string | null
    limit_currency: string | null
    limit_amount: number | null
    valid_until: CalendarDate | null
    raw: Json<Record<string, unknown>> | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type CreditReportRow = Selectable<CreditReportTables['credit_report']>

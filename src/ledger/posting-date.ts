import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'

/**
 * The day of the general ledger an entry is posted on, as an expression of the statement that records it: its effective
 * date, or the first open day if that period is closed. The share lock makes closing a period wait for entries that are
 * being recorded, and entries for a closing; whoever comes second sees what the first has done.
 */
export const postingDate = (tx: Tx, effectiveDate: RawBuilder<unknown>) => sql<CalendarDate>`
  greatest(${effectiveDate}, (
    select closed_until_date + 1 from ledger_settings where tenant_id = ${tx.tenant.id} for share))`

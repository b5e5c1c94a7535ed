import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface CreditGroupTables {
  /** Customers that share a limit. */
  credit_group: {
    tenant_id: string
    id: string
    name: string
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  /** Who is in which group; one at most. */
  credit_group_member: {
    tenant_id: string
    customer_id: string
    group_id: string
    joined_date: CalendarDate
  }
}

export type CreditGroupRow = Selectable<CreditGroupTables['credit_group']>
export type CreditGroupMemberRow = Selectable<CreditGroupTables['credit_group_member']>

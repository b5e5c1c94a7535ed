import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

export interface OrderTables {
  order_on_hand: {
    tenant_id: string
    id: string
    customer_id: string
    /** The reference that order, reservation and invoice share; unique per customer. */
    external_id: string
    currency: string
    /** What is not invoiced yet. */
    open_amount: number
    expected_date: CalendarDate | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  /** What an invoice took of its order. */
  order_invoiced: {
    tenant_id: string
    invoice_id: string
    order_id: string
    amount: number
  }
}

export type OrderRow = Selectable<OrderTables['order_on_hand']>

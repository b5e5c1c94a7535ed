import { sql } from 'kysely'

/** What of an invoice that has just been issued matters to the order it bills. */
export interface IssuedInvoice {
  id: string
  customer_id: string
  currency: string
  total_amount: number
  order_reference: string | null
}

/** The invoices as a table `invoice`, with their `position` among those of one batch. */
export const issued = (invoices: readonly IssuedInvoice[]) => sql`
  json_to_recordset(${JSON.stringify(
    invoices.map(({ id, customer_id, currency, total_amount, order_reference }, position) => ({
      position,
      id,
      customer_id,
      currency,
      total_amount,
      order_reference,
    })),
  )}) as invoice(
    position int, id uuid, customer_id uuid, currency text, total_amount bigint, order_reference text)`

import { sql } from 'kysely'
import { addMonths } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'

/**
 * What customers were invoiced in one currency in the twelve months up to today, by customer: what was issued and not
 * voided, less credit notes, never below nothing. Of a deposit counts what no final invoice has deducted, since that
 * claims the whole. Minor units.
 */
export async function invoicedAmounts(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
  currency: string,
): Promise<Map<string, number>> {
  const yearAgo = addMonths(today, -12)
  const { rows } = await sql<{ customer_id: string; amount: number }>`
    select named.id as customer_id, least(${MAX_AMOUNT}::bigint, greatest(0, invoiced.amount - credited.amount))::bigint as amount
    from unnest(${customerIds}::uuid[]) as named(id)
    cross join lateral (
      select coalesce(sum(total_amount - deposit_used_amount), 0) as amount from invoice
      where tenant_id = ${tenant.id} and customer_id = named.id and currency = ${currency}
        and status not in ('draft', 'void') and issue_date > ${yearAgo} and issue_date <= ${today}
    ) as invoiced
    cross join lateral (
      select coalesce(sum(total_amount), 0) as amount from credit_note
      where tenant_id = ${tenant.id} and customer_id = named.id and currency = ${currency}
        and issue_date > ${yearAgo} and issue_date <= ${today}
    ) as credited
  `.execute(db)
  return new Map(rows.map(({ customer_id, amount }) => [customer_id, amount]))
}

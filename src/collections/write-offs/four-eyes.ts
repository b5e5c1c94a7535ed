import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { MoneyAmount } from '../../foundation/money.ts'
import { findTenant } from '../../parties/queries.ts'

/**
 * Whether a write-off has to be approved by a second principal: together with what was written off of this customer
 * within a year without one, it is above what the tenant lets one decide (in a currency that the tenant does not name:
 * nothing). So nobody gets around it in parts. The customer is locked.
 */
export async function needsApproval(
  reader: Reader,
  customerId: string,
  { amount, currency }: MoneyAmount,
): Promise<boolean> {
  const { write_off_approval_above: above } = await findTenant(reader)
  if (above.length === 0) return false
  const threshold = above.find((one) => one.currency === currency)?.amount ?? 0
  return (await decidedAlone(reader, customerId, currency)) + amount > threshold
}

async function decidedAlone(
  { db, tenant, today }: Reader,
  customerId: string,
  currency: string,
): Promise<number> {
  const { rows } = await sql<{ amount: number }>`
    select coalesce(sum(amount), 0)::bigint as amount from write_off
    where tenant_id = ${tenant.id} and customer_id = ${customerId} and currency = ${currency}
      and status = 'recorded' and approval_id is null
      and created_at > ${today}::date - interval '1 year'
  `.execute(db)
  return rows[0]?.amount ?? 0
}

import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import type { PaymentRow } from './table.ts'

/**
 * The ids of those payments that nobody pushed: the service found them on a bank statement, or collected them by direct
 * debit. The general ledger learns of them from our journal.
 */
export async function ownPayments(
  { db, tenant }: Reader,
  payments: readonly PaymentRow[],
): Promise<Set<string>> {
  const debits = await db
    .selectFrom('direct_debit')
    .select('payment_id')
    .where('tenant_id', '=', tenant.id)
    .where('payment_id', '=', sql<string>`any(${payments.map(({ id }) => id)})`)
    .execute()
  const found = payments.filter(({ bank_line_id }) => bank_line_id !== null)
  return new Set([...debits.map(({ payment_id }) => payment_id), ...found.map(({ id }) => id)])
}

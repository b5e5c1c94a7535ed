import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import type { PaymentRow } from './table.ts'

/**
 * Whether nobody pushed a payment: the service found it on a bank statement, or collected it by direct debit. The general
 * ledger learns of it from our journal.
 */
export const isOwn = ({ id, bank_line_id }: PaymentRow, collected: ReadonlySet<string>): boolean =>
  bank_line_id !== null || collected.has(id)

/** The ids of those payments that a direct debit has collected. */
export async function collectedPayments(
  { db, tenant }: Reader,
  payments: readonly PaymentRow[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('direct_debit')
    .select('payment_id')
    .where('tenant_id', '=', tenant.id)
    .where('payment_id', '=', sql<string>`any(${payments.map(({ id }) => id)})`)
    .execute()
  return new Set(rows.map(({ payment_id }) => payment_id))
}

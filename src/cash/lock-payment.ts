import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { requirePayment } from './queries.ts'
import type { PaymentRow } from './table.ts'

/** The payment as it stands once its customer, and others whom it concerns, are locked; in the version the caller knows. */
export async function lockPayment(
  tx: Tx,
  id: string,
  ifMatch: number | undefined,
  otherCustomerIds: readonly string[] = [],
): Promise<PaymentRow> {
  const { customer_id } = await requirePayment(tx, id)
  await lockCustomers(tx, [customer_id, ...otherCustomerIds])
  const payment = await requirePayment(tx, id)
  requireVersion(payment.version, ifMatch)
  return payment
}

/** Refuses what only money that is here can do. */
export function requireReceived({ status }: PaymentRow): void {
  if (status !== 'received')
    throw new Problem('invalid_state', { current_status: status, allowed_actions: [] })
}

/** Refuses to use more than what is unallocated, and to use nothing at all. */
export function requireUnallocated(unallocatedAmount: number, wantedAmount: number): void {
  if (wantedAmount > unallocatedAmount || unallocatedAmount === 0) {
    throw new Problem('insufficient_unallocated_amount', { unallocated_amount: unallocatedAmount })
  }
}

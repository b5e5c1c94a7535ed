import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { mergeMetadata } from '../foundation/merge.ts'
import { Problem } from '../foundation/problem.ts'
import { paymentFact } from './events.ts'
import { type PaymentWithAllocations, requirePayment, withAllocations } from './queries.ts'

export interface UpdatePayment {
  id: string
  metadata: Record<string, string | null> | undefined
  ifMatch: number | undefined
}

/** Changes a payment's metadata, the only thing about it that may change. */
export async function updatePayment(
  tx: Tx,
  { id, metadata, ifMatch }: UpdatePayment,
): Promise<PaymentWithAllocations> {
  const before = await requirePayment(tx, id)
  requireVersion(before.version, ifMatch)
  const merged = mergeMetadata(before.metadata, metadata)
  const changes = JSON.stringify(merged) !== JSON.stringify(before.metadata)
  const payment = changes
    ? await tx.db
        .updateTable('payment')
        .set({ metadata: JSON.stringify(merged), version: before.version + 1, updated_at: tx.now })
        .where('tenant_id', '=', tx.tenant.id)
        .where('id', '=', id)
        .where('version', '=', before.version)
        .returningAll()
        .executeTakeFirst()
    : before
  if (payment === undefined) throw new Problem('version_mismatch')
  const [result] = (await withAllocations(tx, [payment])) as [PaymentWithAllocations]
  if (changes)
    announce(tx, {
      ...paymentFact('payment.updated', result, tx),
      previous: { metadata: before.metadata },
    })
  return result
}

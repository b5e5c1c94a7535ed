import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { publicIdOrNull } from '../../foundation/id.ts'
import type { CustomerRow } from '../table.ts'
import { customerUpdated } from './events.ts'

/** Shows on a locked customer, as its next version, which credit group it is in; null for none. */
export async function setCreditGroup(
  tx: Tx,
  { id, version, credit_group_id }: CustomerRow,
  groupId: string | null,
): Promise<void> {
  const after = await tx.db
    .updateTable('customer')
    .set({ credit_group_id: groupId, version: version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = { credit_group_id: publicIdOrNull('credit_group', credit_group_id) }
  announce(tx, customerUpdated(after, tx.tenant.mode, previous))
}

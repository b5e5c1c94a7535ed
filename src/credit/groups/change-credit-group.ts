import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { creditGroupFact } from './events.ts'
import { lockCreditGroup } from './queries.ts'
import type { CreditGroupRow } from './table.ts'

export interface RenameCreditGroup {
  id: string
  name: string | undefined
  ifMatch: number | undefined
}

/** Renames a group. A name that it has already makes no version and announces nothing. */
export async function renameCreditGroup(
  tx: Tx,
  { id, name, ifMatch }: RenameCreditGroup,
): Promise<CreditGroupRow> {
  const before = await lockCreditGroup(tx, id)
  requireVersion(before.version, ifMatch)
  if (name === undefined || name === before.name) return before
  const after = await nextVersion(tx, { ...before, name })
  announce(tx, creditGroupFact('credit_group.updated', after, tx, { name: before.name }))
  return after
}

/** Stores a locked group as its next version. */
export const nextVersion = (
  tx: Tx,
  { id, name, version }: CreditGroupRow,
): Promise<CreditGroupRow> =>
  tx.db
    .updateTable('credit_group')
    .set({ name, version: version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

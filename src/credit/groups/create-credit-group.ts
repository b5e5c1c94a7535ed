import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { creditGroupFact } from './events.ts'
import type { CreditGroupRow } from './table.ts'

/** Creates a group that nobody is in yet. */
export async function createCreditGroup(tx: Tx, name: string): Promise<CreditGroupRow> {
  const group = await tx.db
    .insertInto('credit_group')
    .values({ tenant_id: tx.tenant.id, id: newId(), name, created_at: tx.now, updated_at: tx.now })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, creditGroupFact('credit_group.created', group, tx))
  return group
}

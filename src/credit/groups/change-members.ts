import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { requireOnboardedCustomer } from '../limits/next-limit.ts'
import { nextVersion } from './change-credit-group.ts'
import { memberFact } from './events.ts'
import { lockCreditGroup } from './queries.ts'
import type { CreditGroupRow } from './table.ts'

/** A customer and the group that it joins or leaves. */
export interface Membership {
  groupId: string
  customerId: string
}

/** Puts a customer into a group; one that is in it already stays, one that is in another has to leave that first. */
export async function addMember(
  tx: Tx,
  { groupId, customerId }: Membership,
): Promise<CreditGroupRow> {
  const group = await lockBoth(tx, { groupId, customerId })
  const current = await groupOf(tx, customerId)
  if (current === groupId) return group
  if (current !== undefined)
    throw new Problem('customer_in_credit_group', {
      conflicting_id: publicId('credit_group', current),
    })
  await requireOnboardedCustomer(tx, customerId)
  await tx.db
    .insertInto('credit_group_member')
    .values({
      tenant_id: tx.tenant.id,
      customer_id: customerId,
      group_id: groupId,
      joined_date: tx.today,
    })
    .execute()
  const after = await nextVersion(tx, group)
  announce(tx, memberFact('credit_group.member_added', after, customerId, tx))
  return after
}

/** Takes a customer out of a group; `customer_not_in_credit_group` where it is not in it. */
export async function removeMember(
  tx: Tx,
  { groupId, customerId }: Membership,
): Promise<CreditGroupRow> {
  const group = await lockBoth(tx, { groupId, customerId })
  const removed = await tx.db
    .deleteFrom('credit_group_member')
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', customerId)
    .where('group_id', '=', groupId)
    .returning('customer_id')
    .executeTakeFirst()
  if (removed === undefined) throw new Problem('customer_not_in_credit_group')
  const after = await nextVersion(tx, group)
  announce(tx, memberFact('credit_group.member_removed', after, customerId, tx))
  return after
}

/** Credit checks lock the customer before its group, too; so neither ever waits for the other in a circle. */
async function lockBoth(tx: Tx, { groupId, customerId }: Membership): Promise<CreditGroupRow> {
  await requireCustomer(tx, customerId)
  await lockCustomers(tx, [customerId])
  return lockCreditGroup(tx, groupId)
}

async function groupOf({ db, tenant }: Tx, customerId: string): Promise<string | undefined> {
  const member = await db
    .selectFrom('credit_group_member')
    .select('group_id')
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return member?.group_id
}

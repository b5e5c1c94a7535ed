import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { lockCustomer } from '../../parties/customers/change-customer.ts'
import { setCreditGroup } from '../../parties/customers/set-credit-group.ts'
import type { CustomerRow } from '../../parties/table.ts'
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
  const { customer, group } = await lockBoth(tx, { groupId, customerId })
  const current = customer.credit_group_id
  if (current === groupId) return group
  if (current !== null)
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
  await setCreditGroup(tx, customer, groupId)
  const after = await nextVersion(tx, group)
  announce(tx, memberFact('credit_group.member_added', after, customerId, tx))
  return after
}

/** Takes a customer out of a group; `customer_not_in_credit_group` where it is not in it. */
export async function removeMember(
  tx: Tx,
  { groupId, customerId }: Membership,
): Promise<CreditGroupRow> {
  const { customer, group } = await lockBoth(tx, { groupId, customerId })
  if (customer.credit_group_id !== groupId) throw new Problem('customer_not_in_credit_group')
  await tx.db
    .deleteFrom('credit_group_member')
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', customerId)
    .execute()
  await setCreditGroup(tx, customer, null)
  const after = await nextVersion(tx, group)
  announce(tx, memberFact('credit_group.member_removed', after, customerId, tx))
  return after
}

/** Credit checks lock the customer before its group, too; so neither ever waits for the other in a circle. */
async function lockBoth(
  tx: Tx,
  { groupId, customerId }: Membership,
): Promise<{ customer: CustomerRow; group: CreditGroupRow }> {
  const customer = await lockCustomer(tx, { id: customerId })
  if (customer === undefined) throw new Problem('customer_not_found')
  return { customer, group: await lockCreditGroup(tx, groupId) }
}

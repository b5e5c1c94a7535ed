import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireOnboarding } from '../onboarding/require-onboarding.ts'
import { columnOf, type LimitSubject } from './limit.ts'

/** The ordinal of the limit that is being approved: after all of its subject. The subject is locked. */
export function inNextPlace(tx: Tx, subject: LimitSubject): RawBuilder<number> {
  const { column, id } = columnOf(subject)
  return sql<number>`(
    select coalesce(max(ordinal), 0) + 1 from credit_limit as before
    where before.tenant_id = ${tx.tenant.id} and before.${sql.ref(column)} = ${id})`
}

/**
 * A customer that has never had a limit above 0 needs its onboarding first (`onboarding_incomplete`). A group has none;
 * its members have.
 */
export async function requireOnboarded(
  tx: Tx,
  { customer_id }: LimitSubject,
  amount: number,
): Promise<void> {
  if (customer_id !== null && amount > 0) await requireOnboardedCustomer(tx, customer_id)
}

/** The same of a customer that is to share the limit of a group. */
export async function requireOnboardedCustomer(tx: Tx, customer_id: string): Promise<void> {
  const before = await tx.db
    .selectFrom('credit_limit')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', customer_id)
    .where('status', '=', 'approved')
    .where('amount', '>', 0)
    .limit(1)
    .executeTakeFirst()
  if (before === undefined) await requireOnboarding(tx, customer_id)
}

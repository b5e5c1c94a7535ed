import { sql } from 'kysely'
import { tenantsBehind } from '../../events/tenants-behind.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { followers } from './followers.ts'
import { readOn } from './read-on.ts'

/**
 * Looks again at the customers that new events name, for every tenant whose feed has gone on. A tenant that cannot be
 * followed does not keep the others waiting. Answers how many events were read; call it until that is none.
 */
export async function followFeed(context: Context, signal: AbortSignal): Promise<number> {
  const tenants = await tenantsBehind(context.workers, 'credit_follower.position')
  let total = 0
  for (const tenantId of tenants) {
    total += await followTenant(context, tenantId, signal).catch((error) => {
      if (!signal.aborted) context.log.error({ err: error }, 'following a feed failed')
      return 0
    })
  }
  return total
}

/**
 * Follows one tenant's feed to its end, batch by batch. Each batch is one transaction together with the position it
 * reaches, so that it counts exactly once wherever it dies. Answers how many events were read; none when another
 * replica is at it.
 */
export async function followTenant(
  context: Context,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  let total = 0
  for (;;) {
    signal.throwIfAborted()
    const count = await commit(context.workers, { tenantId, cause: byTheService }, followBatch)
    total += count
    if (count === 0) return total
  }
}

async function followBatch(tx: Tx): Promise<number> {
  const position = await claimPosition(tx)
  if (position === undefined || (await skipWithoutCredit(tx))) return 0
  const { last, count, customerIds } = await readOn(tx, position)
  if (last === null) return 0
  if (customerIds.length > 0) {
    await lockCustomers(tx, customerIds)
    for (const look of followers) await look(tx, customerIds)
  }
  await tx.db
    .updateTable('credit_follower')
    .set({ position: last })
    .where('tenant_id', '=', tx.tenant.id)
    .execute()
  return count
}

/** How far the feed has been followed; undefined when another replica is at it. */
async function claimPosition(tx: Tx): Promise<number | undefined> {
  const claim = async () => {
    const { rows } = await sql<{ position: number }>`
      select position from credit_follower where tenant_id = ${tx.tenant.id} for update skip locked
    `.execute(tx.db)
    return rows[0]?.position
  }
  const claimed = await claim()
  if (claimed !== undefined) return claimed
  await sql`
    insert into credit_follower (tenant_id) values (${tx.tenant.id}) on conflict (tenant_id) do nothing
  `.execute(tx.db)
  return claim()
}

/**
 * Goes straight to the end of the feed where nothing is sold by limit or policy; answers whether it did. Head and
 * limits are of one snapshot: a limit that is not in it has its event behind that head.
 */
async function skipWithoutCredit(tx: Tx): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update credit_follower
    set position = feed_head.last_position
    from feed_head
    where credit_follower.tenant_id = ${tx.tenant.id} and feed_head.tenant_id = ${tx.tenant.id}
      and not exists (
        select from credit_policy
        where tenant_id = ${tx.tenant.id} and (retired_date is null or retired_date > ${tx.today})
      )
      and not exists (select from credit_limit where tenant_id = ${tx.tenant.id} and status = 'approved')
  `.execute(tx.db)
  return numAffectedRows === 1n
}

import { sql } from 'kysely'
import { tenantsBehind } from '../events/tenants-behind.ts'
import type { Instant } from '../foundation/calendar.ts'
import { byTheService, commit, type Tx } from '../foundation/database/commit.ts'
import { unlessResetting } from '../foundation/database/unless-resetting.ts'
import type { Context } from '../foundation/http/context.ts'
import { NO_HASH } from './hashes.ts'
import { type BlockRow, hashEvents, hashOf, newestBlock } from './queries.ts'

/** Events per block at most: so many are hashed at a time. */
export const BLOCK_EVENTS_MAX = 500

/**
 * Seals what every tenant's feed has gained, in blocks of a commit each. A tenant that cannot be sealed does not keep the
 * others waiting. Nobody waits for it: commands have ended before their events have a position.
 */
export async function sealEvents(context: Context, signal: AbortSignal): Promise<void> {
  const tenants = await tenantsBehind(context.workers, 'audit_head.last_position')
  for (const tenantId of tenants) {
    signal.throwIfAborted()
    await unlessResetting(sealTenant(context, tenantId, signal), 0).catch((error) => {
      if (!signal.aborted)
        context.log.error({ err: error, tenant_id: tenantId }, 'sealing a feed failed')
    })
  }
}

/**
 * Seals one tenant's feed to its end and logs the new head, so that whoever keeps the log holds it too. Answers how many
 * blocks were added; none when another replica is at it.
 */
export async function sealTenant(
  context: Context,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  for (let count = 0; ; count += 1) {
    signal.throwIfAborted()
    const block = await commit(context.workers, { tenantId, cause: byTheService }, sealBlock)
    if (block === undefined) return count
    const { number, last_position: sequence, hash } = block
    context.log.info({ tenant_id: tenantId, number, sequence, hash }, 'audit block sealed')
  }
}

async function sealBlock(tx: Tx): Promise<BlockRow | undefined> {
  const head = await claimHead(tx)
  if (head === undefined) return undefined
  const events = await hashEvents(tx, head.last_position + 1, { limit: BLOCK_EVENTS_MAX })
  const [first, last] = [events[0], events.at(-1)]
  if (first === undefined || last === undefined) return undefined
  if (
    first.position !== head.last_position + 1 ||
    last.position !== head.last_position + events.length
  )
    throw new Error(`the feed has a hole after position ${head.last_position}`)
  const previous = await newestBlock(tx)
  const hashes = events.map(({ hash }) => hash)
  const unhashed = {
    tenant_id: tx.tenant.id,
    number: (previous?.number ?? 0) + 1,
    first_position: first.position,
    last_position: last.position,
    previous_hash: previous?.hash ?? NO_HASH,
    sealed_at: head.now,
  }
  const block = {
    ...unhashed,
    event_hashes: Buffer.from(hashes.join(''), 'hex'),
    hash: hashOf(unhashed, hashes),
  }
  await tx.db.insertInto('audit_block').values(block).execute()
  await setHead(tx, last.position)
  return block
}

/** How far the feed is sealed, and the real time; undefined when another replica is at it. */
async function claimHead(tx: Tx): Promise<{ last_position: number; now: Instant } | undefined> {
  await sql`
    insert into audit_head (tenant_id) values (${tx.tenant.id}) on conflict (tenant_id) do nothing
  `.execute(tx.db)
  const { rows } = await sql<{ last_position: number; now: Instant }>`
    select last_position, now() as now from audit_head where tenant_id = ${tx.tenant.id} for update skip locked
  `.execute(tx.db)
  return rows[0]
}

const setHead = (tx: Tx, position: number) =>
  tx.db
    .updateTable('audit_head')
    .set({ last_position: position })
    .where('tenant_id', '=', tx.tenant.id)
    .execute()

/** Begins the chain of an emptied tenant anew, with the next event; the reset has taken its blocks. */
export async function restartChain(tx: Tx): Promise<void> {
  await sql`
    insert into audit_head (tenant_id, last_position)
    select tenant_id, last_position from feed_head where tenant_id = ${tx.tenant.id}
    on conflict (tenant_id) do update set last_position = excluded.last_position
  `.execute(tx.db)
}

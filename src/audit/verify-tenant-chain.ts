import { sql } from 'kysely'
import { byTheService, commit, read, type Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { Context } from '../foundation/http/context.ts'
import { examineChain } from './verify-chain.ts'

const BLOCKS_PER_READ = 20
const PAUSE_HOURS = 20

/**
 * The nightly look at the whole chain of a tenant, some blocks per transaction. What is not as it was sealed becomes a
 * failing health detail and a metric that should wake somebody, like a ledger that does not add up. Blocks are sealed in
 * real time, so the many nights that a test clock plays in an hour are one here.
 */
export async function verifyTenantChain(
  context: Context,
  tenantId: string,
  signal: AbortSignal,
): Promise<{ sealed_events: number; tampered: number }> {
  const figures = { sealed_events: 0, tampered: 0 }
  if (!(await read(context.workers, tenantId, isDue))) return figures
  for (let after: number | null = 0, more = true; more && after !== null; ) {
    signal.throwIfAborted()
    const from: number = after
    const examined = await read(context.workers, tenantId, (reader) =>
      examineChain(reader, from, BLOCKS_PER_READ),
    )
    figures.sealed_events += examined.eventCount
    figures.tampered += examined.faults.length
    if (examined.faults.length > 0) {
      const [first] = examined.faults
      context.log.error({ tenant_id: tenantId, first }, 'the audit chain is not as it was sealed')
    }
    after = examined.lastBlock
    more = examined.more
  }
  if (figures.tampered > 0) context.metrics.integrityViolations.inc(figures.tampered)
  await commit(context.workers, { tenantId, cause: byTheService }, noteLook)
  return figures
}

async function isDue({ db, tenant }: Reader): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select coalesce(verified_at < now() - make_interval(hours => ${PAUSE_HOURS}), true) as due
    from audit_head where tenant_id = ${tenant.id}
  `.execute(db)
  return rows[0]?.due ?? false
}

const noteLook = ({ db, tenant }: Tx) =>
  sql`update audit_head set verified_at = now() where tenant_id = ${tenant.id}`.execute(db)

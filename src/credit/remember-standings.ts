import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'

/**
 * Remembers for good what of some standings decides, where it has changed: a credit check must come out the same years
 * later. Whoever writes a standing calls it in the same commit; what is not remembered was never known.
 */
export async function rememberStandings(tx: Tx, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return
  await sql`
    insert into credit_standing_past (tenant_id, customer_id, score, derived_standing, override_standing, override_until,
      next_review_date, recorded_at)
    select known.tenant_id, known.customer_id, known.score, known.derived_standing, known.override_standing,
      known.override_until, known.next_review_date, ${tx.now}
    from credit_standing as known
    left join lateral (
      select * from credit_standing_past as past
      where past.tenant_id = known.tenant_id and past.customer_id = known.customer_id
      order by past.ordinal desc
      limit 1
    ) as last on true
    where known.tenant_id = ${tx.tenant.id} and known.customer_id = any(${customerIds})
      and (known.score, known.derived_standing, known.override_standing, known.override_until, known.next_review_date)
        is distinct from (last.score, last.derived_standing, last.override_standing, last.override_until, last.next_review_date)
  `.execute(tx.db)
}

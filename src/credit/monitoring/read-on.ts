import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Kind } from '../../foundation/id.ts'

/** So many events are read in one commit at most. Their customers are locked meanwhile, and whoever sells to them waits. */
const BATCH = 200

/** What is announced because of a look, or says nothing about what is owed: it is no reason to look again. */
const noReason: readonly Kind[] = ['credit_alert', 'credit_review', 'credit_check', 'task']

/** The next stretch of a feed, and whom it concerns. */
export interface Stretch {
  /** The last position of it; null at the end of the feed. */
  last: number | null
  count: number
  customerIds: string[]
}

/**
 * Reads the feed behind a position. Whoever shares a limit with a customer is concerned by what concerns the customer.
 * A standing is reason to look again only where a person has overridden it, since the service changes it by looking.
 */
export async function readOn(tx: Tx, position: number): Promise<Stretch> {
  const { rows } = await sql<Stretch>`
    with stretch as materialized (
      select feed.position, event.customer_id, event.entity_kind, event.entity_id, event.origin
      from feed
      join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
      where feed.tenant_id = ${tx.tenant.id} and feed.position > ${position}
      order by feed.position
      limit ${BATCH}
    ), reason as (
      select * from stretch
      where entity_kind <> all(${noReason}) and not (entity_kind = 'credit_standing' and origin = 'schedule')
    ), grouped as (
      select member.group_id from reason
      join credit_group_member as member on member.tenant_id = ${tx.tenant.id} and member.customer_id = reason.customer_id
      union
      select group_id from reason
      join credit_limit on credit_limit.tenant_id = ${tx.tenant.id} and credit_limit.id = reason.entity_id
      where entity_kind = 'credit_limit' and group_id is not null
      union
      select entity_id from reason where entity_kind = 'credit_group'
    )
    select max(position) as last, count(*)::int as count, array(
      select customer_id from reason where customer_id is not null
      union
      select member.customer_id from grouped
      join credit_group_member as member on member.tenant_id = ${tx.tenant.id} and member.group_id = grouped.group_id
    ) as "customerIds"
    from stretch
  `.execute(tx.db)
  return rows[0] as Stretch
}

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { mandateFact } from './events.ts'
import type { MandateRow } from './table.ts'

/**
 * Ends mandates that were not used for 36 months. Answers how many it ended, at most `limit`: call again while it is
 * full. A debit is never scheduled for a day after its mandate's last.
 */
export async function lapseMandates(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<MandateRow>`
    with unused as (
      select id from mandate
      where tenant_id = ${tx.tenant.id} and status = 'active' and lapses_after_date < ${tx.today}
      order by lapses_after_date, id
      limit ${limit}
      for update skip locked
    )
    update mandate
    set status = 'lapsed', version = version + 1, updated_at = ${tx.now}
    from unused
    where mandate.tenant_id = ${tx.tenant.id} and mandate.id = unused.id and status = 'active'
    returning mandate.*
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map((mandate) =>
      mandateFact('mandate.lapsed', mandate, tx, { ...mandate, status: 'active' }),
    ),
  )
  return rows.length
}

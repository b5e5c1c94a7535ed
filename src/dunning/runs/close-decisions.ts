import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { decisionFact } from '../events.ts'
import type { DecisionReason } from '../reasons.ts'
import type { DecisionRow } from '../table.ts'

/** What became of a proposed decision: released with a notice, or lapsed for a reason. */
export interface Closing {
  id: string
  noticeId: string | null
  lapseReason: DecisionReason | null
}

/** What of a run still waits for its release, of these customers. */
export const proposedDecisions = (
  { db, tenant }: Reader,
  runId: string,
  customerIds: readonly string[],
): Promise<DecisionRow[]> =>
  db
    .selectFrom('dunning_decision')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('run_id', '=', runId)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('status', '=', 'proposed')
    .execute()

/** Closes proposed decisions. What is released is told by its notice and its level, what lapses by an event of its own. */
export async function closeDecisions(tx: Tx, closings: readonly Closing[]): Promise<void> {
  const rows = closings.map(({ id, noticeId, lapseReason }) => ({
    id,
    notice_id: noticeId,
    lapse_reason: lapseReason,
  }))
  const { rows: closed } = await sql<DecisionRow>`
    update dunning_decision as decision
    set status = case when closing.lapse_reason is null then 'released' else 'lapsed' end,
      notice_id = closing.notice_id, lapse_reason = closing.lapse_reason, version = decision.version + 1
    from json_to_recordset(${JSON.stringify(rows)}) as closing(id uuid, notice_id uuid, lapse_reason text)
    where decision.tenant_id = ${tx.tenant.id} and decision.id = closing.id and decision.status = 'proposed'
    returning decision.*
  `.execute(tx.db)
  const lapsed = closed.filter(({ status }) => status === 'lapsed')
  announce(
    tx,
    ...lapsed.map((decision) =>
      decisionFact('dunning_decision.lapsed', decision, { status: 'proposed' }),
    ),
  )
}

import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { earliestDeadline } from '../charges/statutory-term.ts'
import { loadItems } from '../dunned-items.ts'
import { decisionFact } from '../events.ts'
import { levelOf } from '../policy.ts'
import { requireDecision, requireRun } from '../queries.ts'
import type { DecisionRow } from '../table.ts'
import { requireStatus } from './move-run.ts'

export interface ReviewDecision {
  id: string
  changes: { reviewed_level?: number | null; deadline_date?: CalendarDate | null }
  ifMatch: number | undefined
}

/**
 * Chooses a lower level for a proposed step, or another deadline for what the notice is going to ask for: of a statutory
 * notice none that is earlier than the law lets it be.
 */
export async function reviewDecision(
  tx: Tx,
  { id, changes, ifMatch }: ReviewDecision,
): Promise<DecisionRow> {
  const { customer_id } = await requireDecision(tx, id)
  await lockCustomers(tx, [customer_id])
  const before = await requireDecision(tx, id)
  requireVersion(before.version, ifMatch)
  requireStatus(await requireRun(tx, before.run_id), 'proposed')
  refuseNotProposed(before)
  refuseImpossible(before, changes, tx.today)
  await refuseTooEarly(tx, before, changes)
  const decision = await tx.db
    .updateTable('dunning_decision')
    .set({ ...changes, version: sql<number>`version + 1` })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (decision === undefined) throw new Problem('version_mismatch')
  const { reviewed_level, deadline_date } = before
  announce(
    tx,
    decisionFact('dunning_decision.updated', decision, { reviewed_level, deadline_date }),
  )
  return decision
}

function refuseNotProposed({ status, outcome }: DecisionRow): void {
  if (status !== 'proposed')
    throw new Problem('invalid_state', {
      current_status: status,
      allowed_actions: status === 'excluded' ? ['include'] : [],
    })
  if (outcome !== 'escalate') throw new Problem('dunning_nothing_to_review')
}

function refuseImpossible(
  { from_level, to_level }: DecisionRow,
  { reviewed_level: level, deadline_date: deadline }: ReviewDecision['changes'],
  today: CalendarDate,
): void {
  if (level !== undefined && level !== null && (level <= from_level || level > to_level)) {
    throw invalidFields({
      pointer: '#/reviewed_level',
      code: 'not_between_levels',
      detail: 'must be above from_level and not above to_level',
      params: { from_level, to_level, actual: level },
    })
  }
  if (deadline !== undefined && deadline !== null && deadline <= today) {
    throw invalidFields({
      pointer: '#/deadline_date',
      code: 'not_after_today',
      detail: 'must be after today',
      params: { today, actual: deadline },
    })
  }
}

/** A notice that a law asks for leaves the time which that law gives, whatever a reviewer chooses, and in whatever order. */
async function refuseTooEarly(
  tx: Tx,
  before: DecisionRow,
  changes: ReviewDecision['changes'],
): Promise<void> {
  const { item_id, customer_id, run_id, to_level, reviewed_level, deadline_date } = {
    ...before,
    ...changes,
  }
  if (deadline_date === null) return
  const items = await loadItems(tx, [customer_id], run_id)
  const policy = items.find(({ id }) => id === item_id)?.policy ?? null
  const statutory = policy && levelOf(policy, reviewed_level ?? to_level)?.statutory_notice
  if (!statutory) return
  const earliest = earliestDeadline(statutory, tx.today)
  if (deadline_date >= earliest) return
  throw invalidFields({
    pointer: changes.deadline_date === undefined ? '#/reviewed_level' : '#/deadline_date',
    code: 'before_statutory_term',
    detail: `the deadline of this statutory notice must not be before ${earliest}`,
    params: { statutory_notice: statutory, earliest_date: earliest, actual: deadline_date },
  })
}

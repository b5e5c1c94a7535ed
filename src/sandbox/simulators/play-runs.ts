import type { Instant } from '../../foundation/calendar.ts'
import { byTheService, commit, type Tx } from '../../foundation/database/commit.ts'
import { part, refusalOf } from '../../foundation/database/part.ts'
import type { Context } from '../../foundation/http/context.ts'
import { Problem } from '../../foundation/problem.ts'
import type { Change, Refusal, SimulatorRunRow } from '../table.ts'
import { simulatorNamed } from './simulators.ts'

/**
 * Plays what is due by the tenant's clock, in order, each a commit of its own: for clocks that follow real time, and for
 * what is due where a clock stands. What lies ahead of a clock that stands still is left for its next journey.
 */
export async function playDueRuns(
  context: Context,
  tenantId: string,
  _runId: string,
  signal: AbortSignal,
): Promise<void> {
  const options = { tenantId, cause: byTheService }
  let played = true
  while (played) {
    signal.throwIfAborted()
    played = await commit(context.workers, options, async (tx) => {
      const run = await nextRun(tx, tx.now)
      if (run !== undefined) await playRun(tx, run)
      return run !== undefined
    })
  }
}

/** The scheduled run that is next by an instant, held until the commit. */
export const nextRun = (tx: Tx, by: Instant): Promise<SimulatorRunRow | undefined> =>
  tx.db
    .selectFrom('simulator_run')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('status', '=', 'scheduled')
    .where('run_at', '<=', by)
    .orderBy('run_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/**
 * Lets what was scheduled happen, exactly once: what it does and that it is done are one commit. What cannot happen any
 * more fails with the reason, and nothing of it stays.
 */
export async function playRun(tx: Tx, run: SimulatorRunRow): Promise<void> {
  const simulator = simulatorNamed(run.simulator)
  const outcome = await part(tx, (inner) => simulator.run(inner, run.parameters)).catch(
    (error): Problem => {
      const refusal = refusalOf(error)
      if (refusal === undefined) throw error
      return refusal
    },
  )
  await tx.db
    .updateTable('simulator_run')
    .set({ ...endOf(outcome), version: run.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', run.id)
    .execute()
}

const endOf = (outcome: Change[] | Problem) =>
  outcome instanceof Problem
    ? ({ status: 'failed', problem: JSON.stringify(refusalToKeep(outcome)) } as const)
    : ({ status: 'done', changes: JSON.stringify(outcome) } as const)

const refusalToKeep = ({ code, status, message }: Problem): Refusal => ({
  code,
  status,
  title: new Problem(code).message,
  detail: message,
})

import type { Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { enqueueTask } from '../../foundation/jobs/tasks.ts'
import { Problem } from '../../foundation/problem.ts'
import { clockState } from '../set-clock.ts'
import type { SimulatorRunRow } from '../table.ts'
import type { AnySimulator } from './simulator.ts'

/** What a simulator is asked to do. */
export interface RunSimulator {
  simulator: AnySimulator
  parameters: Record<string, unknown>
  /** When it is to happen; where null, as the simulator says, or at once. */
  runAt: Instant | null
  /** The load of a fixture it is part of, and what the fixture calls its first change. */
  load?: { id: string; handle: string | null }
}

/** Lets something happen, now or when the test clock gets there. Refused where it cannot happen now. */
export async function runSimulator(tx: Tx, asked: RunSimulator): Promise<SimulatorRunRow> {
  const { simulator, parameters, runAt } = asked
  const { target, frozen } = await clockState(tx)
  if (target !== null) throw new Problem('clock_advancing')
  if (runAt !== null && isBefore(runAt, tx.now)) throw beforeNow(tx)
  const at = runAt ?? (await simulator.when?.(tx, parameters)) ?? tx.now
  if (!isBefore(tx.now, at)) {
    const changes = await simulator.run(tx, parameters)
    return keep(tx, asked, { status: 'done', run_at: tx.now, changes: JSON.stringify(changes) })
  }
  const run = await keep(tx, asked, { status: 'scheduled', run_at: at })
  // A clock that stands still plays it on its way; one that follows real time is watched by the task queue.
  if (!frozen) await enqueueTask(tx, 'simulator_runs', run.id, secondsBetween(tx.now, at))
  return run
}

const keep = (
  tx: Tx,
  { simulator, parameters, load }: RunSimulator,
  what: { status: 'done' | 'scheduled'; run_at: Instant; changes?: string },
): Promise<SimulatorRunRow> =>
  tx.db
    .insertInto('simulator_run')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      simulator: simulator.name,
      parameters: JSON.stringify(parameters),
      ...what,
      load_id: load?.id ?? null,
      handle: load?.handle ?? null,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

const isBefore = (a: Instant, b: Instant): boolean => Date.parse(a) < Date.parse(b)

const secondsBetween = (from: Instant, to: Instant): number =>
  (Date.parse(to) - Date.parse(from)) / 1_000

const beforeNow = ({ now }: Tx): Problem =>
  new Problem('instant_in_past', {
    errors: [
      {
        in: 'body',
        pointer: '#/run_at',
        code: 'before_now',
        detail: 'must not be before the clock',
        params: { now },
      },
    ],
  })

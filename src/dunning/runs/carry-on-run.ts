import { byTheService, commit } from '../../foundation/database/commit.ts'
import type { RunRow, RunStatus } from '../table.ts'
import { discardProposal } from './discard-run.ts'
import { moveRun, type RunMove } from './move-run.ts'
import { releaseProposal } from './release-run.ts'
import { takeBackRun } from './reverse-run.ts'
import { runDunning } from './run-dunning.ts'
import type { Frame } from './work-off.ts'

/** What is under way in each status, and how it ends; nothing in those that wait for a person or are final. */
const underWay: Partial<
  Record<RunStatus, { work: (frame: Frame, run: RunRow) => Promise<unknown>; end?: RunMove }>
> = {
  running: { work: runDunning },
  releasing: {
    work: releaseProposal,
    end: { from: 'releasing', to: 'completed', type: 'dunning_run.completed' },
  },
  discarding: {
    work: discardProposal,
    end: { from: 'discarding', to: 'discarded', type: 'dunning_run.discarded' },
  },
  reversing: {
    work: takeBackRun,
    end: { from: 'reversing', to: 'reversed', type: 'dunning_run.reversed' },
  },
}

/** Carries a run on with what is under way, to its end. Safe to be called again, after a crash or for no reason. */
export async function carryOnRun(frame: Frame, run: RunRow): Promise<void> {
  const { work, end } = underWay[run.status] ?? {}
  if (work === undefined) return
  await work(frame, run)
  if (end === undefined) return
  const { context, tenantId } = frame
  await commit(context.workers, { tenantId, cause: byTheService }, (tx) => moveRun(tx, run.id, end))
}

import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { enqueueTask } from '../foundation/jobs/tasks.ts'
import { invalidFields } from '../foundation/problem.ts'
import { recoveryFact } from './events.ts'
import { countUndelivered, type Range } from './find-undelivered.ts'
import { requireEnabledEndpoint } from './queries.ts'
import type { RecoveryRow, RecoveryScope } from './table.ts'
import { RETENTION_DAYS } from './timing.ts'

const DAY_MS = 86_400_000

/** A wish that an endpoint gets what it has missed. */
export interface CreateRecovery {
  endpointId: string
  scope: RecoveryScope
  since: string
  /** By default now. */
  until?: string | undefined
}

/** Takes the wish down and hands the work to the workers. An endpoint does one at a time. */
export async function createRecovery(tx: Tx, wish: CreateRecovery): Promise<RecoveryRow> {
  const endpoint = await requireEnabledEndpoint(tx, wish.endpointId)
  const recovery = await tx.db
    .insertInto('webhook_recovery')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      endpoint_id: endpoint.id,
      scope: wish.scope,
      ...rangeOf(wish),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await enqueueTask(tx, 'webhook_recovery', recovery.id)
  announce(tx, recoveryFact('webhook_recovery.created', recovery, tx))
  return recovery
}

/** How much that would send, and nothing more. */
export async function previewRecovery(tx: Tx, wish: CreateRecovery): Promise<number> {
  const endpoint = await requireEnabledEndpoint(tx, wish.endpointId)
  return countUndelivered(tx, { ...rangeOf(wish), scope: wish.scope, endpoint })
}

/** Real time: what counts is when something could have been told. */
function rangeOf({ since, until }: Pick<CreateRecovery, 'since' | 'until'>): Range {
  const now = Date.now()
  const end = Math.min(until === undefined ? now : Date.parse(until), now)
  const oldest = now - RETENTION_DAYS * DAY_MS
  const begin = Date.parse(since)
  if (begin < oldest) {
    throw invalidFields({
      pointer: '#/since',
      code: 'too_old',
      detail: `must be within the last ${RETENTION_DAYS} days`,
      params: { days: RETENTION_DAYS },
    })
  }
  if (begin >= end) {
    throw invalidFields({
      pointer: '#/since',
      code: 'range',
      detail: 'must be before now and before until',
    })
  }
  return { since: new Date(begin).toISOString(), until: new Date(end).toISOString() }
}

import { sql } from 'kysely'
import { Problem } from '../problem.ts'
import type { Tx } from './commit.ts'
import { isRetryable } from './frame.ts'
import { problemOf } from './violations.ts'

/**
 * Does a part of a transaction that succeeds or fails by itself: what it wrote and announced stays only if all of it
 * went well. What it announces is written at its end rather than with the commit, so that a long transaction does not
 * carry all its events along.
 */
export async function part<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const inner: Tx = { ...tx, closing: [], wakes: new Set() }
  await sql`savepoint part`.execute(tx.db)
  try {
    const done = await work(inner)
    for (const make of inner.closing) await tx.db.executeQuery(make())
    await sql`release savepoint part`.execute(tx.db)
    for (const worker of inner.wakes) tx.wakes.add(worker)
    return done
  } catch (error) {
    if (problemOf(error)?.code === 'unavailable') throw error
    await sql`rollback to savepoint part`.execute(tx.db)
    throw error
  }
}

/**
 * What a failed part says about its rows: the problem that refused them. Undefined when it says nothing about them,
 * because the whole transaction has to be run again.
 */
export function refusalOf(error: unknown): Problem | undefined {
  if (isRetryable(error)) return undefined
  const problem = problemOf(error) ?? new Problem('internal_error', {}, error)
  return problem.code === 'unavailable' ? undefined : problem
}

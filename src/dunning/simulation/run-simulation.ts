import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { byTheService, commit, read, type Tx } from '../../foundation/database/commit.ts'
import type { Context } from '../../foundation/http/context.ts'
import { simulationFact } from './events.ts'
import type { CustomerHistory } from './history.ts'
import { countCustomers, nextHistories } from './load-histories.ts'
import { requireSimulation } from './queries.ts'
import { replay } from './replay.ts'
import { type Grounds, loadGrounds } from './rules.ts'
import type { SimulationRow } from './table.ts'
import { addTallies, type Tally } from './tally.ts'
import { tallyReplay } from './tally-replay.ts'

/**
 * Does a simulation, customer by customer in the order of their ids. What a batch comes to and how far it has come are
 * one commit; interrupted anywhere and called again, it goes on with the next customer. One that was cancelled, or has
 * ended, has nothing left to do.
 */
export async function runSimulation(
  context: Context,
  tenantId: string,
  simulationId: string,
  signal: AbortSignal,
): Promise<void> {
  const options = (row: SimulationRow | null) => ({
    tenantId,
    cause:
      row === null
        ? byTheService
        : { ...byTheService, actor: row.actor, requestId: row.request_id },
  })
  let simulation = await commit(context.workers, options(null), (tx) => begin(tx, simulationId))
  if (simulation?.status !== 'running') return
  const asked = simulation
  const grounds = await read(context.workers, tenantId, (reader) => loadGrounds(reader, asked))
  while (simulation?.status === 'running') {
    signal.throwIfAborted()
    const before: SimulationRow = simulation
    const histories = await read(context.workers, tenantId, (reader) =>
      nextHistories(reader, before),
    )
    const tallies = await tryPolicies(before, histories, grounds)
    simulation = await commit(context.workers, options(before), (tx) =>
      histories.length === 0 ? finish(tx, before) : record(tx, before, histories, tallies),
    )
  }
}

async function begin(tx: Tx, id: string): Promise<SimulationRow | undefined> {
  const simulation = await requireSimulation(tx, id)
  if (simulation.status !== 'queued') return simulation
  return tx.db
    .updateTable('dunning_simulation')
    .set({
      status: 'running',
      customer_count: await countCustomers(tx, simulation.to_date),
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .returningAll()
    .executeTakeFirst()
}

/** Replays the customers under each policy. Between two of them others have their turn on this process. */
async function tryPolicies(
  { policies, from_date, to_date, paid_within_days, known_date }: SimulationRow,
  histories: readonly CustomerHistory[],
  grounds: Grounds,
): Promise<Tally[]> {
  const question = {
    fromDate: from_date,
    paidWithinDays: paid_within_days,
    knownUntil: known_date,
  }
  const tallies: Tally[][] = policies.map(() => [])
  for (const history of histories) {
    for (const [index, { definition }] of policies.entries()) {
      const policy = { ...definition, id: `${index}`, version: 1 }
      const replayed = replay(history, { ...grounds, policy }, to_date)
      tallies[index]?.push(tallyReplay(replayed, history, question))
    }
    await nextTurn()
  }
  return tallies.map(addTallies)
}

/** Keeps what a batch has come to, unless somebody else has done it or it was cancelled. */
const record = (
  tx: Tx,
  { id, after_customer_id, tallies: sofar }: SimulationRow,
  histories: readonly CustomerHistory[],
  tallies: readonly Tally[],
): Promise<SimulationRow | undefined> =>
  running(tx, id)
    .set({
      after_customer_id: (histories.at(-1) as CustomerHistory).customerId,
      done_count: sql<number>`done_count + ${histories.length}`,
      tallies: JSON.stringify(
        sofar.map((tally, index) => addTallies([tally, tallies[index] as Tally])),
      ),
      updated_at: tx.now,
    })
    .where('after_customer_id', 'is not distinct from', after_customer_id)
    .returningAll()
    .executeTakeFirst()

async function finish(
  tx: Tx,
  { id, after_customer_id }: SimulationRow,
): Promise<SimulationRow | undefined> {
  const finished = await running(tx, id)
    .set({
      status: 'succeeded',
      customer_count: sql<number>`done_count`,
      finished_at: tx.now,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('after_customer_id', 'is not distinct from', after_customer_id)
    .returningAll()
    .executeTakeFirst()
  if (finished !== undefined)
    announce(tx, simulationFact('dunning_simulation.completed', finished, tx))
  return finished
}

const running = (tx: Tx, id: string) =>
  tx.db
    .updateTable('dunning_simulation')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('status', '=', 'running')

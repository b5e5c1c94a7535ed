/**
 * What a dunning run costs beside the same work as one bare SQL statement: time, memory of this process, statements.
 * Levels, steps, notices, decisions, next looks and events are written by both; only the run locks customers, judges
 * every open item of theirs, and says why.
 *
 *     npm run build && node build/scripts/bench/dunning-run.js     1,000,000 open items of which 100,000 are due
 *     … --items 50000 --due 5000                                   smaller
 */
import { parseArgs } from 'node:util'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { testApp } from '../../test/support/app.ts'
import { costOf, dunBare, seedLoad } from '../../test/support/dunning-load.ts'
import { keepRatio, measure, millisecondsOf, onBenchServer } from './measure.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    due: { type: 'string', default: '100000' },
  },
})
const load = { items: Number(values.items), due: Number(values.due) }

async function bench(t: { teardown(handler: () => Promise<void>): void }): Promise<void> {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const seeded = await costOf(() => seedLoad(app, tenant, load))
  console.log(`${load.items} open items made in ${seeded.seconds.toFixed(0)} s`)
  const bare = await dunBare(app, tenant)
  const dun = () => runScheduledDunning(app.context, tenant.uuid, new AbortController().signal)
  let figures: Record<string, unknown> = {}
  const run = await costOf(async () => {
    figures = await dun()
  })
  keepRatio({
    work: `dun ${load.due} of ${load.items} open items`,
    limit: 'one bare statement that writes the same',
    unit: 'ms',
    target: 3,
    ours: run.seconds * 1_000,
    limitIs: bare.seconds * 1_000,
    rounds: 1,
    residentMiB: run.peakMiB,
  })
  console.log(
    `${run.statements} statements, memory grew by ${run.grownMiB.toFixed(0)} MiB; the run came to ${JSON.stringify(figures)}, the statement to ${bare.escalated} escalations`,
  )
  await measure({
    work: 'dun when nothing is due',
    limit: 'ten milliseconds',
    unit: 'ms',
    target: 1,
    rounds: 9,
    ours: () => millisecondsOf(dun),
    limitIs: () => Promise.resolve(10),
  })
}

await onBenchServer(bench)

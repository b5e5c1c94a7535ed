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
import { type Cost, costOf, dunBare, seedLoad } from '../../test/support/dunning-load.ts'
import { startTestServer } from '../test-server.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    due: { type: 'string', default: '100000' },
  },
})
const load = { items: Number(values.items), due: Number(values.due) }

const server = await startTestServer()
process.env.TEST_DATABASE_URL = server.url
const teardowns: (() => Promise<void>)[] = [server.stop]
try {
  const app = await testApp({ teardown: (handler) => teardowns.unshift(handler) })
  const tenant = await app.tenant()
  const seeded = await costOf(() => seedLoad(app, tenant, load))
  console.log(`${load.items} open items made in ${seeded.seconds.toFixed(0)} s\n`)
  const bare = await dunBare(app, tenant)
  let figures: Record<string, unknown> = {}
  const run = await costOf(async () => {
    figures = await runScheduledDunning(app.context, tenant.uuid, new AbortController().signal)
  })
  print(run, bare)
  console.log(
    `\nthe run came to ${JSON.stringify(figures)}, the statement to ${bare.escalated} escalations`,
  )
} finally {
  for (const teardown of teardowns) await teardown()
}

function print(run: Cost, bare: Cost): void {
  console.log('                 seconds  per 1,000 due  statements  memory')
  for (const [name, cost] of [
    ['run', run],
    ['bare statement', bare],
  ] as const)
    console.log(
      [
        name.padEnd(15),
        cost.seconds.toFixed(1).padStart(8),
        `${((1_000_000 * cost.seconds) / load.due).toFixed(0)} ms`.padStart(14),
        String(cost.statements).padStart(11),
        `+${cost.grownMiB.toFixed(0)} MiB`.padStart(9),
      ].join(' '),
    )
  console.log(`ratio           ${(run.seconds / bare.seconds).toFixed(1).padStart(8)}`)
}

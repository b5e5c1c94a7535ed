/**
 * How well bank lines find their customers: generates a year of payments with the defects real ones have, imports it
 * statement by statement into a service of its own, and compares what was posted with what is true.
 *
 *     npm run build && node build/scripts/bench/match-year.js      10,000 invoices, a statement a week
 *     … --invoices 2000 --seed 7 --days 28                         a smaller year, a statement a month
 */
import { parseArgs } from 'node:util'
import { testApp } from '../../test/support/app.ts'
import { defects, exactReference, generateYear } from '../../test/support/bank-year.ts'
import { type Figures, judgeYear, playYear, together } from '../../test/support/match-year.ts'
import { startTestServer } from '../test-server.ts'

const { values } = parseArgs({
  options: {
    invoices: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '7' },
  },
})

const server = await startTestServer()
process.env.TEST_DATABASE_URL = server.url
const teardowns: (() => Promise<void>)[] = [server.stop]
try {
  const app = await testApp({ teardown: (handler) => teardowns.unshift(handler) })
  const tenant = await app.tenant()
  const year = generateYear({
    invoices: Number(values.invoices),
    seed: Number(values.seed),
    statementDays: Number(values.days),
  })
  const startedAt = performance.now()
  await playYear(app, tenant, year)
  const seconds = (performance.now() - startedAt) / 1_000
  print(await judgeYear(app, tenant, year), seconds)
} finally {
  for (const teardown of teardowns) await teardown()
}

function print(figures: Awaited<ReturnType<typeof judgeYear>>, seconds: number): void {
  console.log('class of payment      lines  posted by themselves  wrong')
  for (const defect of defects)
    console.log(
      `${rowOf(defect, figures[defect])}${exactReference.has(defect) ? '  exact reference' : ''}`,
    )
  console.log(rowOf('all', together(Object.values(figures))))
  console.log(`\nissued, imported and matched in ${seconds.toFixed(0)} s`)
}

function rowOf(name: string, { lines, posted, wrong }: Figures): string {
  const percent = ((100 * posted) / Math.max(1, lines)).toFixed(1)
  return [
    name.padEnd(20),
    String(lines).padStart(6),
    String(posted).padStart(12),
    `${percent} %`.padStart(9),
    String(wrong).padStart(6),
  ].join(' ')
}

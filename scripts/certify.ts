/**
 * Runs the reliability programme: the suites' own test files, at the size that certifies, one after the other so that
 * none disturbs another's timing. Ends with a table of what had to hold and what was seen.
 *
 *     npm run certify                                 all suites
 *     npm run certify -- T-idem T-race                some
 *     npm run certify -- --seed 4711                  the same random choices as the run that printed this seed
 *     npm run certify -- --certification              the sizes for a release: hours
 *
 * It fails when a goal is not met, when a test fails and when a suite reports nothing.
 */
import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '../test/support/certify.ts'
import { build } from './build.js'
import { interruption, printTestFile, runTestFile } from './run-test-file.ts'
import { SUITES } from './suites.ts'
import { startTestServer } from './test-server.ts'

/** How long one file may take, in seconds. */
const TIMEOUT_SECONDS = { certify: 3_600, certification: 6 * 3_600 }

/** A line of the table: a finding, and how long the file ran that reported it. */
type Row = Omit<Finding, 'seed'> & { seconds: number }

const { values, positionals } = parseArgs({
  options: {
    certification: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !(name in SUITES))
if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(', ')}.`)
if (!/^\d+$/.test(values.seed)) throw new Error('--seed has to be a whole number.')

const rung = values.certification ? 'certification' : 'certify'
const suites = positionals.length > 0 ? positionals : Object.keys(SUITES)
const interrupted = interruption()

await build({ ifStale: true })
console.log(`${rung}, seed ${values.seed}\n`)
const began = performance.now()
const server = await startTestServer()
const folder = await mkdtemp(join(tmpdir(), 'receivables-certify-'))
const rows: Row[] = []
try {
  const files = new Set(suites.flatMap((suite) => SUITES[suite] ?? []))
  for (const file of files) rows.push(...(await findings(file)))
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
for (const suite of suites) {
  if (rows.some((row) => row.suite === suite)) continue
  rows.push({ suite, goal: 'reports', seen: 'nothing', met: false, seconds: 0 })
}
print(rows)
const unmet = rows.filter((row) => !row.met).length
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
console.log(`\n${rows.length - unmet} met, ${unmet} not met; seed ${values.seed}, ${minutes} min`)
process.exitCode = unmet === 0 ? 0 : 1

/** What a file reports; that its tests fail is a finding too. */
async function findings(source: string): Promise<Row[]> {
  interrupted.throwIfAborted()
  const file = join('build', source.replace(/ts$/, 'js'))
  if (!(await exists(file))) return []
  const reportFile = join(folder, source.replaceAll('/', '-'))
  const result = await runTestFile(file, {
    serverUrl: server.url,
    timeoutSeconds: TIMEOUT_SECONDS[rung],
    sourceMaps: true,
    env: { CERTIFY: rung, CERTIFY_SEED: values.seed, CERTIFY_REPORT: reportFile },
    signal: interrupted,
  })
  printTestFile(file, result)
  const { seconds } = result
  const reported = await reports(reportFile)
  const found = reported.map(({ suite, goal, seen, met }) => ({ suite, goal, seen, met, seconds }))
  if (result.failed === 0) return found
  const suite = found[0]?.suite ?? suites.find((name) => SUITES[name]?.includes(source)) ?? source
  const goal = `no test of ${source} fails`
  return [...found, { suite, goal, seen: `${result.failed} failed`, met: false, seconds }]
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

async function reports(file: string): Promise<Finding[]> {
  if (!(await exists(file))) return []
  const lines = (await readFile(file, 'utf8')).split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Finding)
}

/** Prints a table in Markdown, in the order of the programme. */
function print(rows: readonly Row[]): void {
  const order = Object.keys(SUITES)
  const sorted = [...rows].sort((a, b) => order.indexOf(a.suite) - order.indexOf(b.suite))
  console.log('\n| suite | goal | seen | met | seconds |\n|---|---|---|---|---|')
  for (const { suite, goal, seen, met, seconds } of sorted) {
    console.log(`| ${suite} | ${goal} | ${seen} | ${met ? 'yes' : 'NO'} | ${seconds.toFixed(0)} |`)
  }
}

/**
 * Builds, starts a PostgreSQL of its own and runs the tests on it, each file in a process of its own. All of them stand
 * beside the check of the types; named ones run at once, with the places of errors in the sources.
 *
 *     npm test                                             all of them
 *     npm test -- build/test/foundation/embedded.test.js   some
 *     PG_BIN=/usr/lib/postgresql/15/bin npm test           on another PostgreSQL
 *
 * What services log meanwhile is looked through for secrets at the end.
 * The last line is the result. It fails when a test fails, when a log gives something away, when none passed and, of all, when the types are wrong.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from './build.js'
import { leaksIn } from './leaks.ts'
import { interruption, printTestFile, runTestFile } from './run-test-file.ts'
import type { TapResult } from './tap-result.ts'
import { startTestServer } from './test-server.ts'

const root = resolve(import.meta.dirname, '..')

/** Two for each processor: test files spend half their time waiting, for timers and for PostgreSQL. */
const JOBS = availableParallelism() * 2

/** How long one file may take, in seconds; a slow machine needs its time. */
const TIMEOUT_SECONDS = 900

const interrupted = interruption()
const named = process.argv.slice(2)
const isWhole = named.length === 0
await build({ ifStale: true })
const types = isWhole ? checkTypes() : Promise.resolve(true)
const total: TapResult = { passed: 0, failed: 0, skipped: 0, failures: [] }
const server = await startTestServer()
const logs = await mkdtemp(join(tmpdir(), 'receivables-logs-'))
let leaks: string[] = []
try {
  const waiting = isWhole ? await testFiles() : [...named]
  await Promise.all(Array.from({ length: JOBS }, () => work(waiting)))
  leaks = await leaksIn(logs)
} finally {
  await server.stop()
  await rm(logs, { recursive: true })
}
const typesAreRight = await types
if (!typesAreRight) console.log('\nThe types are wrong: see the errors of the compiler above.')
for (const leak of leaks.slice(0, 20)) console.log(`\nA log gives away ${leak}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode =
  typesAreRight && leaks.length === 0 && total.failed === 0 && total.passed > 0 ? 0 : 1

/** Whether the compiler finds nothing wrong; its findings are printed. */
async function checkTypes(): Promise<boolean> {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const checking = spawn(process.execPath, [compiler, '--noEmit'], { cwd: root, stdio: 'inherit' })
  const [code] = (await once(checking, 'close')) as [number | null]
  return code === 0
}

/** All files: what takes long begins first, so that nothing runs alone at the end. */
async function testFiles(): Promise<string[]> {
  const found = await readdir(join(root, 'build/test'), { recursive: true })
  return found
    .filter((file) => file.endsWith('.test.js'))
    .map((file) => join('build/test', file))
    .sort()
    .sort((a, b) => Number(b.includes('/scenarios/')) - Number(a.includes('/scenarios/')))
}

/** Runs one file after the other until none is waiting. */
async function work(waiting: string[]): Promise<void> {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    interrupted.throwIfAborted()
    const result = await runTestFile(file, {
      serverUrl: server.url,
      timeoutSeconds: TIMEOUT_SECONDS,
      sourceMaps: !isWhole,
      env: { TEST_LOGS: logs },
      signal: interrupted,
    })
    total.passed += result.passed
    total.failed += result.failed
    total.skipped += result.skipped
    printTestFile(file, result)
  }
}

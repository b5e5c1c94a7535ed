/**
 * Compiles, starts a PostgreSQL of its own and runs the tests on it, each file in a process of its own.
 *
 *     npm test                                             all of them
 *     npm test -- build/test/foundation/embedded.test.js   some
 *     PG_BIN=/usr/lib/postgresql/15/bin npm test           on another PostgreSQL
 *
 * The last line is the result. It fails when a test fails, when none passed and when the types are wrong.
 */
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from './build.js'
import { readTap, type TapResult } from './tap-result.ts'
import { startTestServer } from './test-server.ts'

const root = resolve(import.meta.dirname, '..')

/** Two for each processor: test files spend half their time waiting, for timers and for PostgreSQL. */
const JOBS = availableParallelism() * 2

/** A test file lives shortly and throws much away: room for what is young spares it most collections. */
const NODE_OPTIONS = ['--enable-source-maps', '--max-semi-space-size=32']

/** How long one file may take, in seconds; a slow machine needs its time. */
const TIMEOUT_SECONDS = 900

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interruption.abort(signal))
}

const typesAreRight = build({ ifStale: true, despiteTypeErrors: true })
const total: TapResult = { passed: 0, failed: 0, skipped: 0, failures: [] }
const server = await startTestServer()
try {
  const waiting = await testFiles(process.argv.slice(2))
  await Promise.all(Array.from({ length: JOBS }, () => work(waiting)))
} finally {
  await server.stop()
}
if (!typesAreRight) console.log('\nThe types are wrong: see the errors of the compiler above.')
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = typesAreRight && total.failed === 0 && total.passed > 0 ? 0 : 1

/** The files that were named, or all of them: what takes long begins first, so that nothing runs alone at the end. */
async function testFiles(named: readonly string[]): Promise<string[]> {
  if (named.length > 0) return [...named]
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
    interruption.signal.throwIfAborted()
    const started = performance.now()
    const result = await runFile(file)
    total.passed += result.passed
    total.failed += result.failed
    total.skipped += result.skipped
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const verdict = result.failed > 0 ? `FAIL ${result.failed} of ` : 'ok '
    console.log(`${verdict}${result.passed + result.failed}  ${file}  ${seconds} s`)
    for (const failure of result.failures) console.log(failure.replace(/^/gm, '    '))
  }
}

/** Runs one file. A file that ends badly, or in which nothing is asserted, has failed. */
async function runFile(file: string): Promise<TapResult> {
  const test = spawn(process.execPath, [...NODE_OPTIONS, file], {
    cwd: root,
    env: {
      ...process.env,
      TEST_DATABASE_URL: server.url,
      TAP_TIMEOUT: String(TIMEOUT_SECONDS),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_SECONDS * 1000,
    killSignal: 'SIGKILL',
    signal: interruption.signal,
  })
  const ended = new Promise<string | null>((resolve) => {
    test.on('error', (error) => resolve(error.message))
    test.on('close', (code, signal) => resolve(code === 0 ? null : `ended with ${signal ?? code}`))
  })
  const [output, errors, ending] = await Promise.all([text(test.stdout), text(test.stderr), ended])
  const result = readTap(output)
  if (result.failed === 0 && (ending !== null || result.passed + result.skipped === 0)) {
    const reason = ending ?? 'nothing was asserted'
    return { ...result, failed: 1, failures: [`${reason}\n${errors}`.slice(0, 10_000)] }
  }
  return result
}

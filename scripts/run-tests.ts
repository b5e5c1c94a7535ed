/**
 * Compiles, starts a PostgreSQL of its own and runs the tests on it.
 *
 *     npm test                                             all of them
 *     npm test -- build/test/foundation/embedded.test.js   some; further options go to tap
 *     PG_BIN=/usr/lib/postgresql/15/bin npm test           on another PostgreSQL
 *
 * The last line is the result. It fails when a test fails, when none passed and when the types are wrong.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from './build.js'
import { startTestServer } from './test-server.ts'

const root = resolve(import.meta.dirname, '..')

/** One more than there are processors: test files also wait, for timers and for PostgreSQL. */
const jobs = availableParallelism() + 1

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interruption.abort(signal))
}

const typesAreRight = build({ ifStale: true, despiteTypeErrors: true })
const result = await runTap(process.argv.slice(2))
if (!typesAreRight) console.log('\nThe types are wrong: see the errors of the compiler above.')
const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
console.log(`\n${result.passed} passed, ${result.failed} failed${skipped}`)
process.exitCode = typesAreRight && result.ok && result.passed > 0 ? 0 : 1

interface Result {
  ok: boolean
  passed: number
  failed: number
  skipped: number
}

async function runTap(arguments_: string[]): Promise<Result> {
  const notes = await mkdtemp(join(tmpdir(), 'receivables-tap-'))
  const server = await startTestServer()
  try {
    interruption.signal.throwIfAborted()
    const output = join(notes, 'output.tap')
    // A process group of its own, so that tap and the test files can be ended together.
    const options = [`--output-file=${output}`, `--jobs=${jobs}`, ...arguments_]
    const tap = spawn(process.execPath, [tapProgram(), ...options], {
      cwd: root,
      env: { ...process.env, ...quietUnlessWatched(), TEST_DATABASE_URL: server.url },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    })
    const end = () => tap.pid && process.kill(-tap.pid, 'SIGKILL')
    interruption.signal.addEventListener('abort', end)
    const [status] = await once(tap, 'exit')
    interruption.signal.removeEventListener('abort', end)
    return summarize(await readFile(output, 'utf8').catch(() => ''), status === 0)
  } finally {
    await server.stop()
    await rm(notes, { recursive: true, force: true })
  }
}

function tapProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('tap/package.json')
  return join(dirname(manifest), 'dist/esm/run.mjs')
}

/** Tap redraws its progress many times a second, which only a terminal can show. */
function quietUnlessWatched(): Record<string, string> {
  return process.stdout.isTTY ? {} : { CI: 'true' }
}

/** Reads tap's own counts, and holds against it that a file in which no test ran passes as skipped. */
function summarize(output: string, exitedWell: boolean): Result {
  const counts = /^# \{ (.*) \}$/m.exec(output)?.[1] ?? ''
  const count = (name: string) => Number(new RegExp(`\\b${name}: (\\d+)`).exec(counts)?.[1] ?? 0)
  const empty = output.match(/^ok .*# SKIP no tests found$/gm)?.length ?? 0
  const failed = count('fail') + empty
  return {
    ok: exitedWell && failed === 0,
    passed: count('pass'),
    failed,
    skipped: count('skip') - empty + count('todo'),
  }
}

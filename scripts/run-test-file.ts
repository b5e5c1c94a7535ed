import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { readTap, type TapResult } from './tap-result.ts'

const root = resolve(import.meta.dirname, '..')

/** A test file lives shortly and throws much away: room for what is young spares it most collections. */
const NODE_OPTIONS = ['--max-semi-space-size=32']

export interface TestFileRun {
  /** The PostgreSQL the file makes its database on. */
  serverUrl: string
  /** How long the file may take. */
  timeoutSeconds: number
  /** Whether errors name their place in the sources; a file of which nothing fails starts faster without. */
  sourceMaps: boolean
  /** What its environment holds besides ours. */
  env?: Readonly<Record<string, string>>
  signal: AbortSignal
}

export interface TestFileResult extends TapResult {
  seconds: number
}

/**
 * Runs one compiled test file in a process of its own. A file that ends badly, or in which nothing is asserted, has
 * failed.
 */
export async function runTestFile(file: string, run: TestFileRun): Promise<TestFileResult> {
  const started = performance.now()
  const options = run.sourceMaps ? ['--enable-source-maps', ...NODE_OPTIONS] : NODE_OPTIONS
  const test = spawn(process.execPath, [...options, file], {
    cwd: root,
    env: {
      ...process.env,
      ...run.env,
      TEST_DATABASE_URL: run.serverUrl,
      TAP_TIMEOUT: String(run.timeoutSeconds),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: run.timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
    signal: run.signal,
  })
  const ended = new Promise<string | null>((resolve) => {
    test.on('error', (error) => resolve(error.message))
    test.on('close', (code, signal) => resolve(code === 0 ? null : `ended with ${signal ?? code}`))
  })
  const [output, errors, ending] = await Promise.all([text(test.stdout), text(test.stderr), ended])
  const result = { ...readTap(output), seconds: (performance.now() - started) / 1000 }
  if (result.failed === 0 && (ending !== null || result.passed + result.skipped === 0)) {
    const reason = ending ?? 'nothing was asserted'
    return { ...result, failed: 1, failures: [`${reason}\n${errors}`.slice(0, 10_000)] }
  }
  return result
}

/** Prints how a file went: one line, and what failed in it. */
export function printTestFile(file: string, result: TestFileResult): void {
  const verdict = result.failed > 0 ? `FAIL ${result.failed} of ` : 'ok '
  const count = result.passed + result.failed
  console.log(`${verdict}${count}  ${file}  ${result.seconds.toFixed(1)} s`)
  for (const failure of result.failures) console.log(failure.replace(/^/gm, '    '))
}

/** Is aborted when somebody interrupts us, so that no file and no server outlives us. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupted.abort(signal))
  }
  return interrupted.signal
}

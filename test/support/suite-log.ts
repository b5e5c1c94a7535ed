import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createLog } from '../../src/foundation/log.ts'

/** Where `npm test` collects what services log, to look through it when all tests have run. */
const folder = process.env.TEST_LOGS

let file: number | undefined

/** Adds what a service has logged to the log of the run, if one is kept. */
export function keepLog(text: string): void {
  if (folder === undefined) return
  if (file === undefined) {
    const opened = openSync(join(folder, `${process.pid}.log`), 'a')
    process.once('exit', () => closeSync(opened))
    file = opened
  }
  writeSync(file, text)
}

/** The log of a service in this process. Where the log of the run is kept it keeps everything, and prints errors only. */
export function testLog(level: string): Logger {
  if (folder === undefined) return createLog(level)
  return createLog('debug', {
    write(line) {
      keepLog(line)
      if (level !== 'silent' && /^\{"level":"(error|fatal)"/.test(line)) process.stdout.write(line)
    },
  })
}

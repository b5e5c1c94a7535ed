/**
 * A process of its own that works with a data folder until it is killed. Says what it found in one line: the address
 * of the database, or why it may not have it.
 */
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../../src/foundation/database/embedded.ts'

const [dataDir = '', settings = '{}'] = process.argv.slice(2)

try {
  const { url, adopted } = await startEmbeddedPostgres({
    dataDir,
    log: pino({ level: 'silent' }),
    settings: JSON.parse(settings) as Record<string, string>,
    binDir: process.env.PG_BIN,
  })
  console.log(JSON.stringify({ url, adopted }))
} catch (error) {
  console.log(JSON.stringify({ refusal: (error as Error).name }))
  process.exitCode = 1
}

import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../../src/foundation/database/embedded.ts'

const MARK = 'demo'

/**
 * Empties the demo's folder for another company. It takes nothing but what an earlier demo left: a folder with anything
 * else in it is refused, and so is one that a demo is using now. A server that a killed demo left running is ended.
 */
export async function emptyFolder(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir).catch((): string[] => [])
  if (entries.length > 0 && !entries.includes(MARK)) {
    throw new Error(
      `${dataDir} holds something that is not a demo’s. Set DATA_DIR to a folder that is empty or does not exist.`,
    )
  }
  await endServer(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  await writeFile(join(dataDir, MARK), 'Made by npm run demo, which empties this folder.\n')
}

/** Ends the server that a process which was killed has left running on a folder, if there is one. */
export async function endServer(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) return
  const left = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) })
  await left.stop({ evenIfInUse: true })
}

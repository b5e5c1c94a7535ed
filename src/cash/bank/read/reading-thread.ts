import { readFile as readBytes } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { type FaultReason, FileFault, type Place } from './fault.ts'
import { type FileContents, readFile } from './read-file.ts'

/** What the thread is given. */
export interface ReadingTask {
  path: string
  mapping: CsvMappingSettings | null
}

/** What it answers: what was in the file, or why it cannot be read. */
export type ReadingOutcome =
  | { contents: FileContents }
  | { fault: { reason: FaultReason; message: string; place: Place } }

parentPort?.on('message', async (task: ReadingTask) => {
  parentPort?.postMessage(await outcomeOf(task))
})

async function outcomeOf({ path, mapping }: ReadingTask): Promise<ReadingOutcome> {
  try {
    return { contents: await readFile(await readBytes(path), mapping) }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const { reason, message, place } = error
    return { fault: { reason, message, place } }
  }
}

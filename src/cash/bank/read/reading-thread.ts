import { readFile as readBytes } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { type FaultReason, FileFault, type Place } from './fault.ts'
import { type FileContents, readFile } from './read-file.ts'
import { type ReportContent, readPain002 } from './read-pain002.ts'

/** What the thread is given: a received file of statements, or a status report. */
export type ReadingTask =
  | { kind: 'statements'; path: string; mapping: CsvMappingSettings | null }
  | { kind: 'status_report'; bytes: Uint8Array }

/** What is in the file of a task. */
export type ContentsOf<Task extends ReadingTask> = Task extends { kind: 'statements' }
  ? FileContents
  : ReportContent

/** What it answers: what was in the file, or why it cannot be read. */
export type ReadingOutcome<Task extends ReadingTask> =
  | { contents: ContentsOf<Task> }
  | { fault: { reason: FaultReason; message: string; place: Place } }

parentPort?.on('message', async (task: ReadingTask) => {
  parentPort?.postMessage(await outcomeOf(task))
})

async function outcomeOf(task: ReadingTask): Promise<ReadingOutcome<ReadingTask>> {
  try {
    return { contents: await contentsOf(task) }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const { reason, message, place } = error
    return { fault: { reason, message, place } }
  }
}

const contentsOf = async (task: ReadingTask): Promise<ContentsOf<ReadingTask>> =>
  task.kind === 'statements'
    ? readFile(await readBytes(task.path), task.mapping)
    : readPain002(task.bytes)

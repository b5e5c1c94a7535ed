import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { FileFault } from './fault.ts'
import type { FileContents } from './read-file.ts'
import type { ReadingOutcome, ReadingTask } from './reading-thread.ts'

/** A file that takes longer is refused. */
const READING_MS_MAX = 60_000

/** What a thread may hold. A file that needs more is refused; the service does not notice. */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }

/** Files that are read at the same time; the others wait their turn. */
const THREADS_MAX = 2
let running = 0
const waiting: (() => void)[] = []

/** The thread's program has the extension of this one: compiled, or as it is written. */
const program = new URL(`./reading-thread${extname(import.meta.filename)}`, import.meta.url)

/** Reads a file in a thread of its own, so that one that is made to hurt hurts nobody but itself. */
export async function readApart(task: ReadingTask): Promise<FileContents> {
  if (running >= THREADS_MAX) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    const outcome = await inThread(task)
    if ('contents' in outcome) return outcome.contents
    const { reason, message, place } = outcome.fault
    throw new FileFault(reason, message, place)
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

async function inThread(task: ReadingTask): Promise<ReadingOutcome> {
  const worker = new Worker(program, { workerData: task, resourceLimits: memory })
  const tooSlow = AbortSignal.timeout(READING_MS_MAX)
  try {
    return await new Promise<ReadingOutcome>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new FileFault('too_large', 'the file needs more memory than one file may')
            : error,
        ),
      )
      tooSlow.addEventListener('abort', () =>
        reject(new FileFault('too_slow', 'the file takes longer than one file may')),
      )
    })
  } finally {
    await worker.terminate()
  }
}

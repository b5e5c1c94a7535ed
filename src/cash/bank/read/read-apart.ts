import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { programAt } from '../../../foundation/places.ts'
import { FileFault } from './fault.ts'
import type { ContentsOf, ReadingOutcome, ReadingTask } from './reading-thread.ts'

/** A file that takes longer is refused. */
const READING_MS_MAX = 60_000

/** What a thread may hold. A file that needs more is refused; the service does not notice. */
const memory = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }

/** Files that are read at the same time; the others wait their turn. */
const THREADS_MAX = 2
let running = 0
const waiting: (() => void)[] = []
const idle: Worker[] = []

/** From the sources, the thread must be taught to read TypeScript first. */
const program = programAt('src/cash/bank/read/reading-thread')
const fromSources = `import('tsx/esm/api').then(({ register }) => { register(); return import('${pathToFileURL(program)}') })`

const newThread = (): Worker =>
  program.endsWith('.ts')
    ? new Worker(fromSources, { eval: true, resourceLimits: memory })
    : new Worker(program, { resourceLimits: memory })

/** Reads a file in a thread of its own, so that one that is made to hurt hurts nobody but itself. */
export async function readApart<Task extends ReadingTask>(task: Task): Promise<ContentsOf<Task>> {
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

/** A thread that has answered takes the next file; one that has not is ended. Waiting threads keep no process alive. */
async function inThread<Task extends ReadingTask>(task: Task): Promise<ReadingOutcome<Task>> {
  const thread = idle.pop() ?? newThread()
  thread.ref()
  try {
    const outcome = await answerOf(thread, task)
    thread.removeAllListeners('message').removeAllListeners('error')
    thread.unref()
    idle.push(thread)
    return outcome
  } catch (error) {
    await thread.terminate()
    throw error
  }
}

function answerOf<Task extends ReadingTask>(
  thread: Worker,
  task: Task,
): Promise<ReadingOutcome<Task>> {
  return new Promise((resolve, reject) => {
    const clock = setTimeout(
      () => reject(new FileFault('too_slow', 'the file takes longer than one file may')),
      READING_MS_MAX,
    )
    thread.on('message', (outcome: ReadingOutcome<Task>) => {
      clearTimeout(clock)
      resolve(outcome)
    })
    thread.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(clock)
      const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(
        isTooLarge
          ? new FileFault('too_large', 'the file needs more memory than one file may')
          : error,
      )
    })
    thread.postMessage(task)
  })
}

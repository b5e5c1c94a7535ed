import { EventEmitter, once } from 'node:events'

/** What of this process can be woken before its next look: workers, and the memory of credentials. */
export type Worker = 'sequencer' | 'fan_out' | 'deliveries' | 'tasks' | 'credentials'

/** Says "look now" to a worker. Losing a call costs at most one polling interval. */
export interface Wake {
  (worker: Worker): void
  /** Waits for a call or for `ms` milliseconds, whichever is first; a call while nobody waits is kept. */
  wait(worker: Worker, ms: number, signal: AbortSignal): Promise<void>
  /** Hears every call at once, for what has nothing to wait for. */
  on(worker: Worker, listener: () => void): void
}

/** One per process; several replicas find each other's work by polling. */
export function createWake(): Wake {
  const emitter = new EventEmitter()
  const called = new Set<Worker>()
  const wake = (worker: Worker): void => {
    called.add(worker)
    emitter.emit(worker)
  }
  const wait = async (worker: Worker, ms: number, signal: AbortSignal): Promise<void> => {
    if (called.delete(worker) || signal.aborted) return
    const end = AbortSignal.any([signal, AbortSignal.timeout(ms)])
    await once(emitter, worker, { signal: end }).catch(() => undefined)
    called.delete(worker)
  }
  const on = (worker: Worker, listener: () => void): void => void emitter.on(worker, listener)
  return Object.assign(wake, { wait, on })
}

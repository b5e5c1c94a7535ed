import { EventEmitter } from 'node:events'

/** What of this process can be woken before its next look: workers, readers of feeds, the memory of credentials. */
export type Worker =
  | 'sequencer'
  | 'feed'
  | 'fan_out'
  | 'credit'
  | 'deliveries'
  | 'tasks'
  | 'credentials'

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
  // Not AbortSignal.any over AbortSignal.timeout: on Node 20 such a signal can be collected before it fires, and the
  // worker would never look again.
  const wait = (worker: Worker, ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (called.delete(worker) || signal.aborted) return resolve()
      const end = (): void => {
        clearTimeout(timer)
        emitter.off(worker, end)
        signal.removeEventListener('abort', end)
        called.delete(worker)
        resolve()
      }
      const timer = setTimeout(end, ms)
      emitter.on(worker, end)
      signal.addEventListener('abort', end)
    })
  const on = (worker: Worker, listener: () => void): void => void emitter.on(worker, listener)
  return Object.assign(wake, { wait, on })
}

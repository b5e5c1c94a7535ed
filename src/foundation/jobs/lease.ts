/** How long a worker may be silent before another takes its work over, milliseconds. */
export const LEASE_MS = 10_000

const HEARTBEAT_MS = 3_000

/**
 * Runs work under a lease that is renewed while it lasts. When a renewal finds that somebody else has taken the work
 * over, or none succeeds for the length of the lease, the signal is aborted; the statements of the work guard
 * themselves all the same.
 */
export async function underLease<T>(
  renew: () => Promise<boolean>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController()
  let renewedAt = Date.now()
  const heartbeat = setInterval(() => {
    renew().then(
      (held) => {
        if (held) renewedAt = Date.now()
        else lost.abort(new LeaseLost())
      },
      () => {
        if (Date.now() - renewedAt > LEASE_MS) lost.abort(new LeaseLost())
      },
    )
  }, HEARTBEAT_MS)
  try {
    return await work(AbortSignal.any([signal, lost.signal]))
  } finally {
    clearInterval(heartbeat)
  }
}

/** The work belongs to another worker now, or this process is stopping; what is committed stays, the rest goes on there. */
export class LeaseLost extends Error {
  constructor() {
    super('the lease was lost')
  }
}

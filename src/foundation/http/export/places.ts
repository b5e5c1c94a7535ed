import { Problem } from '../../problem.ts'

/** Exports this process makes at a time; each holds a connection of a pool made for them, and a snapshot. */
export const EXPORTS_MAX = 4
/** Exports one credential may have under way. */
const EXPORTS_PER_CALLER_MAX = 2

const RETRY_SECONDS = 5

const underWay = new Map<string, number>()

/** Takes a place for an export of this caller's and answers how to leave it; refuses when there is none. */
export function takePlace(caller: string): () => void {
  const own = underWay.get(caller) ?? 0
  if (own >= EXPORTS_PER_CALLER_MAX) {
    throw new Problem('rate_limited', {
      retryAfterSeconds: RETRY_SECONDS,
      detail: `${EXPORTS_PER_CALLER_MAX} exports are under way with this credential.`,
      'violated-policies': ['exports'],
    })
  }
  const all = [...underWay.values()].reduce((sum, count) => sum + count, 0)
  if (all >= EXPORTS_MAX) {
    throw new Problem('unavailable', {
      retryAfterSeconds: RETRY_SECONDS,
      detail: 'Too many exports are under way.',
    })
  }
  underWay.set(caller, own + 1)
  return () => {
    const left = (underWay.get(caller) as number) - 1
    if (left === 0) underWay.delete(caller)
    else underWay.set(caller, left)
  }
}

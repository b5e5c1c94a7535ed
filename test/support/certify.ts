import { appendFile } from 'node:fs/promises'

/**
 * How much a suite of the reliability programme does. `slice` runs with every `npm test`, `certify` with
 * `npm run certify` before each submission, `certification` with its flag `--certification` before a release.
 */
export type Rung = 'slice' | 'certify' | 'certification'

export const rung = (process.env.CERTIFY ?? 'slice') as Rung

/** The size of a suite on the rung that runs. */
export function sizeOf<T>(sizes: Readonly<Record<Rung, T>>): T {
  return sizes[rung]
}

/**
 * The seed of everything random in a run: the one of `CERTIFY_SEED`, to replay a run, or a new one. A slice always has
 * the same, so that `npm test` says the same twice.
 */
export const seed = Number(
  process.env.CERTIFY_SEED ?? (rung === 'slice' ? 7 : Math.floor(Math.random() * 2 ** 31)),
)

/** One line of the table that `npm run certify` prints. */
export interface Finding {
  /** The name in the programme, such as `T-idem`. */
  suite: string
  /** What had to hold, in words, with its numbers. */
  goal: string
  /** What was seen, with its numbers. */
  seen: string
  met: boolean
  seed: number
}

/** Hands a finding to `npm run certify`; nothing happens where nobody collects them. */
export async function report(finding: Omit<Finding, 'seed'>): Promise<void> {
  const collected = process.env.CERTIFY_REPORT
  if (collected) await appendFile(collected, `${JSON.stringify({ ...finding, seed })}\n`)
}

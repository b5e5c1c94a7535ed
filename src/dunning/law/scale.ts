import { share } from '../../foundation/money.ts'
import { PPM, type Ppm } from './rate.ts'

/**
 * An amount that depends on the principal in steps, in one currency: the step is the last whose `above` the principal
 * exceeds; it gives a fixed part and a share of what lies above it.
 */
export interface Scale {
  currency: string
  /** Ascending; the first begins at 0. */
  steps: readonly { above: number; fixed: number; ppm: Ppm }[]
  minimum: number
  maximum: number | null
}

/** What a scale gives for a principal, rounded once; nothing for no principal. */
export function onScale({ steps, minimum, maximum }: Scale, principal: number): number {
  const step = steps.findLast(({ above }) => principal > above)
  if (step === undefined) return 0
  const amount = step.fixed + share(principal - step.above, step.ppm, PPM)
  return Math.min(Math.max(amount, minimum), maximum ?? Number.MAX_SAFE_INTEGER)
}

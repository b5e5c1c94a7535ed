import type { LateInterest } from '../law/late-interest.ts'
import { segmentToJson } from '../law/late-payment-json.ts'
import type { ChargeExplanation } from './table.ts'

/** How interest was reckoned: all of it since default, stretch by stretch, and what of it was settled before. */
export const explainInterest = (
  interest: LateInterest | null,
  settledBefore: number,
): ChargeExplanation => ({
  asked_amount: interest?.amount ?? 0,
  settled_before_amount: settledBefore,
  segments: interest?.segments.map(segmentToJson) ?? [],
})

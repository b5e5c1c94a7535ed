import { decimal } from '../law/fraction.ts'
import type { LateInterest, Segment } from '../law/late-interest.ts'
import { percentOf } from '../law/rate.ts'
import type { ChargeExplanation, InterestSegment } from './table.ts'

/** How interest was reckoned: all of it since default, stretch by stretch, and what of it was settled before. */
export const explainInterest = (
  interest: LateInterest | null,
  settledBefore: number,
): ChargeExplanation => ({
  asked_amount: interest?.amount ?? 0,
  settled_before_amount: settledBefore,
  segments: (interest?.segments ?? []).map(toSegment),
})

const toSegment = (segment: Segment): InterestSegment => ({
  from_date: segment.from,
  until_date: segment.until,
  principal_amount: segment.principal,
  capitalised_interest: decimal(segment.capitalised),
  percent: percentOf(segment.ppm),
  reference_percent: segment.reference === null ? null : percentOf(segment.reference.ppm),
  reference_date: segment.reference?.date ?? null,
  days: segment.days,
  day_base: segment.dayBase,
  interest: decimal(segment.amount),
})

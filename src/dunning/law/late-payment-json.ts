import type { Static } from '@sinclair/typebox'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { publicIdOrNull } from '../../foundation/id.ts'
import type { Assessment, Claim } from './assess-claim.ts'
import type { LatePayment, LatePaymentWarning } from './calculation-schema.ts'
import { costCapOf } from './charge-refusal.ts'
import { decimal } from './fraction.ts'
import { rulesOf } from './jurisdiction.ts'
import type { Segment } from './late-interest.ts'
import { knownUntil, percentOf } from './rate.ts'
import { interestToJson } from './rule-schema.ts'

type Json = Static<typeof LatePayment>

/** What the law says about a claim, as the API shows it. */
export function latePaymentToJson(
  { itemId, claim, asOf }: { itemId: string | null; claim: Claim; asOf: CalendarDate },
  assessment: Assessment,
  { tenant }: Pick<Reader, 'tenant'>,
): Json {
  const { law, default: begun, interest, series, terms } = assessment
  return {
    object: 'late_payment',
    livemode: tenant.mode === 'live',
    item_id: publicIdOrNull('open_item', itemId),
    jurisdiction: claim.jurisdiction,
    debtor_kind: claim.debtor,
    currency: claim.currency,
    principal_amount: claim.principal,
    open_amount: assessment.openAmount,
    as_of_date: asOf,
    in_default: assessment.inDefault,
    default_from_date: begun?.date ?? null,
    default_cause: begun?.cause ?? null,
    interest:
      interest === null || terms === null
        ? null
        : {
            amount: interest.amount,
            terms: interestToJson(terms),
            carried_forward_from_date: interest.carriedForwardFrom,
            segments: interest.segments.map(segmentToJson),
          },
    interest_refusal: assessment.interestRefusal,
    reference: series && {
      series: series.series,
      last_known_date: knownUntil(series),
      unknown_from_date: assessment.unknownFrom,
    },
    lump_sum_amount: assessment.lumpSumAmount,
    cost_cap_amount: costCapOf(law, claim.principal, claim.currency),
    limitation_date: assessment.limitation?.date ?? null,
    warnings: warningsOf(assessment).map((code) => ({ code, detail: details[code] })),
    rules: rulesOf(law).map(({ code, topic, summary, source, verified }) => ({
      code,
      topic,
      summary,
      source,
      verified,
    })),
  }
}

/** A stretch of interest as the API shows it. */
export const segmentToJson = (
  segment: Segment,
): NonNullable<Json['interest']>['segments'][number] => ({
  from_date: segment.from,
  until_date: segment.until,
  principal_amount: segment.principal,
  capitalised_interest: decimal(segment.capitalised),
  percent: percentOf(segment.ppm),
  reference_percent: segment.reference && percentOf(segment.reference.ppm),
  reference_date: segment.reference?.date ?? null,
  verified: segment.reference?.verified ?? null,
  days: segment.days,
  day_base: segment.dayBase,
  exact_interest: decimal(segment.amount),
})

function warningsOf({ interest, limitation, longTerm }: Assessment): LatePaymentWarning[] {
  const isUnverified = interest?.segments.some(({ reference }) => reference?.verified === false)
  const warnings: (LatePaymentWarning | false | null | undefined)[] = [
    longTerm?.code,
    limitation?.warning,
    isUnverified && 'rate_unverified',
    interest !== null && interest.carriedForwardFrom !== null && 'rate_carried_forward',
  ]
  return warnings.filter((code) => typeof code === 'string')
}

const details: Readonly<Record<LatePaymentWarning, string>> = {
  term_too_long: 'The payment term is longer than the law lets it be without express agreement.',
  limitation_near: 'The claim is time-barred in less than half a year.',
  time_barred: 'The claim is time-barred.',
  rate_unverified: 'A reference rate in it is what is commonly reported; no authority was read.',
  rate_carried_forward: 'A reference rate in it is assumed to still hold.',
}

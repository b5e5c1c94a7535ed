import type { Static } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { sum } from '../../foundation/money.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { assess, type Claim } from './assess-claim.ts'
import type { CalculateLatePayment, LatePayment } from './calculation-schema.ts'
import { rateUnknown } from './late-interest.ts'
import { latePaymentToJson } from './late-payment-json.ts'
import { loadLawBook } from './queries.ts'

type Body = Static<typeof CalculateLatePayment>

/**
 * What the law, or a contract, says about any claim; nothing is kept. Refuses days whose rate is not known
 * (`reference_rate_unknown`) unless the last known rate is to be carried forward.
 */
export async function calculateLatePayment(
  reader: Reader,
  body: Body,
): Promise<Static<typeof LatePayment>> {
  const claim = claimOf(body)
  const asOf = body.until_date ?? reader.today
  const question = {
    interest: body.contract
      ? { kind: 'contract' as const, ...body.contract }
      : { kind: 'statutory' as const },
    mode: body.mode,
    dayCount: body.day_count,
    asOf,
    carryForward: body.carry_forward ?? false,
  }
  const assessment = assess(claim, question, await loadLawBook(reader))
  if (assessment.unknownFrom !== null && assessment.series !== null)
    throw rateUnknown(assessment.series, assessment.unknownFrom)
  return latePaymentToJson({ itemId: null, claim, asOf }, assessment, reader)
}

function claimOf(body: Body): Claim {
  const claimDate = body.claim_date ?? body.due_date
  requireOrder(body, claimDate)
  return {
    jurisdiction: body.jurisdiction ?? null,
    debtor: body.debtor_kind ?? 'business',
    currency: body.currency,
    principal: body.amount,
    reductions: body.payments ?? [],
    interestPayments: [],
    claimDate,
    dueDate: body.due_date,
    basis: body.due_date_basis ?? 'agreed',
    receivedDate: body.received_date ?? null,
    noticeGiven: body.consumer_notice_given ?? false,
    demandDate: body.demand_received_date ?? null,
    knownDefaultDate: body.default_from_date ?? null,
    limitationDueDate: body.due_date,
    acts: (body.limitation_acts ?? []).map(({ kind, date, until_date }) => ({
      kind,
      date,
      untilDate: until_date ?? null,
    })),
  }
}

/** Refuses what contradicts itself, every place of it at once. */
function requireOrder(body: Body, claimDate: string): void {
  const paid = sum((body.payments ?? []).map(({ amount }) => amount))
  const errors = [
    paid > body.amount && {
      pointer: '#/payments',
      code: 'sum',
      detail: 'must not be more than amount together',
      params: { amount: body.amount, actual: paid },
    },
    claimDate > body.due_date && {
      pointer: '#/claim_date',
      code: 'after_due_date',
      detail: 'must not be after due_date',
      params: { due_date: body.due_date },
    },
    body.default_from_date !== undefined &&
      body.default_from_date <= body.due_date && {
        pointer: '#/default_from_date',
        code: 'not_after_due_date',
        detail: 'must be after due_date: nothing is late on its due date',
        params: { due_date: body.due_date },
      },
    ...(body.limitation_acts ?? []).map(
      ({ date, until_date }, index) =>
        until_date !== undefined &&
        until_date < date && {
          pointer: `#/limitation_acts/${index}/until_date`,
          code: 'before_date',
          detail: 'must not be before date',
          params: { date },
        },
    ),
  ].filter((error) => error !== false)
  if (errors.length > 0) throw invalidFields(...errors)
}

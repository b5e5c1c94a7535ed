import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { updateCustomer } from '../../parties/customers/change-customer.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { findLimitInForce } from '../limits/queries.ts'
import { setCreditLimit } from '../limits/set-credit-limit.ts'
import type { CreditLimitRow } from '../limits/table.ts'
import { decideReview, lockUndecidedReview } from './decide-review.ts'
import type { CreditReviewRow } from './table.ts'

/** The limit that a person has decided on. */
export interface DecidedLimit {
  amount: number
  /** Null for that of the limit in force, else the customer's. */
  currency: string | null
  validUntil: CalendarDate | null
}

export interface CompleteReview {
  id: string
  ifMatch: number | undefined
  /** The limit to set; undefined to keep it. */
  limit: DecidedLimit | undefined
  /** The net days to agree; undefined to keep them. */
  netDays: number | undefined
  reason: string
  nextReviewDate: CalendarDate | null
}

/**
 * Applies what a person has decided: the limit by the same rules as any other, the terms, and when to look again; all
 * of it or nothing.
 */
export async function completeCreditReview(
  tx: Tx,
  { id, ifMatch, limit, netDays, reason, nextReviewDate }: CompleteReview,
): Promise<CreditReviewRow> {
  if (nextReviewDate !== null && nextReviewDate <= tx.today) throw notAfterToday(tx, nextReviewDate)
  const review = await lockUndecidedReview(tx, { id, ifMatch })
  const { customer_id: customerId } = review
  const set = limit && (await applyLimit(tx, customerId, limit, reason))
  if (netDays !== undefined)
    await updateCustomer(tx, { id: customerId, patch: { net_days: netDays }, ifMatch: undefined })
  return decideReview(tx, review, {
    status: 'completed',
    reason,
    limitId: set?.id ?? null,
    netDays: netDays ?? null,
    nextReviewDate,
  })
}

/** Sets the limit from today on; what insures and secures the one in force goes on with it. */
async function applyLimit(
  tx: Tx,
  customerId: string,
  { amount, currency, validUntil }: DecidedLimit,
  reason: string,
): Promise<CreditLimitRow> {
  const subject = { customer_id: customerId, group_id: null }
  const before = await findLimitInForce(tx, subject, { day: tx.today, standingOnly: true })
  return setCreditLimit(tx, {
    subject,
    terms: {
      kind: 'standing',
      currency: currency ?? before?.currency ?? (await requireCustomer(tx, customerId)).currency,
      amount,
      valid_from: tx.today,
      valid_until: validUntil,
      reason,
      insured_amount: before?.insured_amount ?? null,
      insurer: before?.insurer ?? null,
      insurance_policy_number: before?.insurance_policy_number ?? null,
      insured_until: before?.insured_until ?? null,
      insured_deductible_percent: before?.insured_deductible_percent ?? null,
      insured_reporting_days: before?.insured_reporting_days ?? null,
      collateral: before?.collateral ?? [],
    },
    asked: false,
  })
}

const notAfterToday = ({ today }: Tx, date: CalendarDate) =>
  invalidFields({
    pointer: '#/next_review_date',
    code: 'not_after_today',
    detail: 'must be after today',
    params: { next_review_date: date, today },
  })

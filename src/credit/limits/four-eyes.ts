import { laterOf } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { rulesInForce } from '../policies/queries.ts'
import { hasExpired, type LimitSubject, type LimitTerms } from './limit.ts'
import { findLimitInForce } from './queries.ts'

/**
 * Whether a limit has to be approved by a second principal: it is above what the policy lets one decide (in a currency
 * that the policy does not name: nothing), and more, or for longer, than the standing limit it would follow on its first
 * day. A temporary limit is measured by the standing
 * one, so that a raise is not prolonged by one alone; a limit that has expired, or of another currency, is none to follow.
 */
export async function needsApproval(
  reader: Reader,
  subject: LimitSubject,
  { amount, currency, valid_from, valid_until }: LimitTerms,
): Promise<boolean> {
  const { approval_above: above } = (await rulesInForce(reader)).definition
  const threshold = above.find((one) => one.currency === currency)?.amount ?? 0
  if (above.length === 0 || amount <= threshold) return false
  const day = laterOf(valid_from, reader.today)
  const standing = await findLimitInForce(reader, subject, { day, standingOnly: true })
  return (
    standing === undefined ||
    standing.currency !== currency ||
    hasExpired(standing, day) ||
    amount > standing.amount ||
    (standing.valid_until !== null && (valid_until === null || valid_until > standing.valid_until))
  )
}

import { laterOf } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { rulesInForce } from '../policies/queries.ts'
import { hasExpired, type LimitSubject, type LimitTerms } from './limit.ts'
import { findLimitInForce } from './queries.ts'

/**
 * Whether a limit has to be approved by a second principal: it is above what the policy lets one decide for its currency,
 * and more than the standing limit that it would follow on its first day. A temporary limit is measured by the standing
 * one, so that a raise is not prolonged by one alone; a limit that has expired, or of another currency, is none to follow.
 */
export async function needsApproval(
  reader: Reader,
  subject: LimitSubject,
  { amount, currency, valid_from }: LimitTerms,
): Promise<boolean> {
  const { definition } = await rulesInForce(reader)
  const threshold = definition.approval_above.find((above) => above.currency === currency)
  if (threshold === undefined || amount <= threshold.amount) return false
  const day = laterOf(valid_from, reader.today)
  const standing = await findLimitInForce(reader, subject, { day, standingOnly: true })
  return (
    standing === undefined ||
    standing.currency !== currency ||
    hasExpired(standing, day) ||
    amount > standing.amount
  )
}

import type { Static } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Problem } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import type { CustomerRow } from '../../parties/table.ts'
import type { CreditStandingRow } from '../table.ts'
import { latestScoresOf, standingsOf } from './queries.ts'
import { type CurrentCreditScore, scoreToJson, standingToJson } from './schema.ts'

/** What is known of a customer as a debtor; `credit_standing_not_found` until something is. */
export async function requireStanding(
  reader: Reader,
  customerId: string,
): Promise<{ customer: CustomerRow; standing: CreditStandingRow }> {
  const customer = await requireCustomer(reader, customerId)
  const standing = (await standingsOf(reader, [customerId])).get(customerId)
  if (standing === undefined || standing.version === 0)
    throw new Problem('credit_standing_not_found')
  return { customer, standing }
}

/** The same with the score it comes from, as the API shows it. */
export async function currentScore(
  reader: Reader,
  customerId: string,
): Promise<Static<typeof CurrentCreditScore>> {
  const { customer, standing } = await requireStanding(reader, customerId)
  const latest = (await latestScoresOf(reader, [customerId])).get(customerId)
  return {
    ...standingToJson(standing, customer, reader),
    last_score: latest === undefined ? null : scoreToJson(latest),
  }
}

import type { Reader } from '../../foundation/database/frame.ts'
import { Problem } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { standingsOf } from './queries.ts'
import type { CustomerStanding } from './standing-schema.ts'

/** What is known of a customer as a debtor; `credit_standing_not_found` until something is. */
export async function requireStanding(
  reader: Reader,
  customerId: string,
): Promise<CustomerStanding> {
  const customer = await requireCustomer(reader, customerId)
  const standing = (await standingsOf(reader, [customerId])).get(customerId)
  if (standing === undefined || standing.version === 0)
    throw new Problem('credit_standing_not_found')
  return { customer, standing }
}

import type { Reader } from '../../foundation/database/frame.ts'
import { exposuresOf } from '../exposure/exposures-of.ts'
import { rulesInForce } from '../policies/queries.ts'
import { invoicedAmounts } from './invoiced-amounts.ts'
import { type Recommendation, recommend } from './recommend.ts'

/** What is recommended for customers by what is known of them today, by customer. */
export async function recommendationsFor(
  reader: Reader,
  customerIds: readonly string[],
): Promise<Map<string, Recommendation>> {
  const { definition } = await rulesInForce(reader)
  const exposures = await exposuresOf(reader, customerIds)
  const currency = definition.limit_formula?.currency ?? reader.tenant.currency
  const invoiced = await invoicedAmounts(reader, customerIds, currency)
  return new Map()
}

import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { utilisation } from '../exposure/exposure.ts'
import { exposuresOf } from '../exposure/exposures-of.ts'
import type { MeasuredCustomer } from '../exposure/measure.ts'
import { rulesInForce } from '../policies/queries.ts'
import { invoicedAmounts } from './invoiced-amounts.ts'
import { type Recommendation, type ReviewFigures, recommend } from './recommend.ts'

/** What is recommended for customers by what is known of them today, by customer. */
export async function recommendationsFor(
  reader: Reader,
  customerIds: readonly string[],
): Promise<Map<string, Recommendation>> {
  const { definition } = await rulesInForce(reader)
  const currency = definition.limit_formula?.currency ?? reader.tenant.currency
  const measured = await exposuresOf(reader, customerIds)
  const invoiced = await invoicedAmounts(reader, customerIds, currency)
  const classes = await scoreClasses(reader, customerIds)
  return new Map(
    [...measured].map(([id, customer]) => [
      id,
      recommend(
        {
          ...measuredFigures(customer),
          invoicedAmount: invoiced.get(id) ?? 0,
          scoreClass: classes.get(id) ?? null,
        },
        definition,
      ),
    ]),
  )
}

/** What follows from limit and exposure; a limit that has expired is one to decide about anew, so it counts as it was. */
const measuredFigures = ({
  facts,
  own: { limit, exposure },
}: MeasuredCustomer): Omit<ReviewFigures, 'invoicedAmount' | 'scoreClass'> => ({
  standing: facts.standing,
  limit: limit && { currency: limit.currency, amount: limit.amount },
  utilisationPercent: utilisation(exposure.amount, limit?.amount ?? null),
  netDays: facts.netDays,
  naturalPerson: facts.naturalPerson,
})

async function scoreClasses(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await db
    .selectFrom('credit_standing')
    .select(['customer_id', 'score_class'])
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
  return new Map(rows.map(({ customer_id, score_class }) => [customer_id, score_class]))
}

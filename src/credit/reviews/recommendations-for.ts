import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { MoneyAmount } from '../../foundation/money.ts'
import { utilisation } from '../exposure/exposure.ts'
import { exposuresOf } from '../exposure/exposures-of.ts'
import { limitInForce } from '../limits/limit-in-force.ts'
import { rulesInForce } from '../policies/queries.ts'
import { invoicedAmounts } from './invoiced-amounts.ts'
import { type Recommendation, recommend } from './recommend.ts'

/** What is recommended for customers by what is known of them today, by customer. */
export async function recommendationsFor(
  reader: Reader,
  customerIds: readonly string[],
): Promise<Map<string, Recommendation>> {
  const { definition } = await rulesInForce(reader)
  const currency = definition.limit_formula?.currency ?? reader.tenant.currency
  const measured = await exposuresOf(reader, customerIds)
  const invoiced = await invoicedAmounts(reader, customerIds, currency)
  const assessed = await assessments(reader, customerIds)
  return new Map(
    [...measured].map(([id, { facts, own }]) => {
      const figures = {
        invoicedAmount: invoiced.get(id) ?? 0,
        scoreClass: assessed.get(id)?.scoreClass ?? null,
        standing: facts.standing,
        limit: assessed.get(id)?.limit ?? null,
        utilisationPercent: utilisation(
          own.exposure.amount,
          own.limit === null || own.limit.expired ? null : own.limit.amount,
        ),
        netDays: facts.netDays,
        naturalPerson: facts.naturalPerson,
      }
      return [id, recommend(figures, definition)]
    }),
  )
}

/** How a customer was assessed before: the class of its score, and its standing limit, whether a raise lasts or not. */
interface Assessment {
  scoreClass: string | null
  limit: MoneyAmount | null
}

async function assessments(
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, Assessment>> {
  const standingLimit = limitInForce({
    tenantId: tenant.id,
    subject: 'customer_id',
    of: sql`named.id`,
    day: sql`${today}::date`,
    standingOnly: true,
  })
  const { rows } = await sql<Assessment & { id: string }>`
    select named.id, known.score_class as "scoreClass",
      case when standing.id is not null
        then json_build_object('currency', standing.currency, 'amount', standing.amount) end as "limit"
    from unnest(${customerIds}::uuid[]) as named(id)
    left join credit_standing as known on known.tenant_id = ${tenant.id} and known.customer_id = named.id
    left join lateral (${standingLimit}) as standing on true
  `.execute(db)
  return new Map(rows.map(({ id, ...assessment }) => [id, assessment]))
}

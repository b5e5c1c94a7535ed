import { Type } from '@sinclair/typebox'
import { findLimitInForce } from '../../credit/limits/queries.ts'
import { setCreditLimit } from '../../credit/limits/set-credit-limit.ts'
import type { CreditLimitRow } from '../../credit/limits/table.ts'
import { reportOrder } from '../../credit/orders/report-orders.ts'
import { recordReport } from '../../credit/reports/record-report.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Amount, Count, ExternalId, exampleId, Id, Text } from '../../foundation/http/schema.ts'
import { newId, uuidOf } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { change, simulator } from './simulator.ts'

const customer_id = Id('customer', 'The customer it is about.')
const example = { customer_id: exampleId('customer') }

/** The limit in force of a customer itself, or `credit_limit_not_found`. */
async function requireLimit(tx: Tx, customerId: string) {
  await requireCustomer(tx, customerId)
  const subject = { customer_id: customerId, group_id: null }
  const limit = await findLimitInForce(tx, subject, { day: tx.today })
  if (limit === undefined) throw new Problem('credit_limit_not_found')
  return { subject, limit }
}

async function order(
  tx: Tx,
  named: { customerId: string; currency: string; externalId: string | undefined; amount: number },
) {
  const { order } = await reportOrder(tx, {
    customerId: named.customerId,
    externalId: named.externalId ?? `ORDER-${newId()}`,
    currency: named.currency,
    openAmount: named.amount,
    expectedDate: null,
  })
  return [change('order_on_hand', order.id)]
}

export const orderArrives = simulator({
  name: 'order_arrives',
  description:
    'A customer orders on account: the order is on hand, not invoiced yet, and counts towards its exposure.',
  parameters: {
    customer_id,
    amount: Amount('What the order is worth, in the customer’s currency.', { minimum: 1 }),
    external_id: Type.Optional(ExternalId('The number of the order; a new one unless given.')),
  },
  example: { ...example, amount: 148_810 },
  problems: ['customer_not_found'],
  async run(tx, { customer_id, amount, external_id: externalId }) {
    const { id, currency } = await requireCustomer(tx, uuidOf(customer_id))
    return order(tx, { customerId: id, currency, externalId, amount })
  },
})

export const customerExceedsLimit = simulator({
  name: 'customer_exceeds_limit',
  description:
    'A customer orders so much that its exposure is above the credit limit in force: the order is a fact, no limit refuses it, and monitoring finds out.',
  parameters: {
    customer_id,
    beyond_amount: Type.Optional(
      Amount('By how much the order alone is above the limit.', { minimum: 1, example: 10_000 }),
    ),
  },
  example,
  problems: ['customer_not_found', 'credit_limit_not_found'],
  async run(tx, { customer_id, beyond_amount }) {
    const { subject, limit } = await requireLimit(tx, uuidOf(customer_id))
    return order(tx, {
      customerId: subject.customer_id,
      currency: limit.currency,
      externalId: undefined,
      amount: sum([limit.amount, beyond_amount ?? 1]),
    })
  },
})

export const externalReportArrives = simulator({
  name: 'external_report_arrives',
  description:
    'A credit agency reports how creditworthy a customer is; the customer is scored anew with it.',
  parameters: {
    customer_id,
    score: Count('From 0 to 100, the higher the better.', { maximum: 100, example: 35 }),
    provider: Type.Optional(
      Text('Who reports.', { maxLength: 100, example: 'Simulated Credit Bureau' }),
    ),
  },
  example: { ...example, score: 35 },
  problems: ['customer_not_found'],
  async run(tx, { customer_id, score, provider }) {
    const report = await recordReport(tx, {
      customerId: uuidOf(customer_id),
      provider: provider ?? 'Simulated Credit Bureau',
      reportDate: tx.today,
      score,
      providerScore: null,
      recommendedLimit: null,
      validUntil: null,
      raw: null,
    })
    return [change('credit_report', report.id), change('customer', report.customer_id)]
  },
})

/** The insured part of a limit with another amount; none of it where nothing is covered any more. */
const coverOf = (limit: CreditLimitRow, insured: number) =>
  insured === 0
    ? { insured_amount: null, insurer: null, insured_until: null }
    : { insured_amount: insured, insurer: limit.insurer, insured_until: limit.insured_until }

export const insurerCutsLimit = simulator({
  name: 'insurer_cuts_limit',
  description:
    'The insurer covers less of a customer from today on: the limit in force is set anew, with the smaller insured part and no higher than that. Where the credit policy wants four eyes, it waits for them.',
  parameters: {
    customer_id,
    insured_amount: Amount('What is covered from now on; less than now, 0 for nothing.', {
      example: 1_000_000,
    }),
  },
  example: { ...example, insured_amount: 1_000_000 },
  problems: ['customer_not_found', 'credit_limit_not_found'],
  async run(tx, { customer_id, insured_amount }) {
    const { subject, limit } = await requireLimit(tx, uuidOf(customer_id))
    if (insured_amount >= (limit.insured_amount ?? 0))
      throw invalidFields({
        pointer: '#/insured_amount',
        code: 'no_cut',
        detail: 'must be less than what is insured',
        params: { insured_amount: limit.insured_amount },
      })
    const { kind, currency, valid_until, collateral } = limit
    const cut = await setCreditLimit(tx, {
      subject,
      terms: {
        kind,
        currency,
        amount: Math.min(limit.amount, insured_amount),
        valid_from: tx.today,
        valid_until,
        reason: 'The insurer has cut its cover.',
        ...coverOf(limit, insured_amount),
        insurance_policy_number: limit.insurance_policy_number,
        insured_deductible_percent: limit.insured_deductible_percent,
        insured_reporting_days: limit.insured_reporting_days,
        collateral,
      },
      asked: false,
    })
    return [change('credit_limit', cut.id)]
  },
})

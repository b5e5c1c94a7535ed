import { Type } from '@sinclair/typebox'
import { createInvoices } from '../../billing/create-invoices.ts'
import { newInvoice } from '../../billing/schema.ts'
import { recordPayments } from '../../cash/record-payments.ts'
import { newPayment } from '../../cash/schema.ts'
import { addDays } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Count } from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { createCustomers } from '../../parties/customers/create-customers.ts'
import { type Chance, chanceFrom } from '../chance.ts'
import { makeCustomer } from '../made-up.ts'
import { change, simulator } from './simulator.ts'

const CUSTOMERS_MAX = 200
const INVOICES_MAX = 500
const TERMS = [14, 30, 30, 45]

/** What a command did set-based, where all of it must go well. */
function all<T>(outcomes: readonly (T | Problem)[]): T[] {
  return outcomes.map((outcome) => {
    if (outcome instanceof Problem) throw outcome
    return outcome
  })
}

/** Invoices of the last 90 days, dealt out to customers by chance. */
const madeUpInvoices = (
  { today, tenant }: Tx,
  chance: Chance,
  customers: readonly { id: string }[],
  numbers: string[],
) =>
  numbers.map((number) => {
    const issue_date = addDays(today, -chance.between(0, 90))
    return newInvoice({
      customer_id: publicId('customer', chance.one(customers).id),
      external_id: number,
      number,
      currency: tenant.currency,
      issue_date,
      due_date: addDays(issue_date, chance.one(TERMS)),
      total_amount: Math.max(1_500, Math.round(chance.logNormal(62_000, 0.9))),
      issue: true,
    })
  })

export const customersBuy = simulator({
  name: 'customers_buy',
  description:
    'New customers buy and are invoiced, over the last 90 days, and some of them have paid today. The same seed makes the same customers, amounts and days; numbers begin with `SIM-` and the seed, so that a seed can be used once.',
  parameters: {
    customers: Count('How many new customers.', {
      minimum: 1,
      maximum: CUSTOMERS_MAX,
      example: 10,
    }),
    invoices: Count('How many invoices, over all of them.', {
      maximum: INVOICES_MAX,
      example: 50,
    }),
    paid_percent: Type.Optional({
      ...Count('How many of the invoices are paid, percent.', { maximum: 100, example: 60 }),
      default: 60,
    }),
    seed: Count('What chance begins with.', { example: 7 }),
  },
  example: { customers: 10, invoices: 50, seed: 7 },
  problems: ['external_id_taken'],
  async run(tx, { customers: count, invoices, paid_percent = 60, seed }) {
    const chance = chanceFrom(seed)
    const numbered = (prefix: string, length: number) =>
      Array.from({ length }, (_, index) => `SIM-${seed}-${prefix}${index + 1}`)
    const customers = all(
      await createCustomers(
        tx,
        numbered('C', count).map((external_id) => ({
          ...makeCustomer(chance, tx.tenant.currency),
          external_id,
        })),
      ),
    )
    const issued = all(
      await createInvoices(tx, madeUpInvoices(tx, chance, customers, numbered('R', invoices))),
    )
    const paid = issued.filter(() => chance.is(paid_percent / 100))
    all(
      await recordPayments(
        tx,
        paid.map(({ invoice }) =>
          newPayment({
            customer_id: publicId('customer', invoice.customer_id),
            currency: invoice.currency,
            amount: invoice.total_amount,
            received_date: tx.today,
            method: 'bank_transfer',
            reference: invoice.number as string,
          }),
        ),
      ),
    )
    return customers.map(({ id }) => change('customer', id))
  },
})

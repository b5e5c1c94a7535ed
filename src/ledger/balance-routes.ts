import type { Static } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { requireCustomer } from '../parties/queries.ts'
import {
  Balance,
  balanceToJson,
  LedgerBalances,
  ledgerBalancesToJson,
  PointQuery,
} from './balance-schema.ts'
import { accountBalancesAt, balancesAt, balancesOf, type PointInTime } from './balances.ts'

/** What is owed, now or at any other point in time. */
export function balanceRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/balance',
    operationId: 'getCustomerBalance',
    tag: 'Ledger',
    summary: 'Read a customer’s balance',
    description:
      'What the customer owes, what of it is overdue, and what money of it is not allocated yet, per currency: today, or as of any day, or as it was known at any time.',
    scope: 'customers:read',
    params: IdParams('customer', 'customer'),
    query: PointQuery,
    answers: { 200: Balance },
    problems: ['customer_not_found', 'amount_out_of_range'],
    work: async (reader, { params, query: asked }) => {
      const { id } = await requireCustomer(reader, uuidOf(params.id))
      const point = pointOf(asked, reader)
      const isNow = point.asOf === reader.today && point.knownAt === null
      const balances = isNow ? balancesOf(reader, id) : balancesAt(reader, id, point)
      return balanceToJson(id, point, await balances, reader)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/ledger/balances',
    operationId: 'getLedgerBalances',
    tag: 'Ledger',
    summary: 'Read the trial balance',
    description:
      'What was debited and credited on each account in each currency: today, or as of any day, or as it was known at any time. Debit equals credit.',
    scope: 'ledger:read',
    query: PointQuery,
    answers: { 200: LedgerBalances },
    problems: ['amount_out_of_range'],
    work: async (reader, { query: asked }) => {
      const point = pointOf(asked, reader)
      return ledgerBalancesToJson(point, await accountBalancesAt(reader, point), reader)
    },
  })
}

const pointOf = (
  { as_of_date, known_at }: Static<typeof PointQuery>,
  { today }: Reader,
): PointInTime => ({ asOf: as_of_date ?? today, knownAt: known_at ?? null })

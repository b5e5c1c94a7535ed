import { type Reserve, reserve } from '../../src/credit/reservations/reserve.ts'
import { reservationToJson } from '../../src/credit/reservations/schema.ts'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { Problem } from '../../src/foundation/problem.ts'
import { lockCustomers } from '../../src/ledger/queries.ts'
import type { TestApp, TestTenant } from './app.ts'

/** Holds credit as an approving credit check does: 1,000.00 for a day under `PO-1`. */
export const reserved = (
  { context }: Pick<TestApp, 'context'>,
  { uuid }: TestTenant,
  customer: { id: string },
  more: Partial<Reserve> = {},
) =>
  commit(context.api, { tenantId: uuid, cause: byTheService }, async (tx) => {
    const customerId = uuidOf(customer.id)
    await lockCustomers(tx, [customerId])
    const [held] = await reserve(tx, [
      {
        customerId,
        checkId: null,
        externalId: 'PO-1',
        currency: 'EUR',
        amount: 100_000,
        ttlSeconds: 86_400,
        ...more,
      },
    ])
    if (held === undefined || held instanceof Problem) throw held
    return reservationToJson(held, tx)
  })

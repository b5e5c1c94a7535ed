import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { newId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { setNextLooks } from '../ledger/watch-items.ts'
import { limitFact } from './events.ts'
import type { LimitRow } from './table.ts'

export interface SetLimit {
  itemId: string
  /** The last level it may reach; 0 for none at all, null for as far as its policy goes. */
  maximumLevel: number | null
  reason: string
  ifMatch: number | undefined
}

/**
 * Says how far dunning may go with an open item, and has it looked at today. A level it has reached already stays. The
 * customer is locked first, so that a run either saw the limit or comes after it.
 */
export async function setLimit(
  tx: Tx,
  { itemId, maximumLevel, reason, ifMatch }: SetLimit,
): Promise<LimitRow> {
  const customerId = await requireCustomerOf(tx, itemId)
  await lockCustomers(tx, [customerId])
  const before = await findLimit(tx, itemId)
  requireVersion(before?.version ?? 0, ifMatch)
  if (before?.maximum_level === maximumLevel && before.reason === reason) return before
  const said = { maximum_level: maximumLevel, reason, updated_at: tx.now }
  const limit = await tx.db
    .insertInto('dunning_limit')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      item_id: itemId,
      customer_id: customerId,
      created_at: tx.now,
      ...said,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'item_id'])
        .doUpdateSet({ ...said, version: (before?.version ?? 0) + 1 }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  await setNextLooks(tx, [{ itemId, nextLookDate: tx.today }])
  announce(tx, limitFact(limit, before, tx))
  return limit
}

/** The limit of an item, or `dunning_limit_not_found`; `open_item_not_found` where there is no such item. */
export async function requireLimit(reader: Reader, itemId: string): Promise<LimitRow> {
  await requireCustomerOf(reader, itemId)
  const limit = await findLimit(reader, itemId)
  if (limit === undefined) throw new Problem('dunning_limit_not_found')
  return limit
}

const findLimit = ({ db, tenant }: Reader, itemId: string): Promise<LimitRow | undefined> =>
  db
    .selectFrom('dunning_limit')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('item_id', '=', itemId)
    .executeTakeFirst()

async function requireCustomerOf({ db, tenant }: Reader, itemId: string): Promise<string> {
  const item = await db
    .selectFrom('open_item')
    .select('customer_id')
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', itemId)
    .executeTakeFirst()
  if (item === undefined) throw new Problem('open_item_not_found')
  return item.customer_id
}

import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { replacedFields } from '../../foundation/merge.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerClassRow } from '../table.ts'
import { codeTaken } from './create-class.ts'
import type { ClassSettings } from './customer-class.ts'
import { classFact } from './events.ts'
import { findClassByCode } from './queries.ts'
import { classToJson } from './schema.ts'

export interface UpdateClass {
  id: string
  patch: Partial<ClassSettings>
  ifMatch: number | undefined
}

/** Changes what a patch names. A patch that changes nothing makes no version and announces nothing. */
export async function updateClass(
  tx: Tx,
  { id, patch, ifMatch }: UpdateClass,
): Promise<CustomerClassRow> {
  const before = await lockClass(tx, { id })
  if (before === undefined) throw new Problem('customer_class_not_found')
  requireVersion(before.version, ifMatch)
  return changeClass(tx, before, { ...before, ...patch })
}

/** The class, locked against other changes until the commit; customers may still be put into it. */
export function lockClass(
  tx: Tx,
  by: { id: string } | { code: string },
): Promise<CustomerClassRow | undefined> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['code', by.code] as const)
  return tx.db
    .selectFrom('customer_class')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where(column, '=', value)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Makes a locked class what it is to be, as its next version; the event says what was different before. */
export async function changeClass(
  tx: Tx,
  before: CustomerClassRow,
  { code, name, net_days, dunning_policy_id, no_dunning }: ClassSettings,
): Promise<CustomerClassRow> {
  const wanted = { code, name, net_days, dunning_policy_id, no_dunning }
  const previous = replacedFields(
    classToJson(before, tx),
    classToJson({ ...before, ...wanted }, tx),
  )
  if (previous === undefined) return before
  if (code !== before.code && (await findClassByCode(tx, code)) !== undefined)
    throw await codeTaken(tx, code)
  const after = await tx.db
    .updateTable('customer_class')
    .set({ ...wanted, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, { ...classFact('customer_class.updated', after, tx), previous })
  return after
}

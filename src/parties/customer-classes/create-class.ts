import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId, publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerClassRow } from '../table.ts'
import type { ClassSettings } from './customer-class.ts'
import { classFact } from './events.ts'
import { findClassByCode } from './queries.ts'

/** Creates a class, unless another has its code (`customer_class_code_taken`). */
export async function createClass(tx: Tx, settings: ClassSettings): Promise<CustomerClassRow> {
  const created = await insertClass(tx, settings)
  if (created === undefined) throw await codeTaken(tx, settings.code)
  return created
}

/** Creates a class; undefined when its code is taken. Of two that race for a code one wins. */
export async function insertClass(
  tx: Tx,
  settings: ClassSettings,
): Promise<CustomerClassRow | undefined> {
  const created = await tx.db
    .insertInto('customer_class')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      ...settings,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (created !== undefined) announce(tx, classFact('customer_class.created', created, tx))
  return created
}

/** The refusal of a code that another class has, naming it. */
export async function codeTaken(tx: Tx, code: string): Promise<Problem> {
  const holder = await findClassByCode(tx, code)
  return new Problem('customer_class_code_taken', {
    ...(holder && { conflicting_id: publicId('customer_class', holder.id) }),
  })
}

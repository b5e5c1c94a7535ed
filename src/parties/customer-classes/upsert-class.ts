import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerClassRow } from '../table.ts'
import { changeClass, lockClass } from './change-class.ts'
import { insertClass } from './create-class.ts'
import type { ClassSettings } from './customer-class.ts'

export interface UpsertClass {
  settings: ClassSettings
  ifMatch: number | undefined
}

/**
 * Makes the class with this code what it is to be, whether it exists or not. Of two that race to create it one does,
 * and the other changes what the first created.
 */
export async function upsertClass(
  tx: Tx,
  { settings, ifMatch }: UpsertClass,
): Promise<{ customerClass: CustomerClassRow; created: boolean }> {
  const { code } = settings
  const known = await lockClass(tx, { code })
  if (known === undefined && ifMatch === undefined) {
    const customerClass = await insertClass(tx, settings)
    if (customerClass !== undefined) return { customerClass, created: true }
  }
  const before = known ?? (await lockClass(tx, { code }))
  if (before === undefined)
    throw new Problem('version_mismatch', { detail: 'There is no such class yet.' })
  requireVersion(before.version, ifMatch)
  return { customerClass: await changeClass(tx, before, settings), created: false }
}

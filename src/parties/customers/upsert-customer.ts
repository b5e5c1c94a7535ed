import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerRow } from '../table.ts'
import { changeCustomer, lockCustomer } from './change-customer.ts'
import { createCustomers } from './create-customers.ts'
import { type NewCustomer, settingsOf } from './customer.ts'

export interface UpsertCustomer {
  external_id: string
  customer: NewCustomer
  ifMatch: number | undefined
}

/**
 * Makes the customer with this external id what it is to be, whether it exists or not. Of two that race to create it
 * one does, and the other changes what the first created.
 */
export async function upsertCustomer(
  tx: Tx,
  { external_id, customer, ifMatch }: UpsertCustomer,
): Promise<{ customer: CustomerRow; created: boolean }> {
  const wanted = { ...customer, external_id }
  const known = await lockCustomer(tx, { external_id })
  if (known === undefined && ifMatch === undefined) {
    const [outcome] = await createCustomers(tx, [wanted])
    if (outcome !== undefined && !(outcome instanceof Problem))
      return { customer: outcome, created: true }
    if (outcome?.code !== 'external_id_taken') throw outcome
  }
  const before = known ?? (await lockCustomer(tx, { external_id }))
  if (before === undefined)
    throw new Problem('version_mismatch', { detail: 'There is no such customer yet.' })
  requireVersion(before.version, ifMatch)
  return {
    customer: await changeCustomer(tx, before, settingsOf(wanted, before.contacts)),
    created: false,
  }
}

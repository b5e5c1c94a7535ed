import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { newId } from '../foundation/id.ts'
import { replacedFields } from '../foundation/merge.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { requireCustomer } from '../parties/queries.ts'
import { findSettings } from './allocation-settings.ts'
import { settingsFact } from './events.ts'
import type { AllocationSettings } from './settings.ts'
import type { AllocationSettingsRow } from './table.ts'

type Said = Partial<AllocationSettings>

/** A merge patch of the tenant's settings: what is left out stays, null goes back to the default. */
export async function changeTenantSettings(
  tx: Tx,
  patch: { [K in keyof Said]: Said[K] | null },
  ifMatch: number | undefined,
): Promise<void> {
  const before = await findSettings(tx, null)
  requireVersion(before?.version ?? 0, ifMatch)
  const merged = Object.entries({ ...before?.settings, ...patch })
  const said: Said = Object.fromEntries(merged.filter(([, value]) => value !== null))
  await write(tx, null, before, said)
}

/** Sets what differs for one customer from what the tenant says, all of it. */
export async function replaceCustomerSettings(
  tx: Tx,
  customerId: string,
  said: Said,
  ifMatch: number | undefined,
): Promise<void> {
  await requireCustomer(tx, customerId)
  await lockCustomers(tx, [customerId])
  const before = await findSettings(tx, customerId)
  requireVersion(before?.version ?? 0, ifMatch)
  await write(tx, customerId, before, said)
}

/** Lets the tenant's settings apply to a customer again. */
export async function deleteCustomerSettings(
  tx: Tx,
  customerId: string,
  ifMatch: number | undefined,
): Promise<void> {
  await requireCustomer(tx, customerId)
  await lockCustomers(tx, [customerId])
  const before = await findSettings(tx, customerId)
  requireVersion(before?.version ?? 0, ifMatch)
  if (before === undefined) return
  await tx.db
    .deleteFrom('allocation_settings')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .execute()
  const deleted = { ...before, version: before.version + 1, updated_at: tx.now }
  announce(tx, settingsFact('allocation_settings.deleted', deleted, tx))
}

/** Writes settings, unless they are what is there or somebody else was faster. */
async function write(
  tx: Tx,
  customerId: string | null,
  before: AllocationSettingsRow | undefined,
  said: Said,
): Promise<void> {
  refuseTwice(said)
  const same =
    before !== undefined &&
    replacedFields({ ...before.settings }, { ...said }) === undefined &&
    replacedFields({ ...said }, { ...before.settings }) === undefined
  if (same) return
  const { rows } = await sql<AllocationSettingsRow>`
    insert into allocation_settings (tenant_id, id, customer_id, settings, created_at, updated_at)
    values (${tx.tenant.id}, ${newId()}, ${customerId}, ${JSON.stringify(said)}, ${tx.now}, ${tx.now})
    on conflict on constraint allocation_settings_one_each
    do update set settings = excluded.settings, version = allocation_settings.version + 1, updated_at = excluded.updated_at
    where allocation_settings.version = ${before?.version ?? 0}
    returning *
  `.execute(tx.db)
  const [after] = rows
  if (after === undefined) throw new Problem('version_mismatch')
  announce(tx, settingsFact('allocation_settings.updated', after, tx, before))
}

/** Each rule is tried once, each currency has one tolerance. */
function refuseTwice({ rules = [], tolerances = [] }: Said): void {
  const twice = (words: readonly string[]) =>
    words.findIndex((word, index) => words.indexOf(word) < index)
  const rule = twice(rules)
  const tolerance = twice(tolerances.map(({ currency }) => currency))
  const errors = [
    ...(rule < 0 ? [] : [{ pointer: `#/rules/${rule}`, code: 'twice', detail: 'stands twice' }]),
    ...(tolerance < 0
      ? []
      : [{ pointer: `#/tolerances/${tolerance}/currency`, code: 'twice', detail: 'stands twice' }]),
  ]
  if (errors.length > 0) throw invalidFields(...errors)
}

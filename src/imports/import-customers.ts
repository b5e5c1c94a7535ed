import type { Static } from '@sinclair/typebox'
import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'
import { changeCustomer } from '../parties/customers/change-customer.ts'
import { createCustomers } from '../parties/customers/create-customers.ts'
import { type NewCustomer, settingsOf } from '../parties/customers/customer.ts'
import { type CreateCustomer, newCustomer } from '../parties/customers/schema.ts'
import { upsertCustomer } from '../parties/customers/upsert-customer.ts'
import type { CustomerRow } from '../parties/table.ts'
import { type Applied, createOrUpsert, type Importer } from './apply.ts'

/** Creates customers, or makes them what their rows say. */
export const importCustomers: Importer = async (tx, { mode }, bodies) => {
  const inputs = (bodies as Static<typeof CreateCustomer>[]).map(newCustomer)
  const known = mode === 'create' ? new Map() : await lockKnown(tx, inputs)
  return createOrUpsert(mode, inputs, {
    create: async (fresh) =>
      (await createCustomers(tx, fresh)).map((one) => (one instanceof Problem ? one : one.id)),
    isKnown: ({ external_id }) => known.has(external_id as string),
    upsert: (input) => upsert(tx, input, known.get(input.external_id as string)),
  })
}

async function upsert(
  tx: Tx,
  input: NewCustomer,
  before: CustomerRow | undefined,
): Promise<Applied> {
  if (before === undefined) {
    const external_id = input.external_id as string
    const { customer } = await upsertCustomer(tx, {
      external_id,
      customer: input,
      ifMatch: undefined,
    })
    return { outcome: 'updated', id: customer.id }
  }
  const { version } = await changeCustomer(tx, before, settingsOf(input, before.contacts))
  return { outcome: version === before.version ? 'unchanged' : 'updated', id: before.id }
}

/** The customers that have these external ids, locked against other changes in one order. */
async function lockKnown(
  tx: Tx,
  inputs: readonly NewCustomer[],
): Promise<Map<string, CustomerRow>> {
  const rows = await tx.db
    .selectFrom('customer')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', sql<string>`any(${inputs.map((input) => input.external_id)})`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return new Map(rows.map((row) => [row.external_id as string, row]))
}

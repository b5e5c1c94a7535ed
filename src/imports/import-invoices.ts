import type { Static } from '@sinclair/typebox'
import { sql } from 'kysely'
import type { NewInvoice } from '../billing/create-invoices.ts'
import { type CreateInvoice, newInvoice } from '../billing/schema.ts'
import type { InvoiceRow } from '../billing/table.ts'
import { saysTheSame, upsertInvoice } from '../billing/upsert-invoice.ts'
import { createAndSettle } from '../cash/create-and-settle.ts'
import { useUnallocated } from '../cash/use-unallocated.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { part } from '../foundation/database/part.ts'
import { Problem } from '../foundation/problem.ts'
import { type Applied, createOrUpsert, type Importer } from './apply.ts'

/** Creates invoices, as drafts or issued at once, or brings drafts up to date. */
export const importInvoices: Importer = async (tx, { mode }, bodies) => {
  const inputs = (bodies as Static<typeof CreateInvoice>[]).map(newInvoice)
  const known = mode === 'create' ? new Map() : await findKnown(tx, inputs)
  return createOrUpsert(mode, inputs, {
    create: async (fresh) => {
      const created = await createAndSettle(tx, fresh)
      return created.map((one) => (one instanceof Problem ? one : one.invoice.id))
    },
    isKnown: ({ externalId }) => known.has(externalId as string),
    upsert: (input) => upsert(tx, input, known.get(input.externalId as string)),
  })
}

/** A draft is changed, and then perhaps issued: both happen or neither. */
async function upsert(tx: Tx, input: NewInvoice, before: InvoiceRow | undefined): Promise<Applied> {
  if (before !== undefined && before.status !== 'draft' && saysTheSame(before, input))
    return { outcome: 'unchanged', id: before.id }
  const wanted = { ...input, externalId: input.externalId as string }
  const { created, result } = await part(tx, async (inner) => {
    const upserted = await upsertInvoice(inner, wanted, undefined)
    if (upserted.issued) await useUnallocated(inner, [upserted.result])
    return upserted
  })
  const { id, version } = result.invoice
  if (created) return { outcome: 'created', id }
  return { outcome: version === before?.version ? 'unchanged' : 'updated', id }
}

async function findKnown(
  { db, tenant }: Tx,
  inputs: readonly NewInvoice[],
): Promise<Map<string, InvoiceRow>> {
  const rows = await db
    .selectFrom('invoice')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('external_id', '=', sql<string>`any(${inputs.map(({ externalId }) => externalId)})`)
    .execute()
  return new Map(rows.map((row) => [row.external_id as string, row]))
}

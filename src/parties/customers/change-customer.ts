import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { publicId } from '../../foundation/id.ts'
import { mergeMetadata, replacedFields } from '../../foundation/merge.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerRow } from '../table.ts'
import {
  type CustomerSettings,
  compactAddress,
  contactsOf,
  type NewAddress,
  type NewContact,
} from './customer.ts'
import { customerUpdated } from './events.ts'
import { customerToJson } from './schema.ts'

/** A merge patch: what is left out stays, null empties. */
export type CustomerPatch = Partial<Omit<CustomerSettings, 'address' | 'contacts' | 'metadata'>> & {
  address?: NewAddress | null
  contacts?: readonly NewContact[]
  metadata?: Record<string, string | null>
}

export interface UpdateCustomer {
  id: string
  patch: CustomerPatch
  ifMatch: number | undefined
}

/** Changes what a patch names. A patch that changes nothing makes no version and announces nothing. */
export async function updateCustomer(
  tx: Tx,
  { id, patch, ifMatch }: UpdateCustomer,
): Promise<CustomerRow> {
  const before = await lockCustomer(tx, { id })
  if (before === undefined) throw new Problem('customer_not_found')
  requireVersion(before.version, ifMatch)
  const { address, contacts, metadata, ...rest } = patch
  return changeCustomer(tx, before, {
    ...before,
    ...rest,
    address:
      address === undefined
        ? before.address
        : address && compactAddress({ ...before.address, ...address }),
    contacts: contacts === undefined ? before.contacts : contactsOf(contacts, before.contacts),
    metadata: mergeMetadata(before.metadata, metadata),
  })
}

/** The customer, locked against other changes until the commit; invoices may still be written for it. */
export function lockCustomer(
  tx: Tx,
  by: { id: string } | { external_id: string },
): Promise<CustomerRow | undefined> {
  const [column, value] =
    'id' in by ? (['id', by.id] as const) : (['external_id', by.external_id] as const)
  return tx.db
    .selectFrom('customer')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where(column, '=', value)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Makes a locked customer what it is to be, as its next version; the event says what was different before. */
export async function changeCustomer(
  tx: Tx,
  before: CustomerRow,
  settings: CustomerSettings,
): Promise<CustomerRow> {
  const { mode } = tx.tenant
  const previous = replacedFields(
    customerToJson(before, mode),
    customerToJson({ ...before, ...settings }, mode),
  )
  if (previous === undefined) return before
  if ('currency' in previous) await requireNoDocuments(tx, before.id)
  if (settings.external_id !== before.external_id)
    await requireFreeExternalId(tx, settings.external_id)
  const after = await tx.db
    .updateTable('customer')
    .set({
      external_id: settings.external_id,
      name: settings.name,
      kind: settings.kind,
      natural_person: settings.natural_person,
      country: settings.country,
      currency: settings.currency,
      language: settings.language,
      tax_id: settings.tax_id,
      address: settings.address === null ? null : JSON.stringify(settings.address),
      contacts: JSON.stringify(settings.contacts),
      net_days: settings.net_days,
      customer_class_id: settings.customer_class_id,
      dunning_policy_id: settings.dunning_policy_id,
      no_dunning: settings.no_dunning,
      metadata: JSON.stringify(settings.metadata),
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, customerUpdated(after, mode, previous))
  return after
}

/**
 * The currency is fixed by the first document. Documents refer to their customer by foreign key, so the full lock
 * makes one that is being written right now finish first, and later ones wait.
 */
async function requireNoDocuments(tx: Tx, id: string): Promise<void> {
  await sql`select 1 from customer where tenant_id = ${tx.tenant.id} and id = ${id} for update`.execute(
    tx.db,
  )
  const { rows } = await sql<{ has_documents: boolean }>`
    select exists (select 1 from invoice where tenant_id = ${tx.tenant.id} and customer_id = ${id})
      or exists (select 1 from credit_note where tenant_id = ${tx.tenant.id} and customer_id = ${id})
      or exists (select 1 from payment where tenant_id = ${tx.tenant.id} and customer_id = ${id}) as has_documents
  `.execute(tx.db)
  if (rows[0]?.has_documents) {
    throw new Problem('invalid_state', {
      detail: 'The currency of a customer with documents or payments is fixed.',
      current_status: 'has_documents',
      allowed_actions: [],
    })
  }
}

/** The unique key has the last word; asking first lets the refusal name who holds the id. */
async function requireFreeExternalId(tx: Tx, externalId: string | null): Promise<void> {
  if (externalId === null) return
  const holder = await lockCustomer(tx, { external_id: externalId })
  if (holder !== undefined) {
    throw new Problem('external_id_taken', { conflicting_id: publicId('customer', holder.id) })
  }
}

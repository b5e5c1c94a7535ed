import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'

/** What a caller names to say whom and what something is about; at least one of them. */
export interface NamedSubject {
  customerId: string | null
  invoiceId: string | null
  itemId: string | null
  noticeId: string | null
}

/** Whom it is about, and of which invoice, by name or through the open item. */
export interface Subject {
  customerId: string
  invoiceId: string | null
}

interface Found extends Subject {
  kind: 'customer' | 'invoice' | 'open_item' | 'dunning_notice'
}

/**
 * The customer that everything named belongs to. What is not there is refused by its own code, what does not belong
 * together with `customer_mismatch`, and nothing at all as a missing `customer_id`.
 */
export async function requireSubject(reader: Reader, named: NamedSubject): Promise<Subject> {
  const ids = {
    customer: named.customerId,
    open_item: named.itemId,
    invoice: named.invoiceId,
    dunning_notice: named.noticeId,
  }
  const found = await findNamed(reader, named)
  for (const [kind, id] of Object.entries(ids) as [Found['kind'], string | null][]) {
    if (id !== null && !found.some((one) => one.kind === kind))
      throw new Problem(`${kind}_not_found`)
  }
  const [first] = found
  if (first === undefined) {
    throw invalidFields({
      pointer: '#/customer_id',
      code: 'required',
      detail: 'the customer, or something of it, has to be named',
    })
  }
  const item = found.find(({ kind }) => kind === 'open_item')
  const strays = found.some(({ customerId }) => customerId !== first.customerId)
  if (
    strays ||
    (item !== undefined && named.invoiceId !== null && item.invoiceId !== named.invoiceId)
  )
    throw new Problem('customer_mismatch')
  return { customerId: first.customerId, invoiceId: named.invoiceId ?? item?.invoiceId ?? null }
}

async function findNamed(
  { db, tenant }: Reader,
  { customerId, invoiceId, itemId, noticeId }: NamedSubject,
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select 'customer' as kind, id as "customerId", null::uuid as "invoiceId" from customer
    where tenant_id = ${tenant.id} and id = ${customerId}
    union all
    select 'invoice', customer_id, id from invoice where tenant_id = ${tenant.id} and id = ${invoiceId}
    union all
    select 'open_item', customer_id, invoice_id from open_item where tenant_id = ${tenant.id} and id = ${itemId}
    union all
    select 'dunning_notice', customer_id, null from dunning_notice where tenant_id = ${tenant.id} and id = ${noticeId}
  `.execute(db)
  return rows
}

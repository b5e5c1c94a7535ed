import { newId } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { Address, Contact, CustomerRow } from '../table.ts'

/** Null and absent both stand for none, except in a merge patch. */
type Given<T> = { [K in keyof T]?: T[K] | null | undefined }

export type NewAddress = Given<Address>

export type NewContact = Pick<Contact, 'role' | 'name'> &
  Given<Pick<Contact, 'email' | 'phone' | 'language'>> & { id?: string }

/** A customer somebody wants to exist; ids are those of the database. */
export type NewCustomer = Pick<CustomerRow, 'name' | 'kind' | 'country' | 'currency'> &
  Given<
    Pick<
      CustomerRow,
      | 'external_id'
      | 'natural_person'
      | 'language'
      | 'tax_id'
      | 'net_days'
      | 'customer_class_id'
      | 'dunning_policy_id'
      | 'no_dunning'
      | 'metadata'
    >
  > & {
    address?: NewAddress | null
    contacts?: readonly NewContact[]
  }

/** What of a customer its tenant decides. */
export type CustomerSettings = Omit<
  CustomerRow,
  'tenant_id' | 'id' | 'credit_group_id' | 'version' | 'created_at' | 'updated_at'
>

/** The customer as it is to be; what is left out is empty. Contacts that were there before keep their ids. */
export const settingsOf = (
  input: NewCustomer,
  known: readonly Contact[] = [],
): CustomerSettings => ({
  external_id: input.external_id ?? null,
  name: input.name,
  kind: input.kind,
  natural_person: input.natural_person ?? false,
  country: input.country,
  currency: input.currency,
  language: input.language ?? null,
  tax_id: input.tax_id ?? null,
  address: compactAddress(input.address),
  contacts: contactsOf(input.contacts ?? [], known),
  net_days: input.net_days ?? null,
  customer_class_id: input.customer_class_id ?? null,
  dunning_policy_id: input.dunning_policy_id ?? null,
  no_dunning: input.no_dunning ?? false,
  metadata: input.metadata ?? {},
})

/** An address without its empty fields; null when nothing is left. */
export function compactAddress(address: NewAddress | null | undefined): Address | null {
  const filled = compact(address ?? {})
  return Object.keys(filled).length === 0 ? null : filled
}

/**
 * The contacts as they are to be. One that names a known id keeps it, and so does one that has role and name of a
 * known contact, so that an ERP that sends the same people again changes nothing.
 */
export function contactsOf(given: readonly NewContact[], known: readonly Contact[]): Contact[] {
  const left = new Map(known.map((contact) => [contact.id, contact]))
  for (const [index, { id }] of given.entries()) {
    if (id !== undefined && !left.delete(id)) {
      throw invalidFields({
        pointer: `#/contacts/${index}/id`,
        code: 'unknown_contact',
        detail: 'must be the id of a contact of this customer, given once',
      })
    }
  }
  return given.map(({ id, role, name, ...rest }) => {
    const same =
      id ?? [...left.values()].find((contact) => contact.role === role && contact.name === name)?.id
    if (same !== undefined) left.delete(same)
    return { id: same ?? newId(), role, name, ...compact(rest) }
  })
}

/** Only the fields that hold something, in one order, so that equal things are equal in storage too. */
function compact<T extends object>(fields: Given<T>): T {
  const filled = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(filled.sort(([a], [b]) => (a < b ? -1 : 1))) as T
}

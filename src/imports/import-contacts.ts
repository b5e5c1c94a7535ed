import type { Static } from '@sinclair/typebox'
import { uuidOf } from '../foundation/id.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { changeCustomer, lockCustomer } from '../parties/customers/change-customer.ts'
import { contactsOf } from '../parties/customers/customer.ts'
import { type Importer, oneByOne } from './apply.ts'
import type { ImportContact } from './row-schema.ts'

const CONTACTS_MAX = 20

/** Adds contacts to their customers, or brings those of the same role and name up to date. */
export const importContacts: Importer = (tx, { mode }, bodies) =>
  oneByOne(tx, bodies as Static<typeof ImportContact>[], async (inner, body) => {
    const { customer_id, ...contact } = body
    const before = await lockCustomer(inner, { id: uuidOf(customer_id) })
    if (before === undefined) throw new Problem('customer_not_found')
    const known = before.contacts.find(
      ({ role, name }) => role === contact.role && name === contact.name,
    )
    if (known !== undefined && mode === 'create')
      throw refused('taken', 'is a contact of this customer already')
    if (known === undefined && before.contacts.length === CONTACTS_MAX)
      throw refused('maxItems', `would be one more than the ${CONTACTS_MAX} a customer may have`)
    const [wanted] = contactsOf([contact], known === undefined ? [] : [known])
    const others = before.contacts.filter((one) => one !== known)
    const place = known === undefined ? others.length : before.contacts.indexOf(known)
    const id = (wanted as { id: string }).id
    const after = await changeCustomer(inner, before, {
      ...before,
      contacts: others.toSpliced(place, 0, wanted as (typeof others)[number]),
    })
    if (known === undefined) return { outcome: 'created', id }
    return { outcome: after.version === before.version ? 'unchanged' : 'updated', id }
  })

const refused = (code: string, detail: string): Problem =>
  invalidFields({ pointer: '#/name', code, detail })

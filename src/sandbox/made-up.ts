import type { NewCustomer } from '../parties/customers/customer.ts'
import type { Chance } from './chance.ts'

const FAMILIES = ['Albers', 'Brandt', 'Carstens', 'Dierks', 'Ehlers', 'Gerdes', 'Harms', 'Jansen']
const TRADES = ['Elektrotechnik', 'Haustechnik', 'Metallbau', 'Netzbau', 'Anlagenbau', 'Lichtbau']
const FORMS = ['GmbH', 'GmbH & Co. KG', 'e. K.', 'AG']

/** Makes up a business customer with a contact for invoices. */
export function makeCustomer(chance: Chance, currency: string): NewCustomer {
  const name = `${chance.one(FAMILIES)} ${chance.one(TRADES)} ${chance.one(FORMS)}`
  return {
    name,
    kind: 'business',
    country: 'DE',
    language: 'de',
    currency,
    contacts: [{ role: 'billing', name: 'Buchhaltung', email: 'rechnung@example.com' }],
  }
}

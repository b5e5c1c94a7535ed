import type { Address, Contact } from '../../parties/table.ts'
import type { Channel } from '../policy.ts'

/** Somebody a notice can be sent to, and how. */
export interface Recipient {
  channel: Channel
  contact_id: string | null
  role: Contact['role'] | null
  name: string
  /** The mail address or phone number; null for a letter and the portal. */
  address: string | null
  postal_address: Address | null
  /** The language to write in, BCP 47. */
  language: string
}

interface Addressee {
  name: string
  address: Address | null
  contacts: readonly Contact[]
}

/** Whom a notice is for, the most concerned first. */
const roles: readonly Contact['role'][] = ['collections', 'billing', 'management', 'other', 'sales']

/**
 * Whom to tell and how, in the order in which it is tried: by the channels of the level, in each by role. A mail
 * address or a number is tried once, whoever else has it too.
 */
export function recipientsOf(
  { name, address, contacts }: Addressee,
  channels: readonly Channel[],
  language: string,
): Recipient[] {
  const byRole = [...contacts].sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
  const themselves = {
    contact_id: null,
    role: null,
    name,
    address: null,
    postal_address: null,
    language,
  }
  const recipients = channels.flatMap((channel): Recipient[] => {
    if (channel === 'portal') return [{ ...themselves, channel }]
    if (channel === 'letter')
      return address === null ? [] : [{ ...themselves, channel, postal_address: address }]
    return byRole.flatMap((contact) => {
      const reachedAt = channel === 'email' ? contact.email : contact.phone
      if (reachedAt === undefined) return []
      return {
        channel,
        contact_id: contact.id,
        role: contact.role,
        name: contact.name,
        address: reachedAt,
        postal_address: null,
        language: contact.language ?? language,
      }
    })
  })
  const seen = new Set<string>()
  return recipients.filter(({ channel, address: reachedAt }) => {
    const place = `${channel} ${reachedAt}`
    return !seen.has(place) && seen.add(place)
  })
}

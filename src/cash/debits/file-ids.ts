import { idPattern, type Kind, publicId, uuidOf } from '../../foundation/id.ts'

/** How the bank names one of our files or debits: its public id without the underscore, which SEPA does not allow. */
export const bankIdOf = (kind: Kind, uuid: string): string => publicId(kind, uuid).replace('_', '')

/** The id behind a name the bank has given back; null when it is none of ours. */
export function uuidOfBankId(kind: Kind, name: string): string | null {
  const id = `${name.slice(0, 3)}_${name.slice(3)}`
  return new RegExp(idPattern(kind)).test(id) ? uuidOf(id) : null
}

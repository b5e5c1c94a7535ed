import { isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools'
import type { CalendarDate } from '../../foundation/calendar.ts'

export const schemes = ['core', 'b2b'] as const
export type Scheme = (typeof schemes)[number]

export const sequences = ['one_off', 'recurring'] as const
export type MandateSequence = (typeof sequences)[number]

/** `completed` is a one-off mandate that has been used; `blocked` one that a bank's reason code forbids to use. */
export const mandateStatuses = ['active', 'blocked', 'completed', 'lapsed', 'revoked'] as const
export type MandateStatus = (typeof mandateStatuses)[number]

/** Where a collection stands in the series of its mandate (ISO 20022 SequenceType). */
export const sequenceTypes = ['FRST', 'RCUR', 'OOFF', 'FNAL'] as const
export type SequenceType = (typeof sequenceTypes)[number]

/** What a file says of a mandate and of who collects under it. */
export interface PresentedMandate {
  reference: string
  signature_date: CalendarDate
  debtor_name: string
  iban: string
  bic: string | null
  creditor_id: string
  creditor_name: string
}

/**
 * The letters a mandate reference may have: those of the SEPA Latin set but spaces, no slash at either end, no two in a
 * row (EPC130-08).
 */
export const REFERENCE_PATTERN = "^[A-Za-z0-9+?:().,'-]+(/[A-Za-z0-9+?:().,'-]+)*$"

const UNUSED_MONTHS = 36

/**
 * The last day on which a mandate may be used: 36 months after its last collection, or after its signature while there
 * was none (SEPA rulebooks, 4.1). In a shorter month that is the month's last day.
 */
export function lastDayOf(lastUsedOrSigned: CalendarDate): CalendarDate {
  const [year, month, day] = lastUsedOrSigned.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + UNUSED_MONTHS + 1, 0))
  lastOfMonth.setUTCDate(Math.min(day, lastOfMonth.getUTCDate()))
  return lastOfMonth.toISOString().slice(0, 10)
}

/** The sequence type of a mandate's next collection. */
export function sequenceTypeOf(
  mandate: { sequence: MandateSequence; presented: PresentedMandate | null },
  final: boolean,
): SequenceType {
  if (mandate.sequence === 'one_off') return 'OOFF'
  if (final) return 'FNAL'
  return mandate.presented === null ? 'FRST' : 'RCUR'
}

/** True for an account that direct debits reach: a valid IBAN (ISO 13616) in a country of SEPA. */
export const isSepaIban = (iban: string): boolean =>
  isValidIBAN(iban) && isSEPACountry(iban.slice(0, 2))

/** SEPA countries outside the EEA: a debit there needs the debtor's BIC (EPC130-08). */
const OUTSIDE_EEA = [
  'AD',
  'AL',
  'CH',
  'GB',
  'GG',
  'GI',
  'IM',
  'JE',
  'MC',
  'MD',
  'ME',
  'MK',
  'RS',
  'SM',
  'VA',
]

/** What is wrong with an account as a debtor's or creditor's, by field. */
export function accountFaults(iban: string, bic: string | null) {
  const faults: { pointer: string; code: string; detail: string }[] = []
  if (!isSepaIban(iban))
    faults.push({
      pointer: '#/iban',
      code: 'iban',
      detail: 'must be a valid IBAN of a country of SEPA, without spaces',
    })
  if (bic !== null && !isValidBIC(bic))
    faults.push({ pointer: '#/bic', code: 'bic', detail: 'must be a valid BIC' })
  if (bic === null && OUTSIDE_EEA.includes(iban.slice(0, 2)))
    faults.push({
      pointer: '#/bic',
      code: 'required',
      detail: 'is needed for an account outside the EEA',
    })
  return faults
}

/** True for a creditor identifier with right check digits (EPC262-08): ISO 7064 mod 97-10 over all but the business code. */
export function isCreditorId(id: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/.test(id)) return false
  const digits = `${id.slice(7)}${id.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return BigInt(digits) % 97n === 1n
}

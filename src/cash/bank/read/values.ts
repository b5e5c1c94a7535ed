import { type CalendarDate, isCalendarDate } from '../../../foundation/calendar.ts'
import { exponentOf, MAX_AMOUNT } from '../../../foundation/money.ts'
import { FileFault, type Place } from './fault.ts'

/** Longer texts are cut: no format of ours allows them, and some banks send them. */
const TEXT_MAX = 2_000

/** What banks write where there is no reference. */
const NO_REFERENCE = /^(NOT ?PROVIDED|NONREF|NOREF|NONE|N\/A|NOTAVAILABLE|[0.-]+)$/i

/**
 * A decimal number with a point, exactly, in minor units of its currency. An amount the currency cannot express is
 * refused, never rounded: 10.123 EUR is not money.
 */
export function minorUnits(text: string, currency: string, place: Place): number {
  const [, whole = '', fraction = ''] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? []
  if (whole === '' && fraction === '')
    throw new FileFault('value_invalid', `"${shown(text)}" is not an amount`, place)
  const exponent = exponentOf(currency)
  const digits = fraction.replace(/0+$/, '')
  if (digits.length > exponent)
    throw new FileFault('amount_inexact', `${currency} has no amount of ${shown(text)}`, place)
  const amount = BigInt((whole || '0') + digits.padEnd(exponent, '0'))
  if (amount > BigInt(MAX_AMOUNT))
    throw new FileFault('amount_inexact', `${shown(text)} is more than can be carried`, place)
  return Number(amount)
}

/** Three capital letters: currencies that are no more, such as DEM, stand on old statements. */
export function currencyOf(text: string | null, place: Place): string {
  if (text === null || !/^[A-Z]{3}$/.test(text))
    throw new FileFault('value_invalid', `"${shown(text ?? '')}" is not a currency`, place)
  return text
}

/** A day that exists. */
export function dateOf(text: string, place: Place): CalendarDate {
  if (!isCalendarDate(text))
    throw new FileFault('value_invalid', `"${shown(text)}" is not a date`, place)
  return text
}

/** Text as it is kept: without control characters, runs of white space as one; null when nothing is left. */
export function textOf(text: string | null | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = (text ?? '').replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim()
  return clean === '' ? null : clean.slice(0, TEXT_MAX).replace(/[\ud800-\udbff]$/, '')
}

/** A reference; null for the words that say there is none. */
export function referenceOf(text: string | null | undefined): string | null {
  const clean = textOf(text)
  return clean === null || NO_REFERENCE.test(clean) ? null : clean
}

/** An account number without spaces, in capitals. */
export function accountOf(text: string | null | undefined): string | null {
  const compact = textOf(text)?.replace(/\s/g, '').toUpperCase()
  return compact === undefined || NO_REFERENCE.test(compact) ? null : compact
}

/** Whether text looks like an IBAN. Its check digits are the bank's affair: test data and anonymised data break them. */
const isIban = (text: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text)

/** An IBAN, or null for an account number of another kind. */
export function ibanOf(text: string | null | undefined): string | null {
  const account = accountOf(text)
  return account !== null && isIban(account) ? account : null
}

/** What is wrong, short enough to be shown. */
export const shown = (text: string): string => text.slice(0, 40)

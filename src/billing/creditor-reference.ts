import type { FieldError } from '../foundation/problem.ts'

/**
 * Structured creditor references: what a payer's bank carries unchanged, with check digits of its own. `RF` references
 * follow ISO 11649, QR references of 27 digits the Swiss QR-bill.
 */

const RF = /^RF\d{2}[A-Z0-9]{1,21}$/
const QRR = /^\d{27}$/
const BODY_MAX = 21

/** A reference without what people write for reading: spaces and signs go, letters are upper case. */
export const squeezed = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** True for a reference whose check digits fit: RF (ISO 11649) or QRR. Spaces do not count. */
export function isCreditorReference(text: string): boolean {
  const reference = squeezed(text)
  if (RF.test(reference)) return remainder(reference.slice(4) + reference.slice(0, 4)) === 1
  return QRR.test(reference) && qrCheckDigit(reference.slice(0, 26)) === Number(reference[26])
}

/** What is wrong with a creditor reference that is given. */
export const creditorReferenceErrors = (reference: string | null): Omit<FieldError, 'in'>[] =>
  reference === null || isCreditorReference(reference)
    ? []
    : [
        {
          pointer: '#/creditor_reference',
          code: 'check_digits',
          detail: 'must be an RF (ISO 11649) or QR reference whose check digits fit',
        },
      ]

/**
 * The RF reference of a document: made of its number, so that people recognise it; of its id where the number is too
 * long or has nothing in it that a reference may hold.
 */
export function creditorReferenceOf(number: string, id: string): string {
  const ofNumber = squeezed(number)
  const body = ofNumber.length >= 1 && ofNumber.length <= BODY_MAX ? ofNumber : bodyOf(id)
  const digits = 98 - remainder(`${body}RF00`)
  return `RF${String(digits).padStart(2, '0')}${body}`
}

/** The last 100 bits of a UUID, all of them random in a UUID v7 but for the first few. */
const bodyOf = (id: string): string =>
  BigInt(`0x${id.replaceAll('-', '').slice(-25)}`)
    .toString(36)
    .toUpperCase()

/** ISO 7064 mod 97-10: letters stand for 10 to 35. */
function remainder(text: string): number {
  let rest = 0
  for (const sign of text) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97
  return rest
}

const CARRIES = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const

/** Modulo 10, recursive. */
function qrCheckDigit(digits: string): number {
  let carry = 0
  for (const digit of digits) carry = CARRIES[(carry + Number(digit)) % 10] as number
  return (10 - carry) % 10
}

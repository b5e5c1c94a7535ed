import { decimalOf } from '../../foundation/money.ts'

/** A SEPA credit transfer as a payer's banking app reads it from a QR code. */
export interface CreditTransfer {
  name: string
  iban: string
  bic: string | null
  /** Euro cents. */
  amount: number
  /** A structured creditor reference (ISO 11649), or null. */
  reference: string | null
  /** What the payer is to write when there is no structured reference. */
  text: string | null
}

const NAME_MAX = 70
const TEXT_MAX = 140
const AMOUNT_MAX = 99_999_999_999
const BYTES_MAX = 331

/**
 * The text of the QR code by EPC069-12 ("Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a
 * SEPA Credit Transfer"), version 002, UTF-8. Null for what the guideline has no room for: no amount, or one of a
 * thousand million euros or more, or a name too long in bytes.
 */
export function epcQr({ name, iban, bic, amount, reference, text }: CreditTransfer): string | null {
  if (amount < 1 || amount > AMOUNT_MAX) return null
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    bic ?? '',
    name.slice(0, NAME_MAX),
    iban,
    `EUR${decimalOf(amount, 'EUR')}`,
    '',
    reference ?? '',
    reference === null ? (text ?? '').slice(0, TEXT_MAX) : '',
  ]
  const payload = lines.join('\n').trimEnd()
  return Buffer.byteLength(payload) > BYTES_MAX ? null : payload
}

import type { CalendarDate } from '../../../foundation/calendar.ts'
import type { Direction } from '../bank-line.ts'
import { FileFault, type Place } from './fault.ts'
import type { Field } from './mt940-fields.ts'
import { dateOf, minorUnits, referenceOf, shown, textOf } from './values.ts'

/** What field 61 says. */
export interface Movement {
  bookingDate: CalendarDate
  valueDate: CalendarDate
  amount: number
  direction: Direction
  isReversal: boolean
  transactionCode: string | null
  customerReference: string | null
  bankReference: string | null
  chargesAmount: number | null
  /** The second line, which some banks use for text. */
  supplement: string | null
}

/** Value date, entry date, mark, funds code, amount, type, references; the last two may be missing or run together. */
const MOVEMENT =
  /^(\d{6})(\d{4})?(R?[CD]|E[CD])([A-Z])?(\d+,\d*)(?!\d) ?(?:(?!NONREF)([A-Z][A-Z0-9][A-Z0-9 ]{2}))?(.*)$/

/** Reads field 61. RC takes back what came in, so money went; RD the other way round. */
export function movementOf({ text, line }: Field, currency: string): Movement {
  const place = { line }
  const [first = '', ...more] = text.split('\n')
  const match = MOVEMENT.exec(first.trimEnd())
  if (match === null)
    throw new FileFault('value_invalid', `"${shown(first)}" is not a movement`, place)
  const [, value = '', entry, mark = '', , amount = '', type, references = ''] = match
  const valueDate = shortDate(value, place)
  const [customer = '', ...bank] = references.split('//')
  return {
    bookingDate: entry === undefined ? valueDate : entryDate(entry, valueDate, place),
    valueDate,
    amount: minorUnits(amount.replace(',', '.'), currency, place),
    direction: mark === 'C' || mark === 'RD' || mark === 'EC' ? 'credit' : 'debit',
    isReversal: mark.startsWith('R'),
    transactionCode: textOf(type),
    customerReference: keyword(referenceOf(customer)),
    bankReference: referenceOf(bank.join('//')),
    chargesAmount: chargesOf(more.join(''), currency, place),
    supplement: textOf(more.join(' ')),
  }
}

/** `EREF` and `KREF+` say that the reference stands in field 86. */
const keyword = (reference: string | null): string | null =>
  reference === null || /^(EREF|KREF|MREF|PREF)\+?$/.test(reference) ? null : reference

/** `/CHGS/EUR0,50/` on the second line. */
function chargesOf(text: string, currency: string, place: Place): number | null {
  const [, of, amount = ''] = /\/CHGS\/([A-Z]{3})(\d+,\d*)/.exec(text) ?? []
  if (of !== currency) return null
  return minorUnits(amount.replace(',', '.'), currency, place) || null
}

/** YYMMDD. Statements are not older than 1980. */
export function shortDate(text: string, place: Place): CalendarDate {
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  return dateOf(`${year < '80' ? '20' : '19'}${year}-${month}-${day}`, place)
}

/** MMDD, in whichever year brings it nearest to the value date: around New Year the two years differ. */
function entryDate(text: string, valueDate: CalendarDate, place: Place): CalendarDate {
  const year = Number(valueDate.slice(0, 4))
  const months = Number(text.slice(0, 2)) - Number(valueDate.slice(5, 7))
  const nearest = months > 6 ? year - 1 : months < -6 ? year + 1 : year
  return dateOf(`${nearest}-${text.slice(0, 2)}-${text.slice(2)}`, place)
}

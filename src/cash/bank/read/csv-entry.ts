import type { CalendarDate } from '../../../foundation/calendar.ts'
import { type Direction, type Entry, nothingKnown } from '../bank-line.ts'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { FileFault, type Place } from './fault.ts'
import type { Cells } from './read-csv.ts'
import { accountOf, dateOf, minorUnits, referenceOf, shown, textOf } from './values.ts'

/** Reads one row. */
export function csvEntry(cells: Cells, mapping: CsvMappingSettings, currency: string): Entry {
  const { columns } = mapping
  const place = { line: cells.line }
  const date = cells.of(columns.booking_date)
  if (date === null) throw new FileFault('value_missing', 'no booking date', place)
  const valueDate = cells.of(columns.value_date)
  const { amount, direction } = moneyOf(cells, mapping, currency)
  return {
    ...nothingKnown,
    counterpartyName: cells.of(columns.counterparty_name),
    counterpartyIban: accountOf(cells.of(columns.counterparty_iban)),
    counterpartyBic: accountOf(cells.of(columns.counterparty_bic)),
    remittance: textOf((columns.remittance ?? []).map((name) => cells.of(name) ?? '').join(' ')),
    endToEndId: referenceOf(cells.of(columns.end_to_end_id)),
    mandateId: referenceOf(cells.of(columns.mandate_id)),
    bankReference: referenceOf(cells.of(columns.bank_reference)),
    transactionCode: cells.of(columns.transaction_code),
    bookingDate: csvDate(date, mapping.date_format, place),
    valueDate: valueDate === null ? null : csvDate(valueDate, mapping.date_format, place),
    currency,
    amount,
    direction,
    isReversal: false,
    isBooked: amount > 0,
    details: [],
  }
}

interface Money {
  amount: number
  direction: Direction
}

/** What moved and which way, by the rule of the mapping. */
function moneyOf(cells: Cells, mapping: CsvMappingSettings, currency: string): Money {
  const { columns, sign, debit_words } = mapping
  const place = { line: cells.line }
  const read = (column: string | undefined): Money | null => {
    const text = cells.of(column)
    return text === null ? null : signedAmount(text, mapping.decimal_sign, currency, place)
  }
  if (sign === 'two_columns') {
    const credit = read(columns.credit_amount)
    const debit = read(columns.debit_amount)
    if (debit !== null && debit.amount > 0) return { amount: debit.amount, direction: 'debit' }
    if (credit !== null) return credit
    if (debit !== null) return debit
  } else {
    const money = read(columns.amount)
    const word = cells.of(columns.direction)
    if (money !== null && sign === 'signed') return money
    if (money !== null && word !== null)
      return { ...money, direction: debit_words.includes(word) ? 'debit' : 'credit' }
  }
  throw new FileFault('value_missing', 'no amount, or nothing that says which way it went', place)
}

/** `-1.234,56`, `1 234,56-` or `+1'234.56`: groups of three may be set apart by what is not the decimal sign. */
function signedAmount(text: string, decimal: '.' | ',', currency: string, place: Place): Money {
  const compact = text.replace(/[\s\u00a0'’]/g, '')
  const [, before = '', digits = '', after = ''] = /^([+-]?)([\d.,]+)([+-]?)$/.exec(compact) ?? []
  const [whole = '', ...fraction] = digits.split(decimal)
  const group = decimal === '.' ? ',' : '.'
  const isGrouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole)
  const isPlain = /^\d+$/.test(whole)
  const isAmount = (isGrouped || isPlain) && fraction.length <= 1 && /^\d*$/.test(fraction.join(''))
  if (!isAmount || (before !== '' && after !== ''))
    throw new FileFault('value_invalid', `"${shown(text)}" is not an amount`, place)
  const number = `${whole.replaceAll(group, '')}.${fraction.join('')}`
  return {
    amount: minorUnits(number, currency, place),
    direction: before === '-' || after === '-' ? 'debit' : 'credit',
  }
}

/** A date in the format of the mapping. A year of two digits is one of this century. */
function csvDate(
  text: string,
  format: CsvMappingSettings['date_format'],
  place: Place,
): CalendarDate {
  const names = [...format.matchAll(/Y+|M+|D+/g)].map(([name]) => name)
  const pattern = format
    .replace(/[./]/g, '\\$&')
    .replace(/Y+|M+|D+/g, (name) => (name === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})'))
  const match = new RegExp(`^${pattern}$`).exec(text)
  if (match === null)
    throw new FileFault('value_invalid', `"${shown(text)}" is not a date like ${format}`, place)
  const part = (letter: string) => {
    const index = names.findIndex((name) => name.startsWith(letter))
    return (match[index + 1] ?? '').padStart(2, '0')
  }
  const year = part('Y')
  return dateOf(`${year.length === 2 ? `20${year}` : year}-${part('M')}-${part('D')}`, place)
}

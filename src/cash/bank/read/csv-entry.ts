import { type Entry, nothingKnown } from '../bank-line.ts'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { csvDate, type Money, signedAmount } from './csv-values.ts'
import { FileFault } from './fault.ts'
import type { Cells } from './read-csv.ts'
import { accountOf, referenceOf, textOf } from './values.ts'

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

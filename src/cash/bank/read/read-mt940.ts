import type { Balance, Entry, Statement } from '../bank-line.ts'
import { nothingKnown } from '../bank-line.ts'
import { decode } from './decode.ts'
import { FileFault, type Place } from './fault.ts'
import { LINES_MAX } from './limits.ts'
import { describe } from './mt940-description.ts'
import { type Field, fieldsOf } from './mt940-fields.ts'
import { type Movement, movementOf, shortDate } from './mt940-movement.ts'
import { accountOf, currencyOf, ibanOf, minorUnits, shown, textOf } from './values.ts'

/**
 * Reads MT940 statements and MT942 interim reports. Each message is a statement of its own: where a bank spreads one
 * over several (60M, 62M), every part has balances that can be checked.
 */
export function readMt940(bytes: Uint8Array): Statement[] {
  const messages: Message[] = []
  let lineCount = 0
  for (const field of fieldsOf(decode(bytes))) {
    if (field.tag === '20') messages.push(newMessage(field))
    const message = messages.at(-1)
    if (message === undefined) continue
    take(message, field)
    lineCount += field.tag === '61' ? 1 : 0
    if (lineCount > LINES_MAX)
      throw new FileFault('limit_exceeded', `more than ${LINES_MAX} lines`, { line: field.line })
  }
  if (messages.length === 0)
    throw new FileFault('no_statement', 'the file holds no field 20', { line: 1 })
  return messages.map(statementOf)
}

/** The fields of one message, as far as they matter. */
interface Message {
  place: Place
  identification: string | null
  account: string | null
  number: string | null
  opening: Field | null
  closing: Field | null
  /** How many movements stand before the closing balance. */
  closingCount: number
  /** Field 34F, 90C or 90D: what only interim reports have. */
  currencyOfReport: string | null
  movements: { field: Field; description: Field | null }[]
}

const newMessage = ({ text, line }: Field): Message => ({
  place: { line },
  identification: textOf(text),
  account: null,
  number: null,
  opening: null,
  closing: null,
  closingCount: 0,
  currencyOfReport: null,
  movements: [],
})

function take(message: Message, field: Field): void {
  const { tag, text } = field
  const last = message.movements.at(-1)
  if (tag === '25' || tag === '25P') message.account ??= text.split('\n', 1)[0] ?? null
  else if (tag === '28C' || tag === '28') message.number = numberOf(text)
  else if (tag === '60F' || tag === '60M') message.opening ??= field
  else if (tag === '61') message.movements.push({ field, description: null })
  // A second 86, or one after the balance, is about the statement: nothing of it is money.
  else if (tag === '86' && last && message.closing === null) last.description ??= field
  else if (tag === '62F' || tag === '62M') {
    message.closing ??= field
    message.closingCount = message.movements.length
  } else if (tag === '34F') message.currencyOfReport ??= text.slice(0, 3)
  else if (tag === '90C' || tag === '90D')
    message.currencyOfReport ??= /^\d*([A-Z]{3})/.exec(text)?.[1] ?? null
}

/** `5/1` is page 1 of statement 5; nought is how banks say that they do not count. */
function numberOf(text: string): string | null {
  const number = textOf(text)
  return number === null || !/[1-9]/.test(number.split('/', 1)[0] ?? '') ? null : number
}

function statementOf(message: Message): Statement {
  const isReport = message.opening === null && message.currencyOfReport !== null
  if (!isReport && message.closing === null)
    throw new FileFault('truncated', 'the statement has no closing balance', message.place)
  const opening = message.opening && balanceOf(message.opening)
  const closing = message.closing && balanceOf(message.closing)
  const currency = currencyOf(
    opening?.currency ?? closing?.currency ?? message.currencyOfReport,
    message.place,
  )
  const identification = accountNumberOf(message.account, currency)
  if (identification === null)
    throw new FileFault('value_missing', 'the statement names no account', message.place)
  return {
    format: isReport ? 'mt942' : 'mt940',
    kind: isReport ? 'report' : 'statement',
    account: { identification, iban: ibanOf(identification), bic: null, name: null },
    currency,
    identification: message.identification,
    number: message.number,
    fromDate: null,
    toDate: null,
    madeAt: null,
    opening,
    closing,
    closingCount: isReport ? message.movements.length : message.closingCount,
    entries: message.movements.map(({ field, description }) =>
      withoutOurselves(entryOf(movementOf(field, currency), description, currency), identification),
    ),
  }
}

/** Some banks write the currency behind the account. */
function accountNumberOf(text: string | null, currency: string): string | null {
  const account = accountOf(text)
  if (account === null || !account.endsWith(currency)) return account
  const bare = account.slice(0, -currency.length).replace(/\/$/, '')
  return ibanOf(bare) ?? (account.endsWith(`/${currency}`) ? bare : account)
}

/** Some banks name our own account where the other side's belongs. */
const withoutOurselves = (entry: Entry, own: string): Entry =>
  entry.counterpartyIban !== null && own.endsWith(entry.counterpartyIban)
    ? { ...entry, counterpartyIban: null }
    : entry

const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d+,\d*)/

function balanceOf({ text, line }: Field): Balance {
  const [, mark, date = '', currency = '', amount = ''] = BALANCE.exec(text) ?? []
  const place = { line }
  if (mark === undefined)
    throw new FileFault('value_invalid', `"${shown(text)}" is not a balance`, place)
  const units = minorUnits(amount.replace(',', '.'), currencyOf(currency, place), place)
  return { amount: mark === 'D' ? -units : units, currency, date: shortDate(date, place) }
}

function entryOf(movement: Movement, description: Field | null, currency: string): Entry {
  const { bankReference, customerReference, transactionCode, supplement, ...money } = movement
  const described = description === null ? null : describe(description.text)
  return {
    ...nothingKnown,
    ...described,
    remittance: described?.remittance ?? (description === null ? supplement : null),
    bankText: described?.bankText ?? supplement,
    endToEndId: described?.endToEndId ?? null,
    instructionId: described?.instructionId ?? customerReference,
    bankReference: described?.bankReference ?? bankReference,
    transactionCode: described?.transactionCode ?? transactionCode,
    ...money,
    currency,
    isBooked: movement.amount > 0,
    details: [],
  }
}

import { isInstant } from '../../../foundation/calendar.ts'
import type { AccountName, Balance, Statement } from '../bank-line.ts'
import { entryOf, type UndatedEntry } from './camt-entry.ts'
import { decodeInPieces, xmlEncodingOf } from './decode.ts'
import { FileFault } from './fault.ts'
import { LINES_MAX } from './limits.ts'
import { accountOf, currencyOf, dateOf, ibanOf, minorUnits, textOf } from './values.ts'
import { all, find, type Node, read, readXml } from './xml-tree.ts'

/** The element that holds one statement, in each of the three messages. All versions share these names. */
const messages = {
  Rpt: { format: 'camt.052', kind: 'report' },
  Stmt: { format: 'camt.053', kind: 'statement' },
  Ntfctn: { format: 'camt.054', kind: 'advice' },
} as const

const messageOf = (node: Node, path: readonly Node[]) =>
  path.at(-1)?.name.startsWith('BkToCstmr') === true
    ? messages[node.name as keyof typeof messages]
    : undefined

/**
 * Reads camt.052, .053 and .054 of any version. The schema is no gate: a quarter of the files banks really send break
 * it. What we need must be there and make sense; everything else may be as it likes.
 */
export function readCamt(bytes: Uint8Array): Statement[] {
  const statements: Statement[] = []
  let entries: UndatedEntry[] = []
  let lineCount = 0
  readXml(decodeInPieces(bytes, xmlEncodingOf(bytes)), (node, path) => {
    const statement = path.at(-1)
    if (node.name === 'Ntry' && statement !== undefined && isStatement(path)) {
      entries.push(entryOf(node, statement))
      lineCount += 1 + (entries.at(-1)?.details.length ?? 0)
      if (lineCount > LINES_MAX)
        throw new FileFault('limit_exceeded', `more than ${LINES_MAX} lines`, node.place)
      return true
    }
    if (messageOf(node, path) === undefined) return false
    statements.push(statementOf(node, path, entries))
    entries = []
    return true
  })
  if (statements.length === 0)
    throw new FileFault('no_statement', 'the document holds no statement, report or advice', {
      line: 1,
    })
  return statements
}

const isStatement = (path: readonly Node[]): boolean =>
  messageOf(path.at(-1) as Node, path.slice(0, -1)) !== undefined

function statementOf(node: Node, path: readonly Node[], undated: UndatedEntry[]): Statement {
  const { format, kind } = messageOf(node, path) as (typeof messages)['Stmt']
  const { opening, closing } = balancesOf(node)
  const toDate = dayOf(node, 'FrToDt/ToDtTm', 'FrToDt/ToDt')
  const madeAt = read(node, 'CreDtTm') ?? read(path.at(-1), 'GrpHdr/CreDtTm')
  const someDay = closing?.date ?? toDate ?? opening?.date ?? madeAt?.slice(0, 10) ?? null
  const entries = undated.map(({ place, ...entry }) => {
    const bookingDate = entry.bookingDate ?? entry.valueDate ?? someDay
    if (bookingDate === null) throw new FileFault('value_missing', 'no date', place)
    return { ...entry, bookingDate: dateOf(bookingDate, place) }
  })
  return {
    format,
    kind,
    account: accountNameOf(node),
    currency: currencyOfStatement(node, entries[0]?.currency),
    identification: textOf(read(node, 'Id')),
    number: numberOf(node),
    fromDate: dayOf(node, 'FrToDt/FrDtTm', 'FrToDt/FrDt'),
    toDate,
    madeAt: madeAt !== null && isInstant(madeAt) ? madeAt : null,
    opening,
    closing,
    closingCount: entries.length,
    entries,
  }
}

function accountNameOf(statement: Node): AccountName {
  const account = find(statement, 'Acct')
  const paths = ['Id/IBAN', 'Id/Othr/Id', 'Id/PrtryAcct/Id', 'Id/BBAN', 'Id/UPIC'] as const
  const identification = accountOf(read(account, ...paths))
  if (identification === null)
    throw new FileFault('value_missing', 'the statement names no account', statement.place)
  return {
    identification,
    iban: ibanOf(identification),
    bic: accountOf(read(account, 'Svcr/FinInstnId/BICFI', 'Svcr/FinInstnId/BIC')),
    name: textOf(read(account, 'Nm', 'Ownr/Nm')),
  }
}

/** Banks that leave the account's currency out still say it with each amount. */
function currencyOfStatement(statement: Node, ofFirstEntry: string | undefined): string | null {
  const currency =
    read(statement, 'Acct/Ccy') ?? find(statement, 'Bal/Amt')?.currency ?? ofFirstEntry ?? null
  return currency === null ? null : currencyOf(currency, statement.place)
}

/** The number that tells the statements of an account apart, with its page where it has several. */
function numberOf(statement: Node): string | null {
  const number = read(statement, 'LglSeqNb', 'ElctrncSeqNb')
  const page = read(statement, 'StmtPgntn/PgNb', 'RptPgntn/PgNb', 'NtfctnPgntn/PgNb')
  if (number === null || !/[1-9]/.test(number)) return null
  return textOf(page === null ? number : `${number}/${page}`)
}

/**
 * The booked balances a statement begins and ends with: opening (or what was the closing before), and closing. A page
 * of a longer statement begins and ends with interim balances.
 */
function balancesOf(statement: Node): { opening: Balance | null; closing: Balance | null } {
  const balances = all(statement, 'Bal')
  const of = (code: string) =>
    balances.filter((balance) => read(balance, 'Tp/CdOrPrtry/Cd', 'Tp/Cd') === code)
  const interim = of('ITBD')
  const closing = of('CLBD')[0] ?? interim.at(-1)
  const opening = of('OPBD')[0] ?? of('PRCD')[0] ?? interim.find((balance) => balance !== closing)
  return { opening: balanceOf(opening), closing: balanceOf(closing) }
}

function balanceOf(balance: Node | undefined): Balance | null {
  const amount = find(balance, 'Amt')
  if (balance === undefined || amount === undefined) return null
  const currency = currencyOf(amount.currency, amount.place)
  const units = minorUnits(amount.text.trim(), currency, amount.place)
  return {
    amount: read(balance, 'CdtDbtInd') === 'DBIT' ? -units : units,
    currency,
    date: dayOf(balance, 'Dt/Dt', 'Dt/DtTm'),
  }
}

/** A day as the bank wrote it: of an instant, the day on its own clock. */
function dayOf(node: Node, ...paths: string[]): string | null {
  const text = read(node, ...paths)
  return text === null ? null : dateOf(text.slice(0, 10), node.place)
}

import type { CalendarDate } from '../../foundation/calendar.ts'
import { decimalOf, sum } from '../../foundation/money.ts'

/** A credit as the bank would show it. */
export interface CreditLine {
  amount: number
  payer: string
  text: string
}

/** A statement of one day. */
export interface StatementToWrite {
  id: string
  iban: string
  currency: string
  date: CalendarDate
  openingAmount: number
  lines: readonly CreditLine[]
}

/** Writes a camt.053.001.08 statement of credits, balanced, as a bank would send it. */
export function writeCamt053(statement: StatementToWrite): string {
  const { id, iban, currency, date, openingAmount, lines } = statement
  const closingAmount = sum([openingAmount, ...lines.map(({ amount }) => amount)])
  const madeAt = `${date}T22:00:00Z`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${madeAt}</CreDtTm></GrpHdr>
<Stmt><Id>${id}</Id><CreDtTm>${madeAt}</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>
${balance('OPBD', openingAmount, statement)}${balance('CLBD', closingAmount, statement)}
${lines.map((line, index) => entry(line, `${id}-${index + 1}`, statement)).join('\n')}
</Stmt></BkToCstmrStmt></Document>
`
}

const money = (amount: number, currency: string): string =>
  `<Amt Ccy="${currency}">${decimalOf(Math.abs(amount), currency)}</Amt><CdtDbtInd>${amount < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`

const balance = (code: string, amount: number, { currency, date }: StatementToWrite): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(amount, currency)}<Dt><Dt>${date}</Dt></Dt></Bal>`

const entry = (
  { amount, payer, text }: CreditLine,
  reference: string,
  { currency, date }: StatementToWrite,
): string =>
  `<Ntry>${money(amount, currency)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt>` +
  `<AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><AcctSvcrRef>${reference}</AcctSvcrRef></Refs>` +
  `${money(amount, currency)}<RltdPties><Dbtr><Pty><Nm>${escaped(payer)}</Nm></Pty></Dbtr></RltdPties>` +
  `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

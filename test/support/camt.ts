/** What a test wants to stand on a bank statement. */
export interface StatementEntry {
  bookingDate: string
  /** Minor units. */
  amount: number
  direction?: 'credit' | 'debit'
  isReversal?: boolean
  bankReference?: string | undefined
  name?: string | undefined
  iban?: string | undefined
  text?: string | undefined
  structuredReference?: string | undefined
  endToEndId?: string | undefined
  mandateId?: string | undefined
  returnReason?: string | undefined
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const element = (name: string, content: string | undefined): string =>
  content === undefined || content === '' ? '' : `<${name}>${content}</${name}>`

const text = (name: string, content: string | undefined): string =>
  element(name, content === undefined ? undefined : escaped(content))

const money = (amount: number): string => (amount / 100).toFixed(2)

const balance = (code: string, amount: number, date: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${money(Math.abs(amount))}</Amt>` +
  `<CdtDbtInd>${amount < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`

const signed = ({ amount, direction = 'credit' }: StatementEntry): number =>
  direction === 'credit' ? amount : -amount

/** A camt.053.001.08 statement of one account in euros, balanced. */
export function camt053(
  entries: readonly StatementEntry[],
  { id, iban, openingAmount = 0 }: { id: string; iban: string; openingAmount?: number },
): string {
  const dates = entries.map(({ bookingDate }) => bookingDate).sort()
  const [first = '2026-01-01', last = first] = [dates[0], dates.at(-1)]
  const closingAmount = entries.reduce((total, entry) => total + signed(entry), openingAmount)
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>${escaped(id)}</MsgId><CreDtTm>${last}T22:00:00+00:00</CreDtTm></GrpHdr>
<Stmt><Id>${escaped(id)}</Id><CreDtTm>${last}T22:00:00+00:00</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
${balance('OPBD', openingAmount, first)}${balance('CLBD', closingAmount, last)}
${entries.map(entryXml).join('\n')}
</Stmt></BkToCstmrStmt></Document>`
}

function entryXml(entry: StatementEntry): string {
  const direction = entry.direction ?? 'credit'
  const amount = `<Amt Ccy="EUR">${money(entry.amount)}</Amt><CdtDbtInd>${direction === 'credit' ? 'CRDT' : 'DBIT'}</CdtDbtInd>`
  // The debtor stays the debtor when a direct debit goes back.
  const [party, account] =
    direction === 'credit' || entry.isReversal ? ['Dbtr', 'DbtrAcct'] : ['Cdtr', 'CdtrAcct']
  const details = [
    element(
      'Refs',
      text('AcctSvcrRef', entry.bankReference) +
        text('EndToEndId', entry.endToEndId) +
        text('MndtId', entry.mandateId),
    ),
    amount,
    element(
      'RltdPties',
      element(party as string, element('Pty', text('Nm', entry.name))) +
        element(account as string, element('Id', text('IBAN', entry.iban))),
    ),
    element(
      'RmtInf',
      text('Ustrd', entry.text) +
        element('Strd', element('CdtrRefInf', text('Ref', entry.structuredReference))),
    ),
    element('RtrInf', element('Rsn', text('Cd', entry.returnReason))),
  ]
  return (
    `<Ntry>${amount}${entry.isReversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>BOOK</Cd></Sts>` +
    `<BookgDt><Dt>${entry.bookingDate}</Dt></BookgDt><ValDt><Dt>${entry.bookingDate}</Dt></ValDt>` +
    `${text('AcctSvcrRef', entry.bankReference)}<BkTxCd/><NtryDtls><TxDtls>${details.join('')}</TxDtls></NtryDtls></Ntry>`
  )
}

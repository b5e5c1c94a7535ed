import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { PresentedMandate, Scheme, SequenceType } from './mandate.ts'
import { sepaText } from './sepa-text.ts'

/** The two versions of CustomerDirectDebitInitiation that banks in SEPA take. */
export const painFormats = ['pain.008.001.02', 'pain.008.001.08'] as const
export type PainFormat = (typeof painFormats)[number]

/** Who collects, as the file names it. */
export interface Creditor {
  creditor_id: string
  name: string
  iban: string
  bic: string | null
}

/** Debits of one scheme, place in the series and day: one payment information block. */
export interface DebitGroup {
  id: string
  scheme: Scheme
  sequenceType: SequenceType
  collectionDate: CalendarDate
  count: number
  totalAmount: number
  debits: readonly FileDebit[]
}

/** One collection as its file says it. */
export interface FileDebit {
  end_to_end_id: string
  amount: number
  remittance: string
  presented: PresentedMandate
  presented_before: PresentedMandate | null
}

export interface DebitFile {
  format: PainFormat
  messageId: string
  createdAt: Instant
  creditor: Creditor
  count: number
  totalAmount: number
  groups: readonly DebitGroup[]
}

/**
 * Writes a direct debit initiation piece by piece, so that no file has to fit into memory. All text is brought into
 * the SEPA character set, which has nothing that XML would need escaped.
 */
export function* writePain008(file: DebitFile): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${file.format}">
<CstmrDrctDbtInitn>
<GrpHdr><MsgId>${file.messageId}</MsgId><CreDtTm>${file.createdAt}</CreDtTm><NbOfTxs>${file.count}</NbOfTxs><CtrlSum>${euros(file.totalAmount)}</CtrlSum><InitgPty>${name(file.creditor.name)}</InitgPty></GrpHdr>
`
  for (const group of file.groups) {
    yield opening(file, group)
    for (const debit of group.debits) yield transaction(file.format, debit)
    yield '</PmtInf>\n'
  }
  yield '</CstmrDrctDbtInitn>\n</Document>\n'
}

const opening = ({ format, creditor }: DebitFile, group: DebitGroup): string => `<PmtInf>
<PmtInfId>${group.id}</PmtInfId><PmtMtd>DD</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>${group.count}</NbOfTxs><CtrlSum>${euros(group.totalAmount)}</CtrlSum>
<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>${group.scheme.toUpperCase()}</Cd></LclInstrm><SeqTp>${group.sequenceType}</SeqTp></PmtTpInf>
<ReqdColltnDt>${group.collectionDate}</ReqdColltnDt>
<Cdtr>${name(creditor.name)}</Cdtr><CdtrAcct>${account(creditor.iban)}</CdtrAcct><CdtrAgt>${agent(format, creditor.bic)}</CdtrAgt><ChrgBr>SLEV</ChrgBr>
<CdtrSchmeId>${creditorId(creditor.creditor_id)}</CdtrSchmeId>
`

const transaction = (format: PainFormat, debit: FileDebit): string =>
  `<DrctDbtTxInf><PmtId><EndToEndId>${debit.end_to_end_id}</EndToEndId></PmtId><InstdAmt Ccy="EUR">${euros(debit.amount)}</InstdAmt>` +
  `<DrctDbtTx><MndtRltdInf><MndtId>${debit.presented.reference}</MndtId><DtOfSgntr>${debit.presented.signature_date}</DtOfSgntr>${amendment(debit)}</MndtRltdInf></DrctDbtTx>` +
  `<DbtrAgt>${agent(format, debit.presented.bic)}</DbtrAgt><Dbtr>${name(debit.presented.debtor_name)}</Dbtr><DbtrAcct>${account(debit.presented.iban)}</DbtrAcct>` +
  `<RmtInf><Ustrd>${sepaText(debit.remittance, 140)}</Ustrd></RmtInf></DrctDbtTxInf>\n`

/**
 * What has changed since the bank was told last, with the original values. In the order of the schema; absent where
 * nothing has, or where this is the first the bank hears of the mandate.
 */
function amendment({ presented: now, presented_before: before }: FileDebit): string {
  if (before === null) return ''
  const originals = [
    before.reference === now.reference ? '' : `<OrgnlMndtId>${before.reference}</OrgnlMndtId>`,
    originalCreditor(before, now),
    before.debtor_name === now.debtor_name
      ? ''
      : `<OrgnlDbtr>${name(before.debtor_name)}</OrgnlDbtr>`,
    before.iban === now.iban ? '' : `<OrgnlDbtrAcct>${account(before.iban)}</OrgnlDbtrAcct>`,
  ].join('')
  return originals === ''
    ? ''
    : `<AmdmntInd>true</AmdmntInd><AmdmntInfDtls>${originals}</AmdmntInfDtls>`
}

function originalCreditor(before: PresentedMandate, now: PresentedMandate): string {
  const changed = [
    before.creditor_name === now.creditor_name ? '' : name(before.creditor_name),
    before.creditor_id === now.creditor_id ? '' : creditorId(before.creditor_id),
  ].join('')
  return changed === '' ? '' : `<OrgnlCdtrSchmeId>${changed}</OrgnlCdtrSchmeId>`
}

const name = (text: string): string => `<Nm>${sepaText(text, 70)}</Nm>`

const account = (iban: string): string => `<Id><IBAN>${iban}</IBAN></Id>`

const creditorId = (id: string): string =>
  `<Id><PrvtId><Othr><Id>${id}</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id>`

/** A bank. Since 2016 the IBAN is enough within the EEA; the schema wants the element all the same. */
function agent(format: PainFormat, bic: string | null): string {
  const tag = format === 'pain.008.001.02' ? 'BIC' : 'BICFI'
  const id = bic === null ? '<Othr><Id>NOTPROVIDED</Id></Othr>' : `<${tag}>${bic}</${tag}>`
  return `<FinInstnId>${id}</FinInstnId>`
}

/** Minor units as the decimal number that XML wants, without ever being a float. */
const euros = (amount: number): string => {
  const digits = String(amount).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

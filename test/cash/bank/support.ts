import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reply, TestTenant } from '../../support/app.ts'
import { accepted } from '../../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

/** Sends a file as it is. */
export const sendFile = (
  { api }: Pick<TestTenant, 'api'>,
  bytes: Buffer | string,
  { type = 'application/octet-stream', mapping = '' } = {},
): Promise<Reply> =>
  api(
    'POST',
    `/v1/bank-statements${mapping === '' ? '' : `?mapping_id=${mapping}`}`,
    Buffer.from(bytes as string),
    { 'content-type': type },
  )

/** Sends a file that must be accepted. */
export const importFile = async (
  tenant: Pick<TestTenant, 'api'>,
  bytes: Buffer | string,
  options: { type?: string; mapping?: string } = {},
): Promise<Json> => accepted(await sendFile(tenant, bytes, options), 'importing a file')

/** All bank lines of a tenant. */
export async function linesOf({ api }: Pick<TestTenant, 'api'>, query = ''): Promise<Json[]> {
  const lines: Json[] = []
  let cursor = ''
  do {
    const page = accepted(await api('GET', `/v1/bank-lines?limit=200${query}${cursor}`))
    lines.push(...page.data)
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
  } while (cursor !== '')
  return lines
}

/** What of a line does not depend on which file showed it first. */
export const essence = ({ booking_date, currency, amount, direction, ...line }: Json): string =>
  [
    booking_date,
    currency,
    amount,
    direction,
    line.status,
    line.bank_reference,
    line.end_to_end_id,
    line.counterparty_iban,
    line.remittance,
  ].join(' ')

/** The folder of sample files, when there is one here. */
export const samples =
  process.env.SAMPLE_DATA_DIR === undefined ? undefined : join(process.env.SAMPLE_DATA_DIR, 'bank')

/** The sample files of a kind, with the row of the index for each. */
export function samplesOf(kind: 'camt' | 'mt940'): { name: string; bytes: Buffer; index: Json }[] {
  const folder = join(samples as string, kind)
  if (!existsSync(folder)) return []
  const [header = '', ...rows] = readFileSync(join(folder, 'INDEX.csv'), 'utf8').trim().split('\n')
  const names = header.split(',')
  const index = new Map(
    rows.map((row) => [
      row.split(',', 1)[0],
      Object.fromEntries(row.split(',').map((cell, column) => [names[column], cell])),
    ]),
  )
  return readdirSync(folder)
    .filter((name) => name !== 'INDEX.csv')
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)), index: index.get(name) }))
}

export interface TestEntry {
  amount: string
  date: string
  direction?: 'CRDT' | 'DBIT'
  valueDate?: string
  reference?: string
  endToEndId?: string
  name?: string
  iban?: string
  text?: string
  status?: string
  currency?: string
  details?: { amount?: string; endToEndId?: string; name?: string }[]
}

export interface TestStatement {
  message?: 'Stmt' | 'Rpt' | 'Ntfctn'
  account?: string
  currency?: string
  number?: string
  opening?: [amount: string, date: string]
  closing?: [amount: string, date: string]
  entries: TestEntry[]
}

const roots = { Stmt: 'BkToCstmrStmt', Rpt: 'BkToCstmrAcctRpt', Ntfctn: 'BkToCstmrDbtCdtNtfctn' }

const tag = (name: string, content: string | undefined) =>
  content === undefined || content === '' ? '' : `<${name}>${content}</${name}>`

/** A camt document with these statements. */
export function camt(...statements: TestStatement[]): string {
  const root = roots[statements[0]?.message ?? 'Stmt']
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document><${root}>${statements.map(statementXml).join('\n')}</${root}></Document>`
}

function statementXml({ message = 'Stmt', currency = 'EUR', ...statement }: TestStatement): string {
  const balance = (code: string, [amount, date]: [string, string]) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`
  return `<${message}><Id>S</Id>${tag('ElctrncSeqNb', statement.number)}<Acct><Id><IBAN>${statement.account ?? 'DE89370400440532013000'}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${
    statement.opening ? balance('OPBD', statement.opening) : ''
  }${statement.closing ? balance('CLBD', statement.closing) : ''}${statement.entries.map((entry) => entryXml(entry, currency)).join('\n')}</${message}>`
}

function entryXml(entry: TestEntry, currency: string): string {
  const side = entry.direction === 'DBIT' ? 'Cdtr' : 'Dbtr'
  const detail = (one: TestEntry | { amount?: string; endToEndId?: string; name?: string }) =>
    tag(
      'TxDtls',
      `${tag('Refs', tag('EndToEndId', one.endToEndId))}${
        one === entry || one.amount === undefined
          ? ''
          : `<Amt Ccy="${currency}">${one.amount}</Amt>`
      }${tag(
        'RltdPties',
        tag(side, tag('Nm', one.name)) +
          ('iban' in one ? tag(`${side}Acct`, tag('Id', tag('IBAN', one.iban))) : ''),
      )}${'text' in one ? tag('RmtInf', tag('Ustrd', one.text)) : ''}`,
    )
  const details = (entry.details ?? [entry]).map(detail).join('')
  return `<Ntry><Amt Ccy="${entry.currency ?? currency}">${entry.amount}</Amt><CdtDbtInd>${entry.direction ?? 'CRDT'}</CdtDbtInd><Sts>${entry.status ?? 'BOOK'}</Sts>${tag('BookgDt', tag('Dt', entry.date))}${tag('ValDt', tag('Dt', entry.valueDate))}${tag('AcctSvcrRef', entry.reference)}${tag('NtryDtls', details)}</Ntry>`
}

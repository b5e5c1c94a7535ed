import { createHash } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { sql } from 'kysely'
import { requireInvoice } from '../../billing/queries.ts'
import { importBankFile } from '../../cash/bank/import-bank-file.ts'
import { readCamt } from '../../cash/bank/read/read-camt.ts'
import { matchLines } from '../../cash/matching/match-lines.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Amount, Body, exampleId, Id, List, Text } from '../../foundation/http/schema.ts'
import { newId, uuidOf } from '../../foundation/id.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import type { Change } from '../table.ts'
import { change, simulator } from './simulator.ts'
import { type CreditLine, writeCamt053 } from './write-camt053.ts'

const LINES_MAX = 50

const Paid = Body(
  {
    invoice_id: Id('invoice', 'The invoice that is paid.'),
    amount: Type.Optional(Amount('What comes in; all that is open unless given.', { minimum: 1 })),
  },
  { description: 'A line that names the reference of an invoice.' },
)
const Unclear = Body(
  { invoice_id: Id('invoice', 'The invoice that the payer means.') },
  { description: 'A line with part of the amount, and nothing but the name of the customer.' },
)
const Unknown = Body(
  {
    amount: Amount('What comes in.', { minimum: 1, example: 4_711 }),
    payer: Type.Optional(Text('Who pays.', { maxLength: 70, example: 'Unbekannt & Söhne KG' })),
  },
  { description: 'A line that belongs to nobody we know.' },
)

/** The payer's name, and what is open of an invoice in the account's currency. */
async function payable(tx: Tx, invoiceId: string) {
  const invoice = await requireInvoice(tx, uuidOf(invoiceId))
  if (invoice.currency !== tx.tenant.currency)
    throw new Problem('currency_mismatch', { expected: tx.tenant.currency })
  if (invoice.open_amount === 0) throw new Problem('insufficient_open_amount', { open_amount: 0 })
  const { name } = await requireCustomer(tx, invoice.customer_id)
  return { invoice, payer: name.slice(0, 70) }
}

async function paidLine(tx: Tx, paid: Static<typeof Paid>): Promise<CreditLine> {
  const { invoice, payer } = await payable(tx, paid.invoice_id)
  const text = [invoice.number, invoice.creditor_reference].filter(Boolean).join(' ')
  return { amount: paid.amount ?? invoice.open_amount, payer, text }
}

async function unclearLine(tx: Tx, { invoice_id }: Static<typeof Unclear>): Promise<CreditLine> {
  const { invoice, payer } = await payable(tx, invoice_id)
  return { amount: Math.ceil(invoice.open_amount / 2), payer, text: 'on account' }
}

const unknownLine = ({ amount, payer }: Static<typeof Unknown>): CreditLine => ({
  amount,
  payer: payer ?? 'Unbekannt & Söhne KG',
  text: 'as discussed',
})

/** Where the last statement of an account ended, so that the next one follows on. */
async function lastBalance({ db, tenant }: Tx, iban: string): Promise<number> {
  const { rows } = await sql<{ closing_amount: number }>`
    select closing_amount from bank_statement as statement
    join bank_account as account on account.tenant_id = statement.tenant_id and account.id = statement.bank_account_id
    where statement.tenant_id = ${tenant.id} and account.iban = ${iban} and closing_amount is not null
    order by closing_date desc, statement.created_at desc, statement.id desc
    limit 1
  `.execute(db)
  return rows[0]?.closing_amount ?? 0
}

const listOf = <T extends typeof Paid | typeof Unclear | typeof Unknown>(
  item: T,
  description: string,
) => Type.Optional(List(item, { description, maxItems: LINES_MAX }))

export const bankStatementArrives = simulator({
  name: 'bank_statement_arrives',
  description:
    'The bank sends a camt.053 statement of today, in the currency of the tenant. It is imported as an uploaded file would be, and its lines are matched: those that name an invoice are posted, the others wait for a person.',
  parameters: {
    iban: Type.Optional(
      Type.String({
        description: 'Our account.',
        pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$',
        minLength: 15,
        maxLength: 34,
        default: 'DE89370400440532013000',
        examples: ['DE89370400440532013000'],
      }),
    ),
    paid: listOf(Paid, 'Lines that name the reference of an invoice.'),
    unclear: listOf(Unclear, 'Lines of which only the payer can be guessed.'),
    unknown: listOf(Unknown, 'Lines of somebody unknown.'),
  },
  example: { paid: [{ invoice_id: exampleId('invoice') }], unknown: [{ amount: 4_711 }] },
  problems: ['invoice_not_found', 'insufficient_open_amount', 'currency_mismatch'],
  async run(tx, { iban = 'DE89370400440532013000', paid = [], unclear = [], unknown = [] }) {
    const lines: CreditLine[] = []
    for (const one of paid) lines.push(await paidLine(tx, one))
    for (const one of unclear) lines.push(await unclearLine(tx, one))
    lines.push(...unknown.map(unknownLine))
    if (lines.length === 0)
      throw invalidFields({
        pointer: '#/paid',
        code: 'required',
        detail: 'at least one line of any kind is needed',
      })
    const file = Buffer.from(
      writeCamt053({
        id: newId().replaceAll('-', ''),
        iban,
        currency: tx.tenant.currency,
        date: tx.today,
        openingAmount: await lastBalance(tx, iban),
        lines,
      }),
    )
    const { statements } = await importBankFile(tx, {
      sha256: createHash('sha256').update(file).digest(),
      byteCount: file.length,
      csvMappingId: null,
      contents: { format: 'camt', statements: readCamt(file) },
    })
    await matchLines(tx, null)
    return changesOf(tx, statements[0]?.id as string)
  },
})

/** The statement, its lines in their order, and the payments they became. */
async function changesOf({ db, tenant }: Tx, statementId: string): Promise<Change[]> {
  const { rows } = await sql<{ line_id: string; payment_id: string | null }>`
    select line.id as line_id, payment.id as payment_id from bank_line as line
    left join payment on payment.tenant_id = line.tenant_id and payment.bank_line_id = line.id
    where line.tenant_id = ${tenant.id} and line.statement_id = ${statementId} and line.parent_id is null
    order by line.position
  `.execute(db)
  return [
    change('bank_statement', statementId),
    ...rows.map(({ line_id }) => change('bank_line', line_id)),
    ...rows.flatMap(({ payment_id }) => (payment_id ? [change('payment', payment_id)] : [])),
  ]
}

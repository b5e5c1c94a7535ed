import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { limits } from '../../foundation/http/limits.ts'
import {
  Amount,
  At,
  Count,
  Currency,
  Day,
  Id,
  List,
  ListOf,
  Metadata,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import {
  bankFileFormats,
  continuities,
  directions,
  lineStatuses,
  statementFormats,
  statementKinds,
} from './bank-line.ts'
import type { BankAccountRow, BankFileRow, BankLineRow, BankStatementRow } from './table.ts'

type Frame = Pick<Reader, 'tenant'>

const STATEMENTS_MAX = 100_000

const Iban = (description: string) =>
  Text(description, { maxLength: 2_000, example: 'DE89370400440532013000' })
const Reference = (description: string, example: string) =>
  Nullable(Text(description, { maxLength: 2_000, example }))
const Balance = (description: string, example: number) =>
  Nullable(Amount(description, { minimum: -MAX_AMOUNT, example }))

export const BankAccount = named(
  'BankAccount',
  Type.Object(
    {
      ...resourceFields('bank_account'),
      identification: Iban('Its number as banks write it: the IBAN where there is one.'),
      iban: Nullable(Iban('Its IBAN.')),
      bic: Nullable(Text('The BIC of the bank.', { maxLength: 2_000, example: 'COBADEFFXXX' })),
      currency: Currency('Its currency. One number may stand for several accounts.'),
      name: Nullable(Text('Its name, or its owner’s.', { maxLength: 2_000, example: 'Muster AG' })),
      fresh_until_at: Nullable(
        At(
          'Everything booked before this is known, as far as statements tell; null when none does.',
          '2026-03-13T23:00:00.000Z',
        ),
      ),
    },
    { description: 'An account of ours, made by its first statement.' },
  ),
)

/** An account as the API shows it. */
export const accountToJson = (
  account: BankAccountRow,
  { tenant }: Frame,
): Static<typeof BankAccount> => ({
  id: publicId('bank_account', account.id),
  object: 'bank_account',
  version: account.version,
  livemode: tenant.mode === 'live',
  created_at: account.created_at,
  updated_at: account.updated_at,
  identification: account.identification,
  iban: account.iban,
  bic: account.bic,
  currency: account.currency,
  name: account.name,
  fresh_until_at: account.fresh_until_at,
})

const statementFields = {
  ...resourceFields('bank_statement'),
  bank_account_id: Id('bank_account', 'The account.'),
  bank_file_id: Id('bank_file', 'The file it came in.'),
  kind: OneOf(statementKinds, {
    description:
      'A statement has everything booked and balances; a report says during the day what has been booked so far; an advice tells of single movements.',
  }),
  format: OneOf(statementFormats, { description: 'How it was written.' }),
  identification: Reference('The bank’s own id for it.', '2026-03-13-EUR0574'),
  number: Reference('Its number among the statements of the account, with its page.', '53/1'),
  currency: Currency('The currency of the account.'),
  from_date: Nullable(Day('The first day it covers, where it says so.', '2026-03-13')),
  to_date: Nullable(Day('The last day it covers, where it says so.', '2026-03-13')),
  opening_amount: Balance('The balance it begins with, negative when overdrawn.', 1_000_000),
  opening_date: Nullable(Day('The day of the opening balance.', '2026-03-13')),
  closing_amount: Balance('The balance it ends with, negative when overdrawn.', 1_148_810),
  closing_date: Nullable(Day('The day of the closing balance.', '2026-03-13')),
  entry_count: Count('The movements it shows.', { example: 13 }),
  detail_count: Count('The details its movements have.', { example: 26 }),
  not_booked_count: Count('Of its movements, those that are announced or pending, and no money.', {
    example: 0,
  }),
  new_line_count: Count('The lines nobody had shown before.', { example: 13 }),
  duplicate_count: Count('The lines that were known.', { example: 0 }),
  balanced: Nullable(
    YesNo('Whether its movements lead from the opening to the closing balance; null without both.'),
  ),
  continuity: OneOf(continuities, {
    description:
      'Whether it takes up where another one ended. `gap`: a statement before it is missing; `first`: none before it is known.',
    examples: ['continuous'],
  }),
}

export const BankStatement = named(
  'BankStatement',
  Type.Object(statementFields, { description: 'One statement, report or advice of a bank.' }),
)

/** A statement as the API shows it. */
export const statementToJson = (
  statement: BankStatementRow,
  { tenant }: Frame,
): Static<typeof BankStatement> => ({
  id: publicId('bank_statement', statement.id),
  object: 'bank_statement',
  version: statement.version,
  livemode: tenant.mode === 'live',
  created_at: statement.created_at,
  updated_at: statement.updated_at,
  bank_account_id: publicId('bank_account', statement.bank_account_id),
  bank_file_id: publicId('bank_file', statement.bank_file_id),
  kind: statement.kind,
  format: statement.format,
  identification: statement.identification,
  number: statement.number,
  currency: statement.currency,
  from_date: statement.from_date,
  to_date: statement.to_date,
  opening_amount: statement.opening_amount,
  opening_date: statement.opening_date,
  closing_amount: statement.closing_amount,
  closing_date: statement.closing_date,
  entry_count: statement.entry_count,
  detail_count: statement.detail_count,
  not_booked_count: statement.not_booked_count,
  new_line_count: statement.new_line_count,
  duplicate_count: statement.duplicate_count,
  balanced: statement.balanced,
  continuity: statement.continuity,
})

export const BankFile = named(
  'BankFile',
  Type.Object(
    {
      id: Id('bank_file', 'The id.'),
      object: Type.Unsafe<'bank_file'>(
        Type.String({ description: 'What this is.', const: 'bank_file', examples: ['bank_file'] }),
      ),
      livemode: YesNo('False in a test tenant.'),
      created_at: At('When it was imported, by the tenant’s clock.'),
      format: OneOf(bankFileFormats, { description: 'What the file was.' }),
      byte_count: Count('Its size.', { example: 28_351 }),
      line_count: Count('The lines of money it shows: movements, or their parts.', { example: 13 }),
      new_line_count: Count('The lines nobody had shown before.', { example: 13 }),
      duplicate_count: Count('The lines that were known.', { example: 0 }),
      not_booked_count: Count('Movements that are announced or pending, and no money.', {
        example: 0,
      }),
      statements: List(
        Type.Object(
          { ...statementFields, account: Iban('The account as the file names it.') },
          { description: 'A statement, with the account it belongs to.' },
        ),
        { description: 'The statements in it, in their order.', maxItems: STATEMENTS_MAX },
      ),
    },
    { description: 'A file that was imported, and what was in it.' },
  ),
)

/** A file as the API shows it. */
export const fileToJson = (
  file: BankFileRow,
  statements: readonly (BankStatementRow & { account: string })[],
  { tenant }: Frame,
): Static<typeof BankFile> => ({
  id: publicId('bank_file', file.id),
  object: 'bank_file',
  livemode: tenant.mode === 'live',
  created_at: file.created_at,
  format: file.format,
  byte_count: file.byte_count,
  line_count: file.line_count,
  new_line_count: file.new_line_count,
  duplicate_count: file.duplicate_count,
  not_booked_count: file.not_booked_count,
  statements: statements.map((one) => ({
    ...statementToJson(one, { tenant }),
    account: one.account,
  })),
})

export const BankLine = named(
  'BankLine',
  Type.Object(
    {
      ...resourceFields('bank_line'),
      bank_account_id: Id('bank_account', 'The account.'),
      bank_statement_id: Id('bank_statement', 'The statement that showed it first.'),
      parent_id: Nullable(Id('bank_line', 'The batch it is a part of; null for a movement.')),
      status: OneOf(lineStatuses, {
        description: '`batch` is a movement the bank booked as one: its parts are matched, not it.',
      }),
      booking_date: Day('When the bank booked it.', '2026-03-13'),
      value_date: Nullable(Day('From when it bears interest.', '2026-03-13')),
      currency: Currency('Its currency.'),
      amount: Amount('What moved.', { minimum: 1 }),
      direction: OneOf(directions, { description: '`credit`: money came in.' }),
      is_reversal: YesNo('Whether the bank takes back a booking of its own.', { example: false }),
      counterparty_name: Reference('The other side’s name.', 'Muster GmbH'),
      counterparty_iban: Nullable(Iban('The other side’s IBAN or account number.')),
      counterparty_bic: Reference('The other side’s bank.', 'COBADEFFXXX'),
      remittance: Reference('What the payer wrote.', 'Rechnung R-2026-0815'),
      structured_reference: Reference(
        'The creditor reference: RF, QRR or other.',
        'RF18539007547034',
      ),
      end_to_end_id: Reference('The payer’s own id for the payment.', 'E2E-4711'),
      mandate_id: Reference('The mandate of a direct debit.', 'MD-1042'),
      instruction_id: Reference('The id of the order, or of its batch.', 'PMT-2026-03-13'),
      bank_reference: Reference('The bank’s own reference.', '2102830989503100038'),
      bank_text: Reference('What the bank says about it.', 'GUTSCHRIFT'),
      return_reason_code: Reference('Why it came back, ISO 20022.', 'AC04'),
      return_reason_text: Reference('Why it came back, in words.', 'Konto aufgelöst'),
      charges_amount: Nullable(Amount('What the bank took.', { example: 50 })),
      transaction_code: Reference('What kind of movement the bank calls it.', 'PMNT-RCDT-ESCT'),
      metadata: Metadata,
    },
    { description: 'A movement on an account of ours, or a part of one.' },
  ),
)

/** A line as the API shows it. */
export const lineToJson = (line: BankLineRow, { tenant }: Frame): Static<typeof BankLine> => ({
  id: publicId('bank_line', line.id),
  object: 'bank_line',
  version: line.version,
  livemode: tenant.mode === 'live',
  created_at: line.created_at,
  updated_at: line.updated_at,
  bank_account_id: publicId('bank_account', line.bank_account_id),
  bank_statement_id: publicId('bank_statement', line.statement_id),
  parent_id: publicIdOrNull('bank_line', line.parent_id),
  status: line.status,
  booking_date: line.booking_date,
  value_date: line.value_date,
  currency: line.currency,
  amount: line.amount,
  direction: line.direction,
  is_reversal: line.is_reversal,
  counterparty_name: line.counterparty_name,
  counterparty_iban: line.counterparty_iban,
  counterparty_bic: line.counterparty_bic,
  remittance: line.remittance,
  structured_reference: line.structured_reference,
  end_to_end_id: line.end_to_end_id,
  mandate_id: line.mandate_id,
  instruction_id: line.instruction_id,
  bank_reference: line.bank_reference,
  bank_text: line.bank_text,
  return_reason_code: line.return_reason_code,
  return_reason_text: line.return_reason_text,
  charges_amount: line.charges_amount,
  transaction_code: line.transaction_code,
  metadata: line.metadata,
})

export const BankAccountList = ListOf(BankAccount)
export const BankStatementList = ListOf(BankStatement)
export const BankLineList = ListOf(BankLine)

const bank_account_id = Type.Optional(Id('bank_account', 'Only of this account.'))

export const BankAccountQuery = Query(paging)

export const BankStatementQuery = Query({
  ...paging,
  bank_account_id,
  kind: Several(statementKinds, 'Only of these kinds, comma separated.'),
  continuity: Several(continuities, 'Only with these verdicts, comma separated.'),
})

export const BankLineQuery = Query({
  ...paging,
  bank_account_id,
  bank_statement_id: Type.Optional(Id('bank_statement', 'Only what this statement shows.')),
  parent_id: Type.Optional(Id('bank_line', 'Only the parts of this batch.')),
  status: Several(lineStatuses, 'Only in these states, comma separated.'),
  direction: Type.Optional(
    OneOf(directions, { description: 'Only money that came in, or only what went out.' }),
  ),
  currency: Type.Optional(Currency('Only in this currency.')),
  amount: Type.Optional(Amount('Only of exactly this amount.', { minimum: 1 })),
  end_to_end_id: Type.Optional(Text('Only with this id.', { maxLength: 200, example: 'E2E-4711' })),
  booking_date_gte: Type.Optional(Day('Booked on this day or later.', '2026-03-01')),
  booking_date_lte: Type.Optional(Day('Booked on this day or earlier.', '2026-03-31')),
})

export const ImportQuery = Query({
  mapping_id: Type.Optional(
    Id('csv_mapping', 'How to read a CSV file; not needed for anything else.'),
  ),
})

/** The file itself; it is read as it comes and never becomes a value of JSON. */
export const StatementFile = Type.String({
  description: 'The file as the bank made it: camt.052, .053 or .054, MT940, MT942, CSV, or a zip.',
  format: 'binary',
  maxLength: limits.bankFileBytesMax,
  examples: ['<Document><BkToCstmrStmt>…</BkToCstmrStmt></Document>'],
})

/** The same, as a form sends it. */
export const StatementForm = Type.Object(
  { file: Type.Optional(StatementFile) },
  { description: 'A form with the file as its only part.', additionalProperties: false },
)

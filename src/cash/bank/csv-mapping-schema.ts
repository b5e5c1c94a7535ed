import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  Currency,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import {
  type CsvMappingSettings,
  csvDateFormats,
  csvEncodings,
  csvSeparators,
  signRules,
} from './csv-mapping.ts'
import type { CsvMappingRow } from './table.ts'

const Column = (description: string, example: string) =>
  Text(description, { maxLength: 200, example })
const optional = (description: string, example: string) =>
  Type.Optional(Column(description, example))

export const CsvColumns = named(
  'CsvColumns',
  Body(
    {
      booking_date: Column('When the bank booked it.', 'Buchungstag'),
      value_date: optional('The value date.', 'Valutadatum'),
      amount: optional('The amount, unless there are two columns for it.', 'Betrag'),
      credit_amount: optional('What came in, with `two_columns`.', 'Haben'),
      debit_amount: optional('What went out, with `two_columns`.', 'Soll'),
      direction: optional('Which way it went, with `direction_column`.', 'S/H'),
      currency: optional('The currency.', 'Währung'),
      account: optional('Whose statement it is.', 'Auftragskonto'),
      counterparty_name: optional('The other side’s name.', 'Begünstigter'),
      counterparty_iban: optional('The other side’s account.', 'Kontonummer'),
      counterparty_bic: optional('The other side’s bank.', 'BLZ'),
      remittance: Type.Optional(
        List(Column('A column.', 'Verwendungszweck'), {
          description: 'What the payer wrote; several columns are joined.',
          maxItems: 10,
          examples: [['Verwendungszweck']],
        }),
      ),
      end_to_end_id: optional('The end-to-end id.', 'Kundenreferenz'),
      mandate_id: optional('The mandate.', 'Mandatsreferenz'),
      bank_reference: optional('The bank’s reference, different for each movement.', 'Volgnr'),
      transaction_code: optional('What kind of movement it is.', 'Buchungstext'),
    },
    {
      description:
        'Where each thing stands: the name of a column as the header has it, or `#3` for the third.',
    },
  ),
)

const settings = {
  separator: OneOf(csvSeparators, { description: 'What stands between two columns.' }),
  encoding: OneOf(csvEncodings, { description: 'How the characters are written.' }),
  skip_line_count: Count('Lines before the header, or before the first row without one.', {
    maximum: 1_000,
    example: 0,
  }),
  has_header: YesNo('Whether the columns have names.'),
  date_format: OneOf(csvDateFormats, {
    description: 'How dates are written.',
    examples: ['DD.MM.YYYY'],
  }),
  decimal_sign: OneOf(['.', ','], {
    description: 'What stands before the cents.',
    examples: [','],
  }),
  sign: OneOf(signRules, {
    description:
      'What says which way money went: the sign of the amount, a column of its own, or two columns of amounts.',
  }),
  debit_words: List(Text('A word.', { maxLength: 40, example: 'S' }), {
    description: 'The words of the direction column that mean that money went out.',
    maxItems: 20,
    examples: [['S', 'D']],
  }),
  columns: ref(CsvColumns),
  account: Nullable(
    Text('Whose statement it is, where no column says so.', {
      maxLength: 60,
      example: 'DE89370400440532013000',
    }),
  ),
  currency: Nullable(Currency('The currency, where no column says so.')),
}

const optionalSettings = {
  separator: Type.Optional({ ...settings.separator, default: ';' as const }),
  encoding: Type.Optional({ ...settings.encoding, default: 'utf-8' as const }),
  skip_line_count: Type.Optional({ ...settings.skip_line_count, default: 0 }),
  has_header: Type.Optional({ ...settings.has_header, default: true }),
  date_format: settings.date_format,
  decimal_sign: settings.decimal_sign,
  sign: Type.Optional({ ...settings.sign, default: 'signed' as const }),
  debit_words: Type.Optional(settings.debit_words),
  columns: settings.columns,
  account: Type.Optional(settings.account),
  currency: Type.Optional(settings.currency),
}

const Name = Text('What to call it.', { example: 'Sparkasse, Umsätze' })

export const CreateCsvMapping = named(
  'CreateCsvMapping',
  Body(
    { name: Name, ...optionalSettings },
    { description: 'How a bank’s CSV export is to be read.' },
  ),
)

export const CsvMapping = named(
  'CsvMapping',
  Type.Object(
    { ...resourceFields('csv_mapping'), name: Name, ...settings },
    { description: 'How a bank’s CSV export is read.' },
  ),
)

export const CsvMappingList = ListOf(CsvMapping)
export const CsvMappingQuery = Query(paging)

/** What the API was told about a mapping, as the commands take it. */
export function mappingSettings({
  name: _,
  ...body
}: Static<typeof CreateCsvMapping>): CsvMappingSettings {
  return {
    separator: body.separator ?? ';',
    encoding: body.encoding ?? 'utf-8',
    skip_line_count: body.skip_line_count ?? 0,
    has_header: body.has_header ?? true,
    date_format: body.date_format,
    decimal_sign: body.decimal_sign,
    sign: body.sign ?? 'signed',
    debit_words: body.debit_words ?? [],
    columns: body.columns,
    account: body.account ?? null,
    currency: body.currency ?? null,
  }
}

/** A mapping as the API shows it. */
export const mappingToJson = (
  mapping: CsvMappingRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CsvMapping> => ({
  id: publicId('csv_mapping', mapping.id),
  object: 'csv_mapping',
  version: mapping.version,
  livemode: tenant.mode === 'live',
  created_at: mapping.created_at,
  updated_at: mapping.updated_at,
  name: mapping.name,
  ...mapping.settings,
})

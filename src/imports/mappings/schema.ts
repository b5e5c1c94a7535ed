import { type Static, Type } from '@sinclair/typebox'
import { csvDateFormats, csvSeparators } from '../../cash/bank/csv-mapping.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { fileEncodings, type MappingSettings } from '../csv/reading.ts'
import { importResources } from '../import.ts'
import type { ImportMappingRow } from '../table.ts'

const FIELDS_MAX = 200

const Field = Type.String({
  description:
    'A field of the row: `name`, `customer_external_id`, `address.city`, `contacts.0.email`, `metadata.cost_center`.',
  pattern: '^[a-z][a-z0-9_]*(\\.[A-Za-z0-9_.:-]+)?$',
  maxLength: 200,
  examples: ['total_amount'],
})

const settings = {
  separator: OneOf(csvSeparators, { description: 'What stands between two columns.' }),
  encoding: OneOf(fileEncodings, {
    description: 'How the characters are written; a byte order mark goes before it.',
    examples: ['windows-1252'],
  }),
  skip_line_count: Count('Lines before the header, or before the first row without one.', {
    maximum: 1_000,
    example: 0,
  }),
  has_header: YesNo('Whether the columns have names; `#3` is the third in any case.'),
  date_format: OneOf(csvDateFormats, {
    description: 'How dates are written.',
    examples: ['DD.MM.YYYY'],
  }),
  decimal_sign: Nullable(
    OneOf(['.', ','], {
      description:
        'What stands before the cents of amounts, which are then read by the currency of their row; null where they are minor units.',
      examples: [','],
    }),
  ),
  columns: List(
    Body(
      {
        column: Text('The name of a column, as the header has it.', { example: 'Betrag' }),
        field: Field,
      },
      { description: 'Which field stands in a column.' },
    ),
    {
      description: 'Which columns are which fields; other columns are left out.',
      minItems: 1,
      maxItems: FIELDS_MAX,
    },
  ),
  defaults: List(
    Body(
      {
        field: Field,
        value: Type.Unsafe<string | number | boolean>({
          type: ['string', 'number', 'boolean'],
          description: 'The value, as JSON has it.',
          maxLength: 500,
          format: 'text',
          examples: ['EUR'],
        }),
      },
      { description: 'What a field is unless its column says otherwise.' },
    ),
    { description: 'What fields are that no column says.', maxItems: FIELDS_MAX },
  ),
}

const { separator, encoding, skip_line_count, has_header, date_format, decimal_sign } = settings

const Name = Text('What to call it.', { example: 'Open items of the old ERP' })
const Resource = OneOf(importResources, { description: 'What its rows are.' })

export const SaveImportMapping = named(
  'SaveImportMapping',
  Body(
    {
      name: Name,
      resource: Resource,
      separator: Type.Optional({ ...separator, default: ';' as const }),
      encoding: Type.Optional({ ...encoding, default: 'utf-8' as const }),
      skip_line_count: Type.Optional({ ...skip_line_count, default: 0 }),
      has_header: Type.Optional({ ...has_header, default: true }),
      date_format: Type.Optional({ ...date_format, default: 'YYYY-MM-DD' as const }),
      decimal_sign: Type.Optional(decimal_sign),
      columns: settings.columns,
      defaults: Type.Optional(settings.defaults),
    },
    { description: 'How CSV files of another system are to be read.' },
  ),
)

export const ImportMapping = named(
  'ImportMapping',
  Type.Object(
    { ...resourceFields('import_mapping'), name: Name, resource: Resource, ...settings },
    { description: 'How CSV files of another system are read.' },
  ),
)

export const ImportMappingList = ListOf(ImportMapping)
export const ImportMappingQuery = Query(paging)

/** What the API was told about a mapping, as the commands take it. */
export const mappingSettings = (body: Static<typeof SaveImportMapping>): MappingSettings => ({
  separator: body.separator ?? ';',
  encoding: body.encoding ?? 'utf-8',
  skip_line_count: body.skip_line_count ?? 0,
  has_header: body.has_header ?? true,
  date_format: body.date_format ?? 'YYYY-MM-DD',
  decimal_sign: body.decimal_sign ?? null,
  columns: body.columns,
  defaults: body.defaults ?? [],
})

/** A mapping as the API shows it. */
export const importMappingToJson = (
  mapping: ImportMappingRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof ImportMapping> => ({
  id: publicId('import_mapping', mapping.id),
  object: 'import_mapping',
  version: mapping.version,
  livemode: tenant.mode === 'live',
  created_at: mapping.created_at,
  updated_at: mapping.updated_at,
  name: mapping.name,
  resource: mapping.resource,
  ...mapping.settings,
})

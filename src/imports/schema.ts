import { type Static, Type } from '@sinclair/typebox'
import '../billing/credit-note-schema.ts'
import './row-schema.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { limits } from '../foundation/http/limits.ts'
import { FieldError } from '../foundation/http/problem-answers.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  ExternalId,
  exampleId,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Several,
  YesNo,
} from '../foundation/http/schema.ts'
import { idPattern, publicId, publicIdOrNull } from '../foundation/id.ts'
import { problems } from '../foundation/problem.ts'
import {
  type ImportResource,
  importModes,
  importResources,
  importStatuses,
  outcomes,
  resultKinds,
} from './import.ts'
import { importable } from './resources.ts'
import type { ImportRecord, ResultRow } from './table.ts'

const Resource = OneOf(importResources, {
  description:
    'What the rows are: each has the shape of the body that would create it alone (`CreateCustomer`, `CreateInvoice`, `CreateCreditNote`, `CreatePayment`), or of `ImportContact`, `ImportCreditLimit` or `ImportOpeningBalance`.',
  examples: ['invoices'],
})
const Mode = OneOf(importModes, {
  description:
    '`create` refuses an external id that exists; `upsert` does to each row what PUT by external id does, and nothing to a document or a payment that is there already. `create` unless given; `upsert` for opening balances.',
  examples: ['upsert'],
})
const Atomic = YesNo('True to keep all rows or none. False unless given.', { example: false })
const DryRun = YesNo(
  'True to learn what would become of each row, and keep none of them. False unless given.',
  { example: false },
)

const CutOver = Day(
  'Of opening balances: the day of the move. They count from that day on; reports as of days before show nothing.',
  '2026-01-01',
)
const ControlTotal = named(
  'ControlTotal',
  Body(
    {
      currency: Currency(),
      open_amount: Amount('What all items are open with.', { example: 12_345_600 }),
      unallocated_amount: Amount('What all credits still hold.', { example: 0 }),
    },
    { description: 'What the opening balances of one currency add up to in the system before.' },
  ),
)
const CURRENCIES_MAX = 50

const example = {
  customer_external_id: 'C-1042',
  external_id: 'SAP-0090004711',
  number: 'R-2026-0815',
  currency: 'EUR',
  issue_date: '2026-03-01',
  due_date: '2026-03-31',
  total_amount: 148810,
  issue: true,
}

export const CreateImport = named(
  'CreateImport',
  Body(
    {
      resource: Resource,
      mode: Type.Optional(Mode),
      atomic: Type.Optional(Atomic),
      dry_run: Type.Optional(DryRun),
      cut_over_date: Type.Optional(CutOver),
      control_totals: Type.Optional(
        List(ref(ControlTotal), {
          description:
            'Of opening balances: what they add up to, for each of their currencies. Where they do not, nothing is taken over.',
          minItems: 1,
          maxItems: CURRENCIES_MAX,
        }),
      ),
      items: List(
        Type.Unsafe<unknown>({
          description:
            'A row. Besides `customer_id` and `invoice_id` it may say `customer_external_id` and `invoice_external_id`. It is judged by itself: one that is wrong fails alone.',
          examples: [example],
        }),
        {
          description: 'The rows, in their order.',
          maxItems: limits.importRowsMax,
          examples: [[example]],
        },
      ),
    },
    { description: 'Rows to import. A row may be as large as any other request body.' },
  ),
)

/** Newline-delimited JSON is text to us: what a line says is judged when its turn comes. */
export const ImportLines = Type.String({
  description: `One JSON object per line, ${limits.importRowsMax} lines at most; what is to be done with them stands in the query.`,
  maxLength: limits.importBytesMax,
  format: 'opaque',
  examples: [`${JSON.stringify(example)}\n`],
})

/** A file of another system, or an export of ours. */
export const ImportCsv = Type.String({
  description: `Comma-separated values, ${limits.importRowsMax} rows at most: read by the mapping that the query names, or by columns named like fields, with amounts in minor units, as our exports are. An empty cell says nothing.`,
  maxLength: limits.importBytesMax,
  format: 'opaque',
  examples: ['external_id,name,kind,country,currency\r\nC-1042,Muster GmbH,business,DE,EUR\r\n'],
})

export const CreateImportQuery = Query({
  resource: Type.Optional(Resource),
  mode: Type.Optional(Mode),
  atomic: Type.Optional(Atomic),
  dry_run: Type.Optional(DryRun),
  mapping_id: Type.Optional(Id('import_mapping', 'How the columns of a CSV file are read.')),
  cut_over_date: Type.Optional(CutOver),
  control_totals: Type.Optional(
    Type.Unsafe<string[]>({
      type: 'array',
      description:
        'Of opening balances, comma separated: currency, what all items are open with, and what all credits still hold, in minor units.',
      minItems: 1,
      maxItems: CURRENCIES_MAX,
      items: { type: 'string', maxLength: 37, pattern: '^[A-Z]{3}:\\d{1,16}(:\\d{1,16})?$' },
      examples: [['EUR:12345600:20000']],
      style: 'form',
      explode: false,
    }),
  ),
})

export const Import = named(
  'Import',
  Type.Object(
    {
      ...resourceFields('import'),
      resource: Resource,
      mode: Mode,
      atomic: YesNo('Whether all rows are kept or none.', { example: false }),
      dry_run: YesNo('Whether nothing of it is kept.', { example: false }),
      status: OneOf(importStatuses, {
        description:
          'Where it stands. `succeeded` means that every row has an outcome; `failed` that nothing was kept, because all rows failed or one of an atomic import.',
        examples: ['succeeded'],
      }),
      total_count: Count('The rows it has.', { example: 10_000 }),
      succeeded_count: Count('The rows that did not fail so far.', { example: 9_998 }),
      failed_count: Count('The rows that failed so far.', { example: 2 }),
      created_count: Count('The rows that created something so far.', { example: 9_000 }),
      updated_count: Count('The rows that changed something so far.', { example: 98 }),
      unchanged_count: Count('The rows that said what was known already.', { example: 900 }),
      cut_over_date: Nullable(CutOver),
      control_totals: Nullable(
        List(ref(ControlTotal), {
          description: 'What opening balances have to add up to; null for everything else.',
          maxItems: CURRENCIES_MAX,
        }),
      ),
      finished_at: Nullable(At('When it ended; null as long as it has not.')),
    },
    {
      description:
        'Thousands of rows sent at once, done in the background, with an outcome for each. Its counts grow without a new version.',
    },
  ),
)

export const ImportList = ListOf(Import)

const codes = Object.keys(problems)

const prefixOf = (kind: (typeof resultKinds)[number]): string => idPattern(kind).slice(1, 4)

const ImportRowProblem = named(
  'ImportRowProblem',
  Type.Object(
    {
      code: Type.String({
        description: 'Stable and machine-readable; branch on it. New codes may be added.',
        maxLength: 60,
        format: 'text',
        examples: ['validation_failed'],
        'x-extensible-enum': codes,
      }),
      status: Type.Integer({
        description: 'The HTTP status a request of its own would have been answered with.',
        format: 'int32',
        minimum: 400,
        maximum: 599,
        examples: [422],
      }),
      title: Type.String({
        description: 'The code in words.',
        maxLength: 200,
        format: 'text',
        examples: ['Validation failed'],
      }),
      detail: Type.String({
        description: 'What is wrong with this row.',
        maxLength: 1000,
        format: 'text',
        examples: ['1 field is invalid.'],
      }),
      errors: Type.Optional(
        List(ref(FieldError), {
          description:
            'The fields that are wrong, by their place in the row; for a CSV file with `params.column`.',
          maxItems: 50,
        }),
      ),
    },
    {
      description: 'Why a row failed. Some codes carry further members, such as `conflicting_id`.',
      additionalProperties: true,
    },
  ),
)

export const ImportResult = named(
  'ImportResult',
  Type.Object(
    {
      row: Count('Its place in the import, from 1; empty lines do not count.', { minimum: 1 }),
      line: Nullable(
        Count('The line of the file on which it begins; null for a body of JSON.', { minimum: 1 }),
      ),
      external_id: Nullable(ExternalId('The external id the row gave.')),
      outcome: OneOf(outcomes, { description: 'What became of it.' }),
      resource_id: Nullable(
        Type.String({
          description:
            'What it created, changed or found; null when it failed, and for what a dry run would have created.',
          pattern: `^(${resultKinds.map(prefixOf).join('|')})_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
          maxLength: 30,
          examples: [exampleId('invoice')],
        }),
      ),
      problem: Nullable(ref(ImportRowProblem)),
    },
    { description: 'What became of one row of an import.' },
  ),
)

export const ImportResultList = ListOf(ImportResult)

/** The rows that failed, in the form in which they came. */
export const ImportErrors = Type.Unsafe<never>({
  description: 'The rows that failed, each with what is wrong with it.',
  content: {
    'application/x-ndjson': {
      schema: {
        type: 'string',
        format: 'opaque',
        maxLength: limits.importBytesMax * 2,
        description: 'One row per line, as JSON.',
        examples: ['{"external_id":"C-2","import_error":"validation_failed: …"}\n'],
      },
    },
    'text/csv': {
      schema: {
        type: 'string',
        format: 'opaque',
        maxLength: limits.importBytesMax * 2,
        description: 'The columns of the file, and one for what is wrong.',
        examples: ['external_id,name,import_error\r\n'],
      },
    },
  },
})

export const ImportQuery = Query({
  ...paging,
  resource: Several(importResources, 'Only imports of these resources.'),
  status: Several(importStatuses, 'Only these statuses.'),
})

export const ImportResultQuery = Query({
  ...paging,
  status: Several(outcomes, 'Only rows with these outcomes.'),
})

/** The id of an import in a path. */
export const ImportParams = Type.Object(
  { id: Id('import', 'The import.') },
  { additionalProperties: false },
)

/** An import as the API shows it. */
export const importToJson = (
  record: ImportRecord,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Import> => ({
  id: publicId('import', record.id),
  object: 'import',
  version: record.version,
  livemode: tenant.mode === 'live',
  resource: record.resource,
  mode: record.mode,
  atomic: record.atomic,
  dry_run: record.dry_run,
  status: record.status,
  total_count: record.total_count,
  succeeded_count: record.created_count + record.updated_count + record.unchanged_count,
  failed_count: record.failed_count,
  created_count: record.created_count,
  updated_count: record.updated_count,
  unchanged_count: record.unchanged_count,
  cut_over_date: record.cut_over_date,
  control_totals: record.control_totals,
  finished_at: record.finished_at,
  created_at: record.created_at,
  updated_at: record.updated_at,
})

/** A result as the API shows it. */
export const resultToJson = (
  result: ResultRow,
  resource: ImportResource,
): Static<typeof ImportResult> => ({
  row: result.row,
  line: result.line,
  external_id: result.external_id,
  outcome: result.outcome,
  resource_id: publicIdOrNull(
    result.resource_kind ?? importable[resource].kind,
    result.resource_id,
  ),
  problem: result.problem,
})

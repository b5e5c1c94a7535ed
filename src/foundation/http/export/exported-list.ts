import { type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../../problem.ts'
import { expandableMembersOf } from '../expand.ts'
import { OneOf, rowsOfLists } from '../schema.ts'
import { type Column, columnsOf } from './columns.ts'

/** How the rows of a list may come. */
const exportFormats = ['ndjson', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

const contentTypes: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
}

export const contentTypeOf = (format: ExportFormat): string =>
  `${contentTypes[format]}; charset=utf-8`

/** A list as an export sees it. */
export interface ExportedList {
  row: TSchema
  columns: readonly Column[]
  /** The members of a row that are only there when asked for. */
  expandable: readonly string[]
}

const lists = new Map<TSchema, ExportedList>()

/** The list a query answers with; undefined when it answers with anything else. */
export function exportedListOf(answers: Record<number, TSchema>): ExportedList | undefined {
  const answer = answers[200]
  const row = answer && rowsOfLists.get(answer)
  if (answer === undefined || row === undefined) return undefined
  const known = lists.get(answer) ?? {
    row,
    columns: columnsOf(row),
    expandable: expandableMembersOf(answers),
  }
  lists.set(answer, known)
  return known
}

/** The list with the columns of what was expanded, and of nothing else that could have been. */
export const withExpanded = (list: ExportedList, expand: readonly string[]): ExportedList => ({
  ...list,
  columns: list.columns.filter(
    ({ path: [name = ''] }) => !list.expandable.includes(name) || expand.includes(name),
  ),
})

/** The query parameters every list takes besides its own. */
const parameters = {
  format: Type.Optional(
    OneOf(['json', ...exportFormats], {
      description:
        'How the rows come: as pages of JSON; or all that match, in one consistent snapshot and the same order, as newline-delimited JSON or as CSV (RFC 4180, UTF-8, amounts in minor units). An export takes no `limit`, and with `cursor` begins there. A connection that breaks before its end means that the export is not whole.',
      default: 'json',
      examples: ['json'],
    }),
  ),
  fields: Type.Optional(
    Type.Unsafe<string[]>({
      type: 'array',
      description:
        'The fields of an export, comma separated, in the order of the columns: `id,number,metadata.cost_center`. Objects within a row are named with dots.',
      minItems: 1,
      maxItems: 200,
      items: {
        type: 'string',
        pattern: '^[a-z][a-z0-9_]*(\\.[A-Za-z0-9_.:-]+)?$',
        maxLength: 200,
      },
      examples: [['id', 'created_at']],
      style: 'form',
      explode: false,
    }),
  ),
}

/** The query of a list with the parameters of an export. */
export const withExportParameters = (query: TSchema | undefined): TObject =>
  Type.Object(
    { ...(query?.properties as TProperties | undefined), ...parameters },
    { additionalProperties: false },
  )

const Lines = {
  type: 'string',
  format: 'opaque',
  maxLength: 1_000_000_000,
  description: 'One row of the list per line, as JSON.',
  examples: ['{"id":"…"}\n'],
}

const Csv = {
  type: 'string',
  format: 'opaque',
  maxLength: 1_000_000_000,
  description:
    'RFC 4180 in UTF-8, with a line of column names; text that a spreadsheet would run as a formula has an apostrophe before it.',
  examples: ['id,created_at\r\n'],
}

/** CSV as the form of an answer. */
export const csvForm = { [contentTypes.csv]: { schema: Csv } }

/** The forms of a list besides JSON, by media type. */
export const exportForms = { [contentTypes.ndjson]: { schema: Lines }, ...csvForm }

/** What a caller wants of a list instead of pages of JSON. */
export interface WantedExport {
  format: ExportFormat
  fields: string[] | undefined
}

/** Takes from a list's query what concerns its form; what is left there is what the list itself is asked. */
export function takeForm(request: FastifyRequest): WantedExport | undefined {
  const { format, fields, ...asked } = request.query as { format?: string; fields?: string[] }
  request.query = asked
  if (format === 'ndjson' || format === 'csv') {
    if (new URLSearchParams(request.url.split('?')[1]).has('limit'))
      throw refused('limit', 'has no meaning for an export, which has no pages')
    return { format, fields }
  }
  if (fields !== undefined) throw refused('fields', 'is for format=ndjson and format=csv')
  return undefined
}

const refused = (pointer: string, detail: string): Problem =>
  new Problem('invalid_parameter', {
    errors: [{ in: 'query', pointer, code: 'not_with_format', detail }],
  })

import type { ValidateFunction } from 'ajv'
import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { invalidBy } from '../foundation/http/errors.ts'
import { bodyValidator } from '../foundation/http/validators.ts'
import { publicId } from '../foundation/id.ts'
import { type FieldError, invalidFields, Problem } from '../foundation/problem.ts'
import { bodyOfCells, withColumn } from './csv/body-of-cells.ts'
import { ERROR_COLUMN } from './csv/reading.ts'
import type { ImportMode, ImportResource, RowProblem } from './import.ts'
import { isStorable, parseRow } from './parse-row.ts'
import { importable, type Referred } from './resources.ts'
import type { ImportRecord, PendingRow } from './table.ts'

/** A row that has been read: a body that its operation would take, or the problem that it would answer. */
export interface ReadRow {
  row: number
  externalId: string | null
  content: unknown
  /** A problem with the row, said in the words of the file it came in. */
  inFile: (problem: RowProblem) => RowProblem
}

/**
 * Reads rows as the operation that creates their resource would read its body: by the same schema and validator.
 * External ids that stand for customers and invoices are looked up for all rows together and replaced beforehand.
 */
export async function readRows(
  reader: Reader,
  { resource, mode, csv }: Pick<ImportRecord, 'resource' | 'mode' | 'csv'>,
  pending: readonly PendingRow[],
): Promise<ReadRow[]> {
  const { schema, refersTo } = importable[resource]
  const parsed = pending.map((row) => ({ row: row.row, content: contentOf(row, resource, csv) }))
  const wanted: Wanted = { customer: new Set(), invoice: new Set() }
  if (refersTo.length > 0) for (const { content } of parsed) referencesIn(content, wanted)
  const known: Known = {
    customer: await idsOf(reader, 'customer', wanted.customer),
    invoice: await idsOf(reader, 'invoice', wanted.invoice),
  }
  const validate = bodyValidator(schema)
  return parsed.map(({ row, content }) => ({
    row,
    externalId: externalIdOf(content),
    content:
      content instanceof Problem ? content : judge(content, { resource, mode, known, validate }),
    inFile: (problem) =>
      csv === null || problem.errors === undefined
        ? problem
        : { ...problem, errors: problem.errors.map((error) => withColumn(error, csv)) },
  }))
}

/** What a row says: as JSON, or by the columns of its file. What an error file adds to a row is no part of it. */
function contentOf(row: PendingRow, resource: ImportResource, csv: ImportRecord['csv']): unknown {
  const said = parseRow(row)
  if (csv !== null && Array.isArray(said)) return bodyOfCells(csv, resource, said as string[])
  if (!isObject(said) || !(ERROR_COLUMN in said)) return said
  const { [ERROR_COLUMN]: _, ...content } = said
  return content
}

/** The external id a row gives, if it is one that can be shown. */
function externalIdOf(content: unknown): string | null {
  const id = isObject(content) ? content.external_id : undefined
  return typeof id === 'string' && id !== '' && id.length <= 200 && isStorable(id) ? id : null
}

type Wanted = Record<Referred, Set<string>>
type Known = Record<Referred, Map<string, string>>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Problem)

/** Collects the external ids that a row names instead of ids. */
function referencesIn(content: unknown, wanted: Wanted): void {
  if (!isObject(content)) return
  collect(content.customer_external_id, wanted.customer)
  collect(content.invoice_external_id, wanted.invoice)
  if (!Array.isArray(content.allocations)) return
  for (const allocation of content.allocations)
    if (isObject(allocation)) collect(allocation.invoice_external_id, wanted.invoice)
}

function collect(id: unknown, into: Set<string>): void {
  if (typeof id === 'string' && isStorable(id)) into.add(id)
}

async function idsOf(
  { db, tenant }: Reader,
  table: Referred,
  externalIds: Set<string>,
): Promise<Map<string, string>> {
  if (externalIds.size === 0) return new Map()
  const rows = await db
    .selectFrom(table)
    .select(['id', 'external_id'])
    .where('tenant_id', '=', tenant.id)
    .where('external_id', '=', sql<string>`any(${[...externalIds]})`)
    .execute()
  return new Map(rows.map(({ id, external_id }) => [external_id as string, publicId(table, id)]))
}

interface Rules {
  resource: ImportResource
  mode: ImportMode
  known: Known
  validate: ValidateFunction
}

/** What is wrong with a row's references; whoever finds none is an error only when all else is right. */
interface Faults {
  errors: FieldError[]
  missing: Problem | undefined
}

function judge(content: unknown, { resource, mode, known, validate }: Rules): unknown {
  const faults: Faults = { errors: [], missing: undefined }
  const { refersTo, hasExternalId } = importable[resource]
  const body = withIds(content, refersTo, known, faults)
  const valid = validate(body)
  if (!valid || faults.errors.length > 0) return invalid(valid ? [] : validate.errors, faults)
  const isFound = mode === 'upsert' && hasExternalId
  if (isFound && ((body as { external_id?: string | null }).external_id ?? null) === null)
    return invalidFields({
      pointer: '#/external_id',
      code: 'required',
      detail: 'is needed to upsert',
    })
  return faults.missing ?? body
}

function invalid(violations: ValidateFunction['errors'], faults: Faults): Problem {
  const { details } = invalidBy(violations ?? [], 'body')
  const errors = [...faults.errors, ...(details.errors ?? [])]
  const detail = `${errors.length} ${errors.length === 1 ? 'field is' : 'fields are'} invalid.`
  return new Problem('validation_failed', { detail, errors })
}

/** The row with ids in the place of external ids. */
function withIds(
  content: unknown,
  refersTo: readonly Referred[],
  known: Known,
  faults: Faults,
): unknown {
  if (!isObject(content) || refersTo.length === 0) return content
  const body = refersTo.reduce(
    (row, referred) => withId(row, referred, '#', known, faults),
    content,
  )
  if (!Array.isArray(body.allocations)) return body
  return {
    ...body,
    allocations: body.allocations.map((allocation: unknown, index) =>
      isObject(allocation)
        ? withId(allocation, 'invoice', `#/allocations/${index}`, known, faults)
        : allocation,
    ),
  }
}

/** Stands in for an id that was not found, so that the rest of the row can be judged. */
const NOBODY = '00000000-0000-7000-8000-000000000000'

function withId(
  given: Record<string, unknown>,
  referred: Referred,
  place: string,
  known: Known,
  faults: Faults,
): Record<string, unknown> {
  const field = `${referred}_external_id`
  if (!(field in given)) return given
  const { [field]: externalId, ...rest } = given
  const fault = (code: string, detail: string, params?: Record<string, unknown>): FieldError => ({
    in: 'body',
    pointer: `${place}/${field}`,
    code,
    detail,
    ...(params && { params }),
  })
  const id = typeof externalId === 'string' ? known[referred].get(externalId) : undefined
  if (typeof externalId !== 'string') faults.errors.push(fault('type', 'must be string'))
  else if (`${referred}_id` in rest)
    faults.errors.push(fault('alternative', `must not be given beside ${referred}_id`))
  else if (id === undefined)
    faults.missing ??= new Problem(`${referred}_not_found`, {
      errors: [fault(`${referred}_not_found`, 'is not known', { external_id: externalId })],
    })
  return { ...rest, [`${referred}_id`]: id ?? publicId(referred, NOBODY) }
}

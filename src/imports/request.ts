import type { Static } from '@sinclair/typebox'
import type { ReceivedFile } from '../foundation/http/received-file.ts'
import { Problem } from '../foundation/problem.ts'
import type { CreateImport as Request } from './create-import.ts'
import type { MappingSettings } from './csv/reading.ts'
import { type GivenRows, rowsOfCsv, rowsOfItems, rowsOfLines } from './given-rows.ts'
import type { ControlTotal, ImportResource } from './import.ts'
import type { CreateImport, CreateImportQuery } from './schema.ts'

type Query = Static<typeof CreateImportQuery>
type Settings = Omit<Query, 'mapping_id' | 'control_totals'> & {
  control_totals?: readonly ControlTotal[] | undefined
}

/** What an import is asked to do, but for its rows. */
export type Wanted = Omit<Request, 'given'>

/**
 * What an import was asked for, in either form: JSON says it in the body, files in the query. A JSON body may repeat
 * the query but not contradict it, so that a `dry_run` in the wrong place is never taken for an import.
 */
export function wantedOf(body: Static<typeof CreateImport> | '', query: Query): Wanted {
  const asked = { ...query, control_totals: query.control_totals?.map(controlTotalOf) }
  const { resource, mode, atomic, dry_run, cut_over_date, control_totals } = agreed(
    body === '' ? {} : body,
    asked,
  )
  if (resource === undefined) throw refused('resource', 'required', 'is needed with a file')
  const isOpening = resource === 'opening_balances'
  for (const [name, value] of Object.entries({ cut_over_date, control_totals })) {
    if (isOpening && value === undefined)
      throw refused(name, 'required', 'is needed for opening balances')
    if (!isOpening && value !== undefined)
      throw refused(name, 'not_with_resource', 'is for opening balances')
  }
  if (isOpening && atomic === false)
    throw refused('atomic', 'const', 'is true for opening balances: they are taken over as a whole')
  return {
    resource,
    mode: mode ?? (isOpening ? 'upsert' : 'create'),
    atomic: atomic ?? isOpening,
    dryRun: dry_run ?? false,
    opening:
      cut_over_date && control_totals
        ? { cutOverDate: cut_over_date, controlTotals: control_totals }
        : null,
  }
}

/** The rows of an import, in whichever form they came. */
export async function givenRows(
  body: Static<typeof CreateImport> | '',
  file: ReceivedFile | undefined,
  resource: ImportResource,
  mapping: MappingSettings | null,
): Promise<GivenRows> {
  if (mapping !== null && file?.mediaType !== 'text/csv')
    throw refused('mapping_id', 'not_with_type', 'is for text/csv')
  if (body !== '') return rowsOfItems(body.items)
  if (file === undefined) throw new Problem('malformed_request')
  return file.mediaType === 'text/csv' ? rowsOfCsv(file, resource, mapping) : rowsOfLines(file)
}

/** `EUR:1234500` or `EUR:1234500:20000`, as the pattern of the query has it. */
function controlTotalOf(text: string): ControlTotal {
  const [currency = '', open = '0', unallocated = '0'] = text.split(':')
  return { currency, open_amount: Number(open), unallocated_amount: Number(unallocated) }
}

const settingNames = [
  'resource',
  'mode',
  'atomic',
  'dry_run',
  'cut_over_date',
  'control_totals',
] as const

function agreed(body: Settings, query: Settings): Settings {
  for (const name of settingNames) {
    const [said, asked] = [body[name], query[name]]
    if (said !== undefined && asked !== undefined && JSON.stringify(said) !== JSON.stringify(asked))
      throw refused(name, 'contradicts', 'must not contradict the body')
  }
  return { ...query, ...body }
}

const refused = (pointer: string, code: string, detail: string): Problem =>
  new Problem('invalid_parameter', { errors: [{ in: 'query', pointer, code, detail }] })

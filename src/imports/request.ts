import type { Static } from '@sinclair/typebox'
import { Problem } from '../foundation/problem.ts'
import type { CreateImport as Request } from './create-import.ts'
import { rowsOfItems, rowsOfLines } from './given-rows.ts'
import type { CreateImport, CreateImportQuery } from './schema.ts'

type Settings = Static<typeof CreateImportQuery>

/**
 * What an import was asked for, in either form: JSON says it in the body, lines in the query. A JSON body may repeat
 * the query but not contradict it, so that a `dry_run` in the wrong place is never taken for an import.
 */
export function requestOf(body: Static<typeof CreateImport> | string, query: Settings): Request {
  const given: Settings = typeof body === 'string' ? {} : body
  const { resource, mode, atomic, dry_run } = agreed(given, query)
  if (resource === undefined) throw refused('resource', 'required', 'is needed with lines')
  return {
    resource,
    mode: mode ?? 'create',
    atomic: atomic ?? false,
    dryRun: dry_run ?? false,
    given: typeof body === 'string' ? rowsOfLines(body) : rowsOfItems(body.items),
  }
}

function agreed(body: Settings, query: Settings): Settings {
  for (const name of ['resource', 'mode', 'atomic', 'dry_run'] as const) {
    if (body[name] !== undefined && query[name] !== undefined && body[name] !== query[name])
      throw refused(name, 'contradicts', 'must not contradict the body')
  }
  return { ...query, ...body }
}

const refused = (pointer: string, code: string, detail: string): Problem =>
  new Problem('invalid_parameter', { errors: [{ in: 'query', pointer, code, detail }] })

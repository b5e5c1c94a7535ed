import { resolve } from '../../src/foundation/http/openapi/references.ts'
import type {
  DocumentedOperation,
  Media,
  OpenApiDocument,
  Parameter,
  PathItem,
  Response,
} from '../../src/foundation/http/openapi/types.ts'
import { type Finding, lineOf } from './finding.ts'
import { schemaComparison } from './schemas.ts'

/**
 * What of a document breaks clients of an earlier one, by GitHub's rules of what is a breaking change, split by the
 * way a value goes: nothing more may be asked of requests, nothing may be missing or new in kind in answers and
 * webhooks, no operation may go or be guarded more closely. Each is found once.
 */
export function breakingChanges(before: OpenApiDocument, after: OpenApiDocument): Finding[] {
  const found = new Map<string, Finding>()
  const report = (place: string, change: string): void => {
    const finding = { place, change }
    found.set(lineOf(finding), finding)
  }
  const compareSchemas = schemaComparison([before, after], report)

  for (const [name, old, now] of operationsOf(before.paths, after.paths)) {
    if (now === undefined) report(name, 'is gone')
    else compareOperations(name, old, now)
  }
  for (const [name, old, now] of operationsOf(before.webhooks, after.webhooks)) {
    const [was, is] = [old.requestBody, now?.requestBody]
    if (now === undefined) report(name.replace(/^POST/, 'webhook'), 'is gone')
    else if (was && is) compareForms(name.replace(/^POST/, 'webhook'), was, is, 'answer')
  }
  return [...found.values()]

  function compareOperations(
    name: string,
    old: DocumentedOperation,
    now: DocumentedOperation,
  ): void {
    if (old.operationId !== now.operationId)
      report(name, `is called ${now.operationId} instead of ${old.operationId}`)
    const scopes = (now['x-required-scopes'] ?? []) as string[]
    for (const scope of scopes.filter((one) => !scopesOf(old).includes(one)))
      report(name, `needs the scope ${scope} now`)
    compareParameters(name, old, now)
    compareRequestBodies(name, old, now)
    for (const [status, answer] of Object.entries(old.responses)) {
      const same = now.responses[status]
      const place = `${name} ${status}`
      if (same === undefined) report(place, 'is gone')
      else compareAnswers(place, resolve<Response>(before, answer), resolve<Response>(after, same))
    }
  }

  function compareParameters(
    name: string,
    old: DocumentedOperation,
    now: DocumentedOperation,
  ): void {
    const known = parametersOf(before, old)
    const today = parametersOf(after, now)
    for (const [key, parameter] of known) {
      const same = today.get(key)
      const shared = parameter.component !== undefined && parameter.component === same?.component
      const place = shared ? `parameter ${parameter.component}` : `${name} ${key}`
      if (same === undefined) {
        report(place, 'is gone')
        continue
      }
      if (same.required === true && parameter.required !== true) report(place, 'is required now')
      if (same.style !== parameter.style || same.explode !== parameter.explode)
        report(place, 'is written in another way')
      compareSchemas(parameter.schema, same.schema, 'request', place)
    }
    for (const [key, { required }] of today)
      if (required === true && !known.has(key)) report(`${name} ${key}`, 'is new and required')
  }

  function compareRequestBodies(
    name: string,
    { requestBody: old }: DocumentedOperation,
    { requestBody: now }: DocumentedOperation,
  ): void {
    const place = `${name} body`
    if (now?.required === true && old?.required !== true) report(place, 'is required now')
    if (old !== undefined && now === undefined) report(place, 'is gone')
    if (old && now) compareForms(place, old, now, 'request')
  }

  function compareAnswers(place: string, old: Response, now: Response): void {
    for (const header of Object.keys(old.headers ?? {}))
      if (now.headers?.[header] === undefined) report(place, `comes without ${header}`)
    compareForms(place, old, now, 'answer')
  }

  function compareForms(
    place: string,
    old: Forms,
    now: Forms,
    direction: 'request' | 'answer',
  ): void {
    for (const [type, { schema }] of Object.entries(old.content ?? {})) {
      const same = now.content?.[type]
      if (same === undefined) report(place, `is no longer ${type}`)
      else compareSchemas(schema, same.schema, direction, place)
    }
  }
}

type Forms = { content?: Record<string, Media> }

const scopesOf = (operation: DocumentedOperation): string[] =>
  (operation['x-required-scopes'] ?? []) as string[]

/** Every operation there was, with what it is now. */
function operationsOf(
  old: Record<string, PathItem> = {},
  now: Record<string, PathItem> = {},
): [string, DocumentedOperation, DocumentedOperation | undefined][] {
  return Object.entries(old).flatMap(([path, item]) =>
    Object.entries(item).map(
      ([method, operation]): [string, DocumentedOperation, DocumentedOperation | undefined] => [
        `${method.toUpperCase()} ${path}`,
        operation,
        now[path]?.[method],
      ],
    ),
  )
}

/** The parameters of an operation by place and name: `query limit`. */
const parametersOf = (
  document: OpenApiDocument,
  { parameters = [] }: DocumentedOperation,
): Map<string, Parameter & { component?: string }> =>
  new Map(
    parameters.map((each) => {
      const parameter = resolve<Parameter>(document, each)
      const component = '$ref' in each ? each.$ref.split('/').at(-1) : undefined
      return [
        `${parameter.in} ${parameter.name}`,
        { ...parameter, ...(component && { component }) },
      ]
    }),
  )
